"""Lights rolled up for all months at once: ``core.judging.rollup`` on columns.

A level is rows of children under one another, parent by parent; arrays are [children, months] and
[parents, months].
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hengtu.core.judging.rollup import COLOURS, NOT_DUE
from hengtu.core.judging.rulebook import RANK, Rulebook
from hengtu.core.periods import SLOTS
from hengtu.engines.columns import CODES, NOT_REPORTED, THERE, Bools, Codes, Floats
from hengtu.engines.judging.grid import Places
from hengtu.engines.judging.months import Lights, RulebookOf, find_stretches
from hengtu.engines.lights import LOW_COVERAGE, PARTIAL, WHITE, code_reason
from hengtu.engines.numpy.lights import find_bands

WeightsOf = Callable[[int], Mapping[str, float]]
NO_LIGHT = -1
_LEFT_OUT = np.isin(np.arange(32), [code_reason(reason) for reason in NOT_DUE])
_NO_CHILD = 127


class Lit(Protocol):
    """Anything with lights, reasons, scores and coverage, each [rows, months], and the codes of the months."""

    @property
    def periods(self) -> NDArray[np.int16]: ...

    @property
    def lights(self) -> Lights: ...

    @property
    def reasons(self) -> Codes: ...

    @property
    def score(self) -> Floats: ...

    @property
    def coverage(self) -> Floats: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The children of one part as rows of the level below, with their codes where weights are given by code.

    ``siblings`` are the codes of all parts that may weigh here, with or without a light.
    """

    children: Sequence[int]
    codes: Sequence[str] = ()
    siblings: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Children parent by parent: rows of the level below, −1 for one that is missing; ``starts`` of parents.

    ``weights`` are [children, months], None where all weigh alike.
    """

    children: Places
    starts: Places
    weights: Floats | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeMonths:
    """Rolled-up lights by part and month, with the lights of the children counted."""

    periods: NDArray[np.int16]
    lights: Lights
    reasons: Codes
    score: Floats
    coverage: Floats
    green: NDArray[np.int32]
    yellow: NDArray[np.int32]
    red: NDArray[np.int32]
    white: NDArray[np.int32]


@dataclass(slots=True)
class _Children:
    lights: Lights
    reasons: Codes
    score: Floats
    coverage: Floats
    weights: Floats
    starts: Places
    told: Bools

    def due(self) -> Bools:
        found: Bools = (self.weights > 0) & ((self.lights != WHITE) | ~_LEFT_OUT[self.reasons])
        return found

    def add(self, numbers: NDArray[np.float64] | Bools) -> Floats:
        """Return sums by parent, added in order as on one record."""
        total: Floats = np.add.reduceat(numbers, self.starts, axis=0, dtype=np.float64)
        return total

    def count(self, where: Bools) -> NDArray[np.int32]:
        found: NDArray[np.int32] = np.add.reduceat(where, self.starts, axis=0, dtype=np.int32)
        return found


def make_level(
    groups: Sequence[Group], periods: NDArray[np.int16], weights_of: WeightsOf | None = None
) -> Level:
    """Return the level of some parts; ValueError for one without children.

    Where any sibling has a weight in a ROC year, those without weigh nothing, and one with a weight that has no
    light is a missing child.
    """
    if not all(one.children for one in groups):
        raise ValueError("a part without children has no light")
    alike = Level(
        children=np.fromiter(chain.from_iterable(one.children for one in groups), np.int64),
        starts=_starts(len(one.children) for one in groups),
    )
    if weights_of is None or not groups:
        return alike
    years = sorted({int(code) // SLOTS for code in periods})
    given = {roc_year: weights_of(roc_year) for roc_year in years}
    if not any(given.values()):
        return alike
    told = [_weigh(group, [given[year] for year in years]) for group in groups]
    by_year = np.concatenate([weights for _, weights in told])
    place = np.searchsorted(years, periods // SLOTS)
    return Level(
        children=np.concatenate([children for children, _ in told]),
        starts=_starts(len(children) for children, _ in told),
        weights=by_year[:, place],
    )


def _starts(counts: Iterator[int]) -> Places:
    ends = np.cumsum(np.fromiter(counts, np.int64))
    return np.concatenate([[0], ends[:-1]]).astype(np.int64) if len(ends) else ends


def _weigh(group: Group, given: Sequence[Mapping[str, float]]) -> tuple[Places, Floats]:
    """Return the children of a part, those that are missing last, and their weights by year."""
    absent = [
        code
        for code in dict.fromkeys(group.siblings)
        if code not in group.codes and any(weights.get(code) for weights in given)
    ]
    codes = [*group.codes, *absent]
    columns = np.zeros((len(codes), len(given)))
    for year, weights in enumerate(given):
        if any(weights.get(code) for code in group.siblings):
            columns[:, year] = [weights.get(code) or 0.0 for code in codes]
        else:
            columns[: len(group.codes), year] = 1.0
    children = [*group.children, *(NO_LIGHT for _ in absent)]
    return np.array(children, np.int64), columns


def roll_up_level(below: Lit, level: Level, rulebook_of: RulebookOf) -> NodeMonths:
    """Return the lights above some lights by the rulebook of each ROC year."""
    children = _take(below, level)
    parts = [
        _roll_up(_cut(children, own), below.periods[own], book)
        for own, book in find_stretches((below.periods // SLOTS).tolist(), rulebook_of)
    ]
    return parts[0] if len(parts) == 1 else _join(parts)


def _take(below: Lit, level: Level) -> _Children:
    rows = level.children
    missing = rows == NO_LIGHT
    shape = (len(rows), len(below.periods))
    weights = np.ones((1, 1)) if level.weights is None else level.weights
    children = _Children(
        lights=below.lights[rows],
        reasons=below.reasons[rows],
        score=below.score[rows],
        coverage=below.coverage[rows],
        weights=np.broadcast_to(weights, shape),
        starts=level.starts,
        told=np.ones(shape, np.bool_),
    )
    if missing.any():
        children.told[missing] = children.weights[missing] > 0
        children.lights[missing], children.reasons[missing] = WHITE, NOT_REPORTED
        children.coverage[missing], children.score[missing] = 0.0, np.nan
    return children


def _cut(children: _Children, months: slice) -> _Children:
    return _Children(
        lights=children.lights[:, months],
        reasons=children.reasons[:, months],
        score=children.score[:, months],
        coverage=children.coverage[:, months],
        weights=children.weights[:, months],
        starts=children.starts,
        told=children.told[:, months],
    )


def _join(parts: Sequence[NodeMonths]) -> NodeMonths:
    found = {
        one.name: np.concatenate([getattr(part, one.name) for part in parts], axis=-1)
        for one in fields(NodeMonths)
    }
    return NodeMonths(**found)


def _roll_up(children: _Children, periods: NDArray[np.int16], rulebook: Rulebook) -> NodeMonths:
    due = children.due()
    known = due & (children.lights != WHITE)
    judged = children.count(known)
    with np.errstate(all="ignore"):
        coverage = _coverage(children, due, known)
        score = _mean_score(children, known)
        lights = _light(children, due, known, score, rulebook)
    reasons = np.where(judged < children.count(due), PARTIAL, THERE).astype(np.int8)
    low = (judged > 0) & (coverage < rulebook.least_coverage)
    lights[low], reasons[low] = WHITE, LOW_COVERAGE
    _leave_white(children, due, judged == 0, lights, reasons)
    counts = {
        name: children.count(children.told & (children.lights == RANK[name])) for name in COLOURS
    }
    return NodeMonths(
        periods=periods,
        lights=lights,
        reasons=reasons,
        score=score,
        coverage=coverage,
        green=counts["green"],
        yellow=counts["yellow"],
        red=counts["red"],
        white=counts["white"],
    )


def _leave_white(
    children: _Children, due: Bools, nothing: Bools, lights: Lights, reasons: Codes
) -> None:
    waiting = children.count(due) > 0
    lights[nothing] = WHITE
    reasons[nothing] = np.where(waiting, NOT_REPORTED, CODES["not_due"])[nothing]


def _coverage(children: _Children, due: Bools, known: Bools) -> Floats:
    weights = children.add(children.weights * due)
    covered = children.add(np.where(known, children.weights * children.coverage, 0.0))
    return np.where(weights > 0, covered / weights, 1.0)


def _mean_score(children: _Children, known: Bools) -> Floats:
    """Return the weighted mean of the scores that are known, NaN without any."""
    scored = known & ~np.isnan(children.score)
    weights = children.add(children.weights * scored)
    total = children.add(np.where(scored, children.weights * children.score, 0.0))
    return np.where(weights > 0, total / weights, np.nan)


def _light(
    children: _Children, due: Bools, known: Bools, score: Floats, rulebook: Rulebook
) -> Lights:
    if rulebook.roll_up == "count":
        return _by_count(children, due, known)
    told = np.where(known, children.lights, _NO_CHILD).astype(np.int8)
    worst: Lights = np.minimum.reduceat(told, children.starts, axis=0)
    if rulebook.roll_up == "worst":
        return worst
    colours = np.array([RANK[band.light] for band in rulebook.bands], np.int8)
    return np.where(np.isnan(score), worst, colours[find_bands(score, rulebook)])


def _by_count(children: _Children, due: Bools, known: Bools) -> Lights:
    """Green when every child due is green, red when half of those known are red, else yellow."""
    green = children.count(due & (children.lights == RANK["green"])) == children.count(due)
    red = 2 * children.count(known & (children.lights == RANK["red"])) >= children.count(known)
    found = np.where(green, RANK["green"], np.where(red, RANK["red"], RANK["yellow"]))
    return found.astype(np.int8)
