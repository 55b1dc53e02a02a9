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
        told = [(0, self.kinds[row], self.values[row])]
        if (wide := self.wide[row]) >= 0:
            told.append((MONTHS, self.wide_kinds[wide], self.wide_values[wide]))
        for slot, kinds, values in told:
            for year, at in np.argwhere(kinds != NO_ROW).tolist():
                period = Period.from_code((self.first_year + year) * SLOTS + slot + at)
                _put(series, period, int(kinds[year, at]), float(values[year, at]))
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
    figures = _read_figures(rows, periods, values, missing)
    first, years = figures.span()
    months, longer = figures.cut(figures.slots < MONTHS), figures.cut(figures.slots >= MONTHS)
    dense = months.lay_out((len(ids) + 1, years, MONTHS), first, 0)
    wide_rows, longer.rows = np.unique(longer.rows, return_inverse=True)
    broad = longer.lay_out((len(wide_rows), years, SLOTS - MONTHS), first, MONTHS)
    wide = np.full(len(ids) + 1, -1, np.int64)
    wide[wide_rows] = np.arange(len(wide_rows))
    return Grid(
        ids=ids,
        first_year=first,
        values=dense[0],
        kinds=dense[1],
        wide=wide,
        wide_values=broad[0],
        wide_kinds=broad[1],
        step=_steps(dense[1], wide, broad[1]),
        some=np.arange(len(ids) + 1) < len(ids),
    )


@dataclass(slots=True)
class _Figures:
    """Figures one under another: row of the item, ROC year, slot, value and kind."""

    rows: Places
    roc_years: Places
    slots: Places
    values: Floats
    kinds: Codes

    def span(self) -> tuple[int, int]:
        """Return the first ROC year and the number of years; one year where there are no figures."""
        if not len(self.roc_years):
            return 0, 1
        first = int(self.roc_years.min())
        return first, int(self.roc_years.max()) - first + 1

    def cut(self, own: Bools) -> _Figures:
        """Return some of the figures."""
        return _Figures(
            self.rows[own], self.roc_years[own], self.slots[own], self.values[own], self.kinds[own]
        )

    def lay_out(
        self, shape: tuple[int, int, int], first_year: int, first_slot: int
    ) -> tuple[Floats, Codes]:
        """Return the figures as arrays [rows, years, slots]."""
        values, kinds = np.full(shape, np.nan), np.full(shape, NO_ROW, np.int8)
        flat = (self.rows * shape[1] + self.roc_years - first_year) * shape[2]
        flat += self.slots - first_slot
        kinds.reshape(-1)[flat] = self.kinds
        values.reshape(-1)[flat] = np.where(self.kinds == THERE, self.values, np.nan)
        return values, kinds


def _read_figures(
    rows: Places, periods: ArrayLike, values: ArrayLike, missing: ArrayLike
) -> _Figures:
    given = np.asarray(values, np.float64)
    kinds = np.array(missing, np.int8)
    kinds[(kinds == THERE) & np.isnan(given)] = NOT_REPORTED
    roc_years, slots = np.divmod(np.asarray(periods, np.int64), SLOTS)
    return _Figures(rows, roc_years, slots, given, kinds)


def _number(items: Places) -> tuple[Places, Places]:
    """Return the items, rising, and the place of each row's among them."""
    if len(items) and (np.diff(items) >= 0).all():
        starts = np.concatenate([[True], items[1:] != items[:-1]])
        return items[starts], np.cumsum(starts) - 1
    ids, rows = np.unique(items, return_inverse=True)
    return ids, rows.astype(np.int64)


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
