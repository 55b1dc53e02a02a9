"""What holds for every measure whatever its figures: scales, better figures, and figures that are missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengtu.core.actuals import Actual
from hengtu.core.judging.results import Result, compute
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, RANK, Colour, Rulebook
from hengtu.core.periods import Period
from hengtu.core.plan import Direction, Kpi, Measure, Plan, PlanValue
from hengtu.readers.rulebooks import load_preset, preset_codes

BOOKS = st.sampled_from(
    [*(load_preset(code) for code in preset_codes()), replace(PRODUCT_DEFAULT, lower="difference")]
)
MONTHS = st.lists(st.none() | st.integers(0, 40), min_size=1, max_size=12)
FACTORS = st.sampled_from([0.001, 0.25, 3.0, 1000.0])
WAYS = st.sampled_from(["higher", "lower", "hold", "range"])
BETTER: Mapping[Colour, int] = {**RANK, "white": 0}


def judge(
    columns: Mapping[str, Sequence[float | None]],
    measure: Measure,
    rulebook: Rulebook,
    *,
    rule: str | None = None,
) -> Result:
    """Return the result of a measure at the last month given; None is a month that was not reported."""
    rows = [
        Actual(code="K1", period=f"114-{month:02d}", item=item, value=value)
        if value is not None
        else Actual(code="K1", period=f"114-{month:02d}", item=item, missing="not_reported")
        for item, values in columns.items()
        for month, value in enumerate(values, 1)
    ]
    plan = Plan(kpis=(Kpi(code="K1", name="指標", measures=(measure,)),))
    last = max(len(values) for values in columns.values())
    rules = {("K1", 1, ""): rule} if rule else {}
    found = compute(
        plan,
        rows,
        period=Period(114, month=last),
        rulebook=rulebook,
        rules=rules,  # type: ignore[arg-type]
    )
    return found[0]


def aim(
    value: float, direction: Direction, *, unit: str = "件", high: float | None = None
) -> Measure:
    raw = f"{value:g}" if high is None else f"{value:g}～{high:g}"
    target = PlanValue(roc_year=114, kind="target", value=value, raw=raw)
    return Measure(unit=unit, direction=direction, values=(target,))


@given(MONTHS, MONTHS, st.integers(1, 100), WAYS.filter(lambda w: w != "range"), BOOKS, FACTORS)
@settings(deadline=None)
def test_a_ratio_does_not_know_the_scale_of_its_parts(
    done: list[int | None],
    due: list[int | None],
    target: int,
    direction: Direction,
    rulebook: Rulebook,
    factor: float,
) -> None:
    base = replace(aim(target, direction, unit="%"), formula="辦結件數÷收件件數×100%")

    def scaled(by: float) -> Result:
        columns = {"辦結件數": times(done, by), "收件件數": times(due, by)}
        return judge(columns, base, rulebook)

    plain, other = scaled(1.0), scaled(factor)
    assert (other.light, other.reason, other.coverage) == (
        plain.light,
        plain.reason,
        plain.coverage,
    )
    assert near(other.value, plain.value)
    assert near(other.score, plain.score)


def near(one: float | None, other: float | None) -> bool:
    """Return whether two numbers are the same within 1e-9, or both absent."""
    if one is None or other is None:
        return one is other
    return one == pytest.approx(other, rel=1e-9)


def times(values: Sequence[float | None], by: float) -> list[float | None]:
    return [None if value is None else value * by for value in values]


@given(MONTHS, st.integers(1, 300), st.integers(1, 50), WAYS, BOOKS, FACTORS)
@settings(deadline=None)
def test_a_count_and_its_target_in_another_unit_have_the_same_light(
    counts: list[int | None],
    target: int,
    more: int,
    direction: Direction,
    rulebook: Rulebook,
    factor: float,
) -> None:
    def scaled(by: float) -> Result:
        high = (target + more) * by if direction == "range" else None
        measure = aim(target * by, direction, high=high)
        return judge({"": times(counts, by)}, measure, rulebook, rule="sum")

    plain, other = scaled(1.0), scaled(factor)
    assert (other.light, other.reason, other.grade) == (plain.light, plain.reason, plain.grade)
    assert near(other.achievement, plain.achievement)


@given(MONTHS, st.integers(1, 30), st.integers(1, 300), WAYS, BOOKS)
@settings(deadline=None)
def test_a_better_last_month_never_has_a_worse_light(
    counts: list[int | None],
    more: int,
    target: int,
    direction: Direction,
    rulebook: Rulebook,
) -> None:
    if direction == "range" or counts[-1] is None:
        return
    rule = "last" if direction == "hold" else "sum"
    measure = aim(target, direction)
    worse, better = [*counts], [*counts[:-1], counts[-1] + more]
    if direction == "lower":
        worse, better = better, worse
    before = judge({"": worse}, measure, rulebook, rule=rule)
    after = judge({"": better}, measure, rulebook, rule=rule)
    if after.reason == "early":
        assert before.light != "green"
    else:
        assert BETTER[after.light] >= BETTER[before.light]


@given(MONTHS, st.data(), st.integers(1, 300), BOOKS)
@settings(deadline=None)
def test_a_month_that_goes_missing_never_turns_a_count_green(
    counts: list[int | None], data: st.DataObject, target: int, rulebook: Rulebook
) -> None:
    measure = aim(target, "higher")
    lost = data.draw(st.integers(0, len(counts) - 1))
    before = judge({"": counts}, measure, rulebook, rule="sum")
    after = judge(
        {"": [None if n == lost else v for n, v in enumerate(counts)]},
        measure,
        rulebook,
        rule="sum",
    )
    assert after.light != "green" or before.light == "green"
    assert after.coverage <= before.coverage + 1e-9


@given(MONTHS, st.integers(1, 40), st.sampled_from([load_preset(code) for code in preset_codes()]))
@settings(deadline=None)
def test_what_was_reached_and_is_lost_is_never_green(
    levels: list[int | None], target: int, rulebook: Rulebook
) -> None:
    result = judge({"": levels}, aim(target, "hold"), rulebook, rule="last")
    known = [level for level in levels if level is not None]
    if levels[-1] is None or not known:
        return
    lost = levels[-1] < target and any(level >= target for level in known[:-1])
    assert (result.reason == "fallen") == lost
    assert not (lost and result.light == "green")
