"""Snapshots of the approved figures: one narrow row per data item and period."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hengtu.engines.columns import Codes, Column, Floats, read_column
from hengtu.engines.snapshots.files import read_arrays, write_arrays


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureArrays:
    """Figures row by row: the item's id, the code of the period, the value and its kind of missing.

    Values and kinds are those of a ``Column``: NaN exactly where the kind is not 0.
    """

    item: NDArray[np.int64]
    period: NDArray[np.int16]
    value: Floats
    missing: Codes

    def __len__(self) -> int:
        """Return the number of figures."""
        return len(self.item)


def gather_figures(
    item: NDArray[np.int64], period: NDArray[np.int16], column: Column
) -> FigureArrays:
    """Return figures by item and period; ValueError for other lengths or a figure given twice."""
    if not len(item) == len(period) == len(column):
        raise ValueError("every figure has an item, a period and a value or its kind of missing")
    order = np.lexsort((period, item))
    items, periods = item[order], period[order]
    if ((items[1:] == items[:-1]) & (periods[1:] == periods[:-1])).any():
        raise ValueError("a figure is given twice")
    return FigureArrays(
        item=items, period=periods, value=column.values[order], missing=column.kinds[order]
    )


def write_figures(path: Path, figures: FigureArrays) -> None:
    """Write figures as a Parquet file, in the order given."""
    write_arrays(
        path,
        {
            "item": figures.item,
            "period": figures.period,
            "value": figures.value,
            "missing": figures.missing,
        },
    )


def read_figures(path: Path) -> FigureArrays:
    """Return the figures of a Parquet file, or of all in a folder, by item and period.

    A value without a number and without a kind was not reported.
    """
    found = read_arrays(path, doubles=("value",))
    return gather_figures(
        np.asarray(found["item"], np.int64),
        np.asarray(found["period"], np.int16),
        read_column(found["value"], found["missing"]),
    )
