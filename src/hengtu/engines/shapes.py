"""Batches of one shape put under one another: one statement answers them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hengtu.engines.answers import Answers
from hengtu.engines.columns import Column, cut_column, join_columns
from hengtu.engines.numpy.batches import Batch
from hengtu.engines.program import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A program for the rows of several batches; ``parts`` are their places and lengths, in order."""

    program: Program
    columns: Mapping[str, Column]
    rows: int
    parts: tuple[tuple[int, int], ...]


def gather_shapes(batches: Sequence[Batch]) -> list[Shape]:
    """Return the batches by shape: equal body and equal limit; ValueError where a column has another length."""
    groups: dict[object, list[int]] = {}
    for place, batch in enumerate(batches):
        if any(len(batch.columns[name]) != batch.rows for name in batch.program.names):
            raise ValueError("every column has as many rows as are asked for")
        groups.setdefault((batch.program.body, batch.program.limit), []).append(place)
    return [_gather(batches, places) for places in groups.values()]


def _gather(batches: Sequence[Batch], places: Sequence[int]) -> Shape:
    own = [batches[place] for place in places]
    first = own[0].program
    columns = {
        name: join_columns([one.columns[one.program.names[slot]] for one in own])
        for slot, name in enumerate(first.names)
    }
    parts = tuple((place, batches[place].rows) for place in places)
    return Shape(program=first, columns=columns, rows=sum(rows for _, rows in parts), parts=parts)


def answer_shapes(
    batches: Sequence[Batch], answer: Callable[[Sequence[Shape]], Sequence[Answers]]
) -> list[Answers]:
    """Return the answers of every batch, in the order given, from those of its shape."""
    shapes = gather_shapes(batches)
    found: dict[int, Answers] = {}
    for shape, whole in zip(shapes, answer(shapes), strict=True):
        found.update(_split(shape, whole))
    return [found[place] for place in range(len(batches))]


def _split(shape: Shape, whole: Answers) -> dict[int, Answers]:
    parts, start = {}, 0
    for place, rows in shape.parts:
        own = slice(start, start + rows)
        met = None if whole.met is None else whole.met[own]
        parts[place] = Answers(column=cut_column(whole.column, own), met=met)
        start += rows
    return parts
