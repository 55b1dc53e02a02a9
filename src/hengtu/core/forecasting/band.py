"""The interval around a path, and the bounds that hold it."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.core.forecasting.outlook import Ahead
from hengtu.core.forecasting.spread import t_quantile
from hengtu.core.forecasting.standing import Path, Standing

# −ln 0.1: with more than 2.3 ÷ k events a month, k months without one come less often than one time in ten.
RARE = 2.303


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a measure cannot pass whatever happens; None where nothing holds it."""

    low: float | None = None
    high: float | None = None

    def hold(self, value: float) -> float:
        """Return the value within the bounds.

        >>> Bounds(0, 100).hold(104), Bounds(low=12).hold(10)
        (100, 12)
        """
        if self.low is not None:
            value = max(value, self.low)
        return value if self.high is None else min(value, self.high)


FREE = Bounds()


def narrow_bounds(stand: Standing, bounds: Bounds) -> Bounds:
    """Return the bounds, narrowed by what was reached already where nothing ever fell."""
    if stand.kind not in ("count", "progress") or not stand.only_rises:
        return bounds
    low = stand.value if bounds.low is None else max(stand.value, bounds.low)
    high = None if bounds.high is None else max(stand.value, bounds.high)
    return Bounds(low=low, high=high)


def draw_band(stand: Standing, path: Path, bounds: Bounds) -> tuple[Ahead, ...]:
    """Return what is expected at the end of the months left: value ∓ t × deviation, within the bounds.

    t is Student's for 80 %. What is spent or done of a year's whole often comes in a rush at its end: while
    no year before tells how, everything up to the upper bound is left open.
    """
    reach = t_quantile(path.freedom)
    open_end = stand.rushes and not path.past_years
    found = []
    for at, expected, deviation in zip(stand.ahead, path.values, path.deviations, strict=True):
        value = bounds.hold(expected)
        up = max(reach * deviation, _rare(stand, at))
        high = bounds.high if open_end and bounds.high is not None else bounds.hold(value + up)
        found.append(Ahead(at, value, bounds.hold(value - reach * deviation), high))
    return tuple(found)


def _rare(stand: Standing, month: int) -> float:
    """Return how many events may come after months without any, at least one."""
    if stand.kind != "count" or any(own.total for own in stand.own):
        return 0.0
    known = sum(own.months for own in stand.own)
    return max(1.0, RARE * len(stand.left(month)) / known)
