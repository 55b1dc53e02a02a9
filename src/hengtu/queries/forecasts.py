"""The year's end of measures, from the figures that judge them: three SQL statements for all that are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hengtu.core.forecasting.measures import forecast_measure
from hengtu.core.forecasting.outlook import Forecast, Refusal
from hengtu.core.plan import Kpi, Measure
from hengtu.queries.results import Reported

CAUTIONS = ("likely", "possible")


@dataclass(frozen=True, slots=True)
class Warned:
    """A measure whose target will be missed, as far as the figures tell."""

    kpi: Kpi
    measure: Measure
    forecast: Forecast


def forecast(kpi: Kpi, measure: Measure, reported: Reported) -> Forecast | Refusal:
    """Return where a measure will stand at the end of the year of the month that is judged."""
    record = reported.records.of(kpi.code)
    return forecast_measure(
        kpi,
        measure,
        record.figures,
        period=reported.period,
        rulebook=reported.rulebook,
        rules=record.rules_of(kpi, measure),
    )


def list_warnings(kpis: Iterable[Kpi], reported: Reported) -> tuple[Warned, ...]:
    """Return the early warnings of KPIs, the likely ones first, each group in the order of the KPIs.

    A measure takes one to three milliseconds; a page asks for those that it shows.
    """
    found = list(_warnings(kpis, reported))
    return tuple(sorted(found, key=lambda one: CAUTIONS.index(one.forecast.warning or "possible")))


def _warnings(kpis: Iterable[Kpi], reported: Reported) -> Iterator[Warned]:
    asked = list(kpis)
    reported.records.prepare([kpi.code for kpi in asked])
    for kpi in asked:
        for measure in kpi.measures:
            ahead = forecast(kpi, measure, reported)
            if isinstance(ahead, Forecast) and ahead.warning and ahead.months:
                yield Warned(kpi, measure, ahead)
