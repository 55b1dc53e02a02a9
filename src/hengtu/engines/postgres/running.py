"""One statement for all rows of a table, in its own savepoint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.plan import Direction
from hengtu.engines.columns import NOT_COMPUTABLE, THERE, Column, Floats, read_column
from hengtu.engines.lights import Aims, Judged
from hengtu.engines.numpy.arithmetic import compute_column
from hengtu.engines.numpy.lights import judge_column
from hengtu.engines.program import Program
from hengtu.engines.sql import POSTGRES, JudgedSource, Source, write_judgement, write_statement
from hengtu.engines.sql.dialect import plain_name

if TYPE_CHECKING:
    import psycopg


def compute_table(connection: psycopg.Connection[Any], program: Program, source: Source) -> Column:
    """Return the answers of a program for the rows of a table, ordered by its key.

    PostgreSQL refuses a whole statement when one result leaves the range of a double. Such a table is read and
    worked out here instead.
    """
    # Whoever gives a connection has the driver; the room itself loads without one.
    from psycopg.errors import NumericValueOutOfRange

    statement = f"SELECT value, kind FROM ({write_statement(program, source, POSTGRES)}) AS whole ORDER BY row_key"
    try:
        with connection.transaction():
            rows = _fetch(connection, statement)
    except NumericValueOutOfRange:
        return _compute_here(connection, program, source)
    return _column(rows, 0)


def judge_table(
    connection: psycopg.Connection[Any],
    source: JudgedSource,
    direction: Direction | None,
    rulebook: Rulebook,
) -> Judged:
    """Return the lights of the rows of a table, all of one direction, ordered by its key.

    As in ``compute_table``, a table with a quotient beyond a double is judged here instead.
    """
    from psycopg.errors import NumericValueOutOfRange

    judgement = write_judgement(source, direction, rulebook, POSTGRES)
    fields = "light, reason, band, met, percent, distance, score"
    try:
        with connection.transaction():
            rows = _fetch(
                connection, f"SELECT {fields} FROM ({judgement}) AS whole ORDER BY row_key"
            )
    except NumericValueOutOfRange:
        return _judge_here(connection, source, direction, rulebook)
    return Judged(
        lights=np.array([row[0] for row in rows], np.int8),
        reasons=np.array([row[1] for row in rows], np.int8),
        bands=np.array([row[2] for row in rows], np.int8),
        met=np.array([bool(row[3]) for row in rows], np.bool_),
        percent=_doubles(rows, 4),
        distance=_doubles(rows, 5),
        score=_doubles(rows, 6),
    )


def _judge_here(
    connection: psycopg.Connection[Any],
    source: JudgedSource,
    direction: Direction | None,
    rulebook: Rulebook,
) -> Judged:
    names = (source.value, source.kind, source.target, source.low, source.high)
    wanted = ", ".join(map(plain_name, names))
    table, key = plain_name(source.table), plain_name(source.key)
    rows = _fetch(connection, f"SELECT {wanted} FROM {table} ORDER BY {key}")
    target, low, high = (_doubles(rows, place) for place in (2, 3, 4))
    aims = Aims(target=target, low=low, high=high)
    return judge_column(_column(rows, 0), aims, direction, rulebook)


def _doubles(rows: Sequence[tuple[Any, ...]], place: int) -> Floats:
    return np.array([np.nan if row[place] is None else float(row[place]) for row in rows])


def _fetch(connection: psycopg.Connection[Any], statement: str) -> list[tuple[Any, ...]]:
    # Only numbers and names that ``plain_name`` let through stand in the text.
    return connection.execute(statement.encode()).fetchall()


def _compute_here(connection: psycopg.Connection[Any], program: Program, source: Source) -> Column:
    wanted = [plain_name(name) for item in program.names for name in source.items[item]]
    table, key = plain_name(source.table), plain_name(source.key)
    rows = _fetch(connection, f"SELECT {', '.join([key, *wanted])} FROM {table} ORDER BY {key}")
    columns = {name: _column(rows, 1 + 2 * place) for place, name in enumerate(program.names)}
    return compute_column(program, columns, rows=len(rows))


def _column(rows: Sequence[tuple[Any, ...]], place: int) -> Column:
    kinds = [row[place + 1] or _kind_of(row[place]) for row in rows]
    return read_column(_doubles(rows, place), np.array(kinds, np.int8))


def _kind_of(value: float | None) -> int:
    """Return the kind of a value without one: NULL was not reported, a stored NaN is no number."""
    return THERE if value is None or value == value else NOT_COMPUTABLE
