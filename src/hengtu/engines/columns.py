"""Columns: many values of one data item, each a number or a kind of missing, never both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hengtu.core.amounts import MISSING_KINDS, MissingKind
from hengtu.core.formulas.evaluation import Known

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]
Bools = NDArray[np.bool_]

THERE = 0
CODES: dict[MissingKind, int] = {kind: code for code, kind in enumerate(MISSING_KINDS, start=1)}
NOT_REPORTED = CODES["not_reported"]
NOT_COMPUTABLE = CODES["not_computable"]


@dataclass(frozen=True, slots=True)
class Column:
    """Values as doubles and kinds as int8: 0 there, else 1 + the place in MISSING_KINDS, the gravest highest.

    A value is NaN exactly where its kind is not 0, and never infinite: ``read_column`` sees to it.
    """

    values: Floats
    kinds: Codes

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.values)

    def at(self, row: int) -> Known:
        """Return one row as the scalar evaluator takes it: a float or a kind of missing."""
        code = int(self.kinds[row])
        return name_kind(code) if code else float(self.values[row])


def name_kind(code: int) -> MissingKind:
    """Return the kind of missing of a code 1–9."""
    return MISSING_KINDS[code - 1]


def read_column(values: ArrayLike, kinds: ArrayLike | None = None) -> Column:
    """Return a column of any numbers and kinds of missing (codes 0–9); ValueError for other codes or lengths.

    NaN without a kind is not reported. An infinite value is not computable.

    >>> read_column([1, float("nan"), 3], [0, 0, 1]).kinds.tolist()
    [0, 8, 1]
    """
    given = np.array(values, dtype=np.float64)
    codes = np.zeros(given.shape, np.int8) if kinds is None else np.array(kinds, dtype=np.int8)
    if given.ndim != 1 or codes.shape != given.shape:
        raise ValueError("values and kinds are two rows of the same length")
    if codes.size and not 0 <= codes.min() <= codes.max() <= NOT_COMPUTABLE:
        raise ValueError(f"kinds are codes from 0 to {NOT_COMPUTABLE}")
    codes[(codes == THERE) & np.isnan(given)] = NOT_REPORTED
    codes[(codes == THERE) & np.isinf(given)] = NOT_COMPUTABLE
    given[codes != THERE] = np.nan
    return Column(given, codes)


def gather_column(known: Sequence[Known]) -> Column:
    """Return a column of single values and kinds of missing.

    >>> gather_column([2.0, "no_data"]).at(1)
    'no_data'
    """
    values = [np.nan if isinstance(one, str) else float(one) for one in known]
    kinds = [
        CODES[one] if isinstance(one, str) else (NOT_COMPUTABLE if np.isnan(one) else THERE)
        for one in known
    ]
    return read_column(values, kinds)


def join_columns(columns: Sequence[Column]) -> Column:
    """Return columns under one another."""
    return Column(
        np.concatenate([column.values for column in columns]),
        np.concatenate([column.kinds for column in columns]),
    )


def cut_column(column: Column, rows: slice | NDArray[Any]) -> Column:
    """Return some rows of a column."""
    return Column(column.values[rows], column.kinds[rows])
