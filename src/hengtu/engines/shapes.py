"""Batches of one shape put under one another: one statement answers them all."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np

from hengtu.engines.answers import Answers
from hengtu.engines.columns import Column, Floats, cut_column, join_columns
from hengtu.engines.lights import Aims, Judged, LightBatch
from hengtu.engines.numpy.arithmetic import compute_column
from hengtu.engines.numpy.batches import Batch
from hengtu.engines.numpy.comparison import meets_limit
from hengtu.engines.program import Program
from hengtu.engines.sql.kinds import StatementTooLongError, check_size

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A program for the rows of several batches; ``fits`` tells whether a database would take its statement."""

    program: Program
    columns: Mapping[str, Column]
    rows: int
    fits: bool


def answer_shapes(
    batches: Sequence[Batch], answer: Callable[[Sequence[Shape]], Sequence[Answers]]
) -> list[Answers]:
    """Return the answers of every batch, in the order given, from those of its shape.

    Batches have one shape when body and limit are equal. A shape that no database would take is worked out by
    numpy. ValueError where a column has another length.
    """
    for batch in batches:
        if any(len(batch.columns[name]) != batch.rows for name in batch.program.names):
            raise ValueError("every column has as many rows as are asked for")
    groups = _group([(batch.program.body, batch.program.limit) for batch in batches])
    shapes = [_gather([batches[place] for place in places]) for places in groups]
    answers = iter(answer([shape for shape in shapes if shape.fits]))
    whole = [next(answers) if shape.fits else _compute_here(shape) for shape in shapes]
    return _split(whole, groups, [batch.rows for batch in batches], _cut_answers)


def _compute_here(shape: Shape) -> Answers:
    column = compute_column(shape.program, shape.columns, rows=shape.rows)
    return Answers(column=column, met=meets_limit(shape.program, column))


def judge_shapes(
    batches: Sequence[LightBatch], judge: Callable[[Sequence[LightBatch]], Sequence[Judged]]
) -> list[Judged]:
    """Return the lights of every batch, in the order given, judged by direction and rulebook at once."""
    groups = _group([(batch.direction, batch.rulebook) for batch in batches])
    whole = judge([_gather_lights([batches[place] for place in places]) for places in groups])
    return _split(whole, groups, [len(batch.actual) for batch in batches], _cut_lights)


def _group(keys: Sequence[Hashable]) -> list[list[int]]:
    groups: dict[Hashable, list[int]] = {}
    for place, key in enumerate(keys):
        groups.setdefault(key, []).append(place)
    return list(groups.values())


def _gather(batches: Sequence[Batch]) -> Shape:
    first = batches[0].program
    columns = {
        name: join_columns([one.columns[one.program.names[slot]] for one in batches])
        for slot, name in enumerate(first.names)
    }
    rows = sum(one.rows for one in batches)
    return Shape(program=first, columns=columns, rows=rows, fits=_fits(first))


def _fits(program: Program) -> bool:
    try:
        check_size(program.body)
    except StatementTooLongError:
        return False
    return True


def _gather_lights(batches: Sequence[LightBatch]) -> LightBatch:
    first = batches[0]
    return LightBatch(
        actual=join_columns([one.actual for one in batches]),
        aims=Aims(
            target=np.concatenate([one.aims.target for one in batches]),
            low=np.concatenate([_ends(one, one.aims.low) for one in batches]),
            high=np.concatenate([_ends(one, one.aims.high) for one in batches]),
        ),
        direction=first.direction,
        rulebook=first.rulebook,
    )


def _ends(batch: LightBatch, ends: Floats | None) -> Floats:
    return np.full(len(batch.actual), np.nan) if ends is None else ends


def _split(
    whole: Sequence[T],
    groups: Sequence[Sequence[int]],
    rows: Sequence[int],
    cut: Callable[[T, slice], T],
) -> list[T]:
    found: dict[int, T] = {}
    for one, places in zip(whole, groups, strict=True):
        start = 0
        for place in places:
            found[place] = cut(one, slice(start, start + rows[place]))
            start += rows[place]
    return [found[place] for place in range(len(rows))]


def _cut_answers(whole: Answers, rows: slice) -> Answers:
    met = None if whole.met is None else whole.met[rows]
    return Answers(column=cut_column(whole.column, rows), met=met)


def _cut_lights(whole: Judged, rows: slice) -> Judged:
    return Judged(**{one.name: getattr(whole, one.name)[rows] for one in fields(Judged)})
