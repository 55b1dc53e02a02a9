"""What a statement reads, as a Parquet file: operands of a program, or actuals with their aims."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hengtu.engines.columns import Column
from hengtu.engines.lights import LightBatch
from hengtu.engines.program import Program
from hengtu.engines.snapshots.files import write_arrays
from hengtu.engines.sql import JudgedSource, Source
from hengtu.engines.sql.arrays import lay_lights, lay_operands


def write_operands(
    path: Path, program: Program, columns: Mapping[str, Column], *, rows: int, table: str
) -> Source:
    """Write the operands of a program as a Parquet file and return where each stands."""
    arrays, source = lay_operands(program, columns, rows, table=table)
    write_arrays(path, arrays)
    return source


def write_lights(path: Path, batch: LightBatch, *, table: str) -> JudgedSource:
    """Write actuals and aims as a Parquet file and return where each stands."""
    arrays, source = lay_lights(batch, table=table)
    write_arrays(path, arrays)
    return source
