"""The year's end of measures: this year from its figures, the years before from stored results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from hengtu.core.forecasting.forecast import MOST_YEARS
from hengtu.core.forecasting.measures import forecast_measure
from hengtu.core.forecasting.outlook import Forecast, Refusal
from hengtu.core.forecasting.record import MONTHS, Reached
from hengtu.core.periods import Period
from hengtu.core.plan import Kpi, Measure
from hengtu.queries.results import MeasureKey, Reported
from hengtu.store.models import ResultRow

CAUTIONS = ("likely", "possible")
Past = Mapping[MeasureKey, tuple[Reached, ...]]


@dataclass(frozen=True, slots=True)
class Warned:
    """A measure whose target will be missed, as far as the figures tell."""

    kpi: Kpi
    measure: Measure
    forecast: Forecast


class _Stood(NamedTuple):
    roc_year: int
    month: int
    value: float | None
    coverage: float


def forecast_kpi(kpi: Kpi, reported: Reported) -> dict[int, Forecast | Refusal]:
    """Return where the measures of a KPI will stand at the year's end, by index."""
    past = read_past([kpi], reported)
    return {measure.index: forecast(kpi, measure, reported, past) for measure in kpi.measures}


def forecast(kpi: Kpi, measure: Measure, reported: Reported, past: Past) -> Forecast | Refusal:
    """Return where a measure will stand at the end of the year of the month that is judged."""
    record = reported.records.of(kpi.code)
    return forecast_measure(
        kpi,
        measure,
        record.figures,
        period=reported.period,
        rulebook=reported.rulebook,
        rules=record.rules_of(kpi, measure),
        past=past.get((kpi.code, measure.index), ()),
    )


def list_warnings(kpis: Iterable[Kpi], reported: Reported) -> tuple[Warned, ...]:
    """Return the early warnings of KPIs, the likely ones first, each group in the order of the KPIs.

    The number of SQL statements does not grow with the KPIs. A measure takes one to two milliseconds of the
    processor, so that a page asks for those that it shows.
    """
    found = list(_warnings(list(kpis), reported))
    return tuple(sorted(found, key=lambda one: CAUTIONS.index(one.forecast.warning or "possible")))


def _warnings(kpis: list[Kpi], reported: Reported) -> Iterator[Warned]:
    reported.records.prepare([kpi.code for kpi in kpis])
    past = read_past(kpis, reported)
    for kpi in kpis:
        for measure in kpi.measures:
            ahead = forecast(kpi, measure, reported, past)
            if isinstance(ahead, Forecast) and ahead.warning and ahead.months:
                yield Warned(kpi, measure, ahead)


def read_past(kpis: Iterable[Kpi], reported: Reported) -> Past:
    """Return what stood in the complete years before; one SQL statement, none where there is no such year."""
    roc_year = reported.period.roc_year
    years = [one for one in range(roc_year - MOST_YEARS, roc_year) if one in reported.latest]
    if not years:
        return {}
    rows = ResultRow.objects.filter(
        measure__plan=reported.plan,
        measure__retired_at=None,
        measure__kpi__code__in=[kpi.code for kpi in kpis],
        period__in=[Period(one, month=month).code for one in years for month in _MONTHS],
    )
    found: dict[MeasureKey, dict[int, list[_Stood]]] = {}
    columns = ("measure__kpi__code", "measure__index", "period", "value", "coverage")
    for code, index, period, value, coverage in rows.values_list(*columns):
        at = Period.from_code(period)
        stood = _Stood(at.roc_year, at.months[-1], value, coverage)
        found.setdefault((code, index), {}).setdefault(at.roc_year, []).append(stood)
    return {key: tuple(_complete(by_year)) for key, by_year in found.items()}


_MONTHS = range(1, MONTHS + 1)


def _complete(by_year: Mapping[int, list[_Stood]]) -> Iterator[Reached]:
    """Yield what stood in the years that were reported in full, down from the last one."""
    for roc_year in sorted(by_year, reverse=True):
        year = sorted(by_year[roc_year])
        step = next((one.month for one in year if one.value is not None), MONTHS)
        ends = [one for one in year if one.month % step == 0]
        known = [one for one in ends if one.value is not None and one.coverage >= 1]
        # A year of one figure is what the plan prints of it: nothing is known of its months.
        if step == MONTHS or len(known) < MONTHS // step or len(year) < MONTHS:
            return
        for one in known:
            yield Reached(roc_year=roc_year, month=one.month, value=one.value)
