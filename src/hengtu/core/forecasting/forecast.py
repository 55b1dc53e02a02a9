"""The forecast of a year's end from what stood at the end of each month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hengtu.core.forecasting.methods import Path, Standing, follow_run_rate
from hengtu.core.forecasting.outlook import (
    Ahead,
    Basis,
    Forecast,
    Kind,
    Refusal,
)
from hengtu.core.forecasting.prospects import judge_prospects
from hengtu.core.forecasting.record import MONTHS, Reached, Year, own_figures, sort_years
from hengtu.core.forecasting.spread import t_quantile
from hengtu.core.judging.lights import Aim
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Rulebook
from hengtu.core.judging.targets import NO_AIM
from hengtu.core.plan import Direction

LEAST_MONTHS = 3
LEAST_FIGURES = 2


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a measure cannot pass whatever happens; None where nothing holds it."""

    low: float | None = None
    high: float | None = None

    def hold(self, value: float) -> float:
        """Return the value within the bounds."""
        if self.low is not None:
            value = max(value, self.low)
        return value if self.high is None else min(value, self.high)


FREE = Bounds()


def forecast_year(
    history: Iterable[Reached],
    *,
    roc_year: int,
    month: int,
    kind: Kind,
    aim: Aim = NO_AIM,
    direction: Direction | None = None,
    rulebook: Rulebook = PRODUCT_DEFAULT,
    bounds: Bounds = FREE,
) -> Forecast | Refusal:
    """Return where a measure will stand at the end of a ROC year, as known at the end of a month.

    ``history`` gives the year so far by month, of this year and of any before it, in any order.
    """
    years = sort_years(history, roc_year, month)
    year = years.get(roc_year)
    if year is None:
        return Refusal(roc_year=roc_year, reason="no_figures", due=month, needed=LEAST_MONTHS)
    months = year.last.counted
    if months < LEAST_MONTHS:
        return Refusal(
            roc_year=roc_year,
            reason="too_few_months",
            months=months,
            due=month,
            needed=LEAST_MONTHS,
        )
    own = tuple(own_figures(year, kind, None))
    if len(own) < LEAST_FIGURES:
        return Refusal(
            roc_year=roc_year,
            reason="too_few_figures",
            months=len(own),
            due=month,
            needed=LEAST_FIGURES,
        )
    stand = Standing(
        value=year.last.value or 0.0,
        month=year.last.month,
        own=own,
        rate=kind == "rate",
        hidden=year.last.month - months,
    )
    path = follow_run_rate(stand)
    return _finish(
        roc_year,
        kind,
        year,
        path,
        own_count=len(own),
        bounds=bounds,
        aim=aim,
        direction=direction,
        rulebook=rulebook,
    )


def _finish(
    roc_year: int,
    kind: Kind,
    year: Year,
    path: Path,
    *,
    own_count: int,
    bounds: Bounds,
    aim: Aim,
    direction: Direction | None,
    rulebook: Rulebook,
) -> Forecast:
    months = _band(year.last.month, path, bounds)
    value, low, high = months[-1][1:] if months else (year.last.value or 0.0,) * 3
    basis = Basis(month=year.last.month, months=year.last.counted, figures=own_count)
    forecast = Forecast(
        roc_year=roc_year,
        kind=kind,
        method=path.method if months else "known",
        value=value,
        low=low,
        high=high,
        months=months,
        basis=basis,
        aim=aim,
    )
    return judge_prospects(forecast, direction, rulebook)


def _band(month: int, path: Path, bounds: Bounds) -> tuple[Ahead, ...]:
    reach = t_quantile(path.freedom)
    return tuple(
        Ahead(
            at,
            bounds.hold(value),
            bounds.hold(value - reach * deviation),
            bounds.hold(value + reach * deviation),
        )
        for at, value, deviation in zip(
            range(month + 1, MONTHS + 1), path.values, path.deviations, strict=True
        )
    )
