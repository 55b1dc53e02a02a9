"""The forecast of a year's end from what stood at the end of each month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hengtu.core.forecasting.band import FREE, Bounds, draw_band, narrow_bounds
from hengtu.core.forecasting.choice import Chosen, choose
from hengtu.core.forecasting.outlook import Ahead, Basis, Forecast, Kind, Refusal
from hengtu.core.forecasting.prospects import judge_prospects
from hengtu.core.forecasting.reasons import tell_forecast, tell_refusal
from hengtu.core.forecasting.record import MONTHS, Reached, Year, own_figures, sort_years
from hengtu.core.forecasting.refusals import LEAST_MONTHS, count_figures, find_refusal
from hengtu.core.forecasting.standing import Standing
from hengtu.core.judging.lights import Aim
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Rulebook
from hengtu.core.judging.targets import NO_AIM
from hengtu.core.plan import Direction

MOST_YEARS = 4  # of the past: what is older tells little of this year
ENOUGH_MONTHS = 6  # known, for a warning to be called likely without a year to compare with


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
    is where a progress begins every year; without it the end of last year is taken. A progress that starts
    at 0 is what is spent or done of the year's whole.

    >>> months = [Reached(roc_year=114, month=month, value=10.0 * month) for month in range(1, 7)]
    >>> forecast_year(months, roc_year=114, month=6, kind="count").value
    120.0
    """
    years = sort_years(history, roc_year, month)
    year = years.pop(roc_year, None)
    if year is None:
        nothing = Refusal(roc_year=roc_year, reason="no_figures", due=month, needed=LEAST_MONTHS)
        return tell_refusal(nothing)
    if _is_over(year, kind):
        known = judge_prospects(_known(year, kind, aim), direction, rulebook, sure=True)
        return tell_forecast(known, direction)
    stand = _stand(year, years, kind, start)
    if refusal := find_refusal(year, stand, month):
        return tell_refusal(refusal)
    chosen, held = choose(stand), narrow_bounds(stand, bounds)
    forecast = _finish(year, stand, chosen, draw_band(stand, chosen.path, held), aim)
    sure = _is_sure(forecast, stand) or _is_lost(stand, held, aim, direction)
    return tell_forecast(judge_prospects(forecast, direction, rulebook, sure=sure), direction)


def _is_over(year: Year, kind: Kind) -> bool:
    if kind in ("level", "progress"):
        return year.last.month == MONTHS
    return year.complete


def _is_sure(forecast: Forecast, stand: Standing) -> bool:
    """Whether enough is known for a warning to be called likely: a year before, or half of this one."""
    enough = forecast.basis.months >= ENOUGH_MONTHS and not stand.rushes
    return bool(stand.past) or enough


def _is_lost(stand: Standing, held: Bounds, aim: Aim, direction: Direction | None) -> bool:
    """Whether what was reached already is beyond a target below which it should have stayed."""
    passed = aim.target is not None and stand.value > aim.target
    return direction == "lower" and passed and held.low == stand.value


def _known(year: Year, kind: Kind, aim: Aim) -> Forecast:
    value = year.last.value or 0.0
    return Forecast(
        roc_year=year.roc_year,
        kind=kind,
        method="known",
        value=value,
        low=value,
        high=value,
        months=(),
        basis=Basis(month=MONTHS, months=year.last.counted, figures=len(year.points)),
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


def _finish(
    year: Year, stand: Standing, chosen: Chosen, months: tuple[Ahead, ...], aim: Aim
) -> Forecast:
    end = months[-1]
    return Forecast(
        roc_year=year.roc_year,
        kind=stand.kind,
        method=chosen.path.method,
        value=end.value,
        low=end.low,
        high=end.high,
        months=months,
        basis=Basis(
            month=stand.month,
            months=year.last.counted,
            figures=count_figures(stand),
            past_years=chosen.path.past_years,
            tested=chosen.tested,
            error=chosen.error,
        ),
        aim=aim,
    )
