"""Achievements and lights of whole columns, by the rules of ``core.judging.lights``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hengtu.core.judging.lights import LightReason
from hengtu.core.judging.rulebook import RANK, TOLERANCE, Colour, Rulebook
from hengtu.core.plan import Direction
from hengtu.engines.columns import THERE, Bools, Codes, Column, Floats, name_kind
from hengtu.engines.numpy.comparison import compare

COLOURS: dict[int, Colour] = {rank: colour for colour, rank in RANK.items()}
NO_TARGET, NO_DIRECTION, NO_RANGE = 10, 11, 12
_OTHER_REASONS: dict[int, LightReason] = {
    NO_TARGET: "no_target",
    NO_DIRECTION: "no_direction",
    NO_RANGE: "no_range",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """What each row is judged against, NaN where there is none; both ends make a range."""

    target: Floats
    low: Floats | None = None
    high: Floats | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Lights of many rows.

    ``lights`` are −1 white, 0 red, 1 yellow, 2 green; ``reasons`` 0 none, 1–9 the kind of missing, 10 no target,
    11 no direction, 12 no range; ``bands`` the place in the rulebook, −1 where none decided. ``percent`` and
    ``score`` (0–100) are NaN where there are none, ``distance`` where the light is white.
    """

    lights: NDArray[np.int8]
    reasons: Codes
    bands: NDArray[np.int8]
    percent: Floats
    met: Bools
    distance: Floats
    score: Floats


@dataclass(slots=True)
class _Achieved:
    percent: Floats
    met: Bools
    distance: Floats


def name_reason(code: int) -> LightReason | None:
    """Return the reason of a code, None for 0."""
    if code == THERE:
        return None
    return _OTHER_REASONS.get(code) or name_kind(code)


def judge_column(
    actual: Column, aims: Aims, direction: Direction | None, rulebook: Rulebook
) -> Judged:
    """Return the lights of actuals, all of one direction."""
    with np.errstate(all="ignore"):
        ranged = _ranged(aims)
        reasons = _reasons(actual, aims, ranged, direction)
        achieved = _achieve(actual.values, aims.target, rulebook, lower=direction == "lower")
        if ranged.any():
            _put(achieved, _achieve_range(actual.values, aims, rulebook), ranged)
        return _light(achieved, reasons, rulebook)


def _ranged(aims: Aims) -> Bools:
    if aims.low is None or aims.high is None:
        return np.zeros(aims.target.shape, np.bool_)
    return np.isfinite(aims.low) & np.isfinite(aims.high)


def _reasons(actual: Column, aims: Aims, ranged: Bools, direction: Direction | None) -> Codes:
    reasons = actual.kinds.copy()
    there = reasons == THERE
    reasons[there & np.isnan(aims.target) & ~ranged] = NO_TARGET
    if direction is None:
        reasons[reasons == THERE] = NO_DIRECTION
    elif direction == "range":
        reasons[(reasons == THERE) & ~ranged] = NO_RANGE
    return reasons


def _achieve(actual: Floats, target: Floats, rulebook: Rulebook, *, lower: bool) -> _Achieved:
    percent = _percent(actual, target, rulebook, lower=lower)
    percent[(target <= 0) | (actual < 0) | ~np.isfinite(percent)] = np.nan
    return _Achieved(
        percent=percent,
        met=compare(actual, "<=" if lower else ">=", target),
        distance=target - actual if lower else actual - target,
    )


def _percent(actual: Floats, target: Floats, rulebook: Rulebook, *, lower: bool) -> Floats:
    if not lower:
        return actual / target * 100
    if rulebook.lower == "difference":
        return (2 - actual / target) * 100
    return target / actual * 100


def _achieve_range(actual: Floats, aims: Aims, rulebook: Rulebook) -> _Achieved:
    low = aims.target if aims.low is None else aims.low
    high = aims.target if aims.high is None else aims.high
    inside = compare(actual, ">=", low) & compare(actual, "<=", high)
    achieved = _achieve(actual, high, rulebook, lower=True)
    _put(achieved, _achieve(actual, low, rulebook, lower=False), actual < low)
    achieved.percent[inside] = 100.0
    achieved.distance[inside] = np.minimum(actual - low, high - actual)[inside]
    achieved.met = inside
    return achieved


def _put(into: _Achieved, other: _Achieved, rows: Bools) -> None:
    into.percent[rows] = other.percent[rows]
    into.met[rows] = other.met[rows]
    into.distance[rows] = other.distance[rows]


def _light(achieved: _Achieved, reasons: Codes, rulebook: Rulebook) -> Judged:
    white = reasons != THERE
    percent, met = achieved.percent, achieved.met & ~white
    percent[white] = np.nan
    achieved.distance[white] = np.nan
    unmeasured = np.isnan(percent)
    bands = _bands(percent, rulebook)
    colours = np.array([RANK[band.light] for band in rulebook.bands], np.int8)
    lights = colours[bands]
    lights[unmeasured] = np.where(met[unmeasured], RANK["green"], RANK["red"])
    lights[white] = RANK["white"]
    bands[unmeasured] = -1
    score = np.clip(percent, 0.0, rulebook.cap)
    score[unmeasured] = np.where(met[unmeasured], 100.0, 0.0)
    score[white] = np.nan
    return Judged(
        lights=lights,
        reasons=reasons,
        bands=bands,
        percent=percent,
        met=met,
        distance=achieved.distance,
        score=score,
    )


def _bands(percent: Floats, rulebook: Rulebook) -> NDArray[np.int8]:
    """Return the place of the first band that is reached, the last where none is."""
    bands = np.full(percent.shape, len(rulebook.bands) - 1, np.int8)
    for place in range(len(rulebook.bands) - 2, -1, -1):
        bound = rulebook.bands[place].at_least
        bands[percent >= bound - TOLERANCE * max(1.0, abs(bound))] = place
    return bands
