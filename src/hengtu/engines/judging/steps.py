"""Work that asks an engine for columns on its way: numpy answers at once, others many questions together."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any, TypeVar

import numpy as np

from hengtu.engines.columns import Column
from hengtu.engines.engine import Engine
from hengtu.engines.lights import Judged, LightBatch
from hengtu.engines.numpy import Batch
from hengtu.engines.numpy.arithmetic import compute_operands
from hengtu.engines.numpy.lights import judge_column

T = TypeVar("T")
Steps = Generator[Batch | LightBatch, Any, T]


def ask_values(batch: Batch) -> Steps[Column]:
    """Ask for the answers of a program."""
    column: Column = yield batch
    return column


def ask_lights(batch: LightBatch) -> Steps[Judged]:
    """Ask for lights."""
    judged: Judged = yield batch
    return judged


def run_here(steps: Steps[T]) -> T:
    """Carry out one piece of work with numpy, question by question, while its columns are in the cache."""
    with np.errstate(all="ignore"):
        try:
            asked = next(steps)
            while True:
                asked = steps.send(_answer(asked))
        except StopIteration as ended:
            done: T = ended.value
            return done


def _answer(asked: Batch | LightBatch) -> Column | Judged:
    if isinstance(asked, Batch):
        columns = [asked.columns[name] for name in asked.program.names]
        return compute_operands(asked.program, columns, asked.rows)
    return judge_column(asked.actual, asked.aims, asked.direction, asked.rulebook)


def run_together(several: Sequence[Steps[T]], engine: Engine) -> list[T]:
    """Carry out several pieces of work; what they ask for at one time goes to the engine at once."""
    done: dict[int, T] = {}
    answers: dict[int, Any] = dict.fromkeys(range(len(several)))
    while answers:
        asked: dict[int, Batch | LightBatch] = {}
        with np.errstate(all="ignore"):
            for place, answer in answers.items():
                try:
                    asked[place] = several[place].send(answer)
                except StopIteration as ended:
                    done[place] = ended.value
        answers = _answer_all(asked, engine)
    return [done[place] for place in range(len(several))]


def _answer_all(asked: dict[int, Batch | LightBatch], engine: Engine) -> dict[int, Any]:
    values = {place: one for place, one in asked.items() if isinstance(one, Batch)}
    lights = {place: one for place, one in asked.items() if isinstance(one, LightBatch)}
    found: dict[int, Any] = {}
    if values:
        columns = [one.column for one in engine.compute(list(values.values()))]
        found |= zip(values, columns, strict=True)
    if lights:
        found |= zip(lights, engine.judge(list(lights.values())), strict=True)
    return found
