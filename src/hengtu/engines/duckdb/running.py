"""One statement for all rows; DuckDB is opened in memory and closed with the call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from hengtu.engines.columns import Column, read_column
from hengtu.engines.program import Program
from hengtu.engines.sql import DUCKDB, Source, write_statement

_OPERANDS = "operands_given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers of a program, row by row of the source, and whether they meet its limit (False where missing)."""

    column: Column
    met: NDArray[np.bool_] | None


def compute_columns(program: Program, columns: Mapping[str, Column], *, rows: int) -> Answers:
    """Return the answers of a program for columns in memory, in their order."""
    if any(len(columns[name]) != rows for name in program.names):
        raise ValueError("every column has as many rows as are asked for")
    arrays: dict[str, NDArray[Any]] = {"row_key": np.arange(rows, dtype=np.int64)}
    items = {}
    for place, name in enumerate(program.names):
        value, kind = f"value_{place}", f"kind_{place}"
        arrays[value], arrays[kind] = columns[name].values, columns[name].kinds
        items[name] = (value, kind)
    source = Source(table=_OPERANDS, key="row_key", items=items)
    with duckdb.connect() as connection:
        connection.register(_OPERANDS, arrays)
        return _answer(connection, program, source)


def compute_parquet(program: Program, path: Path, source: Source) -> Answers:
    """Return the answers for a Parquet file in the order of its rows; ``source`` names its columns."""
    with duckdb.connect() as connection:
        connection.read_parquet(str(path)).create_view(source.table)
        return _answer(connection, program, source)


def _answer(connection: duckdb.DuckDBPyConnection, program: Program, source: Source) -> Answers:
    statement = write_statement(program, source, DUCKDB)
    found = connection.execute(f"SELECT value, kind, met FROM ({statement})").fetchnumpy()
    values = np.ma.filled(np.ma.asarray(found["value"], dtype=np.float64), np.nan)
    column = read_column(values, np.ma.filled(found["kind"], 0))
    if program.limit is None:
        return Answers(column=column, met=None)
    return Answers(column=column, met=np.ma.filled(found["met"], False))
