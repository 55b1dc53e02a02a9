"""Figures over time: sums, levels and means over the months that all operands know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.judged import actual

from hengtu.core.judging.series import OverTime, Series, Total, Wanted, coverage, gather
from hengtu.core.periods import read_period


def series(**figures: object) -> Series:
    made = Series()
    for period, value in figures.items():
        made.add(actual(period.removeprefix("p").replace("_", "-"), "甲", value))
    return made


def total(made: Series, over_time: OverTime, month: int = 12) -> Total:
    return gather([Wanted(name="甲", series=made, over_time=over_time)], 114, month)["甲"]


QUARTERS = series(p114Q1=10, p114Q2=20)
MONTHS = series(p114_01=1, p114_02=2, p114_03=6)


@pytest.mark.parametrize(
    ("over_time", "value"), [("sum", 9), ("mean", 3), ("last", 6), ("max", 6), ("min", 1)]
)
def test_rules_over_time(over_time: OverTime, value: float) -> None:
    assert total(MONTHS, over_time, 3).value == value


def test_none_takes_only_the_very_month() -> None:
    assert total(MONTHS, "none", 3).value == 6
    assert total(MONTHS, "none", 4).value is None


def test_longer_periods_weigh_more_in_a_mean() -> None:
    assert total(series(p114Q1=10, p114_04=50), "mean", 4).value == pytest.approx(20)


def test_a_month_inside_a_reported_quarter_is_not_counted_twice() -> None:
    assert total(series(p114Q1=10, p114_02=4, p114_04=1), "sum", 4).value == 11


def test_only_what_ended_counts() -> None:
    found = total(QUARTERS, "sum", 5)
    assert (found.value, len(found.known), len(found.due)) == (10, 3, 3)


def test_figures_at_quarter_ends_are_quarterly() -> None:
    made = series(p114_03=5, p114_06=6)
    assert made.step == 3
    assert len(total(made, "sum", 8).due) == 6
    assert series(p114_03=5).step == 1


def test_a_later_entry_replaces_the_earlier() -> None:
    made = series(p114_01="not_reported")
    made.add(actual("114-01", "甲", 7))
    assert total(made, "sum", 1).value == 7


def test_the_reason_of_a_gap_is_the_one_given() -> None:
    assert total(series(p114_01="no_data"), "sum", 1).missing == "no_data"
    assert total(series(p114_01="not_due"), "sum", 1).missing == "not_due"
    assert total(Series(), "sum", 1).missing == "not_reported"


def test_levels_of_one_formula_stand_at_the_same_month() -> None:
    wanted = [
        Wanted(name="甲", series=series(p114_01=1, p114_02=2, p114_03=3), over_time="last"),
        Wanted(name="乙", series=series(p114_01=10, p114_02=20), over_time="last", base=True),
    ]
    found = gather(wanted, 114, 3)
    assert (found["甲"].value, found["乙"].value) == (2, 20)
    assert coverage(found.values()) == (2, 3)


@pytest.mark.parametrize("budget", [series(p114_01=50), series(p114=50)])
def test_a_base_entered_once_stands_for_the_year(budget: Series) -> None:
    wanted = [
        Wanted(name="實付數", series=series(p114_02=10, p114_03=20), over_time="last"),
        Wanted(name="預算數", series=budget, over_time="last", base=True),
    ]
    found = gather(wanted, 114, 3)
    assert (found["實付數"].value, found["預算數"].value) == (20, 50)
    assert coverage(found.values()) == (2, 3)


def test_last_years_end_serves_where_last_year_has_no_months() -> None:
    wanted = [
        Wanted(name="本年", series=series(p114_06=120), over_time="last"),
        Wanted(name="去年", series=series(p113=100), over_time="last", years_back=1),
    ]
    found = gather(wanted, 114, 6)
    assert (found["本年"].value, found["去年"].value) == (120, 100)


FIGURES = st.dictionaries(
    st.integers(1, 12), st.floats(min_value=1, max_value=1e6) | st.just("not_reported")
)


@given(FIGURES, FIGURES, st.integers(1, 12))
def test_a_ratio_never_mixes_months(
    above: dict[int, object], below: dict[int, object], month: int
) -> None:
    wanted = []
    for name, figures in (("甲", above), ("乙", below)):
        made = Series()
        for at, value in figures.items():
            made.add(actual(f"114-{at:02d}", name, value))
        wanted.append(Wanted(name=name, series=made, over_time="sum"))
    found = gather(wanted, 114, month)
    if found["甲"].value is not None and found["乙"].value is not None:
        assert found["甲"].known == found["乙"].known != frozenset()
    known, due = coverage(found.values())
    assert 0 <= known <= due <= 12


@given(FIGURES, st.integers(1, 12))
def test_a_gap_is_never_zero(figures: dict[int, object], month: int) -> None:
    made = Series()
    for at, value in figures.items():
        made.add(actual(f"114-{at:02d}", "甲", value))
    found = total(made, "sum", month)
    numbers = [v for at, v in figures.items() if at <= month and isinstance(v, float)]
    assert (found.value is None) == (not numbers)
    if made.step == 1 and numbers:
        assert found.value == pytest.approx(sum(numbers))
    assert read_period("114-01") is not None
