"""Forecasts of what months bring: counts, rates over their months, progress from where it began."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

from hengtu.core.forecasting.outlook import Method
from hengtu.core.forecasting.record import MONTHS, Own, Year
from hengtu.core.forecasting.spread import has_trend, persistence_of, slope_of, spread_of
from hengtu.core.forecasting.standing import Path, Standing

# What has been perfectly even is not certain: at least this share of a month's own figure is left open.
LEAST_SPREAD = 0.01
LEAST_SEASONAL = 0.05  # no two years are alike
LEAST_SEASONAL_RATE = 0.01
LEAST_FOR_TREND = 6
UNSEEN = 0.25  # of a slope's uncertainty, where no trend can be told from chance
DAMPING = 0.9  # Ref: Gardner & McKenzie 1985; trends seldom go on for long


def follow_run_rate(stand: Standing) -> Path:
    """Return the pace of the months known, continued 逐月平均推估.

    The deviation after an exposure E beyond a known K is s·√(E + E²/K), s from the residuals of months.
    """
    pace = sum(own.total for own in stand.own) / stand.known
    spread = pace_spread(stand.own, [pace] * len(stand.own), fitted=1)
    paces = dict.fromkeys(range(1, MONTHS + 1), pace)
    return _walk(stand, "run_rate", paces, _tilted(stand, spread, len(stand.own) - 1, UNSEEN))


def follow_trend(stand: Standing) -> Path | None:
    """Return the trend of the months' own figures, continued 穩健趨勢推估; None where there is none.

    The slope is that of Theil and Sen. Its own uncertainty widens the interval.
    """
    points = [(_middle(own), own.pace) for own in stand.own]
    if len(points) < LEAST_FOR_TREND or not has_trend([pace for _, pace in points]):
        return None
    slope = slope_of(points)
    level = median(pace - slope * at for at, pace in points)
    least = 0.0 if stand.only_rises else -math.inf
    last = max(at for at, _ in points)
    paces = {
        at: max(level + slope * (last + damped(at - last)), least) for at in range(1, MONTHS + 1)
    }
    residuals = [level + slope * at for at, _ in points]
    spread = pace_spread(stand.own, residuals, fitted=2)
    return _walk(stand, "robust_trend", paces, _tilted(stand, spread, len(points) - 2, 1.0))


def _tilted(stand: Standing, spread: float, freedom: int, share: float) -> _Spread:
    """Return the spread of months with a share of what their slope is uncertain by."""
    centre = sum(own.exposure * _middle(own) for own in stand.own) / stand.known
    about = sum(own.exposure * (_middle(own) - centre) ** 2 for own in stand.own)
    last = stand.own[-1].month
    return _Spread(
        spread, freedom, centre=centre, last=last, about=about / share if share else math.inf
    )


def damped(months: float) -> float:
    """Return how far a trend leads in so many months when it loses a tenth of its slope in each.

    >>> round(damped(1), 2), round(damped(6), 2), damped(-2)
    (0.9, 4.22, -2)
    """
    return months if months <= 0 else DAMPING * (1 - DAMPING**months) / (1 - DAMPING)


def _middle(own: Own) -> float:
    return own.month - (own.months - 1) / 2


@dataclass(frozen=True, slots=True)
class _Spread:
    """The deviation of a figure of exposure 1, and what a slope adds: Σ over months about a centre."""

    one: float
    freedom: int
    centre: float = 0.0
    last: int = 0
    about: float = math.inf

    def after(self, left: Sequence[int], each: float, known: float) -> float:
        exposure = each * len(left)
        reach = [self.last + damped(month - self.last) - self.centre for month in left]
        tilt = each * sum(reach)
        return self.one * math.sqrt(exposure + exposure**2 / known + tilt**2 / self.about)


def _walk(stand: Standing, method: Method, paces: dict[int, float], spread: _Spread) -> Path:
    """Return the path on which the months left, gaps included, bring their paces."""
    each = stand.known / sum(own.months for own in stand.own)
    values, deviations = [], []
    for month in stand.ahead:
        left = stand.left(month)
        whole = stand.known + each * len(left) if stand.rate else 1.0
        base = stand.value * stand.known if stand.rate else stand.value
        values.append((base + each * sum(paces[at] for at in left)) / whole)
        deviations.append(spread.after(left, each, stand.known) / whole)
    return Path(
        method=method,
        values=tuple(values),
        deviations=tuple(deviations),
        freedom=spread.freedom,
    )


def pace_spread(
    own: Sequence[Own], expected: Sequence[float], *, fitted: int, least: float = LEAST_SPREAD
) -> float:
    """Return the standard deviation of a figure of exposure 1 around the paces expected.

    A figure of exposure e varies with √e, so residuals are brought to the same footing first.
    """
    pairs = list(zip(own, expected, strict=True))
    residuals = [(one.pace - pace) * math.sqrt(one.exposure) for one, pace in pairs]
    sizes = [abs(one.pace) * math.sqrt(one.exposure) for one in own]
    found = spread_of(residuals, fitted) * persistence_of(residuals)
    return max(found, least * fmean(sizes))


def follow_seasons(stand: Standing) -> Path | None:
    """Return the year by the shares of past years 歷年同期占比; None without a complete year before.

    Of a count the months left bring their mean share of past years' totals. Of a rate the value moves as
    it did from the same month of past years, which is the ratio of its numerator's and denominator's own
    seasonal forecasts.
    """
    if stand.rate:
        return _follow_rate_seasons(stand)
    shares = _mean_shares(stand.past) if stand.from_zero else []
    known = sum(shares[month - 1] for month in stand.covered) if shares else 0.0
    if known <= 0:
        return None
    total = sum(own.total for own in stand.own) / known
    own = [
        Own(month=o.month, months=o.months, total=o.total, exposure=exposure)
        for o in stand.own
        if (exposure := sum(shares[month - 1] for month in o.covered)) > 0
    ]
    spread = pace_spread(own, [total] * len(own), fitted=1, least=LEAST_SEASONAL)
    usual = known / len(stand.covered)
    values, deviations = [], []
    for month in stand.ahead:
        left = [shares[at - 1] for at in stand.left(month)]
        share = sum(left)
        # A month that brings more than those known is uncertain in proportion, not by its root.
        wide = sum(one * max(1.0, one / usual) for one in left)
        values.append(stand.value + total * share)
        deviations.append(spread * math.sqrt(wide + share**2 / known))
    return Path(
        method="seasonal_share",
        values=tuple(values),
        deviations=tuple(deviations),
        freedom=max(len(own) - 1, 1),
        past_years=_names(stand.past),
    )


def _names(past: Sequence[Year]) -> tuple[int, ...]:
    return tuple(year.roc_year for year in past)


def _mean_shares(past: Sequence[Year]) -> list[float]:
    """Return the mean share of every month in the totals of past years, none where a month fell."""
    rows = [shares for year in past if (shares := _shares(year))]
    if not rows or len(rows) < len(past):
        return []
    return [fmean(column) for column in zip(*rows, strict=True)]


def _shares(year: Year) -> list[float]:
    stood = [0.0]
    for month in range(1, MONTHS + 1):
        value = year.at(month, start=0.0)
        if value is None:
            return []
        stood.append(value)
    whole = stood[-1]
    return [(after - before) / whole for before, after in pairwise(stood)] if whole > 0 else []


def _follow_rate_seasons(stand: Standing) -> Path | None:
    ratios = [_ratios(year, stand) for year in stand.past]
    if not ratios or not all(ratios):
        return None
    moves = [median(column) for column in zip(*ratios, strict=True)]
    flat = _walk_rate(stand, _seasonal_paces(stand))
    return Path(
        method="seasonal_share",
        values=tuple(stand.value * move for move in moves),
        deviations=flat.deviations,
        freedom=flat.freedom,
        past_years=_names(stand.past),
    )


def _walk_rate(stand: Standing, expected: Sequence[float]) -> Path:
    """Return the pace so far, its deviations from the residuals around the paces expected of the months."""
    pace = sum(own.total for own in stand.own) / stand.known
    spread = pace_spread(stand.own, expected, fitted=1, least=LEAST_SEASONAL_RATE)
    freedom = max(len(stand.own) - 1, 1)
    paces = dict.fromkeys(range(1, MONTHS + 1), pace)
    return _walk(stand, "run_rate", paces, _tilted(stand, spread, freedom, UNSEEN))


def _seasonal_paces(stand: Standing) -> list[float]:
    """Return the months' own rates of past years, brought to the height of this one."""
    years = [_own_paces(year, stand) for year in stand.past]
    usual = [fmean(column) for column in zip(*years, strict=True)]
    mean = sum(p * own.exposure for p, own in zip(usual, stand.own, strict=True)) / stand.known
    return [pace * stand.value / mean if mean > 0 else stand.value for pace in usual]


def _own_paces(year: Year, stand: Standing) -> list[float]:
    """Return the rates of a year over the months of this year's own figures, its months weighing alike."""
    found = []
    for own in stand.own:
        first, last = own.covered[0] - 1, own.covered[-1]
        before = (year.at(first) or 0.0) * first if first else 0.0
        found.append(((year.at(last) or 0.0) * last - before) / own.months)
    return found


def _ratios(year: Year, stand: Standing) -> list[float]:
    before = year.at(stand.month)
    after = [year.at(month) for month in stand.ahead]
    if not before or before <= 0 or any(value is None for value in after):
        return []
    return [(value or 0.0) / before for value in after]
