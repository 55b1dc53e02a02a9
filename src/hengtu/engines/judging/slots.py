"""The figures of one operand in rows of measure × ROC year, and the months that each of them speaks for.

Months are bits: 1 is January, 2 February, 2048 December. A row has 12 slots where only months were reported,
else 19: months, quarters, halves, the year. What depends on how far the year has gone has twelve columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hengtu.core.judging.series import NOT_EXPECTED
from hengtu.core.periods import SLOTS, Period
from hengtu.engines.columns import CODES, NOT_REPORTED, THERE, Bools, Codes, Floats, name_kind
from hengtu.engines.judging.grid import ENDS, MONTHS, NO_ROW, Grid, Places

Masks = NDArray[np.int16]
EVERY_MONTH = 4095
SO_FAR: Masks = ((1 << np.arange(1, MONTHS + 1)) - 1).astype(np.int16)
COUNTS = np.array([mask.bit_count() for mask in range(EVERY_MONTH + 1)], np.int8)
HIGHEST = np.array([mask.bit_length() for mask in range(EVERY_MONTH + 1)], np.int8)
NOT_DUE = CODES["not_due"]
_LEFT_OUT = np.isin(np.arange(len(CODES) + 1), [CODES[kind] for kind in NOT_EXPECTED])
_BY_NAME = sorted(
    CODES
)  # of two reasons told at one time the last by name counts, as on one record
_ROOM = 16
_RANKS = np.zeros(_ROOM, np.int16)
_RANKS[1:10] = [_BY_NAME.index(name_kind(code)) + 1 for code in CODES.values()]
_KINDS = np.zeros(_ROOM, np.int8)
_KINDS[1:10] = [CODES[name] for name in _BY_NAME]


def _bits(first: int, last: int) -> int:
    return int(SO_FAR[last - 1]) & ~((1 << (first - 1)) - 1)


def _spoken_for(step: int) -> list[int]:
    """Return the months of every slot; a figure at a month stands for the whole step that ends with it."""
    months = [_bits(max(end - step + 1, 1), end) for end in range(1, MONTHS + 1)]
    longer = (Period.from_code(slot).months for slot in range(MONTHS, SLOTS))
    return months + [_bits(one[0], one[-1]) for one in longer]


_SPOKEN_FOR = np.array([_spoken_for(max(step, 1)) for step in range(MONTHS + 1)], np.int16)


@dataclass(frozen=True)
class Slots:
    """Figures [rows, slots] with their kinds, −1 where there is none; ``step`` None where all are monthly."""

    values: Floats
    kinds: Codes
    step: Codes | None

    @property
    def count(self) -> int:
        """The number of slots."""
        return int(self.values.shape[1])

    @cached_property
    def there(self) -> Bools:
        """Whether there is a number."""
        found: Bools = self.kinds == THERE
        return found

    @cached_property
    def months(self) -> Masks:
        """The months that each slot speaks for."""
        if self.step is None:
            return np.broadcast_to(_SPOKEN_FOR[1, :MONTHS], self.values.shape)
        return _SPOKEN_FOR[self.step][:, : self.count]

    @cached_property
    def chosen(self) -> Bools:
        """Whether a figure counts up to a month, the longest first, none twice: [rows, slots, 12]."""
        ended = ENDS[: self.count, None] <= np.arange(1, MONTHS + 1)
        return choose_longest(self.there[:, :, None] & ended)

    @property
    def spans(self) -> Masks:
        """The months that each slot speaks for: [rows, slots, 1], or 12 where they differ by month."""
        return self.months[:, :, None]

    @cached_property
    def covered(self) -> Masks:
        """The months that have figures, up to each month of the year: [rows, 12]."""
        if self.step is None:
            found = self.there @ (1 << np.arange(MONTHS, dtype=np.int16))
            return found[:, None] & SO_FAR
        return self._join(self.chosen)

    @cached_property
    def ends(self) -> Masks:
        """The months that the chosen figures end with, up to each month of the year: [rows, 12]."""
        if self.step is None:
            return self.covered
        bits = (1 << (ENDS[: self.count].astype(np.int16) - 1))[:, None]
        ends: Masks = np.bitwise_or.reduce(np.where(self.chosen, bits, 0), axis=1)
        return ends.astype(np.int16, copy=False)

    def whole(self, shared: Masks) -> Masks:
        """Return the months of those figures all of whose months are shared."""
        if self.step is None:
            return self.covered & shared
        return self._join(self.inside(shared))

    def inside(self, shared: Masks) -> Bools:
        """Return which figures lie in the shared months: [rows, slots, 12]."""
        found: Bools = self.chosen & ((self.spans & ~shared[:, None, :]) == 0)
        return found

    def _join(self, chosen: Bools) -> Masks:
        joined: Masks = np.bitwise_or.reduce(np.where(chosen, self.spans, 0), axis=1)
        return joined.astype(np.int16, copy=False)

    @cached_property
    def due(self) -> Masks:
        """The months whose figures should be there, up to each month of the year: [rows, 12]."""
        left_out = (self.kinds > THERE) & _LEFT_OUT[np.maximum(self.kinds, 0)]
        ended = SO_FAR if self.step is None else self._ended()
        if not left_out.any():
            return np.broadcast_to(ended, (len(self.kinds), MONTHS))
        gone = self._by_end(np.where(left_out, self.months, 0), np.bitwise_or)
        return (ended & ~gone).astype(np.int16, copy=False)

    def _ended(self) -> Masks:
        """Return the months up to the last step that ended."""
        assert self.step is not None
        months = np.arange(1, MONTHS + 1)
        ended = months - months % self.step[:, None]
        return np.where(ended > 0, SO_FAR[ended - 1], 0).astype(np.int16, copy=False)

    def _by_end(self, told: NDArray[np.int16], join: np.ufunc) -> NDArray[np.int16]:
        """Return what was told up to each month: [rows, 12]."""
        found = np.zeros((len(told), MONTHS), np.int16)
        found[:] = told[:, :MONTHS]
        for slot in range(MONTHS, self.count):
            at = found[:, ENDS[slot] - 1]
            join(at, told[:, slot], out=at)
        joined: NDArray[np.int16] = join.accumulate(found, axis=1)
        return joined

    @cached_property
    def why(self) -> Codes:
        """The kind of missing up to each month where there is no number: [rows, 12]."""
        due = self.due != 0
        silent = np.where(due, NOT_REPORTED, NOT_DUE).astype(np.int8)
        if not (self.kinds > THERE).any():
            return silent
        kinds = np.maximum(self.kinds, THERE)
        at = ENDS[: self.count].astype(np.int16) * _ROOM
        keys = np.where(kinds > THERE, at + _RANKS[kinds], 0).astype(np.int16)
        left_out = _LEFT_OUT[kinds]
        expected = self._by_end(np.where(left_out, 0, keys), np.maximum)
        unexpected = self._by_end(np.where(left_out, keys, 0), np.maximum)
        told = np.where(due, expected, unexpected)
        return np.where(told > 0, _KINDS[told % _ROOM], silent)

    def at(self, ends: Codes) -> Floats:
        """Return the figures that end with a month (1–12) up to each month of the year: [rows, 12]."""
        if self.step is None:
            return np.take_along_axis(self.values, np.maximum(ends, 1).astype(np.int64) - 1, axis=1)
        found = np.full(ends.shape, np.nan)
        for slot in range(self.count):
            here = self.chosen[:, slot] & (ends == ENDS[slot])
            np.copyto(found, self.values[:, slot, None], where=here)
        return found


def choose_longest(chosen: Bools) -> Bools:
    """Return figures [rows, slots, 12] without those of months that a longer one covers."""
    if chosen.shape[1] > MONTHS:
        months, quarters, halves = chosen[:, :12], chosen[:, 12:16], chosen[:, 16:18]
        halves &= ~chosen[:, 18:]
        quarters &= ~chosen[:, 18:] & ~np.repeat(halves, 2, axis=1)
        taken = np.repeat(halves, 6, axis=1) | np.repeat(quarters, 3, axis=1)
        months &= ~chosen[:, 18:] & ~taken
    return chosen


def take_slots(grid: Grid, rows: Places, years: range) -> Slots:
    """Return the figures of items (by grid row) for ROC years, year by year of each item."""
    count = len(rows) * len(years)
    values, kinds = _take(grid.values, grid.kinds, grid, rows, years)
    wide = grid.wide[rows]
    if (wide >= 0).any():
        broad, broad_kinds = _take(
            grid.wide_values, grid.wide_kinds, grid, np.maximum(wide, 0), years
        )
        broad[wide < 0], broad_kinds[wide < 0] = np.nan, NO_ROW
        values, kinds = np.concatenate([values, broad], 2), np.concatenate([kinds, broad_kinds], 2)
    own_step = grid.step[rows]
    monthly = values.shape[2] == MONTHS and bool((own_step == 1).all())
    return Slots(
        values=values.reshape(count, -1),
        kinds=kinds.reshape(count, -1),
        step=None if monthly else np.repeat(own_step, len(years)),
    )


def _take(
    values: Floats, kinds: Codes, grid: Grid, rows: Places, years: range
) -> tuple[Floats, Codes]:
    """Return rows for years, without figures where the grid has no such year."""
    begin, end = years.start - grid.first_year, years.stop - grid.first_year
    if begin >= 0 and end <= grid.years:
        return values[rows, begin:end], kinds[rows, begin:end]
    shape = (len(rows), len(years), values.shape[2])
    found, found_kinds = np.full(shape, np.nan), np.full(shape, NO_ROW, np.int8)
    low, high = max(begin, 0), min(end, grid.years)
    if low < high:
        found[:, low - begin : high - begin] = values[rows, low:high]
        found_kinds[:, low - begin : high - begin] = kinds[rows, low:high]
    return found, found_kinds
