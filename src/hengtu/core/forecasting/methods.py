"""The methods of forecasting, each from the months known to every month that is left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hengtu.core.forecasting.outlook import Method
from hengtu.core.forecasting.record import MONTHS, Own
from hengtu.core.forecasting.spread import spread_of

# What has been perfectly even is not certain: at least this share of a month's own figure is left open.
LEAST_SPREAD = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """What a method expects at the end of the months left, with standard deviations.

    ``freedom`` are the degrees of freedom of the deviations; ``past_years`` the years it leant on.
    """

    method: Method
    values: tuple[float, ...]
    deviations: tuple[float, ...]
    freedom: int
    past_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the year stands: the value, months counted, months left and the own figures behind it.

    ``rate`` tells that values are numerators over their exposure; ``hidden`` are months before the last
    known one without a figure.
    """

    value: float
    month: int
    own: tuple[Own, ...]
    rate: bool = False
    hidden: int = 0

    @property
    def ahead(self) -> range:
        """The months left."""
        return range(self.month + 1, MONTHS + 1)


def follow_run_rate(stand: Standing) -> Path:
    """Return the pace of the months known, continued 逐月平均推估.

    The deviation after an exposure E beyond a known K is s·√(E + E²/K), s from the residuals of months.
    """
    known = sum(own.exposure for own in stand.own)
    months = sum(own.months for own in stand.own)
    pace = sum(own.total for own in stand.own) / known
    spread = pace_spread(stand.own, [pace] * len(stand.own), fitted=1)
    each = known / months
    values, deviations = [], []
    for month in stand.ahead:
        left = each * (month - stand.month + stand.hidden)
        whole = known + left if stand.rate else 1.0
        base = stand.value * known if stand.rate else stand.value
        values.append((base + pace * left) / whole)
        deviations.append(spread * math.sqrt(left + left * left / known) / whole)
    return Path(
        method="run_rate",
        values=tuple(values),
        deviations=tuple(deviations),
        freedom=len(stand.own) - 1,
    )


def pace_spread(own: Sequence[Own], expected: Sequence[float], *, fitted: int) -> float:
    """Return the standard deviation of a figure of exposure 1 around the paces expected.

    A figure of exposure e varies with √e, so residuals are brought to the same footing first.
    """
    residuals = [
        (one.pace - pace) * math.sqrt(one.exposure) for one, pace in zip(own, expected, strict=True)
    ]
    sizes = [abs(one.pace) * math.sqrt(one.exposure) for one in own]
    return max(spread_of(residuals, fitted), LEAST_SPREAD * sum(sizes) / len(sizes))
