"""Arrays into a table of PostgreSQL and back, by COPY in its binary form: no row passes through Python.

Rows have one width because no field is NULL: NaN stands for what is not there.

Ref: PostgreSQL, COPY, Binary Format.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hengtu.engines.sql.dialect import plain_name

if TYPE_CHECKING:
    import psycopg

_HEAD = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
_TAIL = struct.pack(">h", -1)
# How numpy's types are named there, and what they look like on the wire.
_TYPES = {
    "f8": ("double precision", ">f8"),
    "i8": ("bigint", ">i8"),
    "i4": ("integer", ">i4"),
    "i2": ("smallint", ">i2"),
    "i1": ("smallint", ">i2"),
    "b1": ("boolean", "?"),
}
Wire = dict[str, str]


def fill_table(
    connection: psycopg.Connection[Any], table: str, arrays: Mapping[str, NDArray[Any]]
) -> None:
    """Make a table that lives until the transaction ends, and put arrays of one length into it."""
    types = {plain_name(name): _TYPES[array.dtype.str[1:]] for name, array in arrays.items()}
    columns = ", ".join(f"{name} {type_}" for name, (type_, _) in types.items())
    run(connection, f"CREATE TEMP TABLE {plain_name(table)} ({columns}) ON COMMIT DROP")
    rows = _lay_rows(arrays, {name: wire for name, (_, wire) in types.items()})
    with connection.cursor().copy(
        f"COPY {plain_name(table)} FROM STDIN (FORMAT BINARY)".encode()
    ) as copy:
        copy.write(_HEAD)
        copy.write(rows.data if len(rows) else b"")
        copy.write(_TAIL)
    run(connection, f"ANALYZE {plain_name(table)}")


def fetch_arrays(
    connection: psycopg.Connection[Any], statement: str, fields: Mapping[str, str]
) -> dict[str, NDArray[Any]]:
    """Return fields of a statement as arrays; ``fields`` gives numpy's types (``f8``, ``i2``, ``b1``).

    NULL comes as NaN, 0 or False. ``statement`` may hold nothing but numbers and plain names.
    """
    chosen = ", ".join(_write_field(plain_name(name), type_) for name, type_ in fields.items())
    wanted = f"COPY (SELECT {chosen} FROM ({statement}) AS wanted) TO STDOUT (FORMAT BINARY)"
    with connection.cursor().copy(wanted.encode()) as copy:
        given = b"".join(copy)
    wire = {name: _TYPES[type_][1] for name, type_ in fields.items()}
    rows = np.frombuffer(given[len(_HEAD) : -len(_TAIL)], _row_of(wire))
    return {name: rows[name].astype(type_) for name, type_ in fields.items()}


def run(connection: psycopg.Connection[Any], statement: str) -> None:
    """Run a statement that gives no rows; only numbers and plain names stand in it."""
    connection.execute(statement.encode())


def _write_field(name: str, type_: str) -> str:
    instead = {"f8": "NaN", "b1": "false"}.get(type_, "0")
    # In quotes it takes the type beside it; a bare 0 would make an integer of a smallint.
    return f"COALESCE(CAST({name} AS {_TYPES[type_][0]}), '{instead}') AS {name}"


def _row_of(wire: Wire) -> np.dtype[Any]:
    """Return one row on the wire: the number of fields, then for each its length and its bytes."""
    row: list[tuple[str, str]] = [("fields", ">i2")]
    for name, type_ in wire.items():
        row += [(f"{name} length", ">i4"), (name, type_)]
    return np.dtype(row)


def _lay_rows(arrays: Mapping[str, NDArray[Any]], wire: Wire) -> NDArray[Any]:
    rows = np.empty(len(next(iter(arrays.values()))), _row_of(wire))
    rows["fields"] = len(arrays)
    for name, array in arrays.items():
        rows[f"{name} length"] = np.dtype(wire[name]).itemsize
        rows[name] = array
    return rows
