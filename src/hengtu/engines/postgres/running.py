"""One statement for all rows of a table, in its own savepoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.plan import Direction
from hengtu.engines.answers import Answers
from hengtu.engines.columns import Column, read_column
from hengtu.engines.lights import Aims, Judged
from hengtu.engines.numpy.arithmetic import compute_column
from hengtu.engines.numpy.comparison import meets_limit
from hengtu.engines.numpy.lights import judge_column
from hengtu.engines.postgres.copying import fetch_arrays
from hengtu.engines.program import Program
from hengtu.engines.sql import POSTGRES, JudgedSource, Source, write_judgement, write_statement
from hengtu.engines.sql.arrays import read_answers, read_lights
from hengtu.engines.sql.dialect import plain_name
from hengtu.engines.sql.statement import write_operand, write_operand_kind

if TYPE_CHECKING:
    import psycopg

_ANSWER = {"value": "f8", "kind": "i1", "met": "b1"}
_LIGHT = {
    "light": "i1",
    "reason": "i1",
    "band": "i1",
    "met": "b1",
    "percent": "f8",
    "distance": "f8",
    "score": "f8",
}


def compute_table(connection: psycopg.Connection[Any], program: Program, source: Source) -> Column:
    """Return the values of a program for the rows of a table, ordered by its key."""
    return answer_table(connection, program, source).column


def answer_table(connection: psycopg.Connection[Any], program: Program, source: Source) -> Answers:
    """Return the answers of a program for the rows of a table, ordered by its key.

    PostgreSQL refuses a whole statement when one result leaves the range of a double. Such a table is read and
    worked out here instead.
    """
    # Whoever gives a connection has the driver; the room itself loads without one.
    from psycopg.errors import NumericValueOutOfRange

    statement = write_statement(program, source, POSTGRES)
    try:
        with connection.transaction():
            found = fetch_arrays(connection, f"{statement} ORDER BY row_key", _ANSWER)
    except NumericValueOutOfRange:
        return _compute_here(connection, program, source)
    return read_answers(program, found)


def judge_table(
    connection: psycopg.Connection[Any],
    source: JudgedSource,
    direction: Direction | None,
    rulebook: Rulebook,
) -> Judged:
    """Return the lights of the rows of a table, all of one direction, ordered by its key.

    As in ``answer_table``, a table with a quotient beyond a double is judged here instead.
    """
    from psycopg.errors import NumericValueOutOfRange

    judgement = write_judgement(source, direction, rulebook, POSTGRES)
    try:
        with connection.transaction():
            found = fetch_arrays(connection, f"{judgement} ORDER BY row_key", _LIGHT)
    except NumericValueOutOfRange:
        return _judge_here(connection, source, direction, rulebook)
    return read_lights(found)


def _judge_here(
    connection: psycopg.Connection[Any],
    source: JudgedSource,
    direction: Direction | None,
    rulebook: Rulebook,
) -> Judged:
    aims = {"target": source.target, "low": source.low, "high": source.high}
    wanted = [
        *_write_operand(source.value, source.kind, "given"),
        *(f"{plain_name(column)} AS {name}" for name, column in aims.items()),
    ]
    fields = {"given": "f8", "given_kind": "i1", **dict.fromkeys(aims, "f8")}
    found = _fetch_table(connection, wanted, fields, source.table, source.key)
    given = read_column(found["given"], found["given_kind"])
    own = Aims(**{name: _finite(found[name]) for name in aims})
    return judge_column(given, own, direction, rulebook)


def _compute_here(connection: psycopg.Connection[Any], program: Program, source: Source) -> Answers:
    names = {name: f"given_{place}" for place, name in enumerate(program.names)}
    wanted: list[str] = []
    fields: dict[str, str] = {}
    for name, given in names.items():
        wanted += _write_operand(*source.items[name], given)
        fields |= {given: "f8", f"{given}_kind": "i1"}
    found = _fetch_table(connection, wanted, fields, source.table, source.key)
    columns = {
        name: read_column(found[given], found[f"{given}_kind"]) for name, given in names.items()
    }
    rows = len(next(iter(found.values())))
    column = compute_column(program, columns, rows=rows)
    return Answers(column=column, met=meets_limit(program, column))


def _write_operand(value: str, kind: str, name: str) -> list[str]:
    value, kind = plain_name(value), plain_name(kind)
    return [
        f"{write_operand(value, kind, POSTGRES)} AS {name}",
        f"{write_operand_kind(value, kind, POSTGRES)} AS {name}_kind",
    ]


def _fetch_table(
    connection: psycopg.Connection[Any],
    wanted: list[str],
    fields: dict[str, str],
    table: str,
    key: str,
) -> dict[str, NDArray[Any]]:
    columns = ", ".join([*wanted, f"{plain_name(key)} AS row_key"])
    statement = f"SELECT {columns} FROM {plain_name(table)} ORDER BY row_key"
    return fetch_arrays(connection, statement, {**fields, "row_key": "i8"})


def _finite(aim: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isfinite(aim), aim, np.nan)
