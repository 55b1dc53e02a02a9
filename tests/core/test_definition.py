"""A definition keeps what judging needs of a measure, and measures of one method share one text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hengtu.core.judging.definition import (
    AimAt,
    Definition,
    Other,
    PrintedAt,
    define,
    from_content,
    from_json,
    read_single,
    to_content,
    to_json,
)
from hengtu.core.judging.methods import read_method, write_method
from hengtu.core.periods import Period
from hengtu.core.plan import Kpi, Measure, PlanValue

Find = Callable[[str], Sequence[int]]


def found(**items: Sequence[int]) -> Find:
    return lambda name: items.get(name or "own", ())


def compiled(measure: Measure, find: Find, *, name: str = "指標") -> Definition:
    kpi = Kpi(code="AC1.1", name=name, measures=(measure,))
    return define(kpi, measure, None, find)


def ratio(above: str, below: str, **changes: object) -> Measure:
    given: dict[str, object] = {"unit": "%", "direction": "higher", **changes}
    return Measure(formula=f"{above}÷{below}×100%", **given)  # type: ignore[arg-type]


def test_names_make_no_difference() -> None:
    one = compiled(ratio("準時件數", "收件件數"), found(準時件數=[4], 收件件數=[9]))
    two = compiled(ratio("合格件數", "抽驗件數"), found(合格件數=[3], 抽驗件數=[7]))
    assert one.method == two.method
    assert (one.items, two.items) == ((4, 9), (3, 7))


def test_a_percentage_is_another_method() -> None:
    counts = compiled(ratio("準時件數", "收件總數"), found())
    rates = compiled(ratio("合格率", "收件總數"), found())
    assert counts.method != rates.method
    assert counts.items == (-1, -1)


def test_what_a_method_holds() -> None:
    measure = ratio("本年度收件數", "上年度收件數")
    method = read_method(compiled(measure, found(收件數=[2])).method)
    assert write_method(method) == compiled(measure, found(收件數=[2])).method
    assert [(rule.over_time, rule.years_back) for rule in method.operands] == [
        ("sum", 0),
        ("sum", 1),
    ]
    assert (method.percent, method.direction, method.curve) == (False, "higher", "flat")
    plain = compiled(Measure(formula="甲件數÷乙件數", unit="%", direction="higher"), found())
    assert read_method(plain.method).percent


def test_the_printed_name_goes_before_the_bare_one() -> None:
    definition = compiled(
        ratio("上年度收件數", "編制員額"), found(上年度收件數=[5], 收件數=[6], 編制員額=[7])
    )
    assert definition.items == (5, 7)
    assert definition.others == (Other(0, 6, 1),)
    assert read_method(definition.method).operands[0].years_back == 0


def test_aims_and_printed_actuals_by_period() -> None:
    targets = (
        PlanValue(roc_year=114, kind="target", value=95.0),
        PlanValue(roc_year=114, kind="target", value=90.0, period="114H1"),
        PlanValue(roc_year=115, kind="target", value=20.0, raw="20～25"),
        PlanValue(roc_year=113, kind="target", value=3.0, unit="人"),
    )
    actuals = (
        PlanValue(roc_year=113, kind="actual", value=88.0),
        PlanValue(roc_year=112, kind="actual", missing="no_data"),
        PlanValue(roc_year=113, kind="actual", value=40.0, period="113-03"),
    )
    definition = compiled(ratio("甲件數", "乙件數", values=(*targets, *actuals)), found())
    assert set(definition.aims) >= {
        AimAt(Period(114).code, 95.0),
        AimAt(Period(114, month=6).code, 90.0),
        AimAt(Period(115).code, None, 20.0, 25.0),
    }
    assert all(aim.target != 3.0 for aim in definition.aims)
    assert set(definition.printed) == {
        PrintedAt(Period(113, month=12).code, 88.0),
        PrintedAt(Period(112, month=12).code, None, "no_data"),
        PrintedAt(Period(113, month=3).code, 40.0),
    }


def test_json_and_back() -> None:
    measure = ratio(
        "甲件數",
        "乙件數",
        values=(PlanValue(roc_year=114, kind="target", value=20.0, raw="20～25"),),
    )
    definition = compiled(measure, found(甲件數=[1, 8], 乙件數=[2], own=[3]))
    assert from_json(to_json(definition)) == definition
    assert from_content(to_content(definition)) == definition


def test_what_columns_cannot_say_keeps_all_that_one_record_needs() -> None:
    name = "子機關加總(收件總數)"
    measure = Measure(formula=name, unit="件", direction="higher")
    definition = compiled(measure, found(收件總數=[6]))
    single = read_single(definition.single)
    assert single.kpi.measures[0].formula == name
    assert single.items["收件總數"] == (6,)


def test_last_year_and_the_year_so_far_are_said_by_columns() -> None:
    measure = Measure(formula="受理件數÷去年同期(受理件數)＋累計(現有人數)", direction="higher")
    definition = compiled(measure, found(受理件數=[6], 現有人數=[7]))
    rules = [(one.over_time, one.years_back) for one in read_method(definition.method).operands]
    assert (definition.items, definition.single) == ((6, 6, 7), "")
    assert rules == [("sum", 0), ("sum", 1), ("sum", 0)]
    before = read_method(compiled(Measure(formula="前期(現有人數)"), found(現有人數=[7])).method)
    assert [one.earlier for one in before.operands] == [True]
    entered = compiled(measure, lambda name: {"累計(現有人數)": [8]}.get(name, ()))
    assert read_method(entered.method).operands[2].over_time == "last"


def test_a_measure_without_a_formula_has_its_own_values() -> None:
    definition = compiled(Measure(unit="分", direction="higher"), found(own=[12]), name="滿意度")
    assert (definition.items, definition.own, definition.single) == ((), 12, "")
    assert read_method(definition.method).own == "mean"
