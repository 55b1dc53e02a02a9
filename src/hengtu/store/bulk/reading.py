"""Many rows of a long table as arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from django.db.backends.base.base import BaseDatabaseWrapper

from hengtu.store.bulk.copying import decode
from hengtu.store.bulk.packing import pack_fields
from hengtu.store.bulk.tables import Array, Field, Rows, Table, join_rows, take_rows

NEAR = 20  # ids between two wanted ones from which another statement is cheaper than their rows


def read_rows(connection: BaseDatabaseWrapper, table: Table, owners: Sequence[int]) -> Rows:
    """Return the rows of some owners, sorted by key; one statement for each run of their ids."""
    connection.ensure_connection()
    read = _read_sqlite if connection.vendor == "sqlite" else _read_postgres
    wanted = np.unique(np.asarray(owners, np.int64))
    parts = [read(connection, table, first, last) for first, last in find_runs(wanted)]
    rows = join_rows(parts, table)
    found = rows[table.owner.name]
    foreign = ~np.isin(found, wanted)
    return take_rows(rows, ~foreign) if foreign.any() else rows


def find_runs(ids: Array) -> Iterator[tuple[int, int]]:
    """Yield first and last of every run of rising ids that lie near each other.

    >>> list(find_runs(np.array([3, 4, 9, 400, 402])))
    [(3, 9), (400, 402)]
    """
    for run in np.split(ids, np.flatnonzero(np.diff(ids) > NEAR) + 1):
        if len(run):
            yield int(run[0]), int(run[-1])


def _read_sqlite(connection: Any, table: Table, first: int, last: int) -> Rows:
    packs = pack_fields(table.fields)
    columns = ", ".join(pack.expression for pack in packs)
    # Names are the models' own.
    statement = (
        f"SELECT {columns} FROM {table.name} WHERE {table.owner.name} BETWEEN ? AND ?"
        f" ORDER BY {_names(table.key)}"
    )
    cursor = connection.connection.execute(statement, (first, last))
    flat = np.fromiter(chain.from_iterable(cursor), np.float64)
    columns_found = flat.reshape(-1, len(packs))
    rows: dict[str, Array] = {}
    for place, pack in enumerate(packs):
        rows |= pack.open(columns_found[:, place])
    return rows


def _read_postgres(connection: Any, table: Table, first: int, last: int) -> Rows:
    columns = ", ".join(map(_without_null, table.fields))
    statement = (
        f"COPY (SELECT {columns} FROM {table.name} WHERE {table.owner.name}"
        f" BETWEEN {first:d} AND {last:d} ORDER BY {_names(table.key)})"
        " TO STDOUT (FORMAT binary)"
    )
    data = bytearray()
    with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:
        while block := copy.read():
            data += block
    return decode(data, table.fields)


def _without_null(field: Field) -> str:
    return f"COALESCE({field.name}, 'NaN')" if field.is_double else field.name


def _names(fields: Sequence[Field]) -> str:
    return ", ".join(field.name for field in fields)
