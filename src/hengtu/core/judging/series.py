"""Data items over time: how the figures of months, quarters and halves become the year so far.

A ratio is a ratio of sums over the months in which all its operands are known; what is missing lowers the
coverage and is never zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from hengtu.core.actuals import Actual
from hengtu.core.amounts import MissingKind
from hengtu.core.formulas.functions import At
from hengtu.core.periods import Period, read_period

OverTime = Literal["sum", "mean", "last", "max", "min", "none"]
SeriesKey = tuple[str, int, str]
WHOLE_YEAR = frozenset(range(1, 13))
NOT_EXPECTED: frozenset[MissingKind] = frozenset({"not_due", "not_applicable", "blank"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A figure that covers some months of a year, rising."""

    months: tuple[int, ...]
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A data item for the year so far: its value, or why there is none.

    ``known`` are the months counted, ``due`` those that should be there. Of an item in child agencies ``given``
    are those of them that are counted, of all that ``asked`` were.
    """

    value: float | None = None
    missing: MissingKind | None = None
    known: frozenset[int] = frozenset()
    due: frozenset[int] = frozenset()
    given: int = 0
    asked: int = 0

    @property
    def latest(self) -> int | None:
        """The last month counted."""
        return max(self.known, default=None)


@dataclass
class Series:
    """The reported figures of one data item, by period."""

    values: dict[Period, float] = field(default_factory=dict)
    gaps: dict[Period, MissingKind] = field(default_factory=dict)
    _step: int | None = field(default=None, compare=False, repr=False)

    def add(self, actual: Actual) -> None:
        """Take one reported figure; a later one for the same period counts."""
        period = _read(actual.period)
        if period is None:
            return
        self._step = None
        self.values.pop(period, None)
        self.gaps.pop(period, None)
        if actual.value is not None:
            self.values[period] = actual.value
        else:
            self.gaps[period] = actual.missing or "not_reported"

    @property
    def step(self) -> int:
        """Months between two figures, by what was reported: 1, 3, 6 or 12.

        Figures that stand only at quarter ends, at least two of them, are quarterly.
        """
        if self._step is None:
            self._step = self._find_step()
        return self._step

    def _find_step(self) -> int:
        periods = (*self.values, *self.gaps)
        lengths = {len(period.months) for period in periods}
        ends = {period.months[-1] for period in periods}
        shortest = min(lengths, default=1)
        if shortest > 1 or len(ends) < 2:
            return shortest
        return next(step for step in (6, 3, 1) if all(end % step == 0 for end in ends))

    def pieces(self, roc_year: int, month: int, since: int = 1) -> list[Piece]:
        """Return the figures from a month to the end of another, none twice: the longest periods first."""
        within = [
            period
            for period in self.values
            if _within(period, roc_year, month) and period.months[0] >= since
        ]
        taken: set[int] = set()
        chosen: list[Piece] = []
        for period in sorted(within, key=lambda one: (-len(one.months), one.months)):
            if taken.isdisjoint(period.months):
                taken.update(period.months)
                chosen.append(Piece(self._covered(period), self.values[period]))
        return sorted(chosen, key=lambda piece: piece.months)

    def _covered(self, period: Period) -> tuple[int, ...]:
        """Return the months a figure speaks for: a quarterly one at a month stands for its quarter."""
        last = period.months[-1]
        if len(period.months) > 1 or self.step == 1:
            return period.months
        return tuple(range(last - self.step + 1, last + 1))

    def due(self, roc_year: int, month: int) -> frozenset[int]:
        """Return the months up to a month whose figures should be there."""
        ended = month - month % self.step
        expected = set(range(1, ended + 1))
        for period, kind in self.gaps.items():
            if kind in NOT_EXPECTED and _within(period, roc_year, month):
                expected.difference_update(self._covered(period))
        return frozenset(expected)

    def why(self, roc_year: int, month: int) -> MissingKind:
        """Return why there is no figure up to a month: the latest reason that was given."""
        if not self.due(roc_year, month):
            return self._reason(roc_year, month, expected=False) or "not_due"
        return self._reason(roc_year, month, expected=True) or "not_reported"

    def _reason(self, roc_year: int, month: int, *, expected: bool) -> MissingKind | None:
        told = [
            (period.months[-1], kind)
            for period, kind in self.gaps.items()
            if _within(period, roc_year, month) and (kind not in NOT_EXPECTED) == expected
        ]
        return max(told)[1] if told else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An operand to be gathered: its printed name, figures, rule over time and how many years back.

    ``base`` tells that it only divides: a level such as a budget, entered once, then stands until the next.
    ``at`` is ``prev`` for the months just before the year, as many as are asked for. ``children`` are the figures
    of child agencies, joined by ``over_org``.
    """

    name: str
    series: Series
    over_time: OverTime
    years_back: int = 0
    base: bool = False
    at: At | None = None
    children: tuple[Series, ...] = ()
    over_org: OverTime = "sum"

    def pieces(self, roc_year: int, month: int) -> list[Piece]:
        """Return the figures that count, by the months of the year that is asked for."""
        own_year = roc_year - self.years_back
        if self.at != "prev":
            return self.series.pieces(own_year, month)
        before = 12 - month
        since = 1 if self.over_time in ("last", "none") else before + 1
        moved = (
            Piece(tuple(m - before for m in piece.months if m > before), piece.value)
            for piece in self.series.pieces(own_year - 1, 12, since)
        )
        return [piece for piece in moved if piece.months]

    def due(self, roc_year: int, month: int) -> frozenset[int]:
        """Return the months of the year that is asked for whose figures should be there."""
        own_year = roc_year - self.years_back
        if self.at != "prev":
            return self.series.due(own_year, month)
        before = 12 - month
        return frozenset(m - before for m in self.series.due(own_year - 1, 12) if m > before)

    def why(self, roc_year: int, month: int) -> MissingKind:
        """Return why there is no figure."""
        own_year = roc_year - self.years_back
        if self.at != "prev":
            return self.series.why(own_year, month)
        return self.series.why(own_year - 1, 12)


_read = lru_cache(maxsize=4096)(read_period)  # the same few periods stand on every row


def _within(period: Period, roc_year: int, month: int) -> bool:
    return period.roc_year == roc_year and period.months[-1] <= month


def gather(
    wanted: Sequence[Wanted],
    roc_year: int,
    month: int,
    *,
    within: frozenset[int] = WHOLE_YEAR,
) -> dict[str, Total]:
    """Return the operands of one formula for the year so far, all over the same months.

    Sums and means count the months that all of them know, levels the latest month that all levels know. An
    operand without any figure is missing and takes nothing from the others. ``within`` are the months that may
    count.
    """
    pieces = {one.name: one.pieces(roc_year, month) for one in wanted}
    flows = _shared_months(
        [pieces[w.name] for w in wanted if not is_level(w) and pieces[w.name]], within
    )
    levels = {w.name: _standing(w, pieces[w.name], roc_year, month) for w in wanted if is_level(w)}
    end = _shared_end(levels)
    return {
        w.name: _total(w, levels.get(w.name) or pieces[w.name], flows, end, roc_year, month)
        for w in wanted
    }


def is_level(wanted: Wanted) -> bool:
    """Whether an operand is what stands at the end, not what came in over the months."""
    return wanted.over_time in ("last", "none")


def _standing(wanted: Wanted, found: list[Piece], roc_year: int, month: int) -> list[Piece]:
    """Return the pieces of a level with what stands beyond its own months.

    Last year's end serves where last year has no months; a base stands from its only figure on.
    """
    own_year = roc_year - wanted.years_back
    if wanted.at == "prev":
        return found if wanted.over_time == "none" else _all_year(found)
    if wanted.years_back and not found:
        return _all_year(wanted.series.pieces(own_year, 12))
    if not wanted.base or len(found) > 1:
        return found
    if not found:
        year = wanted.series.values.get(Period(own_year))
        found = [] if year is None else [Piece((1,), year)]
    return [
        Piece((at,), piece.value) for piece in found for at in range(piece.months[0], month + 1)
    ]


def _all_year(pieces: list[Piece]) -> list[Piece]:
    """Return what stood at the end, for whatever month is asked."""
    return [Piece(tuple(range(1, 13)), pieces[-1].value)] if pieces else []


def _shared_months(pieces: Sequence[list[Piece]], within: frozenset[int]) -> frozenset[int]:
    """Return the months that every series covers with whole figures."""
    shared = within
    while True:
        narrowed = shared
        for own in pieces:
            whole = [piece.months for piece in own if shared.issuperset(piece.months)]
            narrowed &= frozenset(month for months in whole for month in months)
        if narrowed == shared:
            return shared
        shared = narrowed


def _shared_end(levels: Mapping[str, list[Piece]]) -> int | None:
    ends = [{piece.months[-1] for piece in own} for own in levels.values() if own]
    everywhere = [{*one, *range(1, 13)} if one == {12} else one for one in ends]
    return max(set.intersection(*everywhere), default=None) if everywhere else None


def _total(
    wanted: Wanted,
    pieces: list[Piece],
    flows: frozenset[int],
    end: int | None,
    roc_year: int,
    month: int,
) -> Total:
    if is_level(wanted):
        counted = _until(pieces, end, month if wanted.over_time == "none" else None)
    else:
        counted = [piece for piece in pieces if flows.issuperset(piece.months)]
    known = frozenset(m for piece in _reported(wanted, pieces, counted) for m in piece.months)
    due = wanted.due(roc_year, month) | known
    if not counted:
        return Total(missing=wanted.why(roc_year, month), due=due)
    value = _join(counted, wanted.over_time)
    if not math.isfinite(value):
        return Total(missing="not_computable", due=due)
    return Total(value=value, known=known, due=due)


def _until(pieces: list[Piece], end: int | None, exactly: int | None) -> list[Piece]:
    if end is None:
        return []
    before = [piece for piece in pieces if piece.months[-1] <= end] or pieces
    last = before[-1:]
    return last if exactly is None or (last and last[0].months[-1] == exactly) else []


def _reported(wanted: Wanted, pieces: list[Piece], counted: list[Piece]) -> list[Piece]:
    return pieces if is_level(wanted) and counted else counted


def _join(pieces: list[Piece], over_time: OverTime) -> float:
    figures = [piece.value for piece in pieces]
    match over_time:
        case "sum":
            return sum(figures)
        case "mean":
            months = sum(len(piece.months) for piece in pieces)
            return sum(piece.value * len(piece.months) for piece in pieces) / months
        case "max":
            return max(figures)
        case "min":
            return min(figures)
        case _:
            return figures[-1]


def coverage(totals: Iterable[Total]) -> tuple[int, int]:
    """Return the months known for all of several operands, and the months due for any."""
    given = list(totals)
    due = frozenset[int]().union(*(total.due for total in given))
    known = due.intersection(*(total.known for total in given)) if given else due
    return len(known), len(due)


def collect(actuals: Iterable[Actual]) -> dict[SeriesKey, Series]:
    """Return the series of every (KPI code, measure index, item)."""
    found: dict[SeriesKey, Series] = {}
    for actual in actuals:
        found.setdefault((actual.code, actual.measure, actual.item), Series()).add(actual)
    return found
