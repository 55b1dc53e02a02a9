"""Many formulas at once: long ones each by itself, short ones of one shape together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hengtu.engines.columns import Column, cut_column, join_columns
from hengtu.engines.numpy.arithmetic import compute_column, compute_operands
from hengtu.engines.program import Program

LONG = 3_000  # rows from which gathering costs more than it saves; measured, see docs/engines.md


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A program with its columns; ``rows`` is their length."""

    program: Program
    columns: Mapping[str, Column]
    rows: int


def compute_batches(batches: Sequence[Batch]) -> list[Column]:
    """Return the answers of every batch, in the order given; ValueError where a column has another length."""
    answers: dict[int, Column] = {}
    for together in _group(batches):
        answers.update(_compute_alike(batches, together))
    return [answers[place] for place in range(len(batches))]


def _group(batches: Sequence[Batch]) -> list[list[int]]:
    groups: dict[object, list[int]] = {}
    for place, batch in enumerate(batches):
        shape = place if batch.rows >= LONG else batch.program.body
        groups.setdefault(shape, []).append(place)
    return list(groups.values())


def _compute_alike(batches: Sequence[Batch], places: list[int]) -> dict[int, Column]:
    if len(places) == 1:
        one = batches[places[0]]
        return {places[0]: compute_column(one.program, one.columns, rows=one.rows)}
    rows = sum(batches[place].rows for place in places)
    whole = compute_operands(
        batches[places[0]].program, _gather([batches[place] for place in places]), rows
    )
    return _split(whole, batches, places)


def _gather(batches: list[Batch]) -> list[Column]:
    for batch in batches:
        if any(len(batch.columns[name]) != batch.rows for name in batch.program.names):
            raise ValueError("every column has as many rows as are asked for")
    return [
        join_columns([batch.columns[batch.program.names[place]] for batch in batches])
        for place in range(len(batches[0].program.names))
    ]


def _split(whole: Column, batches: Sequence[Batch], places: list[int]) -> dict[int, Column]:
    answers, start = {}, 0
    for place in places:
        end = start + batches[place].rows
        answers[place] = cut_column(whole, slice(start, end))
        start = end
    return answers
