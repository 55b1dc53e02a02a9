"""KPIs: the list, and the definition card of one with its values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from hengtu.core.forecasting.outlook import Forecast, Refusal
from hengtu.core.plan import Kpi
from hengtu.queries.forecasts import forecast_kpi
from hengtu.queries.kpis import MeasureView, find_kpis, load_kpis, view_kpi
from hengtu.queries.results import Reported, judge_plan, read_reported
from hengtu.queries.years import view_year
from hengtu.web.charts import Chart, draw_values
from hengtu.web.forecasts import ShownForecast, show_forecast
from hengtu.web.formula_trees import ShownBranch, draw_tree
from hengtu.web.formulas import try_address
from hengtu.web.frame import find_plan, open_place, render_in, signed_in
from hengtu.web.lights import (
    MarkedResult,
    light_of_kpi,
    list_months,
    mark_result,
    tell_why,
)
from hengtu.web.periods import head_columns
from hengtu.web.plots import Plot, plot_values
from hengtu.web.years import ShownYear, show_year

Why = tuple[tuple[str | Promise, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """A measure with its charts and, once figures came in, its result and why."""

    view: MeasureView
    chart: Chart | None
    plot: Plot | None
    heads: tuple[tuple[str, tuple[str, ...]], ...]
    marked: MarkedResult | None = None
    why: Why = ()
    tree: ShownBranch | None = None
    year: ShownYear | None = None
    ahead: ShownForecast | None = None
    trial: str = ""


@require_safe
@signed_in
def list_kpis(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Show the KPIs of a plan with the lights of ``?month=114-09``."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    loaded = load_kpis(card)
    words = request.GET.get("q", "").strip()[:100]
    objectives = {objective.code: objective for objective in loaded.objectives}
    judged = judge_plan(card, loaded, request.GET.get("month", ""))
    kpis = [
        (kpi, objectives.get(kpi.objective or ""), light_of_kpi(kpi, judged))
        for kpi in find_kpis(loaded, words)
    ]
    context = {
        "kpis": kpis,
        "words": words,
        "total": len(loaded.kpis),
        "judged": judged,
        "months": list_months(request, judged.reported if judged else None),
    }
    return render_in(request, "hengtu/kpis.html", place, context, section="kpis", plan=card)


@require_safe
@signed_in
def show_kpi(request: HttpRequest, agency: str, plan: str, code: str) -> HttpResponse:
    """Show one KPI; ``?month=114-09`` chooses the month whose light is explained."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    view = view_kpi(card, load_kpis(card), code)
    reported = read_reported(card, request.GET.get("month", ""))
    ahead = forecast_kpi(view.kpi, reported) if reported else {}
    context = {
        "view": view,
        "kpi": view.kpi,
        "measures": [
            show_measure(view.kpi, one, reported, ahead.get(one.measure.index))
            for one in view.measures
        ],
        "months": list_months(request, reported),
        "period": reported.period if reported else None,
    }
    return render_in(request, "hengtu/kpi.html", place, context, section="kpis", plan=card)


def show_measure(
    kpi: Kpi,
    view: MeasureView,
    reported: Reported | None,
    found: Forecast | Refusal | None = None,
) -> ShownMeasure:
    """Return a measure as the page shows it."""
    name = name_measure(kpi, view)
    plain = ShownMeasure(
        view=view,
        chart=draw_values(view),
        plot=plot_values(view, name),
        heads=head_columns(view.periods),
    )
    if reported is None:
        return plain
    result = reported.judge(kpi, view.measure)
    ahead = show_forecast(found, view.measure.unit) if found else None
    return replace(
        plain,
        marked=mark_result(result),
        why=tell_why(result.explanation, result.unit),
        tree=draw_tree(view.measure, result),
        year=show_year(view_year(kpi, view.measure, reported), name, ahead.ahead if ahead else ()),
        ahead=ahead,
        trial=try_address(view.measure, result) if result.basis and result.basis.operands else "",
    )


def name_measure(kpi: Kpi, view: MeasureView) -> str:
    """Return the name of a KPI, with the label of the measure where there are several."""
    label = view.measure.label if len(kpi.measures) > 1 else None
    return f"{kpi.name} {label}" if label else kpi.name
