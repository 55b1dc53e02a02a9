"""Functions on columns: where one of their operands is not finite, so is the answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hengtu.core.formulas.rounding import EXACT, HAIR, SHARE, WHOLE
from hengtu.core.formulas.tree import Relator
from hengtu.engines.columns import Floats
from hengtu.engines.numpy.comparison import compare

Value = Floats | float


def compared(left: Value, op: Relator, right: Value) -> Floats:
    """Return 1 where the left side stands in a relation to the right, else 0."""
    there = np.isfinite(left) & np.isfinite(right)
    holds = ~compare(left, "=", right) if op == "<>" else compare(left, op, right)
    return np.where(there, holds.astype(np.float64), np.nan)


def choose(condition: Value, then: Value, otherwise: Value) -> Floats:
    """Return one of two by a condition of 1 or 0."""
    chosen = np.where(np.asarray(condition) > 0.5, then, otherwise)
    return np.where(np.isfinite(condition), chosen, np.nan)


def extreme(parts: Sequence[Value], *, largest: bool) -> Value:
    """Return the largest or smallest; an infinite one does not hide behind another."""
    operation = np.maximum if largest else np.minimum
    found: Value = np.where(np.isfinite(parts[0]), parts[0], np.nan)
    for part in parts[1:]:
        found = operation(found, np.where(np.isfinite(part), part, np.nan))
    return found


def rounded(number: Value, decimals: int) -> Floats:
    """Return numbers rounded half up, step by step as ``core.formulas.rounding``."""
    given = np.asarray(number, dtype=np.float64)
    scale = 10.0 ** abs(decimals)
    size = np.abs(given) * scale if decimals >= 0 else np.abs(given) / scale
    hair = np.where(size < EXACT, size * SHARE + HAIR, 0.0)
    whole = np.floor(size + hair + 0.5)
    whole = whole / scale if decimals >= 0 else whole * scale
    return np.where(size < WHOLE, np.where(given < 0, -whole, whole), given)
