"""The year's end of every measure that compute judges, and the lines of its early warnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hengtu.cli.judging import Judged
from hengtu.core.forecasting.measures import forecast_measure
from hengtu.core.forecasting.outlook import Forecast, Refusal
from hengtu.core.judging.figures import sort_figures
from hengtu.core.judging.references import refer_kpis
from hengtu.wording.forecasts import tell_warning_line

Forecasts = Mapping[tuple[str, int], Forecast | Refusal]


def forecast_plan(judged: Judged) -> Forecasts:
    """Return the forecasts by KPI code and measure."""
    figures = refer_kpis(sort_figures(judged.actuals), judged.plan, judged.rules)
    return {
        (kpi.code, measure.index): forecast_measure(
            kpi,
            measure,
            figures,
            period=judged.period,
            rulebook=judged.rulebook,
            rules=judged.rules,
        )
        for kpi in judged.plan.kpis
        for measure in kpi.measures
    }


def list_warnings(judged: Judged) -> Iterator[str]:
    """Yield a line for every early warning, in the plan's order."""
    found = forecast_plan(judged)
    for kpi in judged.plan.kpis:
        for measure in kpi.measures:
            ahead = found[kpi.code, measure.index]
            if isinstance(ahead, Forecast) and ahead.warning:
                yield tell_warning_line(ahead, kpi.code, kpi.name, unit=measure.unit)
