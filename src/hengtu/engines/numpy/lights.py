"""Achievements and lights of whole columns, by the rules of ``core.judging.lights``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hengtu.core.judging.rulebook import RANK, TOLERANCE, Rulebook
from hengtu.core.plan import Direction
from hengtu.engines.columns import THERE, Bools, Codes, Column, Floats, cut_column
from hengtu.engines.lights import NO_DIRECTION, NO_RANGE, NO_TARGET, Aims, Judged
from hengtu.engines.numpy.arithmetic import BLOCK
from hengtu.engines.numpy.comparison import compare


@dataclass(slots=True)
class _Achieved:
    percent: Floats
    met: Bools
    distance: Floats


def judge_column(
    actual: Column, aims: Aims, direction: Direction | None, rulebook: Rulebook
) -> Judged:
    """Return the lights of actuals, all of one direction; ValueError where an aim has another length."""
    given = [aim for aim in (aims.target, aims.low, aims.high) if aim is not None]
    if any(len(aim) != len(actual) for aim in given):
        raise ValueError("every aim has as many rows as the actuals")
    starts = range(0, max(len(actual), 1), BLOCK)
    with np.errstate(all="ignore"):
        blocks = [_judge(actual, aims, slice(at, at + BLOCK), direction, rulebook) for at in starts]
    return _join(blocks)


def _judge(
    actual: Column, aims: Aims, rows: slice, direction: Direction | None, rulebook: Rulebook
) -> Judged:
    own, aims = cut_column(actual, rows), _cut_aims(aims, rows)
    ranged = _ranged(aims)
    reasons = _reasons(own, aims, ranged, direction)
    achieved = _achieve(own.values, aims.target, rulebook, lower=direction == "lower")
    if ranged.any():
        _put(achieved, _achieve_range(own.values, aims, rulebook), ranged)
    return _light(achieved, reasons, rulebook)


def _cut_aims(aims: Aims, rows: slice) -> Aims:
    return Aims(
        target=aims.target[rows],
        low=None if aims.low is None else aims.low[rows],
        high=None if aims.high is None else aims.high[rows],
    )


def _join(blocks: list[Judged]) -> Judged:
    return Judged(
        lights=np.concatenate([one.lights for one in blocks]),
        reasons=np.concatenate([one.reasons for one in blocks]),
        bands=np.concatenate([one.bands for one in blocks]),
        percent=np.concatenate([one.percent for one in blocks]),
        met=np.concatenate([one.met for one in blocks]),
        distance=np.concatenate([one.distance for one in blocks]),
        score=np.concatenate([one.score for one in blocks]),
    )


def _ranged(aims: Aims) -> Bools:
    if aims.low is None or aims.high is None:
        return np.zeros(aims.target.shape, np.bool_)
    return np.isfinite(aims.low) & np.isfinite(aims.high)


def _reasons(actual: Column, aims: Aims, ranged: Bools, direction: Direction | None) -> Codes:
    reasons = actual.kinds.copy()
    there = reasons == THERE
    reasons[there & np.isnan(aims.target) & ~ranged] = NO_TARGET
    if direction is None:
        reasons[(reasons == THERE) & ~ranged] = NO_DIRECTION
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
    bands = find_bands(percent, rulebook)
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


def find_bands(percent: Floats, rulebook: Rulebook) -> NDArray[np.int8]:
    """Return the place of the first band that is reached, the last where none is."""
    bands = np.full(percent.shape, len(rulebook.bands) - 1, np.int8)
    for place in range(len(rulebook.bands) - 2, -1, -1):
        bound = rulebook.bands[place].at_least
        bands[percent >= bound - TOLERANCE * max(1.0, abs(bound))] = place
    return bands
