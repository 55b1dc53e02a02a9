"""The strategy map: a drawing whose cards open a side panel, and a list that says the same."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from hengtu.core.plan import Objective, Plan
from hengtu.queries.maps import load_map, view_objective
from hengtu.web.frame import find_plan, open_place, render_in, signed_in
from hengtu.web.languages import page_language
from hengtu.web.reading import summarise
from hengtu.writers.reports.map import draw_map
from hengtu.writers.svg.drawing import draw


@require_safe
@signed_in
def show_map(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Show the map, or with ``?view=list`` the list; ``?objective=AC1`` opens the side panel."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    loaded = load_map(card)
    as_list = request.GET.get("view") == "list"
    context = {
        "loaded": loaded,
        "summary": summarise(loaded)[:3],
        "as_list": as_list,
        "chosen": view_objective(loaded, request.GET.get("objective", "")),
        "drawing": "" if as_list else draw_page_map(loaded, place.slug, card.slug),
        "rows": list_rows(loaded) if as_list else (),
    }
    return render_in(request, "hengtu/map.html", place, context, section="map", plan=card)


def draw_page_map(plan: Plan, agency: str, slug: str) -> str:
    """Return the map as SVG whose cards are links to their side panel."""
    address = reverse("map", args=[agency, slug])
    figure = draw_map(plan, lang=page_language())
    drawn = draw(
        figure,
        standalone=False,
        href_of=lambda code: f"{address}?objective={quote(code)}#objective",
    )
    # The writer escapes every word; nothing else is in it.
    return mark_safe(drawn)


def list_rows(plan: Plan) -> list[tuple[str, list[Objective]]]:
    """Return the objectives by perspective, top row first, those without one last."""
    rows = [
        (row.name, [o for o in plan.objectives if o.perspective in (row.code, row.name)])
        for row in plan.perspectives
    ]
    placed = {objective.code for _name, found in rows for objective in found}
    rest = [objective for objective in plan.objectives if objective.code not in placed]
    return [(name, found) for name, found in [*rows, ("", rest)] if found]
