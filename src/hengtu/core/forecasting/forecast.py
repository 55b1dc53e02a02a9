"""The forecast of a year's end from what stood at the end of each month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hengtu.core.forecasting.choice import Chosen, choose
from hengtu.core.forecasting.outlook import Ahead, Basis, Forecast, Kind, Refusal
from hengtu.core.forecasting.prospects import judge_prospects
from hengtu.core.forecasting.reasons import tell_forecast, tell_refusal
from hengtu.core.forecasting.record import MONTHS, Reached, Year, own_figures, sort_years
from hengtu.core.forecasting.spread import t_quantile
from hengtu.core.forecasting.standing import Path, Standing
from hengtu.core.judging.lights import Aim
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Rulebook
from hengtu.core.judging.targets import NO_AIM
from hengtu.core.plan import Direction

LEAST_MONTHS = 3
LEAST_FIGURES: Mapping[Kind, int] = {"count": 2, "rate": 2, "progress": 2, "level": 3}
LEAST_SHARE = 2 / 3  # of the months due; with fewer the gaps decide, not the figures
MOST_YEARS = 5
GREATEST = 1e150  # squares of more leave the range of a double


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a measure cannot pass whatever happens; None where nothing holds it."""

    low: float | None = None
    high: float | None = None

    def hold(self, value: float) -> float:
        """Return the value within the bounds.

        >>> Bounds(0, 100).hold(104), Bounds(low=12).hold(10)
        (100, 12)
        """
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
    start: float | None = None,
) -> Forecast | Refusal:
    """Return where a measure will stand at the end of a ROC year, as known at the end of a month.

    ``history`` gives the year so far by month, of this year and of any before it, in any order. ``start``
    is where a progress begins every year; without it the end of last year is taken.
    """
    years = sort_years(history, roc_year, month)
    year = years.pop(roc_year, None)
    if year is None:
        return tell_refusal(Refusal(roc_year=roc_year, reason="no_figures", due=month))
    if _is_over(year, kind):
        forecast = _known(year, kind, aim)
        return tell_forecast(judge_prospects(forecast, direction, rulebook), direction)
    stand = _stand(year, years, kind, start)
    if refusal := _refuse(year, stand, month):
        return tell_refusal(refusal)
    chosen = choose(stand)
    held = _hold(stand, bounds)
    months = _band(stand, chosen.path, held)
    forecast = _finish(year, stand, chosen, months, aim)
    return tell_forecast(judge_prospects(forecast, direction, rulebook), direction)


def _is_over(year: Year, kind: Kind) -> bool:
    if kind in ("level", "progress"):
        return year.last.month == MONTHS
    return year.complete


def _known(year: Year, kind: Kind, aim: Aim) -> Forecast:
    value = year.last.value or 0.0
    basis = Basis(month=MONTHS, months=year.last.counted, figures=len(year.points))
    return Forecast(
        roc_year=year.roc_year,
        kind=kind,
        method="known",
        value=value,
        low=value,
        high=value,
        months=(),
        basis=basis,
        aim=aim,
    )


def _stand(year: Year, past: Mapping[int, Year], kind: Kind, start: float | None) -> Standing:
    before = past.get(year.roc_year - 1)
    ended = before.last.value if before and before.last.month == MONTHS else None
    base = ended if start is None else start
    complete = [past[one] for one in sorted(past) if past[one].complete]
    return Standing(
        kind=kind,
        value=year.last.value or 0.0,
        month=year.last.month,
        own=tuple(own_figures(year, kind, base)),
        points=year.points,
        past=tuple(complete[-MOST_YEARS:]),
        from_zero=kind == "count" or start == 0,
    )


def _refuse(year: Year, stand: Standing, month: int) -> Refusal | None:
    """Return why the figures do not do for a forecast, or None."""
    needed = LEAST_FIGURES[stand.kind]
    figures = len(stand.points) if stand.kind == "level" else len(stand.own)
    months = year.last.counted
    step = min((own.months for own in stand.own), default=1)
    due = month - month % step
    if year.last.month == MONTHS or month == MONTHS:
        return Refusal(roc_year=year.roc_year, reason="year_over", months=months, due=MONTHS)
    if months < LEAST_MONTHS:
        return Refusal(
            roc_year=year.roc_year,
            reason="too_few_months",
            months=months,
            due=due,
            needed=LEAST_MONTHS,
        )
    if figures < needed:
        return Refusal(
            roc_year=year.roc_year,
            reason="too_few_figures",
            months=figures,
            due=due,
            needed=needed,
        )
    return _refuse_figures(year, stand, due)


def _refuse_figures(year: Year, stand: Standing, due: int) -> Refusal | None:
    months = year.last.counted
    if months < due * LEAST_SHARE:
        return Refusal(roc_year=year.roc_year, reason="gaps", months=months, due=due)
    values = [abs(point.value or 0.0) for point in stand.points]
    if not max(values) < GREATEST:
        return Refusal(roc_year=year.roc_year, reason="beyond", months=months, due=due)
    moved = values if stand.kind in ("level", "rate") else [abs(own.total) for own in stand.own]
    if stand.kind != "count" and not any(moved):
        return Refusal(roc_year=year.roc_year, reason="unmoved", months=months, due=due)
    return None


def _hold(stand: Standing, bounds: Bounds) -> Bounds:
    """Return the bounds, narrowed by what was reached already where nothing ever fell."""
    if stand.kind not in ("count", "progress") or not stand.only_rises:
        return bounds
    low = stand.value if bounds.low is None else max(stand.value, bounds.low)
    high = None if bounds.high is None else max(stand.value, bounds.high)
    return Bounds(low=low, high=high)


def _band(stand: Standing, path: Path, bounds: Bounds) -> tuple[Ahead, ...]:
    reach = t_quantile(path.freedom)
    # Nothing so far is not nothing for ever: one case is left open.
    least = 1.0 if stand.kind == "count" and not any(own.total for own in stand.own) else 0.0
    return tuple(
        Ahead(
            at,
            bounds.hold(value),
            bounds.hold(value - reach * deviation),
            bounds.hold(value + max(reach * deviation, least)),
        )
        for at, value, deviation in zip(stand.ahead, path.values, path.deviations, strict=True)
    )


def _finish(
    year: Year, stand: Standing, chosen: Chosen, months: tuple[Ahead, ...], aim: Aim
) -> Forecast:
    end = months[-1]
    basis = Basis(
        month=stand.month,
        months=year.last.counted,
        figures=len(stand.points) if stand.kind == "level" else len(stand.own),
        past_years=chosen.path.past_years,
        tested=chosen.tested,
        error=chosen.error,
    )
    return Forecast(
        roc_year=year.roc_year,
        kind=stand.kind,
        method=chosen.path.method,
        value=end.value,
        low=end.low,
        high=end.high,
        months=months,
        basis=basis,
        aim=aim,
    )
