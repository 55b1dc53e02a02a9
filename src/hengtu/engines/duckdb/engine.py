"""DuckDB as one of the engines."""

from __future__ import annotations

from collections.abc import Sequence

from hengtu.engines.answers import Answers
from hengtu.engines.duckdb.running import compute_columns, judge_columns
from hengtu.engines.lights import Judged, LightBatch
from hengtu.engines.numpy.batches import Batch
from hengtu.engines.shapes import Shape, answer_shapes, judge_shapes


class DuckEngine:
    """One statement for every shape, on all cores."""

    def compute(self, batches: Sequence[Batch]) -> list[Answers]:
        """Return the answers of every batch."""
        return answer_shapes(batches, self._answer)

    def judge(self, batches: Sequence[LightBatch]) -> list[Judged]:
        """Return the lights of every batch."""
        return judge_shapes(batches, self._judge)

    def _judge(self, batches: Sequence[LightBatch]) -> list[Judged]:
        return [judge_columns(b.actual, b.aims, b.direction, b.rulebook) for b in batches]

    def _answer(self, shapes: Sequence[Shape]) -> list[Answers]:
        return [compute_columns(one.program, one.columns, rows=one.rows) for one in shapes]
