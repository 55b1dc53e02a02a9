"""Programs on numpy columns: values, printed limits, lights."""

from hengtu.engines.numpy.arithmetic import compute_column
from hengtu.engines.numpy.batches import Batch, compute_batches
from hengtu.engines.numpy.comparison import compare, meets_limit
from hengtu.engines.numpy.lights import judge_column

__all__ = [
    "Batch",
    "compare",
    "compute_batches",
    "compute_column",
    "judge_column",
    "meets_limit",
]
