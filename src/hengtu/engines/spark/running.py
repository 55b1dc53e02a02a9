"""Statements over Parquet files: operands go in, answers come out, no row passes through Python by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import numpy as np

from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.plan import Direction
from hengtu.engines.answers import Answers
from hengtu.engines.lights import Judged, LightBatch
from hengtu.engines.numpy.batches import Batch
from hengtu.engines.program import Program
from hengtu.engines.shapes import Shape, answer_shapes, judge_shapes
from hengtu.engines.snapshots.files import read_arrays, write_arrays
from hengtu.engines.spark.failure import FAILURES, tell_failure
from hengtu.engines.sql import SPARK, JudgedSource, Source, write_judgement, write_statement
from hengtu.engines.sql.arrays import (
    KEY,
    Arrays,
    lay_lights,
    lay_operands,
    read_answers,
    read_lights,
)

# Every statement costs Spark a plan and a job, so several go in one; too many make code that compiles slowly.
TOGETHER = 16
_TYPES = {"f8": "DOUBLE", "i8": "BIGINT", "i1": "TINYINT"}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _View:
    """A Parquet file under the name of a table; with its columns Spark need not look at it first."""

    table: str
    path: Path
    schema: str = ""


class SparkEngine:
    """Statements over Parquet files that lie in ``folder``, which every machine of Spark must see."""

    def __init__(self, session: Any, folder: Path) -> None:
        self._session = session
        self._folder = folder

    def compute(self, batches: Sequence[Batch]) -> list[Answers]:
        """Return the answers of every batch."""
        return answer_shapes(batches, self._answer)

    def judge(self, batches: Sequence[LightBatch]) -> list[Judged]:
        """Return the lights of every batch."""
        return judge_shapes(batches, self._judge)

    def compute_parquet(self, program: Program, path: Path, source: Source) -> Answers:
        """Return the answers for a Parquet file, ordered by its key; ``source`` names its columns."""
        with self._place() as folder:
            view = _View(source.table, path)
            (found,) = self._run(folder, [view], [write_statement(program, source, SPARK)])
        return read_answers(program, found)

    def judge_parquet(
        self,
        path: Path,
        source: JudgedSource,
        direction: Direction | None,
        rulebook: Rulebook,
    ) -> Judged:
        """Return the lights of a Parquet file, ordered by its key; ``source`` names its columns."""
        statement = write_judgement(source, direction, rulebook, SPARK)
        with self._place() as folder:
            (found,) = self._run(folder, [_View(source.table, path)], [statement])
        return read_lights(found)

    def _answer(self, shapes: Sequence[Shape]) -> list[Answers]:
        return [answers for some in _cut(shapes) for answers in self._answer_some(some)]

    def _answer_some(self, shapes: Sequence[Shape]) -> list[Answers]:
        views, statements = [], []
        with self._place() as folder:
            for place, one in enumerate(shapes):
                table = f"operands_{place}"
                arrays, source = lay_operands(one.program, one.columns, one.rows, table=table)
                views.append(_write_view(folder, table, arrays))
                statements.append(write_statement(one.program, source, SPARK))
            found = self._run(folder, views, statements)
        return [read_answers(one.program, own) for one, own in zip(shapes, found, strict=True)]

    def _judge(self, batches: Sequence[LightBatch]) -> list[Judged]:
        return [judged for some in _cut(batches) for judged in self._judge_some(some)]

    def _judge_some(self, batches: Sequence[LightBatch]) -> list[Judged]:
        views, statements = [], []
        with self._place() as folder:
            for place, one in enumerate(batches):
                table = f"actuals_{place}"
                arrays, source = lay_lights(one, table=table)
                views.append(_write_view(folder, table, arrays))
                statements.append(write_judgement(source, one.direction, one.rulebook, SPARK))
            found = self._run(folder, views, statements)
        return [read_lights(own) for own in found]

    def _run(self, folder: Path, views: Sequence[_View], statements: Sequence[str]) -> list[Arrays]:
        """Return the rows of several statements, each ordered by its key."""
        answers = folder / "answers"
        try:
            for view in views:
                self._show(view)
            self._session.sql(_join(statements)).write.parquet(str(answers))
        except FAILURES as refused:
            raise tell_failure(refused) from refused
        return _split(read_arrays(answers), len(statements))

    def _show(self, view: _View) -> None:
        reader = self._session.read.schema(view.schema) if view.schema else self._session.read
        reader.parquet(str(view.path)).createOrReplaceTempView(view.table)

    @contextmanager
    def _place(self) -> Iterator[Path]:
        with TemporaryDirectory(dir=self._folder) as folder:
            yield Path(folder)


def _write_view(folder: Path, table: str, arrays: Arrays) -> _View:
    path = folder / f"{table}.parquet"
    write_arrays(path, arrays)
    schema = ", ".join(f"{name} {_TYPES[array.dtype.str[1:]]}" for name, array in arrays.items())
    return _View(table, path, schema)


def _cut(given: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(given), TOGETHER):
        yield given[start : start + TOGETHER]


def _join(statements: Sequence[str]) -> str:
    return " UNION ALL ".join(
        f"SELECT {place} AS part, own.* FROM ({statement}) AS own"
        for place, statement in enumerate(statements)
    )


def _split(found: Arrays, parts: int) -> list[Arrays]:
    order = np.lexsort((found[KEY], found["part"]))
    bounds = np.searchsorted(found["part"][order], np.arange(parts + 1))
    ordered = {name: array[order] for name, array in found.items()}
    return [
        {name: array[start:end] for name, array in ordered.items()}
        for start, end in pairwise(bounds)
    ]
