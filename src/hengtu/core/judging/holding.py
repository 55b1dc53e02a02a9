"""Reach and hold: a target that was reached before must not be lost again.

What counts as reached before: a month of the same year, the end of the year before, and the whole years that the
plan prints. A count begins anew every January and cannot fall.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hengtu.core.formulas.evaluation import meets
from hengtu.core.periods import Period

LEVEL_CURVES = frozenset({"flat", "growing", "part"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """The last time before that a target was reached, and with what."""

    period: Period
    value: float


def find_reached(history: Iterable[tuple[Period, float]], target: float) -> Reached | None:
    """Return the latest of earlier values that reached a target, or None.

    >>> find_reached([(Period(113), 96.0), (Period(114, month=1), 91.0)], 95).value
    96.0
    """
    before = [(period, value) for period, value in history if meets(value, ">=", target)]
    if not before:
        return None
    period, value = max(before, key=lambda one: (one[0].roc_year, one[0].months[-1]))
    return Reached(period=period, value=value)


def has_fallen(actual: float, target: float, reached: Reached | None) -> bool:
    """Whether a value stands below a target that had been reached before."""
    return reached is not None and not meets(actual, ">=", target)
