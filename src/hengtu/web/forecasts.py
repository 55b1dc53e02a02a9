"""The year's end as pages print it: headline, interval, method, reasons and a table of the months left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hengtu.core.forecasting.outlook import Ahead, Caution, Forecast, Refusal
from hengtu.queries.forecasts import Warned
from hengtu.web.languages import page_language
from hengtu.wording.forecasts import (
    name_method,
    print_ahead,
    print_forecast,
    tell_caution,
    tell_grounds,
    tell_headline,
)
from hengtu.wording.numbers import print_number
from hengtu.writers.figure import LightMark
from hengtu.writers.reports.map import light_of


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """A month to come, its numbers with their unit."""

    month: int
    value: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class ShownForecast:
    """A forecast as a page prints it; ``refused`` tells why there is none and leaves the rest empty.

    ``ahead`` are the numbers for the chart's band, ``months`` the same for its table.
    """

    headline: str
    reasons: tuple[str, ...]
    refused: str = ""
    known: bool = False
    value: str = ""
    interval: str = ""
    method: str = ""
    target: str = ""
    caution: Caution | None = None
    warning: str = ""
    mark: LightMark | None = None
    ahead: tuple[Ahead, ...] = ()
    months: tuple[ShownMonth, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownWarning:
    """An early warning in a list: the KPI, what is expected and how sure the miss is."""

    code: str
    name: str
    measure: int
    forecast: ShownForecast


def show_forecast(found: Forecast | Refusal, unit: str | None) -> ShownForecast:
    """Return a forecast, or why there is none, in the language of the page."""
    lang = page_language()
    headline = tell_headline(found, lang, unit)
    reasons = tuple(tell_grounds(found, lang, unit))
    if isinstance(found, Refusal):
        return ShownForecast(headline, reasons, refused=headline)
    printed = print_forecast(found)
    return ShownForecast(
        headline,
        reasons,
        known=not found.months,
        value=f"{printed.value}{unit or ''}",
        interval=f"{printed.low}–{printed.high}{unit or ''}" if found.months else "",
        method=name_method(found, lang),
        target=_target(found, unit),
        caution=found.warning if found.months else None,
        warning=tell_caution(found.warning, lang) if found.months else "",
        mark=light_of(found.light, lang=lang, note="") if found.will_meet else None,
        ahead=found.months,
        months=tuple(_month(one, unit) for one in found.months),
    )


def _target(found: Forecast, unit: str | None) -> str:
    aim = found.aim
    if aim.target is not None:
        return f"{print_number(aim.target)}{unit or ''}"
    if aim.low is None or aim.high is None:
        return ""
    return f"{print_number(aim.low)}–{print_number(aim.high)}{unit or ''}"


def _month(ahead: Ahead, unit: str | None) -> ShownMonth:
    printed = print_ahead(*ahead[1:])
    return ShownMonth(ahead.month, *(f"{number}{unit or ''}" for number in printed))


def show_warnings(warned: Iterable[Warned]) -> tuple[ShownWarning, ...]:
    """Return early warnings in the language of the page, in their order."""
    return tuple(
        ShownWarning(
            code=one.kpi.code,
            name=one.kpi.name,
            measure=one.measure.index,
            forecast=show_forecast(one.forecast, one.measure.unit),
        )
        for one in warned
    )
