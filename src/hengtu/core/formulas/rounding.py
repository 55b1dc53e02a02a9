"""四捨五入 as people round decimals, in steps that every engine takes alike."""

from __future__ import annotations

import math

WHOLE = 2.0**52  # from here on doubles have no decimals
EXACT = 1e13  # up to here what is a hair below the half is meant to be the half
HAIR, SHARE = 1e-9, 4e-15


def round_half_up(number: float, decimals: int = 0) -> float:
    """Return a number rounded to decimals (negative: to tens), the half away from zero.

    2.675 has no exact double; it is rounded as the decimal that people see.

    >>> round_half_up(2.675, 2), round_half_up(-2.5), round_half_up(1250, -2)
    (2.68, -3.0, 1300.0)
    """
    scale = 10.0 ** abs(decimals)
    size = abs(number) * scale if decimals >= 0 else abs(number) / scale
    if not size < WHOLE:
        return number
    hair = size * SHARE + HAIR if size < EXACT else 0.0
    whole = math.floor(size + hair + 0.5)
    rounded = whole / scale if decimals >= 0 else whole * scale
    return -rounded if number < 0 else rounded
