"""What holds of every forecast, whatever the figures."""

from __future__ import annotations

import random
from itertools import accumulate

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.core.forecast_cases import THIS_YEAR, read_months

from hengtu.core.forecasting.band import Bounds
from hengtu.core.forecasting.forecast import forecast_year
from hengtu.core.forecasting.outlook import Forecast, Kind, Refusal
from hengtu.core.forecasting.record import Reached
from hengtu.core.judging.lights import Aim
from hengtu.wording.forecasts import tell_grounds

FIGURES = st.floats(0.5, 1000, allow_nan=False)
MONTHS = st.lists(FIGURES, min_size=3, max_size=11)
PAST = st.lists(st.lists(FIGURES, min_size=12, max_size=12), max_size=4)
KINDS = st.sampled_from(["count", "rate", "level", "progress"])
AIMS = st.builds(Aim, target=st.floats(0, 20_000))


def history(kind: Kind, months: list[float], past: list[list[float]]) -> list[Reached]:
    """Return the points of figures; of a count and a progress they are what each month brings."""
    points: list[Reached] = []
    for back, figures in enumerate([months, *past]):
        stood = list(accumulate(figures)) if kind in ("count", "progress") else figures
        points += read_months(THIS_YEAR - back, stood)
    return points


def ask(points: list[Reached], kind: Kind, month: int, **given: object) -> Forecast | Refusal:
    """Return the forecast of points."""
    start = 0.0 if kind == "progress" else None
    return forecast_year(
        points,
        roc_year=THIS_YEAR,
        month=month,
        kind=kind,
        direction="higher",
        start=start,
        **given,  # type: ignore[arg-type]
    )


def close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))


@given(KINDS, MONTHS, PAST, AIMS)
def test_the_interval_holds_the_value_and_leads_to_december(
    kind: Kind, months: list[float], past: list[list[float]], aim: Aim
) -> None:
    found = ask(history(kind, months, past), kind, len(months), aim=aim)
    assert isinstance(found, Forecast)
    assert [one.month for one in found.months] == list(range(len(months) + 1, 13))
    for one in found.months:
        assert one.low <= one.value <= one.high
    assert found.months[-1] == (12, found.value, found.low, found.high)
    assert found.low < found.high


@given(KINDS, MONTHS, PAST, st.floats(0.001, 1000))
def test_scaled_figures_give_a_scaled_forecast(
    kind: Kind, months: list[float], past: list[list[float]], factor: float
) -> None:
    plain = ask(history(kind, months, past), kind, len(months))
    scaled = ask(
        history(
            kind,
            [figure * factor for figure in months],
            [[figure * factor for figure in year] for year in past],
        ),
        kind,
        len(months),
    )
    assert isinstance(plain, Forecast)
    assert isinstance(scaled, Forecast)
    assume(plain.method == scaled.method)  # a tie may fall either way by a last bit
    for field in ("value", "low", "high"):
        one, other = getattr(plain, field) * factor, getattr(scaled, field)
        assert abs(one - other) <= 1e-6 * max(abs(one), abs(scaled.high), abs(scaled.low))


@given(KINDS, MONTHS, PAST, st.randoms(use_true_random=False))
def test_the_order_of_points_does_not_matter(
    kind: Kind, months: list[float], past: list[list[float]], rng: random.Random
) -> None:
    points = history(kind, months, past)
    mixed = points[:]
    rng.shuffle(mixed)
    assert ask(points, kind, len(months)) == ask(mixed, kind, len(months))


@given(KINDS, st.lists(FIGURES, min_size=12, max_size=12), PAST)
def test_in_december_the_forecast_is_the_value(
    kind: Kind, months: list[float], past: list[list[float]]
) -> None:
    points = history(kind, months, past)
    found = ask(points, kind, 12)
    assert isinstance(found, Forecast)
    stood = next(p.value for p in points if (p.roc_year, p.month) == (THIS_YEAR, 12))
    assert (found.value, found.low, found.high) == (stood, stood, stood)
    assert found.method == "known"
    assert found.warning is None


@given(KINDS, MONTHS, PAST, st.data())
def test_what_came_later_does_not_change_what_was_expected(
    kind: Kind, months: list[float], past: list[list[float]], data: st.DataObject
) -> None:
    later = data.draw(st.lists(FIGURES, max_size=12 - len(months)))
    before = ask(history(kind, months, past), kind, len(months))
    assert ask(history(kind, [*months, *later], past), kind, len(months)) == before


@given(KINDS, MONTHS, st.data())
def test_a_missing_month_never_makes_certain(
    kind: Kind, months: list[float], data: st.DataObject
) -> None:
    gap = data.draw(st.integers(0, len(months) - 1))
    shown: list[float | str] = list(months)
    if kind in ("count", "progress"):
        left = [0.0 if place == gap else figure for place, figure in enumerate(months)]
        shown = list(accumulate(left))
    shown[gap] = "-"
    found = ask(list(read_months(THIS_YEAR, shown)), kind, len(months))
    assert isinstance(found, Refusal) or found.low < found.high


@given(MONTHS, PAST)
def test_a_count_never_falls_below_what_was_reached(
    months: list[float], past: list[list[float]]
) -> None:
    found = ask(history("count", months, past), "count", len(months))
    assert isinstance(found, Forecast)
    assert all(one.low >= sum(months) * (1 - 1e-12) for one in found.months)


@given(st.lists(st.floats(0, 100), min_size=3, max_size=11))
def test_bounds_hold(months: list[float]) -> None:
    found = ask(history("rate", months, []), "rate", len(months), bounds=Bounds(0.0, 100.0))
    assert isinstance(found, Refusal) or all(
        0 <= one.low <= one.value <= one.high <= 100 for one in found.months
    )


@given(
    KINDS,
    st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=12),
    st.integers(1, 12),
    AIMS,
)
def test_any_figures_are_forecast_or_refused_in_words(
    kind: Kind, months: list[float], month: int, aim: Aim
) -> None:
    found = ask(list(read_months(THIS_YEAR, months)), kind, month, aim=aim)
    told = tell_grounds(found)
    assert told
    assert not [one for one in told if "nan" in one or "inf" in one]
    if isinstance(found, Forecast) and found.warning:
        assert found.light in ("yellow", "red")


@given(MONTHS, st.floats(1, 5000))
def test_a_likely_miss_misses_with_the_whole_interval(months: list[float], target: float) -> None:
    found = ask(history("count", months, []), "count", len(months), aim=Aim(target=target))
    assert isinstance(found, Forecast)
    if found.warning == "likely":
        assert found.high < target
        assert found.will_meet == "no"
    if found.will_meet == "yes":
        assert found.warning is None


def test_figures_beyond_all_measure_are_refused() -> None:
    found = ask(history("level", [1e200, 2e200, 3e200], []), "level", 3)
    assert isinstance(found, Refusal)
    assert found.reason == "beyond"


def test_levels_move_as_in_past_years() -> None:
    rising = [100.0 + 5 * month for month in range(12)]
    past = [rising, [value - 3 for value in rising], [value + 4 for value in rising]]
    found = ask(history("level", [200.0, 201.0, 199.0, 200.0], past[:2]), "level", 4)
    assert isinstance(found, Forecast)
    assert found.method == "seasonal_change"
    assert close(found.value, 240.0)
    assert found.basis.past_years == (112, 113)


def test_years_with_gaps_are_not_leant_on() -> None:
    points = [
        *read_months(113, [10, 20, "-", 40, 50, 60, 70, 80, 90, 100, 110, 300]),
        *read_months(114, [10, 20, 30, 40]),
    ]
    found = ask(points, "count", 4)
    assert isinstance(found, Forecast)
    assert found.basis.past_years == ()
    assert found.method == "run_rate"
