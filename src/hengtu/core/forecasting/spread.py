"""Robust statistics of short series, in plain Python: medians, spreads, trends, quantiles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations, pairwise
from statistics import fmean, median

# The 90th percentile of Student's t by degrees of freedom: the two-sided interval of 80 %.
_T90 = (
    3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372,
    1.363, 1.356, 1.350, 1.345, 1.341, 1.337, 1.333, 1.330, 1.328, 1.325,
)  # fmt: skip
_NORMAL90 = 1.282
_TREND_Z = 1.645
MAD_TO_DEVIATION = 1.4826  # of a normal distribution
MEAN_TO_DEVIATION = 1.2533
LEAST_FOR_PERSISTENCE = 4


def t_quantile(freedom: int) -> float:
    """Return the 90th percentile of Student's t.

    >>> t_quantile(2), t_quantile(500)
    (1.886, 1.282)
    """
    return _T90[max(freedom, 1) - 1] if freedom <= len(_T90) else _NORMAL90


def spread_of(residuals: Sequence[float], fitted: int) -> float:
    """Return the standard deviation that residuals speak of, ``fitted`` parameters having been estimated.

    The greater of 1.4826 × the median and 1.2533 × the mean of their sizes: the median alone is zero where
    most months are alike and a few are not. Both are raised by √(n ÷ (n − fitted)).
    """
    sizes = [abs(one) for one in residuals]
    if not sizes:
        return 0.0
    raw = max(MAD_TO_DEVIATION * median(sizes), MEAN_TO_DEVIATION * fmean(sizes))
    return raw * math.sqrt(len(sizes) / max(len(sizes) - fitted, 1))


def persistence_of(residuals: Sequence[float]) -> float:
    """Return by how much residuals that keep their sign from month to month widen a spread, 1 to 2.

    It is √((1 + r) ÷ (1 − r)), r the correlation of neighbours, from 0 to 0.6.
    """
    square = sum(one * one for one in residuals)
    if len(residuals) < LEAST_FOR_PERSISTENCE or square <= 0:
        return 1.0
    near = sum(one * other for one, other in pairwise(residuals)) / square
    near = min(max(near, 0.0), 0.6)
    return math.sqrt((1 + near) / (1 - near))


def slope_of(points: Sequence[tuple[float, float]]) -> float:
    """Return the slope of Theil and Sen: the median over all pairs of points.

    >>> slope_of([(1, 1.0), (2, 2.0), (3, 30.0), (4, 4.0)])
    1.0
    """
    slopes = [(y - x) / (b - a) for (a, x), (b, y) in combinations(points, 2) if a != b]
    return median(slopes) if slopes else 0.0


def has_trend(values: Sequence[float]) -> bool:
    """Whether figures in their order rise or fall beyond chance: the test of Mann and Kendall at 90 %.

    >>> has_trend([1, 2, 3, 4, 5, 6]), has_trend([1, 6, 2, 5, 3, 4])
    (True, False)
    """
    count = len(values)
    if count < 4:
        return False
    signs = sum((b > a) - (b < a) for a, b in combinations(values, 2))
    deviation = math.sqrt(count * (count - 1) * (2 * count + 5) / 18)
    return (abs(signs) - 1) / deviation > _TREND_Z
