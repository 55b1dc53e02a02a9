"""What is due of targets month by month: ``core.judging.planned`` on columns.

Arrays are [measures, years, 12].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hengtu.core.judging.methods import Method
from hengtu.engines.columns import Bools, Floats
from hengtu.engines.judging.grid import MONTHS

_MONTHS = np.arange(1, MONTHS + 1)
_PART_OF_YEAR = _MONTHS < MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class AimGrid:
    """What is asked for, NaN where nothing is; ``part`` where it was printed for that part of the year."""

    target: Floats
    low: Floats
    high: Floats
    part: Bools

    @property
    def ranged(self) -> Bools:
        """Where both ends of a range are asked for."""
        return np.isfinite(self.low) & np.isfinite(self.high)


class LastYear(NamedTuple):
    """What was reported the year before up to each month, and what stood at its end, reported or printed."""

    reported: Floats
    end: Floats


class Due(NamedTuple):
    """What is due of the target, or of the lower end of a range, and where it lies on an even curve."""

    value: Floats
    even: Bools


def plan_ahead(method: Method, aims: AimGrid, before: LastYear, coverage: Floats) -> Due:
    """Return what is due at the end of every month."""
    whole = np.where(aims.ranged, aims.low, aims.target)
    if method.curve == "flat":
        return Due(whole, np.zeros(whole.shape, np.bool_))
    lower = (method.direction == "lower") & ~aims.ranged
    curved = _PART_OF_YEAR & ~aims.part
    if method.curve == "growing":
        grown = _grow(whole, before.end, lower)
        return Due(np.where(curved, grown, whole), np.zeros(whole.shape, np.bool_))
    season = _season(before.reported) if method.curve == "even" else None
    due, even = _spread(whole, season, curved)
    if method.curve == "even":
        cut = lower & ~aims.part & (coverage > 0) & (coverage < 1)
        due = np.where(cut, due * coverage, due)
    return Due(due, even)


def _spread(whole: Floats, season: Floats | None, curved: Bools) -> Due:
    """Return what is due of the year's target, by last year's seasons where they are known, else evenly."""
    even = whole * _MONTHS / MONTHS
    if season is None:
        return Due(np.where(curved, even, whole), curved)
    seasonal = np.isfinite(season)
    due = np.where(seasonal, whole * season, even)
    return Due(np.where(curved, due, whole), curved & ~seasonal)


def _season(reported: Floats) -> Floats:
    """Return the share of last year's whole that stood at the same month, NaN where months lack."""
    whole = reported[:, :, -1:]
    usable = (whole > 0) & (reported >= 0) & (reported <= whole)
    season: Floats = np.divide(reported, whole, out=np.full(reported.shape, np.nan), where=usable)
    return season


def _grow(whole: Floats, start: Floats, lower: Bools) -> Floats:
    """Return the straight line from last year's end; all of the target where that is unknown or beyond it."""
    begin = start[:, :, None]
    beyond = np.where(lower, begin < whole, begin > whole)
    return np.where(np.isnan(begin) | beyond, whole, begin + (whole - begin) * (_MONTHS / MONTHS))
