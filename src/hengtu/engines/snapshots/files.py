"""Arrays as columns of a Parquet file, and back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from hengtu.engines.sql.dialect import plain_name

_GIVEN = "arrays_given"
# An extension that is not there is never fetched from the network.
_SETTINGS: dict[str, Any] = {"autoinstall_known_extensions": False}


def open_duckdb() -> duckdb.DuckDBPyConnection:
    """Open DuckDB in memory; it closes with its ``with`` block."""
    connection = duckdb.connect(config=_SETTINGS)
    # Where Python runs without a script it would draw a bar on standard output.
    connection.execute("SET enable_progress_bar = false")
    return connection


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays of one length as a Parquet file, replacing one that is there."""
    with open_duckdb() as connection:
        connection.register(_GIVEN, dict(arrays))
        connection.table(_GIVEN).write_parquet(str(path))


def read_arrays(path: Path, *, doubles: Collection[str] = ()) -> dict[str, NDArray[Any]]:
    """Return the columns of a Parquet file, or of all in a folder; NULL is NaN among doubles, else 0.

    ``doubles`` names columns that may hold whole numbers, or none at all, and are wanted as doubles.
    """
    files = str(path / "*.parquet") if path.is_dir() else str(path)
    casts = ", ".join(f"CAST({name} AS DOUBLE) AS {name}" for name in map(plain_name, doubles))
    wanted = f"* REPLACE ({casts})" if casts else "*"
    with open_duckdb() as connection:
        found = connection.read_parquet(files).project(wanted).fetchnumpy()
    return {name: fill_nulls(column) for name, column in found.items()}


def fill_nulls(column: NDArray[Any]) -> NDArray[Any]:
    """Return a column of DuckDB without NULL: NaN among doubles, else 0 or False."""
    filled = np.nan if np.issubdtype(column.dtype, np.floating) else 0
    whole: NDArray[Any] = np.ma.filled(column, filled)
    return whole
