"""What differs between the rows that are stored and those that were worked out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hengtu.core.judging.rulebook import TOLERANCE
from hengtu.store.bulk.tables import Array, Field, Rows, Table, count_rows, take_rows


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows to write (``changed`` have a stored row in ``stored``, place by place), new ones, and those too many."""

    added: Rows
    changed: Rows
    stored: Rows
    removed: Rows

    def __len__(self) -> int:
        """Return how many rows differ."""
        return count_rows(self.added) + count_rows(self.changed) + count_rows(self.removed)


def compare_rows(table: Table, stored: Rows, computed: Rows) -> Difference:
    """Return what differs; doubles within the tolerance of each other are the same."""
    old, new = sort_rows(table, stored), sort_rows(table, computed)
    old_keys, new_keys = _keys(table, old), _keys(table, new)
    places = np.searchsorted(old_keys, new_keys)
    known = np.zeros(len(new_keys), np.bool_)
    inside = places < len(old_keys)
    known[inside] = old_keys[places[inside]] == new_keys[inside]
    before, after = take_rows(old, places[known]), take_rows(new, known)
    differs = np.zeros(count_rows(after), np.bool_)
    for field in table.rest:
        differs |= _differs(field, before[field.name], after[field.name])
    return Difference(
        added=take_rows(new, ~known),
        changed=take_rows(after, differs),
        stored=take_rows(before, differs),
        removed=take_rows(old, ~np.isin(old_keys, new_keys, assume_unique=True)),
    )


def differing_fields(table: Table, before: Rows, after: Rows, place: int) -> list[Field]:
    """Return the columns in which one row differs from the row at the same place."""
    one = slice(place, place + 1)
    return [
        field
        for field in table.rest
        if _differs(field, before[field.name][one], after[field.name][one]).any()
    ]


def _differs(field: Field, before: Array, after: Array) -> NDArray[np.bool_]:
    if not field.is_double:
        unlike: NDArray[np.bool_] = before != after
        return unlike
    lacks, gone = np.isnan(before), np.isnan(after)
    size = np.maximum(1.0, np.maximum(np.abs(before), np.abs(after)))
    apart: NDArray[np.bool_] = (lacks != gone) | (np.abs(before - after) > TOLERANCE * size)
    return apart


def sort_rows(table: Table, rows: Rows) -> Rows:
    """Return rows in the order of their keys."""
    keys = _keys(table, rows)
    if len(keys) < 2 or bool((keys[1:] > keys[:-1]).all()):
        return rows
    return take_rows(rows, np.argsort(keys, kind="stable"))


def _keys(table: Table, rows: Rows) -> NDArray[np.int64]:
    """Return the key of every row as one number; the rows of a plan share the owner of their nodes."""
    packed = np.zeros(count_rows(rows), np.int64)
    for field in _varying(table):
        packed = packed << field.bits | rows[field.name]
    return packed


def _varying(table: Table) -> tuple[Field, ...]:
    return table.key if len(table.key) == 2 else table.key[1:]
