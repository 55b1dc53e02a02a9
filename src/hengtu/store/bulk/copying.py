"""PostgreSQL's binary COPY to and from arrays.

Ref: https://www.postgresql.org/docs/current/sql-copy.html, Binary Format.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hengtu.store.bulk.tables import Field, Rows, count_rows, dtype_of

HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TAIL = b"\xff\xff"


def _layout(fields: Sequence[Field]) -> np.dtype[np.void]:
    """Return how a row without NULL lies: the number of fields, then length and content of each."""
    parts: list[tuple[str, str]] = [("fields", ">i2")]
    for field in fields:
        parts += [(f"length {field.name}", ">i4"), (field.name, field.wire)]
    return np.dtype(parts)


def decode(data: bytes | bytearray, fields: Sequence[Field]) -> dict[str, NDArray[np.generic]]:
    """Return the columns of what COPY sent; ValueError where a row has a NULL or another width."""
    layout = _layout(fields)
    rows, rest = divmod(len(data) - len(HEAD) - len(TAIL), layout.itemsize)
    if rest or rows < 0 or not data.startswith(HEAD[:11]):
        raise ValueError("COPY sent rows of another width")
    found = np.frombuffer(data, layout, count=rows, offset=len(HEAD))
    return {field.name: found[field.name].astype(dtype_of(field)) for field in fields}


def encode(rows: Rows, fields: Sequence[Field]) -> NDArray[np.uint8]:
    """Return rows as COPY takes them, without head and tail; NaN becomes NULL."""
    layout = _layout(fields)
    whole = np.empty(count_rows(rows), layout)
    whole["fields"] = len(fields)
    absent: list[tuple[int, NDArray[np.bool_]]] = []
    for field in fields:
        column = rows[field.name]
        whole[f"length {field.name}"] = np.dtype(field.wire).itemsize
        whole[field.name] = column
        if field.is_double and (nothing := np.isnan(column)).any():
            whole[f"length {field.name}"][nothing] = -1
            absent.append((layout.fields[field.name][1], nothing))  # type: ignore[index]
    flat = whole.view(np.uint8).reshape(len(whole), layout.itemsize)
    if not absent:
        return flat.reshape(-1)
    kept = np.ones(flat.shape, np.bool_)
    for start, nothing in absent:
        kept[nothing, start : start + 8] = False
    return flat[kept]
