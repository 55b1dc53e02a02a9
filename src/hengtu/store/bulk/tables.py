"""The long tables as columns of numbers: which there are and how many bits each needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Model, SmallIntegerField
from numpy.typing import NDArray

from hengtu.store.models import FigureRow, NodeResultRow, ResultRow

Array = NDArray[Any]
Rows = Mapping[str, Array]
ID_BITS, PERIOD_BITS, COUNT_BITS = 37, 12, 20


@dataclass(frozen=True, slots=True)
class Field:
    """A column: a double that may be absent (NaN), or a whole number of so many bits from ``least`` on."""

    name: str
    bits: int = 0
    least: int = 0
    short: bool = False

    @property
    def is_double(self) -> bool:
        """Whether it holds a double."""
        return not self.bits

    @property
    def wire(self) -> str:
        """How PostgreSQL sends it."""
        if self.is_double:
            return ">f8"
        return ">i2" if self.short else (">i8" if self.bits == ID_BITS else ">i4")


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its name in the database; ``owner`` is the column that says whose rows they are."""

    name: str
    owner: Field
    key: tuple[Field, ...]
    rest: tuple[Field, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All columns, the key first."""
        return (*self.key, *self.rest)


def _table(
    model: type[Model], key: Mapping[str, int], codes: Mapping[str, tuple[int, int]]
) -> Table:
    """Return the table of a model; ``codes`` give bits and least value of its whole numbers."""
    known = {field.column: field for field in model._meta.concrete_fields}

    def describe(name: str) -> Field:
        bits, least = (key[name], 0) if name in key else codes.get(name, (0, 0))
        return Field(name, bits, least, isinstance(known[name], SmallIntegerField))

    own = tuple(describe(name) for name in key)
    rest = tuple(describe(name) for name in known if name and name not in key)
    return Table(model._meta.db_table, own[0], own, rest)


FIGURES = _table(FigureRow, {"item_id": ID_BITS, "period": PERIOD_BITS}, {"missing": (4, 0)})
RESULTS = _table(
    ResultRow,
    {"measure_id": ID_BITS, "period": PERIOD_BITS},
    {"missing": (4, 0), "light": (3, -1), "reason": (5, 0), "band": (5, -1)},
)
NODES = _table(
    NodeResultRow,
    {"plan_id": ID_BITS, "period": PERIOD_BITS, "kind": 3, "part_id": ID_BITS},
    {
        "light": (3, -1),
        "reason": (5, 0),
        **dict.fromkeys(("green", "yellow", "red", "white"), (COUNT_BITS, 0)),
    },
)


def count_rows(rows: Rows) -> int:
    """Return how many rows there are."""
    return len(next(iter(rows.values())))


def take_rows(rows: Rows, places: Array | slice) -> dict[str, Array]:
    """Return some rows: a mask, places or a slice."""
    return {name: column[places] for name, column in rows.items()}


def join_rows(parts: list[Rows], table: Table) -> dict[str, Array]:
    """Return rows under one another."""
    if not parts:
        return {field.name: np.empty(0, dtype_of(field)) for field in table.fields}
    return {
        field.name: np.concatenate([part[field.name] for part in parts]) for field in table.fields
    }


def dtype_of(field: Field) -> type[np.float64] | type[np.int64]:
    """Return the type of a column in memory."""
    return np.float64 if field.is_double else np.int64
