"""Arrays that a statement reads, and the rows it gave as arrays: NULL is NaN among doubles, else 0 or False."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hengtu.engines.answers import Answers
from hengtu.engines.columns import Column, read_column
from hengtu.engines.lights import Judged, LightBatch
from hengtu.engines.program import Program
from hengtu.engines.sql.lights import JudgedSource
from hengtu.engines.sql.statement import Source

Arrays = dict[str, NDArray[Any]]
KEY = "row_key"


def lay_operands(
    program: Program, columns: Mapping[str, Column], rows: int, *, table: str
) -> tuple[Arrays, Source]:
    """Return the operands of a program as arrays and where each stands; ValueError for other lengths."""
    if any(len(columns[name]) != rows for name in program.names):
        raise ValueError("every column has as many rows as are asked for")
    arrays: Arrays = {KEY: np.arange(rows, dtype=np.int64)}
    items = {}
    for place, name in enumerate(program.names):
        value, kind = f"value_{place}", f"kind_{place}"
        arrays[value], arrays[kind] = columns[name].values, columns[name].kinds
        items[name] = (value, kind)
    return arrays, Source(table=table, key=KEY, items=items)


def lay_lights(batch: LightBatch, *, table: str) -> tuple[Arrays, JudgedSource]:
    """Return actuals and aims as arrays and where each stands; ValueError where an aim has another length."""
    rows, aims = len(batch.actual), batch.aims
    none = np.full(rows, np.nan)
    given: Arrays = {
        "value": batch.actual.values,
        "kind": batch.actual.kinds,
        "target": aims.target,
        "low": none if aims.low is None else aims.low,
        "high": none if aims.high is None else aims.high,
    }
    if any(len(array) != rows for array in given.values()):
        raise ValueError("every aim has as many rows as the actuals")
    source = JudgedSource(table=table, key=KEY, **{name: name for name in given})
    return {KEY: np.arange(rows, dtype=np.int64), **given}, source


def read_answers(program: Program, found: Mapping[str, NDArray[Any]]) -> Answers:
    """Return the answers of a program from the columns ``value, kind, met``."""
    column = read_column(found["value"], found["kind"])
    met = None if program.limit is None else np.asarray(found["met"], np.bool_)
    return Answers(column=column, met=met)


def read_lights(found: Mapping[str, NDArray[Any]]) -> Judged:
    """Return lights from the columns of ``write_judgement``."""
    return Judged(
        lights=np.asarray(found["light"], np.int8),
        reasons=np.asarray(found["reason"], np.int8),
        bands=np.asarray(found["band"], np.int8),
        met=np.asarray(found["met"], np.bool_),
        percent=np.asarray(found["percent"], np.float64),
        distance=np.asarray(found["distance"], np.float64),
        score=np.asarray(found["score"], np.float64),
    )
