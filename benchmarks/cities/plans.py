"""The plans of the city: every agency has its own names, and formulas of twelve shapes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hengtu.core.plan import (
    Agency,
    Direction,
    Kpi,
    Measure,
    Objective,
    Perspective,
    Plan,
    PlanValue,
    RocYears,
    Theme,
)

FIRST_YEAR, YEARS = 110, 5
KPIS_OF_OBJECTIVE = 20
THEMES, PERSPECTIVES = 5, 4
SIGNS = "東西南北春夏秋冬梅蘭竹菊松柏楓櫻金銀銅鐵"
Habit = Literal["flow", "part", "level", "spent", "stage", "rate", "few"]


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of KPI: name, formula (＊ stands for the KPI's own word), unit, target and its items' habits.

    ``items`` name what is entered, an empty name the measure's own value.
    """

    name: str
    formula: str | None
    unit: str
    direction: Direction | None
    target: float
    items: tuple[tuple[str, Habit], ...]
    most: float | None = None


SHAPES: tuple[Shape, ...] = (
    Shape(
        "依限辦結率",
        "（＊受理件數－＊逾期件數）÷＊受理件數×100%",
        "%",
        "higher",
        96,
        (("＊受理件數", "flow"), ("＊逾期件數", "few")),
    ),
    Shape(
        "回復滿意率",
        "＊滿意件數÷＊回收件數×100%",
        "%",
        None,
        90,
        (("＊滿意件數", "part"), ("＊回收件數", "flow")),
    ),
    Shape(
        "宣導場次",
        "＊實體場次＋＊線上場次＋＊校園場次",
        "場",
        "higher",
        9_000,
        (("＊實體場次", "part"), ("＊線上場次", "part"), ("＊校園場次", "few")),
    ),
    Shape(
        "工程進度",
        "＊基本設計*20%＋＊細部設計*20%＋＊發包作業*20%＋＊施工進度*40%",
        "%",
        "higher",
        90,
        tuple((f"＊{part}", "stage") for part in ("基本設計", "細部設計", "發包作業", "施工進度")),
    ),
    Shape(
        "平均處理日數",
        "＊處理總日數÷＊結案件數",
        "日",
        "lower",
        0.9,
        (("＊處理總日數", "part"), ("＊結案件數", "flow")),
    ),
    Shape(
        "服務人次成長率",
        "（本年度＊服務人次－上年度＊服務人次）÷上年度＊服務人次×100%",
        "%",
        "higher",
        0.5,
        (("＊服務人次", "flow"),),
    ),
    Shape("違規件數", "＊違規件數", "件", "lower", 600, (("＊違規件數", "few"),)),
    Shape(
        "預算執行率",
        "＊實支數÷＊預算數×100%",
        "%",
        "higher",
        90,
        (("＊實支數", "spent"), ("＊預算數", "level")),
    ),
    Shape("民眾滿意度", None, "%", "higher", 85, (("", "rate"),)),
    Shape(
        "訓練涵蓋率",
        "＊參訓人數÷＊應訓人數×100%",
        "%",
        "higher",
        80,
        (("＊參訓人數", "spent"), ("＊應訓人數", "level")),
    ),
    Shape(
        "公文時效",
        "（＊收文件數－＊逾限件數－＊退件件數）÷＊收文件數×100%≥95%",
        "%",
        "higher",
        97,
        (("＊收文件數", "flow"), ("＊逾限件數", "few"), ("＊退件件數", "few")),
    ),
    Shape("平均室溫", None, "度", "range", 60, (("", "rate"),), most=90),
)
SECOND = Shape("抽查合格率", None, "%", "higher", 85, (("", "rate"),))


def word(number: int) -> str:
    """Return a word of its own for a number below 8,000."""
    return "".join(SIGNS[number // 20**place % 20] for place in (2, 1, 0))


def name_agency(number: int) -> str:
    """Return the name of an agency of the city."""
    return f"衡光市{word(number)}處"


def shapes_of(number: int) -> Iterator[Shape]:
    """Yield the measures of the KPI of a number: one, and two of every fiftieth."""
    yield SHAPES[number % len(SHAPES)]
    if number % 50 == 49:
        yield SECOND


def make_plan(agency: int, kpis: int) -> Plan:
    """Return the plan of an agency with so many KPIs."""
    objectives = range(-(-kpis // KPIS_OF_OBJECTIVE))
    return Plan(
        agency=Agency(name=name_agency(agency)),
        title=f"{name_agency(agency)}{FIRST_YEAR}至{FIRST_YEAR + YEARS - 1}年度策略計畫",
        roc_years=RocYears(first=FIRST_YEAR, last=FIRST_YEAR + YEARS - 1),
        themes=tuple(Theme(code=f"T{no}", name=f"主題{SIGNS[no]}") for no in range(THEMES)),
        perspectives=tuple(
            Perspective(code=f"P{no}", name=f"{SIGNS[no]}構面") for no in range(PERSPECTIVES)
        ),
        objectives=tuple(
            Objective(
                code=f"S{no}",
                name=f"目標{word(no)}",
                theme=f"T{no % THEMES}",
                perspective=f"P{no % PERSPECTIVES}",
            )
            for no in objectives
        ),
        kpis=tuple(make_kpi(agency, number) for number in range(kpis)),
    )


def make_kpi(agency: int, number: int) -> Kpi:
    """Return a KPI; its word is that of the agency and its own."""
    own = f"{SIGNS[agency % 20]}{SIGNS[agency // 20]}{word(number)}"
    return Kpi(
        code=f"K{number}",
        name=f"{own}{next(shapes_of(number)).name}",
        objective=f"S{number // KPIS_OF_OBJECTIVE}",
        measures=tuple(
            make_measure(shape, own, index) for index, shape in enumerate(shapes_of(number), 1)
        ),
    )


def make_measure(shape: Shape, own: str, index: int) -> Measure:
    """Return a measure with its targets."""
    printed = f"{shape.target:g}~{shape.most:g}" if shape.most else f"{shape.target:g}"
    return Measure(
        index=index,
        formula=shape.formula.replace("＊", own) if shape.formula else None,
        formula_raw=shape.formula.replace("＊", own) if shape.formula else None,
        unit=shape.unit,
        direction=shape.direction,
        values=tuple(
            PlanValue(roc_year=FIRST_YEAR + at, kind="target", value=shape.target, raw=printed)
            for at in range(YEARS)
        ),
    )


def items_of(agency: int, number: int) -> Iterator[tuple[int, str, Habit]]:
    """Yield measure, name and habit of every item that a KPI brings."""
    own = f"{SIGNS[agency % 20]}{SIGNS[agency // 20]}{word(number)}"
    for index, shape in enumerate(shapes_of(number), 1):
        for name, habit in shape.items:
            yield index, name.replace("＊", own), habit
