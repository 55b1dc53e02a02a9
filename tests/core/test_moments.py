"""Items at another time and in other agencies, and KPIs in the formulas of other KPIs."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.actuals import Actual
from hengtu.core.judging.figures import sort_figures
from hengtu.core.judging.items import entered_items, find_items, over_time_of
from hengtu.core.judging.results import Result, compute, compute_measure
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT
from hengtu.core.judging.series import OverTime, Series
from hengtu.core.periods import Period
from hengtu.core.plan import Kpi, Measure, Plan, PlanValue
from hengtu.wording.explanations import explain

Told = Mapping[str, float | str]


def figures(code: str, **items: Told) -> list[Actual]:
    """Return the figures of a KPI by item and period; a word is a kind of missing."""
    return [
        Actual(code=code, period=period, item=item, value=figure)
        if isinstance(figure, float | int)
        else Actual(code=code, period=period, item=item, missing=figure)  # type: ignore[arg-type]
        for item, told in items.items()
        for period, figure in told.items()
    ]


def monthly(roc_year: int, values: list[float], first: int = 1) -> dict[str, float]:
    """Return figures of months that follow one another."""
    return {f"{roc_year}-{first + place:02d}": value for place, value in enumerate(values)}


def plan_of(**formulas: str) -> Plan:
    """Return a plan with one KPI for every formula."""
    return Plan(
        kpis=tuple(
            Kpi(code=code, name=f"{code}之綜合指標", measures=(Measure(formula=formula),))
            for code, formula in formulas.items()
        )
    )


def judge(
    formula: str, told: list[Actual], month: int = 12, rules: Mapping[str, OverTime] | None = None
) -> Result:
    """Return the result of one formula at the end of a month of 114."""
    stated = {("K1", 1, item): rule for item, rule in (rules or {}).items()}
    return compute(
        plan_of(K1=formula),
        told,
        period=Period(114, month=month),
        rulebook=PRODUCT_DEFAULT,
        rules=stated,
    )[0]


def told_by(result: Result) -> str:
    """Return the explanation."""
    return "\n".join(explain(result.explanation))


GROWTH = "（受理件數－前期(受理件數)）÷前期(受理件數)×100%"


def test_the_period_before_is_as_many_months_just_before() -> None:
    told = figures(
        "K1",
        受理件數={
            **monthly(113, [10, 20, 30, 40, 50, 60, 7, 8, 9, 10, 20, 30]),
            **monthly(114, [15, 25, 35]),
        },
    )
    result = judge(GROWTH, told, month=3)
    assert result.value == pytest.approx((75 - 60) / 60 * 100)
    assert "前期(受理件數)：113年10月至12月合計 60" in told_by(result)
    whole = judge("前期(受理件數)", told, month=12)
    assert whole.value == sum([10, 20, 30, 40, 50, 60, 7, 8, 9, 10, 20, 30])


def test_the_period_before_counts_the_same_months_of_both() -> None:
    before = monthly(113, [1, 1, 1, 1, 1, 1, 10, 20, 30, 40, 50, 60])
    result = judge(
        GROWTH, figures("K1", 受理件數={**before, **monthly(114, [5, 5, 5, 5])}), month=6
    )
    assert result.value == pytest.approx(
        (20 - 100) / 100 * 100
    )  # July to October, as January to April


def test_a_level_before_is_what_stood_at_the_end_of_last_year() -> None:
    told = figures("K1", 在籍人數={"113-06": 80, "113-12": 90, "114-02": 95, "114-03": 99})
    result = judge("在籍人數－前期(在籍人數)", told, month=3)
    assert result.value == 9
    assert "前期(在籍人數)：113年12月底 90" in told_by(result)


def test_without_a_period_before_there_is_no_growth() -> None:
    result = judge(GROWTH, figures("K1", 受理件數=monthly(114, [15, 25])), month=2)
    assert (result.value, result.missing) == (None, "not_reported")
    assert "前期(受理件數)：113年尚無數值" in told_by(result)


def test_last_year_is_the_same_months_of_last_year() -> None:
    told = figures("K1", 受理件數={**monthly(113, [10] * 12), **monthly(114, [11, 12, 13])})
    result = judge("（受理件數－去年同期(受理件數)）÷去年同期(受理件數)×100%", told, month=3)
    assert result.value == pytest.approx(20)
    assert judge("受理件數÷上年度受理件數×100%", told, month=3).value == pytest.approx(120)
    assert judge("受理件數÷去年同期受理件數×100%", told, month=3).value == pytest.approx(120)


def test_the_year_so_far_is_summed_whatever_the_rule() -> None:
    told = figures("K1", 列管場所=monthly(114, [3, 4, 5]), 全年預定數={"114": 24})
    result = judge(
        "累計(列管場所)÷全年預定數×100%",
        told,
        month=3,
        rules={"列管場所": "last", "全年預定數": "last"},
    )
    assert result.value == pytest.approx(50)
    rate = judge("累計(抽驗合格率)", figures("K1", 抽驗合格率=monthly(114, [90, 100])), month=2)
    assert rate.value == 95  # percentages do not add up


def test_what_was_entered_under_the_operands_own_name_counts() -> None:
    told = figures("K1", **{"累計(受理件數)": monthly(114, [3, 9, 12])})
    assert judge("累計(受理件數)", told, month=3).value == 12


def test_items_of_other_times_are_entered_once_by_their_bare_name() -> None:
    measure = Measure(
        formula="（受理件數－前期(受理件數)）÷去年同期(受理件數)×子機關加總(辦結件數)＋累計(辦結場次)"
    )
    assert entered_items(measure) == ("受理件數", "辦結場次")
    plan = Plan(kpis=(Kpi(code="K1", name="成長", measures=(measure,)),))
    assert [item.name for item in find_items(plan)] == ["受理件數", "辦結場次"]


def series(told: Told) -> Series:
    """Return one child agency's figures."""
    found = Series()
    for actual in figures("X", x=told):
        found.add(actual)
    return found


def judge_children(
    formula: str, children: Mapping[str, list[Series]], own: list[Actual], month: int = 3
) -> Result:
    """Return the result of a formula that asks child agencies."""
    kpi = plan_of(K1=formula).kpis[0]
    return compute_measure(
        kpi,
        kpi.measures[0],
        sort_figures(own, children=children),
        period=Period(114, month=month),
        rulebook=PRODUCT_DEFAULT,
    )


def test_child_agencies_are_summed() -> None:
    result = judge_children(
        "子機關加總(受理件數)",
        {"受理件數": [series(monthly(114, [1, 2, 3])), series(monthly(114, [10, 20, 30]))]},
        [],
    )
    assert (result.value, result.coverage) == (66, 1.0)
    assert "2 個子機關114年至3月之數值，彙整為 66" in told_by(result)


def test_a_child_without_figures_is_coverage_and_never_zero() -> None:
    known = [series(monthly(114, [1, 2, 3])), series(monthly(114, [10, 20, 30]))]
    result = judge_children("子機關加總(受理件數)", {"受理件數": [*known, Series(), Series()]}, [])
    assert (result.value, result.coverage, result.reason) == (66, 0.5, result.reason)
    assert "4 個子機關中 2 個有" in told_by(result)
    nothing = judge_children("子機關加總(受理件數)", {"受理件數": [Series(), Series()]}, [])
    assert (nothing.value, nothing.missing) == (None, "not_reported")
    unknown = judge_children("子機關加總(受理件數)", {}, [])
    assert (unknown.value, unknown.missing) == (None, "not_reported")


def test_a_ratio_of_child_agencies_is_one_of_the_same_agencies() -> None:
    children = {
        "辦結件數": [series(monthly(114, [5, 5])), series(monthly(114, [9, 9]))],
        "受理件數": [series(monthly(114, [10, 10])), Series()],
    }
    result = judge_children("子機關加總(辦結件數)÷子機關加總(受理件數)×100%", children, [], month=2)
    assert (result.value, result.coverage) == (50, 0.5)


def test_percentages_of_child_agencies_are_averaged() -> None:
    children = {"抽驗合格率": [series({"114-01": 90}), series({"114-01": 100})]}
    assert judge_children("子機關加總(抽驗合格率)", children, [], month=1).value == 95


def test_a_kpi_stands_in_the_formula_of_another() -> None:
    plan = plan_of(
        K1="(K2之綜合指標＋K3)÷2", K2="辦結件數÷受理件數×100%", K3="合格件數÷抽驗件數×100%"
    )
    told = [
        *figures("K2", 辦結件數=monthly(114, [8, 9]), 受理件數=monthly(114, [10, 10])),
        *figures("K3", 合格件數=monthly(114, [9]), 抽驗件數=monthly(114, [10, 10])),
    ]
    first, second, third = compute(
        plan, told, period=Period(114, month=2), rulebook=PRODUCT_DEFAULT
    )
    assert (second.value, third.value) == (85, 90)
    assert first.value == pytest.approx(87.5)
    assert first.coverage == third.coverage == 0.5
    assert "K2之綜合指標：採用指標 K2 之值 85" in told_by(first)


def test_a_missing_kpi_is_missing_and_own_figures_go_first() -> None:
    plan = plan_of(K1="K2之綜合指標×2", K2="辦結件數÷受理件數×100%")
    period = Period(114, month=1)
    told = figures("K2", 辦結件數={"114-01": 5}, 受理件數={"114-01": 0})
    first = compute(plan, told, period=period, rulebook=PRODUCT_DEFAULT)[0]
    assert (first.value, first.missing) == (None, "not_computable")
    own = [*told, *figures("K1", K2之綜合指標={"114-01": 4})]
    assert compute(plan, own, period=period, rulebook=PRODUCT_DEFAULT)[0].value == 8


def test_a_kpi_of_last_year() -> None:
    plan = plan_of(K1="K2之綜合指標－去年同期(K2之綜合指標)", K2="受理件數")
    told = figures("K2", 受理件數={**monthly(113, [3, 4]), **monthly(114, [5, 6])})
    first = compute(plan, told, period=Period(114, month=2), rulebook=PRODUCT_DEFAULT)[0]
    assert first.value == 4


def test_kpis_that_need_each_other_are_not_computable_and_say_so() -> None:
    plan = plan_of(K1="K2＋1", K2="K1之綜合指標×2", K3="K1＋受理件數", K4="受理件數")
    told = figures("K4", 受理件數={"114-01": 4})
    results = compute(plan, told, period=Period(114, month=1), rulebook=PRODUCT_DEFAULT)
    assert [one.missing for one in results] == ["not_computable"] * 3 + [None]
    assert "K1 → K2 → K1" in told_by(results[0])
    assert results[3].value == 4


@given(st.lists(st.floats(1, 1000), min_size=24, max_size=24), st.integers(1, 12))
def test_before_and_last_year_agree_over_a_whole_year(values: list[float], month: int) -> None:
    told = figures("K1", 受理件數={**monthly(113, values[:12]), **monthly(114, values[12:])})
    before = judge("前期(受理件數)", told, month=month).value
    assert before is not None
    assert math.isclose(before, sum(values[12 - month : 12]))
    last_year = judge("去年同期(受理件數)", told, month=month).value
    assert last_year is not None
    assert math.isclose(last_year, sum(values[:month]))


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=5), st.integers(0, 3))
def test_a_further_child_without_figures_only_lowers_the_coverage(
    values: list[float], missing: int
) -> None:
    known = [series({"114-01": value}) for value in values]
    alone = judge_children("子機關加總(受理件數)", {"受理件數": known}, [], month=1)
    more = judge_children(
        "子機關加總(受理件數)", {"受理件數": [*known, *[Series()] * missing]}, [], month=1
    )
    assert alone.value == more.value
    assert more.coverage == pytest.approx(len(values) / (len(values) + missing))


def test_the_rule_of_an_item_at_another_time_is_that_of_the_item() -> None:
    kpi = plan_of(K1="在籍人數－前期(在籍人數)＋去年同期(受理件數)").kpis[0]
    rules = over_time_of(kpi, kpi.measures[0])
    assert rules["前期(在籍人數)"] == rules["在籍人數"] == "last"
    assert rules["去年同期(受理件數)"] == "sum"
    said: dict[tuple[str, int, str], OverTime] = {("K1", 1, "受理件數"): "mean"}
    assert over_time_of(kpi, kpi.measures[0], said)["去年同期(受理件數)"] == "mean"


def remedied(formula: str, told: list[Actual], target: float, month: int = 12) -> list[object]:
    """Return the operands that would change the light."""
    values = (PlanValue(roc_year=114, kind="target", value=target),)
    measure = Measure(formula=formula, direction="higher", values=values)
    plan = Plan(kpis=(Kpi(code="K1", name="指標", measures=(measure,)),))
    result = compute(plan, told, period=Period(114, month=month), rulebook=PRODUCT_DEFAULT)[0]
    return [one.facts["item"] for one in result.explanation if one.kind == "change_operand"]


def test_no_remedy_asks_to_change_the_past() -> None:
    told = figures("K1", 受理件數={**monthly(113, [50] * 12), **monthly(114, [40] * 12)})
    assert remedied("受理件數÷去年同期(受理件數)×100%", told, 100) == ["受理件數"]
    assert remedied("100×受理件數÷前期(受理件數)", told, 100) == ["受理件數"]
    assert remedied("5000÷前期(受理件數)", told, 100) == []


def test_no_remedy_reaches_beyond_what_a_function_bends() -> None:
    told = figures("K1", 辦理場次={"114-06": 3})
    assert remedied("最小（辦理場次×2，18）", told, 8) == ["辦理場次"]
    assert remedied("最小（辦理場次×2，18）", told, 40) == []


def test_what_chooses_does_not_add_up_over_the_months() -> None:
    told = figures("K1", 辦理場次=monthly(114, [1, 1, 1]))
    values = (PlanValue(roc_year=114, kind="target", value=1),)
    measure = Measure(formula="若(辦理場次≥3，1，0)", direction="higher", values=values)
    plan = Plan(kpis=(Kpi(code="K1", name="達標", measures=(measure,)),))
    result = compute(plan, told, period=Period(114, month=3), rulebook=PRODUCT_DEFAULT)[0]
    assert (result.value, result.planned, result.light) == (1, 1, "green")
    assert "辦理場次≥3：成立" in told_by(result)
