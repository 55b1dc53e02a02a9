"""Comparisons of columns, equal within 1e-9 as everywhere."""

from __future__ import annotations

import numpy as np

from hengtu.core.formulas.evaluation import TOLERANCE
from hengtu.core.formulas.tree import Comparison
from hengtu.engines.columns import Bools, Column, Floats
from hengtu.engines.program import Program


def compare(values: Floats | float, op: Comparison, bound: Floats | float) -> Bools:
    """Return whether each value stands in a relation to its bound; False where either is NaN.

    >>> compare(np.array([56 / 500 * 100, 11.3]), "<=", 11.2).tolist()
    [True, False]
    """
    with np.errstate(all="ignore"):
        apart = np.abs(values - bound)
        wide = TOLERANCE * np.maximum(np.maximum(np.abs(values), np.abs(bound)), 1.0)
        equal = apart <= wide
        match op:
            case "=":
                return equal
            case ">=":
                return equal | (values > bound)
            case "<=":
                return equal | (values < bound)
            case ">":
                return ~equal & (values > bound)
            case "<":
                return ~equal & (values < bound)


def meets_limit(program: Program, answers: Column) -> Bools | None:
    """Return whether the answers meet the printed limit, None without one; False where missing."""
    limit = program.limit
    return None if limit is None else compare(answers.values, limit.op, limit.value)
