"""Forecasts of levels: what stands at the end of a month and does not add up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, median

from hengtu.core.forecasting.flows import damped
from hengtu.core.forecasting.spread import has_trend, slope_of, spread_of, t_quantile
from hengtu.core.forecasting.standing import Path, Standing

# What has never moved is not certain: at least this share of the level is left open.
LEAST_SPREAD = 0.005
LEAST_FOR_TREND = 5
LEAST_TO_LEAD = 3


def stand_still(stand: Standing) -> Path:
    """Return the last level for every month 維持現況.

    The deviation after h months is the spread of all moves over h months of the past; beyond half of the
    past, that of the longest such moves grows with √h.
    """
    points = _points(stand)
    spreads = _spreads(points)
    least = _least(points)
    reached = [_reach(spreads, at - stand.month) for at in stand.ahead]
    return Path(
        method="standing",
        values=(stand.value,) * len(stand.ahead),
        deviations=tuple(
            max(one, least * math.sqrt(steps)) for steps, one in enumerate(reached, 1)
        ),
        freedom=len(points) - 1,
    )


def _spreads(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return (months, spread of the moves over them) for moves from figure to figure, over two, …"""
    found: list[tuple[float, float]] = []
    for lag in range(1, max(len(points) // 2, 1) + 1):
        pairs = list(zip(points, points[lag:], strict=False))
        months = fmean(b - a for (a, _), (b, _) in pairs)
        found.append((months, spread_of([y - x for (_, x), (_, y) in pairs], 0)))
    return found


def _reach(spreads: Sequence[tuple[float, float]], months: int) -> float:
    """Return the deviation after some months: the widest over moves not longer, grown where they end."""
    within = [(span, spread) for span, spread in spreads if span <= months] or spreads[:1]
    span, _ = within[-1]
    widest = max(spread for _, spread in within)
    return widest * math.sqrt(months / span)


def follow_trend(stand: Standing) -> Path | None:
    """Return the trend of the levels, continued from the last 穩健趨勢推估; None where there is none.

    Besides the test of Mann and Kendall its moves must lead further than they would by chance.
    """
    points = _points(stand)
    if len(points) < LEAST_FOR_TREND or not has_trend([value for _, value in points]):
        return None
    slope = slope_of(points)
    moves = _moves(points)
    if not _leads(moves):
        return None
    spread = max(spread_of([move - slope for move in moves], 1), _least(points))
    steps = [at - stand.month for at in stand.ahead]
    reach = stand.month - points[0][0]
    return Path(
        method="robust_trend",
        values=tuple(stand.value + slope * damped(step) for step in steps),
        deviations=tuple(spread * math.sqrt(step + step**2 / reach) for step in steps),
        freedom=len(moves) - 1,
    )


def _leads(moves: Sequence[float]) -> bool:
    if len(moves) < LEAST_TO_LEAD:
        return False
    mean = fmean(moves)
    spread = spread_of([move - mean for move in moves], 1)
    return abs(mean) * math.sqrt(len(moves)) > t_quantile(len(moves) - 1) * spread


def follow_seasons(stand: Standing) -> Path | None:
    """Return the moves of past years from the same month on 歷年同期變動; None without them.

    The moves of a single year count only where they lead further than chance.
    """
    changes = []
    for year in stand.past:
        before, after = year.at(stand.month), [year.at(at) for at in stand.ahead]
        if before is None or any(value is None for value in after):
            return None
        changes.append([value - before for value in after if value is not None])
    if not changes or (len(changes) == 1 and not _leads(_steps(changes[0]))):
        return None
    flat = stand_still(stand)
    lent = math.sqrt(1 + 1 / len(changes))
    return Path(
        method="seasonal_change",
        values=tuple(stand.value + median(column) for column in zip(*changes, strict=True)),
        deviations=tuple(one * lent for one in flat.deviations),
        freedom=flat.freedom,
        past_years=tuple(year.roc_year for year in stand.past),
    )


def _points(stand: Standing) -> list[tuple[float, float]]:
    return [(point.month, point.value) for point in stand.points if point.value is not None]


def _moves(points: Sequence[tuple[float, float]]) -> list[float]:
    """Return the moves per month from figure to figure."""
    return [(y - x) / (b - a) for (a, x), (b, y) in pairwise(points)]


def _steps(changes: Sequence[float]) -> list[float]:
    return [after - before for before, after in pairwise((0.0, *changes))]


def _least(points: Sequence[tuple[float, float]]) -> float:
    return LEAST_SPREAD * max(abs(value) for _, value in points)
