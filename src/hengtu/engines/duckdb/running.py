"""One statement for all rows; DuckDB is opened in memory and closed with the call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.plan import Direction
from hengtu.engines.columns import Column, Floats, read_column
from hengtu.engines.lights import Aims, Judged
from hengtu.engines.program import Program
from hengtu.engines.sql import DUCKDB, JudgedSource, Source, write_judgement, write_statement

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
    column = read_column(_doubles(found["value"]), np.ma.filled(found["kind"], 0))
    if program.limit is None:
        return Answers(column=column, met=None)
    return Answers(column=column, met=np.ma.filled(found["met"], False))


def judge_columns(
    actual: Column, aims: Aims, direction: Direction | None, rulebook: Rulebook
) -> Judged:
    """Return the lights of actuals in memory, all of one direction."""
    none = np.full(len(actual), np.nan)
    arrays = {
        "row_key": np.arange(len(actual), dtype=np.int64),
        "value": actual.values,
        "kind": actual.kinds,
        "target": aims.target,
        "low": none if aims.low is None else aims.low,
        "high": none if aims.high is None else aims.high,
    }
    source = JudgedSource(
        table=_OPERANDS,
        key="row_key",
        value="value",
        kind="kind",
        target="target",
        low="low",
        high="high",
    )
    with duckdb.connect() as connection:
        connection.register(_OPERANDS, arrays)
        found = connection.execute(
            write_judgement(source, direction, rulebook, DUCKDB)
        ).fetchnumpy()
    return Judged(
        lights=np.asarray(found["light"], np.int8),
        reasons=np.asarray(found["reason"], np.int8),
        bands=np.asarray(found["band"], np.int8),
        met=np.ma.filled(found["met"], False),
        **{name: _doubles(found[name]) for name in ("percent", "distance", "score")},
    )


def _doubles(found: Any) -> Floats:
    return np.ma.filled(np.ma.asarray(found, dtype=np.float64), np.nan)
