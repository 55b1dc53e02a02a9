"""Many rows into a long table, inside the transaction that is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from hengtu.store.bulk.copying import HEAD, TAIL, encode
from hengtu.store.bulk.tables import Field, Rows, Table, count_rows, take_rows

BLOCK = 20_000  # rows that stand in memory as objects at a time


def insert_rows(connection: BaseDatabaseWrapper, table: Table, rows: Rows) -> None:
    """Add rows whose keys are not there; sorted by key is fastest."""
    _insert(connection, table, rows, "INSERT", table.name)


def replace_rows(connection: BaseDatabaseWrapper, table: Table, rows: Rows) -> None:
    """Add rows, or put them in the place of those with the same keys."""
    if not count_rows(rows):
        return
    if connection.vendor == "sqlite":
        _insert(connection, table, rows, "INSERT OR REPLACE", table.name)
        return
    aside = _lay_aside(connection, table, table.fields, rows)
    changed = ", ".join(f"{field.name} = EXCLUDED.{field.name}" for field in table.rest)
    names = _names(table.fields)
    _run(
        connection,
        f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {aside}"
        f" ON CONFLICT ({_names(table.key)}) DO UPDATE SET {changed}",
    )
    _run(connection, f"DROP TABLE {aside}")


def delete_rows(connection: BaseDatabaseWrapper, table: Table, keys: Rows) -> None:
    """Remove the rows of some keys."""
    if not count_rows(keys):
        return
    if connection.vendor == "sqlite":
        wanted = " AND ".join(f"{field.name} = ?" for field in table.key)
        _run_many(connection, f"DELETE FROM {table.name} WHERE {wanted}", table.key, keys)
        return
    aside = _lay_aside(connection, table, table.key, keys)
    same = " AND ".join(f"{table.name}.{f.name} = {aside}.{f.name}" for f in table.key)
    _run(connection, f"DELETE FROM {table.name} USING {aside} WHERE {same}")
    _run(connection, f"DROP TABLE {aside}")


def _insert(connection: Any, table: Table, rows: Rows, verb: str, into: str) -> None:
    if not count_rows(rows):
        return
    if connection.vendor == "sqlite":
        marks = ", ".join("?" * len(table.fields))
        statement = f"{verb} INTO {into} ({_names(table.fields)}) VALUES ({marks})"
        _run_many(connection, statement, table.fields, rows)
    else:
        _copy(connection, into, table.fields, rows)


def _run_many(connection: Any, statement: str, fields: Sequence[Field], rows: Rows) -> None:
    """Run a statement for every row; SQLite takes NaN as NULL."""
    for block in _blocks(rows):
        lists = (block[field.name].tolist() for field in fields)
        connection.connection.executemany(statement, zip(*lists, strict=True))


def _copy(connection: Any, into: str, fields: Sequence[Field], rows: Rows) -> None:
    statement = f"COPY {into} ({_names(fields)}) FROM STDIN (FORMAT binary)"
    with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(HEAD)
        for block in _blocks(rows):
            copy.write(encode(block, fields).tobytes())
        copy.write(TAIL)


def _lay_aside(connection: Any, table: Table, fields: Sequence[Field], rows: Rows) -> str:
    aside = f"{table.name}_aside"
    names = _names(fields)
    _run(connection, f"CREATE TEMPORARY TABLE {aside} AS SELECT {names} FROM {table.name} LIMIT 0")
    _copy(connection, aside, fields, rows)
    return aside


def _blocks(rows: Rows) -> Iterator[Rows]:
    for start in range(0, count_rows(rows), BLOCK):
        yield take_rows(rows, slice(start, start + BLOCK))


def _run(connection: Any, statement: str) -> None:
    connection.connection.execute(statement)


def _names(fields: Sequence[Field]) -> str:
    return ", ".join(field.name for field in fields)
