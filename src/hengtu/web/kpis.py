"""KPIs: the list, and the definition card of one with its values."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hengtu.queries.kpis import find_kpis, load_kpis, view_kpi
from hengtu.web.charts import draw_values
from hengtu.web.frame import find_plan, open_place, render_in, signed_in


@require_safe
@signed_in
def list_kpis(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Show the KPIs of a plan."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    loaded = load_kpis(card)
    words = request.GET.get("q", "").strip()[:100]
    objectives = {objective.code: objective for objective in loaded.objectives}
    kpis = [(kpi, objectives.get(kpi.objective or "")) for kpi in find_kpis(loaded, words)]
    context = {"kpis": kpis, "words": words, "total": len(loaded.kpis)}
    return render_in(request, "hengtu/kpis.html", place, context, section="kpis", plan=card)


@require_safe
@signed_in
def show_kpi(request: HttpRequest, agency: str, plan: str, code: str) -> HttpResponse:
    """Show one KPI."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    view = view_kpi(card, load_kpis(card), code)
    context = {
        "view": view,
        "kpi": view.kpi,
        "measures": [(shown, draw_values(shown)) for shown in view.measures],
    }
    return render_in(request, "hengtu/kpi.html", place, context, section="kpis", plan=card)
