"""The choice between methods: by their errors in the measure's own past, else by what the data allow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from hengtu.core.forecasting import flows, levels
from hengtu.core.forecasting.outlook import Kind, Method
from hengtu.core.forecasting.record import Year, own_figures
from hengtu.core.forecasting.standing import Path, Standing

# Two past years on which to test, each with a year before it.
LEAST_TESTS = 2
Follow = Callable[[Standing], Path | None]
METHODS: Mapping[Kind, tuple[Follow, ...]] = {
    "count": (flows.follow_seasons, flows.follow_trend, flows.follow_run_rate),
    "progress": (flows.follow_seasons, flows.follow_trend, flows.follow_run_rate),
    "rate": (flows.follow_seasons, flows.follow_trend, flows.follow_run_rate),
    "level": (levels.follow_seasons, levels.follow_trend, levels.stand_still),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The path taken; ``tested`` past years decided, with the mean ``error`` in percent of the year's end."""

    path: Path
    tested: int = 0
    error: float | None = None


def choose(stand: Standing) -> Chosen:
    """Return the path of the method with the smallest errors in past years.

    Every past year that has a complete one before it is forecast from the same month. With fewer than two
    such years it is the first that the data allow: the seasons of past years, a trend, the pace so far.
    """
    paths = [path for follow in METHODS[stand.kind] if (path := follow(stand))]
    errors = _test(stand, [path.method for path in paths])
    if not errors:
        return Chosen(paths[0])
    means = {method: fmean(found) for method, found in errors.items()}
    best = min(paths, key=lambda path: means.get(path.method, float("inf")))
    return Chosen(best, tested=len(errors[best.method]), error=means[best.method])


def _test(stand: Standing, methods: Sequence[Method]) -> dict[Method, list[float]]:
    """Return the errors of the methods in percent, over past years in which each could be tried.

    A trend that a past year did not have counts as the method that then stood in for it.
    """
    errors: dict[Method, list[float]] = {method: [] for method in methods}
    for place, year in enumerate(stand.past):
        earlier, end = stand.past[:place], year.points[-1].value
        begun = stand_at(year, stand, earlier)
        if not earlier or begun is None or not end:
            continue
        found = {p.method: p for follow in METHODS[stand.kind] if (p := follow(begun))}
        plain = METHODS[stand.kind][-1](begun)
        for method in methods:
            path = found.get(method, plain)
            if path is not None:
                errors[method].append(abs(path.values[-1] - end) / abs(end) * 100)
    enough = all(len(found) >= LEAST_TESTS for found in errors.values())
    return errors if enough else {}


def stand_at(year: Year, stand: Standing, earlier: tuple[Year, ...]) -> Standing | None:
    """Return where a past year stood at the month of another, or None where that is not known."""
    points = tuple(point for point in year.points if point.month <= stand.month)
    if not points or points[-1].month != stand.month:
        return None
    begun = Year(year.roc_year, points)
    before = 0.0 if stand.from_zero else (earlier[-1].last.value if earlier else None)
    own = tuple(own_figures(begun, stand.kind, before))
    value = points[-1].value
    if len(own) < 2 or value is None:
        return None
    return replace(stand, value=value, own=own, points=points, past=earlier)
