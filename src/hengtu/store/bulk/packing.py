"""Rows of SQLite as few doubles: whole numbers side by side in 53 bits, so that less goes through Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hengtu.store.bulk.tables import Array, Field

EXACT_BITS = 53  # of the whole numbers that a double holds
ABSENT = "9e999"  # SQLite keeps no NaN; results are never infinite


@dataclass(frozen=True, slots=True)
class Pack:
    """What one column of the SELECT holds: one double, or whole numbers, the first in the highest bits."""

    fields: tuple[Field, ...]

    @property
    def expression(self) -> str:
        """The SQL of it."""
        first = self.fields[0]
        if first.is_double:
            return f"COALESCE({first.name}, {ABSENT})"
        packed = _shifted(first)
        for field in self.fields[1:]:
            packed = f"({packed} << {field.bits} | {_shifted(field)})"
        return packed

    def open(self, column: Array) -> dict[str, Array]:
        """Return the columns inside."""
        first = self.fields[0]
        if first.is_double:
            return {first.name: np.where(np.isinf(column), np.nan, column)}
        packed, found = column.astype(np.int64), {}
        for field in reversed(self.fields):
            found[field.name] = (packed & ((1 << field.bits) - 1)) + field.least
            packed = packed >> field.bits
        return found


def _shifted(field: Field) -> str:
    return f"({field.name} + {-field.least})" if field.least else field.name


def pack_fields(fields: Sequence[Field]) -> tuple[Pack, ...]:
    """Return the columns of a SELECT that hold all fields: each where it fits first, the widest before others."""
    groups: list[list[Field]] = []
    for field in sorted(fields, key=lambda one: -one.bits):
        free = (group for group in groups if not field.is_double and _fits(group, field))
        if (group := next(free, None)) is None:
            groups.append(group := [])
        group.append(field)
    return tuple(Pack(tuple(group)) for group in groups)


def _fits(group: Sequence[Field], field: Field) -> bool:
    return sum(one.bits for one in group) + field.bits <= EXACT_BITS
