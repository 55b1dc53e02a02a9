"""One statement for all rows; DuckDB is opened in memory and closed with the call."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
from numpy.typing import NDArray

from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.plan import Direction
from hengtu.engines.answers import Answers
from hengtu.engines.columns import Column
from hengtu.engines.lights import Aims, Judged, LightBatch
from hengtu.engines.program import Program
from hengtu.engines.snapshots.files import fill_nulls, open_duckdb
from hengtu.engines.sql import DUCKDB, JudgedSource, Source, write_judgement, write_statement
from hengtu.engines.sql.arrays import lay_lights, lay_operands, read_answers, read_lights

_GIVEN = "arrays_given"


def compute_columns(program: Program, columns: Mapping[str, Column], *, rows: int) -> Answers:
    """Return the answers of a program for columns in memory, in their order."""
    arrays, source = lay_operands(program, columns, rows, table=_GIVEN)
    with open_duckdb() as connection:
        connection.register(_GIVEN, arrays)
        return _answer(connection, program, source)


def compute_parquet(program: Program, path: Path, source: Source) -> Answers:
    """Return the answers for a Parquet file in the order of its rows; ``source`` names its columns."""
    with open_duckdb() as connection:
        connection.read_parquet(str(path)).create_view(source.table)
        return _answer(connection, program, source)


def judge_columns(
    actual: Column, aims: Aims, direction: Direction | None, rulebook: Rulebook
) -> Judged:
    """Return the lights of actuals in memory, all of one direction."""
    batch = LightBatch(actual=actual, aims=aims, direction=direction, rulebook=rulebook)
    arrays, source = lay_lights(batch, table=_GIVEN)
    with open_duckdb() as connection:
        connection.register(_GIVEN, arrays)
        return _judge(connection, source, direction, rulebook)


def judge_parquet(
    path: Path, source: JudgedSource, direction: Direction | None, rulebook: Rulebook
) -> Judged:
    """Return the lights of a Parquet file in the order of its rows; ``source`` names its columns."""
    with open_duckdb() as connection:
        connection.read_parquet(str(path)).create_view(source.table)
        return _judge(connection, source, direction, rulebook)


def _answer(connection: duckdb.DuckDBPyConnection, program: Program, source: Source) -> Answers:
    statement = write_statement(program, source, DUCKDB)
    return read_answers(
        program, _fetch(connection, f"SELECT value, kind, met FROM ({statement}) AS whole")
    )


def _judge(
    connection: duckdb.DuckDBPyConnection,
    source: JudgedSource,
    direction: Direction | None,
    rulebook: Rulebook,
) -> Judged:
    return read_lights(_fetch(connection, write_judgement(source, direction, rulebook, DUCKDB)))


def _fetch(connection: duckdb.DuckDBPyConnection, statement: str) -> dict[str, NDArray[Any]]:
    found = connection.execute(statement).fetchnumpy()
    return {name: fill_nulls(column) for name, column in found.items()}
