"""The months just before the year, as many as have gone of it: 前期, the period before.

Up to March they are October to December of last year, which stand for January to March.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hengtu.engines.columns import Bools, Codes, Floats
from hengtu.engines.judging.grid import ENDS, LENGTHS, MONTHS, Grid, Places
from hengtu.engines.judging.slots import Masks, Slots, choose_longest, take_slots

BEFORE = MONTHS - np.arange(1, MONTHS + 1, dtype=np.int16)  # months of last year that are left out
_FIRST = (ENDS - LENGTHS + 1).astype(np.int16)
_END_BITS = (1 << (ENDS.astype(np.int16) - 1))[:, None] >> BEFORE


@dataclass(frozen=True)
class Earlier(Slots):
    """Figures of last year, by the months of the year that is asked for; of a ``level`` any that reach into them."""

    level: bool = False

    @cached_property
    def _year(self) -> Slots:
        """Last year as it was."""
        return Slots(self.values, self.kinds, self.step)

    @cached_property
    def spans(self) -> Masks:
        """The months that each slot speaks for: [rows, slots, 12]."""
        moved: Masks = self.months[:, :, None] >> BEFORE
        return moved

    @cached_property
    def chosen(self) -> Bools:
        """Whether a figure counts: [rows, slots, 12]."""
        since = np.ones(MONTHS, np.int16) if self.level else BEFORE + 1
        begun = _FIRST[: self.count, None] >= since
        chosen: Bools = choose_longest(self.there[:, :, None] & begun) & (self.spans != 0)
        return chosen

    @cached_property
    def covered(self) -> Masks:
        """The months that have figures: [rows, 12]."""
        return self._join(self.chosen)

    @cached_property
    def ends(self) -> Masks:
        """The months that the chosen figures end with: [rows, 12]."""
        bits = np.where(self.chosen, _END_BITS[: self.count], 0)
        ends: Masks = np.bitwise_or.reduce(bits, axis=1)
        return ends.astype(np.int16, copy=False)

    @cached_property
    def due(self) -> Masks:
        """The months whose figures should be there: [rows, 12]."""
        due: Masks = self._year.due[:, -1:] >> BEFORE
        return due

    @cached_property
    def why(self) -> Codes:
        """The kind of missing where there is no number: [rows, 12]."""
        return np.broadcast_to(self._year.why[:, -1:], (len(self.kinds), MONTHS))

    def at(self, ends: Codes) -> Floats:
        """Return the figures that end with a month of the year that is asked for: [rows, 12]."""
        found = np.full(ends.shape, np.nan)
        for slot in range(self.count):
            here = self.chosen[:, slot] & (ends == ENDS[slot] - BEFORE)
            np.copyto(found, self.values[:, slot, None], where=here)
        return found


def take_earlier(grid: Grid, rows: Places, years: range, *, level: bool) -> Earlier:
    """Return the figures of items (by grid row) for the months before ROC years."""
    taken = take_slots(grid, rows, range(years.start - 1, years.stop - 1))
    step = np.ones(len(taken.kinds), np.int8) if taken.step is None else taken.step
    return Earlier(values=taken.values, kinds=taken.kinds, step=step, level=level)
