"""Plans, rules, rulebooks and figures at random, of the shapes that agencies print and report."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from hengtu.core.actuals import Actual
from hengtu.core.amounts import MISSING_KINDS
from hengtu.core.judging.items import Rules, operands, read_formula
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Band
from hengtu.core.plan import Kpi, Measure, Objective, Perspective, Plan, PlanValue, Theme, Threshold

YEARS = (112, 113, 114)
FORMULAS = (
    None,
    "（受理件數－錯誤件數）÷受理件數×100%",
    "辦結件數÷受理件數×100%",
    "受理件數＋辦結件數",
    "場次÷件數",
    "場次",
    "基本設計*20%+完工進度*80%",
    "（本年度受理件數－上年度受理件數）÷上年度受理件數×100%",
    "（本年度在籍人數－上年度在籍人數）÷上年度在籍人數×100%",
    "實際支用數÷全年預算數×100%",
    "累計完成數",
    "等候日數總和÷受理件數",
    "（甲合格率＋乙合格率）÷2",
    "決算數÷預算數×100% 備註：決算數＝實支數＋保留數",
    "受理件數÷（辦結件數－錯誤件數）＋場次",
    "每月平均人數",
    "若(受理件數≥100，辦結件數÷受理件數×100%，場次)",
    "平均(甲合格率，乙合格率)",
    "最大(受理件數，辦結件數)－若缺(錯誤件數，0)",
    "四捨五入(辦結件數÷受理件數×100，1)",
    "計數(受理件數，辦結件數，場次)",
    "受理件數÷去年同期(受理件數)×100%",
    "（累計(受理件數)－累計(甲合格率)）÷上年度受理件數",
    "累計完成數－前期(累計完成數)",
)
NAMES = (
    "辦結率",
    "累計完成數",
    "活動場次",
    "維持合格率",
    "逾期件數",
    "平均等候日數",
    "計畫",
    "用電量",
)
UNITS = (None, "%", "件", "日")
NUMBERS = st.one_of(
    st.sampled_from([0.0, 1.0, 2.0, 5.0, 10.0, 50.0, 90.0, 100.0, -3.0, 1e200]),
    st.integers(0, 200).map(float),
    # Three decimals: Python 3.12 adds with less rounding, which shows where almost nothing is left.
    st.floats(-50, 1e4).map(lambda number: round(number, 3)),
)
FIGURES = st.one_of(NUMBERS, NUMBERS, NUMBERS, st.sampled_from(MISSING_KINDS))
TARGETS = st.one_of(
    st.sampled_from([0.0, 1.0, 10.0, 95.0, 100.0, 1200.0, -5.0]), st.floats(0.5, 500)
)
MONTHS = [f"-{month:02d}" for month in range(1, 13)]
QUARTERS = [f"Q{quarter}" for quarter in range(1, 5)]
ENDINGS = st.sampled_from(
    [
        MONTHS,
        MONTHS,
        MONTHS,
        MONTHS[:6],
        MONTHS[2::3],
        MONTHS[5::6],
        MONTHS[-1:],
        QUARTERS,
        ["H1", "H2"],
        [""],
        [*MONTHS, *QUARTERS, "H1", "H2", ""],
        [*MONTHS, ""],
    ]
)


@st.composite
def targets(draw: st.DrawFn) -> list[PlanValue]:
    """Return targets of years and of parts of them, some of them ranges, some missing."""
    values = []
    for roc_year in draw(st.lists(st.sampled_from(YEARS), unique=True)):
        periods = draw(
            st.lists(st.sampled_from(["", "", "Q2", "H1", "-03", "Q4"]), max_size=3, unique=True)
        )
        for ending in periods or [""]:
            values.append(draw(target(roc_year, ending)))
    return values


@st.composite
def target(draw: st.DrawFn, roc_year: int, ending: str) -> PlanValue:
    """Return one target."""
    whole = PlanValue(
        roc_year=roc_year, kind="target", period=f"{roc_year}{ending}" if ending else None
    )
    match draw(st.integers(0, 9)):
        case 0:
            return replace(whole, missing="no_data", raw="無資料")
        case 1:
            return replace(whole, value=20.0, raw="20～25")
        case 2:
            return replace(whole, value=50.0, unit="人")
        case _:
            return replace(whole, value=draw(TARGETS))


@st.composite
def printed(draw: st.DrawFn) -> list[PlanValue]:
    """Return actuals that the plan prints."""
    values = []
    for roc_year in draw(st.lists(st.sampled_from((111, *YEARS)), unique=True, max_size=3)):
        ending = draw(st.sampled_from(["", "", "", "-03", "-12", "Q2"]))
        period = f"{roc_year}{ending}" if ending else None
        one = PlanValue(roc_year=roc_year, kind="actual", period=period)
        found = draw(st.one_of(TARGETS, st.just("no_statistics")))
        values.append(
            replace(one, missing="no_statistics")
            if isinstance(found, str)
            else replace(one, value=found)
        )
    return values


@st.composite
def measures(draw: st.DrawFn, index: int) -> Measure:
    """Return a measure."""
    formula = draw(st.sampled_from(FORMULAS))
    limit = draw(st.sampled_from([None, None, None, ">=", "<=", "="]))
    return Measure(
        index=index,
        formula=formula,
        formula_raw=formula,
        unit=draw(st.sampled_from(UNITS)),
        direction=draw(
            st.sampled_from([None, "higher", "higher", "lower", "lower", "range", "hold"])
        ),
        threshold=Threshold(op=limit, value=90.0) if limit else None,
        values=(*draw(targets()), *draw(printed())),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Return a plan of a few KPIs under objectives."""
    kpis = []
    for place in range(draw(st.integers(1, 3))):
        count = draw(st.integers(1, 2))
        kpis.append(
            Kpi(
                code=f"AC{place}.1",
                name=draw(st.sampled_from(NAMES)),
                objective=draw(st.sampled_from(["AC1", "AP1", None])),
                measures=tuple(draw(measures(index)) for index in range(1, count + 1)),
            )
        )
    return Plan(
        themes=(Theme(code="A", name="甲"), Theme(code="B", name="乙")),
        perspectives=(Perspective(code="C", name="顧客"), Perspective(code="P", name="流程")),
        objectives=(
            Objective(code="AC1", name="一", theme="A", perspective="C"),
            Objective(code="AP1", name="二", theme=None, perspective="P"),
            Objective(code="BP1", name="三", theme="B", perspective="P"),
        ),
        kpis=tuple(kpis),
    )


def names_in(measure: Measure) -> list[str]:
    """Return the names that figures of a measure may bear."""
    found = operands(read_formula(measure))
    return ["", *(item.base or item.name for item in found), *(item.name for item in found)]


@st.composite
def actuals(draw: st.DrawFn, plan: Plan) -> list[Actual]:
    """Return figures for some items of a plan."""
    found = []
    for kpi in plan.kpis:
        for measure in kpi.measures:
            for name in dict.fromkeys(names_in(measure)):
                if draw(st.integers(0, 9)) < (5 if name == "" else 8):
                    found += draw(series(kpi.code, measure.index, name))
    return found


@st.composite
def series(draw: st.DrawFn, code: str, measure: int, name: str) -> list[Actual]:
    """Return the figures of one item: whole years, or some months, quarters, halves."""
    endings = draw(ENDINGS)
    rows = []
    for roc_year in draw(st.lists(st.sampled_from(YEARS), min_size=1, unique=True)):
        full = draw(st.booleans())
        own = endings if full else draw(st.lists(st.sampled_from(endings), unique=True))
        for ending in own:
            value = draw(FIGURES)
            row = Actual(code=code, measure=measure, item=name, period=f"{roc_year}{ending}")
            rows.append(
                replace(row, missing=value) if isinstance(value, str) else replace(row, value=value)
            )
    return rows


@st.composite
def rules(draw: st.DrawFn, plan: Plan) -> Rules:
    """Return rules over time that people set."""
    ways = st.sampled_from(["sum", "mean", "last", "max", "min", "none"])
    return {
        (kpi.code, measure.index, name): draw(ways)
        for kpi in plan.kpis
        for measure in kpi.measures
        for name in names_in(measure)
        if draw(st.integers(0, 3)) == 0
    }


RULEBOOKS = st.builds(
    lambda lower, way, least, judged_from, fallen, parts, grades: replace(
        PRODUCT_DEFAULT,
        lower=lower,
        roll_up=way,
        least_coverage=least,
        judged_from=judged_from,
        fallen=fallen,
        parts=parts,
        bands=grades,
        cap=120.0,
    ),
    st.sampled_from(["ratio", "difference"]),
    st.sampled_from(["weighted_mean", "worst", "count"]),
    st.sampled_from([0.0, 0.5, 1.0]),
    st.sampled_from([1, 3, 6]),
    st.sampled_from(["yellow", "red", "green"]),
    st.sampled_from([(("achievement", 100.0),), (("achievement", 60.0), ("progress", 40.0))]),
    st.sampled_from(
        [
            PRODUCT_DEFAULT.bands,
            (
                Band(at_least=95, light="green", grade="優"),
                Band(at_least=80, light="green", grade="甲"),
                Band(at_least=50, light="yellow", grade="乙"),
                Band(at_least=0, light="red", grade="丙"),
            ),
        ]
    ),
)
