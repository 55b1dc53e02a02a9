"""Operands for the year so far, all over the same months: ``core.judging.series.gather`` on columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hengtu.core.judging.methods import LEVELS
from hengtu.core.judging.series import OverTime
from hengtu.engines.columns import NOT_COMPUTABLE, THERE, Bools, Codes, Column, Floats
from hengtu.engines.judging.earlier import Earlier
from hengtu.engines.judging.grid import ENDS, MONTHS
from hengtu.engines.judging.slots import COUNTS, EVERY_MONTH, HIGHEST, SO_FAR, Masks, Slots

YEAR_SLOT = 18
DECEMBER = 1 << 11
_UP_TO: Masks = np.concatenate([np.zeros(1, np.int16), SO_FAR])
_ONE = np.ones(1, np.int8)
_BY_END = np.argsort(ENDS, kind="stable")  # added in the order of time, as on one record


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An operand to be gathered. ``year`` are the figures of its whole year; they serve a level of years back."""

    slots: Slots
    over_time: OverTime
    years_back: int = 0
    base: bool = False

    @property
    def level(self) -> bool:
        """Whether the operand is what stands at the end."""
        return self.over_time in LEVELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """An operand for the year so far [rows, 12]: value or kind of missing, months known and due."""

    values: Floats
    kinds: Codes
    known: Masks
    due: Masks

    @property
    def column(self) -> Column:
        """The operand as one long column."""
        return Column(self.values.reshape(-1), self.kinds.reshape(-1))


@dataclass(slots=True)
class _Standing:
    """The figures of a level with what stands beyond its own months.

    ``ends`` are the months that its figures end with; ``fixed`` tells where ``value`` holds whatever the month.
    """

    covered: Masks
    ends: Masks
    fixed: Bools | None = None
    value: Floats | None = None


def gather(wanted: Sequence[Wanted]) -> list[Totals]:
    """Return the operands of one formula for the year so far."""
    shared = _shared_months([one.slots for one in wanted if not one.level])
    standing = {place: _stand(one) for place, one in enumerate(wanted) if one.level}
    end = _shared_end(list(standing.values()))
    return [
        _level(one, standing[place], end) if one.level else _flow(one, shared)
        for place, one in enumerate(wanted)
    ]


def _shared_months(flows: Sequence[Slots]) -> Masks:
    """Return the months that every flow with any figure covers with whole figures."""
    if not flows:
        return np.full((1, MONTHS), EVERY_MONTH, np.int16)
    silent = [one.covered == 0 for one in flows]
    shared = np.full(flows[0].covered.shape, EVERY_MONTH, np.int16)
    while True:
        narrowed = shared
        for one, nothing in zip(flows, silent, strict=True):
            narrowed = narrowed & np.where(nothing, EVERY_MONTH, one.whole(shared)).astype(np.int16)
        if all(one.step is None for one in flows) or (narrowed == shared).all():
            return narrowed
        shared = narrowed


def _stand(wanted: Wanted) -> _Standing:
    slots = wanted.slots
    standing = _Standing(slots.covered, slots.ends)
    if isinstance(slots, Earlier):
        return standing if wanted.over_time == "none" else _all_year(standing, slots)
    if wanted.base:
        _stand_on(standing, slots, or_year=not wanted.years_back)
    if wanted.years_back:
        _stand_in(standing, slots)
    return standing


def _all_year(standing: _Standing, slots: Slots) -> _Standing:
    """Return what stood at the end, for whatever month is asked."""
    there = standing.ends != 0
    return _Standing(
        covered=np.where(there, EVERY_MONTH, 0).astype(np.int16),
        ends=np.where(there, DECEMBER, 0).astype(np.int16),
        fixed=there,
        value=slots.at(HIGHEST[standing.ends]),
    )


def _stand_on(standing: _Standing, slots: Slots, *, or_year: bool) -> None:
    """Let a base stand from its only figure on; a figure of the whole year from January on."""
    covered = slots.covered
    first = covered & -covered
    onward = (SO_FAR & ~(first - 1)).astype(np.int16, copy=False)
    once = COUNTS[slots.ends] == 1
    value = slots.at(HIGHEST[slots.ends])
    if or_year and slots.count > MONTHS:
        year = (covered == 0) & slots.there[:, YEAR_SLOT, None]
        value = np.where(year, slots.values[:, YEAR_SLOT, None], value)
        onward, once = np.where(year, SO_FAR, onward), once | year
    standing.covered = np.where(once, onward, covered)
    standing.ends = np.where(once, onward, slots.ends)
    standing.fixed, standing.value = once, value


def _stand_in(standing: _Standing, slots: Slots) -> None:
    """Let last year's end serve where last year has no months."""
    december = slots.ends[:, -1:]
    silent = (slots.covered == 0) & (december != 0)
    if not silent.any():
        return
    value = slots.at(np.broadcast_to(HIGHEST[december], slots.ends.shape))[:, -1:]
    standing.covered = np.where(silent, EVERY_MONTH, standing.covered).astype(np.int16)
    standing.ends = np.where(silent, DECEMBER, standing.ends).astype(np.int16)
    if standing.fixed is None or standing.value is None:
        standing.fixed = np.zeros(silent.shape, np.bool_)
        standing.value = np.broadcast_to(value, silent.shape)
    standing.value = np.where(silent, value, standing.value)
    standing.fixed = standing.fixed | silent


def _shared_end(standing: Sequence[_Standing]) -> Codes:
    """Return the last month that all levels with any figure end with: 1–12, 0 without one."""
    shared: Masks = np.zeros((1, MONTHS), np.int16)
    for place, one in enumerate(standing):
        everywhere = (one.ends == 0) | (one.ends == DECEMBER)
        ends = np.where(everywhere, EVERY_MONTH, one.ends)
        shared = ends if place == 0 else shared & ends
    return HIGHEST[shared]


def _level(wanted: Wanted, standing: _Standing, end: Codes) -> Totals:
    before = HIGHEST[standing.ends & _UP_TO[end]]
    last = np.where(before > 0, before, HIGHEST[standing.ends])
    counted = (end > 0) & (standing.ends != 0)
    if wanted.over_time == "none":
        counted &= last == np.arange(1, MONTHS + 1)
    values = wanted.slots.at(last)
    if standing.fixed is not None and standing.value is not None:
        values = np.where(standing.fixed, standing.value, values)
    return _total(wanted.slots, values, counted, standing.covered)


def _flow(wanted: Wanted, shared: Masks) -> Totals:
    slots = wanted.slots
    counted = slots.whole(shared)
    values = _JOINS[wanted.over_time](slots, shared)
    return _total(slots, values, counted != 0, counted)


def _total(slots: Slots, values: Floats, counted: Bools, covered: Masks) -> Totals:
    known = np.where(counted, covered, 0).astype(np.int16, copy=False)
    finite = np.isfinite(values) & counted
    kinds = np.where(counted, NOT_COMPUTABLE, slots.why)
    kinds[finite] = THERE
    return Totals(
        values=np.where(finite, values, np.nan),
        kinds=kinds.astype(np.int8, copy=False),
        known=np.where(finite, known, 0).astype(np.int16, copy=False),
        due=slots.due | known,
    )


def _pieces(slots: Slots, shared: Masks) -> Iterator[tuple[slice, Bools, Floats, NDArray[Any]]]:
    """Yield of every slot the columns it may count in, where it does, its figure and its number of months."""
    if slots.step is None:
        counted = slots.covered & shared
        for slot in range(MONTHS):
            later = slice(slot, None)
            here = (counted[:, later] & (1 << slot)) != 0
            yield later, here, slots.values[:, slot, None], _ONE
        return
    inside = slots.inside(shared)
    for slot in _BY_END[slots.count > _BY_END].tolist():
        months = COUNTS[slots.spans[:, slot]]
        yield slice(None), inside[:, slot], slots.values[:, slot, None], months


def _sum(slots: Slots, shared: Masks) -> Floats:
    total = np.zeros((len(slots.values), MONTHS))
    for later, here, value, _ in _pieces(slots, shared):
        np.add(total[:, later], value, out=total[:, later], where=here)
    return total


def _mean(slots: Slots, shared: Masks) -> Floats:
    total = np.zeros((len(slots.values), MONTHS))
    months = np.zeros(total.shape, np.int8)
    for later, here, value, length in _pieces(slots, shared):
        np.add(total[:, later], value * length, out=total[:, later], where=here)
        np.add(months[:, later], length, out=months[:, later], where=here)
    return total / months


def _most(slots: Slots, shared: Masks) -> Floats:
    return _outermost(slots, shared, np.maximum, -np.inf)


def _least(slots: Slots, shared: Masks) -> Floats:
    return _outermost(slots, shared, np.minimum, np.inf)


def _outermost(slots: Slots, shared: Masks, choose: np.ufunc, start: float) -> Floats:
    found = np.full((len(slots.values), MONTHS), start)
    for later, here, value, _ in _pieces(slots, shared):
        choose(found[:, later], value, out=found[:, later], where=here)
    return found


_JOINS: dict[OverTime, Callable[[Slots, Masks], Floats]] = {
    "sum": _sum,
    "mean": _mean,
    "max": _most,
    "min": _least,
}


def count_months(totals: Sequence[Totals]) -> tuple[Codes, Codes]:
    """Return the months known for all of several operands, and those due for any: [rows, 12]."""
    due = reduce(np.bitwise_or, (one.due for one in totals))
    known = reduce(np.bitwise_and, (one.known for one in totals), due)
    return COUNTS[known], COUNTS[due]
