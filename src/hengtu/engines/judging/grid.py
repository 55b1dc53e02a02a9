"""The figures of many data items as arrays: items × ROC years × the slots of a year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hengtu.core.judging.series import Series
from hengtu.core.periods import SLOTS, Period
from hengtu.engines.columns import NOT_REPORTED, THERE, Bools, Codes, Floats, name_kind

MONTHS = 12
NO_ROW = -1
ENDS = np.array([Period.from_code(slot).months[-1] for slot in range(SLOTS)], np.int8)
LENGTHS = np.array([len(Period.from_code(slot).months) for slot in range(SLOTS)], np.int8)
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The figures of items; the row after the last item's has none and serves what no item holds.

    ``values`` [rows, years, 12] are NaN and ``kinds`` −1 where a month has no figure, else 0 or the kind of
    missing. Figures of quarters, halves and years lie in ``wide_values`` and ``wide_kinds`` [rows of them, years,
    7], at the place that ``wide`` names, −1 for none. ``step`` is that of ``series.Series``; ``some`` tells that
    there is any row.
    """

    ids: Places
    first_year: int
    values: Floats
    kinds: Codes
    wide: Places
    wide_values: Floats
    wide_kinds: Codes
    step: Codes
    some: Bools

    @property
    def years(self) -> int:
        """The number of ROC years."""
        return int(self.values.shape[1])

    def rows(self, items: ArrayLike) -> Places:
        """Return the rows of items; those without figures get the last row, which is empty."""
        wanted = np.asarray(items, np.int64)
        if not len(self.ids):
            return np.zeros(wanted.shape, np.int64)
        at = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return np.where(self.ids[at] == wanted, at, len(self.ids))

    def series(self, item: int) -> Series | None:
        """Return the figures of one item as the path of one record takes them, None without any."""
        row = int(self.rows([item])[0])
        if not self.some[row]:
            return None
        series = Series()
        for year in range(self.years):
            own = [
                (slot, self.kinds[row, year, slot], self.values[row, year, slot])
                for slot in range(MONTHS)
            ]
            if (wide := self.wide[row]) >= 0:
                own += [
                    (
                        slot,
                        self.wide_kinds[wide, year, slot - MONTHS],
                        self.wide_values[wide, year, slot - MONTHS],
                    )
                    for slot in range(MONTHS, SLOTS)
                ]
            for slot, kind, value in own:
                _put(
                    series,
                    Period.from_code((self.first_year + year) * SLOTS + slot),
                    int(kind),
                    float(value),
                )
        return series


def _put(series: Series, period: Period, kind: int, value: float) -> None:
    if kind == THERE:
        series.values[period] = value
    elif kind != NO_ROW:
        series.gaps[period] = name_kind(kind)


def make_grid(items: ArrayLike, periods: ArrayLike, values: ArrayLike, missing: ArrayLike) -> Grid:
    """Return the grid of figures given row by row: item, ``Period.code``, value and kind of missing (0–9).

    A NaN without a kind is not reported. Of two rows of one item and period the later counts.

    >>> grid = make_grid([7, 7], [114 * 19, 114 * 19 + 2], [5.0, float("nan")], [0, 3])
    >>> grid.kinds[0, 0].tolist()[:4], str(grid.series(7).gaps)
    ([0, -1, 3, -1], "{Period(roc_year=114, half=None, quarter=None, month=3): 'no_data'}")
    """
    ids, rows = _number(np.asarray(items, np.int64))
    codes = np.asarray(periods, np.int64)
    given = np.asarray(values, np.float64)
    kinds = np.asarray(missing, np.int8).copy()
    kinds[(kinds == THERE) & np.isnan(given)] = NOT_REPORTED
    roc_years, slots = np.divmod(codes, SLOTS)
    first = int(roc_years.min()) if len(codes) else 0
    years = int(roc_years.max()) - first + 1 if len(codes) else 1
    months = slots < MONTHS
    dense = _lay_out(
        rows[months],
        (roc_years - first)[months],
        slots[months],
        given[months],
        kinds[months],
        (len(ids) + 1, years, MONTHS),
    )
    longer = ~months
    wide_ids, wide_rows = np.unique(rows[longer], return_inverse=True)
    wide = np.full(len(ids) + 1, -1, np.int64)
    wide[wide_ids] = np.arange(len(wide_ids))
    broad = _lay_out(
        wide_rows,
        (roc_years - first)[longer],
        slots[longer] - MONTHS,
        given[longer],
        kinds[longer],
        (len(wide_ids), years, SLOTS - MONTHS),
    )
    some = np.ones(len(ids) + 1, np.bool_)
    some[-1] = False
    return Grid(
        ids=ids,
        first_year=first,
        values=dense[0],
        kinds=dense[1],
        wide=wide,
        wide_values=broad[0],
        wide_kinds=broad[1],
        step=_steps(dense[1], wide, broad[1]),
        some=some,
    )


def _number(items: Places) -> tuple[Places, Places]:
    """Return the items, rising, and the place of each row's among them."""
    if len(items) and (np.diff(items) >= 0).all():
        starts = np.concatenate([[True], items[1:] != items[:-1]])
        return items[starts], np.cumsum(starts) - 1
    ids, rows = np.unique(items, return_inverse=True)
    return ids, rows.astype(np.int64)


def _lay_out(
    rows: Places,
    years: Places,
    slots: Places,
    values: Floats,
    kinds: Codes,
    shape: tuple[int, int, int],
) -> tuple[Floats, Codes]:
    laid, laid_kinds = np.full(shape, np.nan), np.full(shape, NO_ROW, np.int8)
    flat = (rows * shape[1] + years) * shape[2] + slots
    laid_kinds.reshape(-1)[flat] = kinds
    laid.reshape(-1)[flat] = np.where(kinds == THERE, values, np.nan)
    return laid, laid_kinds


def _steps(kinds: Codes, wide: Places, wide_kinds: Codes) -> Codes:
    """Return the months between two figures of every row, as ``series.Series.step`` finds them."""
    told = np.zeros((len(kinds), SLOTS), np.bool_)
    told[:, :MONTHS] = (kinds != NO_ROW).any(axis=1)
    longer = np.flatnonzero(wide >= 0)
    told[longer, MONTHS:] = (wide_kinds[wide[longer]] != NO_ROW).any(axis=1)
    ends = np.zeros((len(kinds), MONTHS + 1), np.bool_)
    for slot in range(SLOTS):
        ends[:, ENDS[slot]] |= told[:, slot]
    shortest = np.where(told, LENGTHS, SLOTS).min(axis=1)
    several = ends.sum(axis=1) > 1
    steps = np.where(shortest < SLOTS, shortest, 1).astype(np.int8)
    for step in (3, 6):
        off = ends[:, np.arange(MONTHS + 1) % step != 0].any(axis=1)
        steps[(shortest == 1) & several & ~off] = step
    return steps
