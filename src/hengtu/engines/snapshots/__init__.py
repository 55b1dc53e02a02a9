"""Parquet snapshots, written and read by DuckDB: operands of a program, aims, figures. Needs the extra ``bulk``."""

from hengtu.engines.snapshots.figures import FigureArrays, read_figures, write_figures
from hengtu.engines.snapshots.files import open_duckdb, read_arrays, write_arrays
from hengtu.engines.snapshots.rows import write_lights, write_operands

__all__ = [
    "FigureArrays",
    "open_duckdb",
    "read_arrays",
    "read_figures",
    "write_arrays",
    "write_figures",
    "write_lights",
    "write_operands",
]
