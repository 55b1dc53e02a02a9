"""numpy as one of the engines."""

from __future__ import annotations

from collections.abc import Sequence

from hengtu.engines.answers import Answers
from hengtu.engines.lights import Judged, LightBatch
from hengtu.engines.numpy.batches import Batch, compute_batches
from hengtu.engines.numpy.comparison import meets_limit
from hengtu.engines.numpy.lights import judge_column


class NumpyEngine:
    """Columns in memory, one core."""

    def compute(self, batches: Sequence[Batch]) -> list[Answers]:
        """Return the answers of every batch."""
        return [
            Answers(column=column, met=meets_limit(batch.program, column))
            for batch, column in zip(batches, compute_batches(batches), strict=True)
        ]

    def judge(self, batches: Sequence[LightBatch]) -> list[Judged]:
        """Return the lights of every batch."""
        return [judge_column(b.actual, b.aims, b.direction, b.rulebook) for b in batches]
