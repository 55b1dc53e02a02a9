"""The strategy map: a drawing whose cards open a side panel, and a list that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from hengtu.core.plan import Objective, Plan
from hengtu.queries.agencies import Place, PlanCard
from hengtu.queries.links import list_added
from hengtu.queries.maps import ObjectiveView, load_map, view_objective
from hengtu.queries.results import Judged, judge_plan
from hengtu.web.frame import find_plan, open_place, render_in, signed_in
from hengtu.web.languages import page_language
from hengtu.web.lights import count_marks, list_months, mark_kpis, mark_objectives
from hengtu.web.reading import summarise
from hengtu.writers.figure import LightMark
from hengtu.writers.reports.map import draw_map
from hengtu.writers.svg.drawing import draw


@require_safe
@signed_in
def show_map(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Show the map, or with ``?view=list`` the list; ``?objective=AC1`` opens the side panel.

    ``?month=114-09`` chooses whose lights; ``?edit=1`` lets those who may draw and remove links.
    """
    place = open_place(request, agency)
    card = find_plan(place, plan)
    loaded = load_map(card)
    judged = judge_plan(card, loaded, request.GET.get("month", ""))
    as_list = request.GET.get("view") == "list"
    editing = not as_list and request.GET.get("edit") == "1" and place.may("plan.link")
    kept = list_kept(judged, request.GET.get("month", ""), editing=editing)
    marks = mark_objectives(loaded, judged)
    chosen = view_objective(loaded, request.GET.get("objective", ""))
    context = {
        "loaded": loaded,
        "summary": summarise(loaded)[:3],
        "as_list": as_list,
        "editing": editing,
        "chosen": chosen,
        "chosen_light": marks.get(chosen.objective.code) if chosen else None,
        "chosen_kpis": mark_kpis(chosen.kpis, judged) if chosen else (),
        "drawing": "" if as_list else draw_page_map(loaded, address_of(place, card), kept, marks),
        "rows": list_rows(loaded, marks) if as_list else (),
        "has_factors": any(objective.success_factors for objective in loaded.objectives),
        "judged": judged,
        "months": list_months(request, judged.reported if judged else None),
        "legend": count_marks(marks),
        "kept": kept,
        **(describe_editing(card, loaded, chosen) if editing else {}),
    }
    return render_in(request, "hengtu/map.html", place, context, section="map", plan=card)


def address_of(place: Place, card: PlanCard) -> str:
    """Return the address of a plan's map."""
    return reverse("map", args=[place.slug, card.slug])


def list_kept(judged: Judged | None, month: str, *, editing: bool) -> dict[str, str]:
    """Return what of the address stays when another objective is opened."""
    kept = {"month": str(judged.period)} if judged and month else {}
    return kept | ({"edit": "1"} if editing else {})


def describe_editing(card: PlanCard, plan: Plan, chosen: ObjectiveView | None) -> dict[str, object]:
    """Return what the panel needs to edit the links of an objective: removable ones, and candidates."""
    if chosen is None:
        return {}
    code = chosen.objective.code
    linked = {code, *(other.code for other in chosen.effects)}
    return {
        "removable": [effect for cause, effect in list_added(card.key) if cause == code],
        "candidates": [other for other in plan.objectives if other.code not in linked],
    }


def draw_page_map(
    plan: Plan, address: str, kept: Mapping[str, str], marks: Mapping[str, LightMark]
) -> str:
    """Return the map as SVG whose cards are links to their side panel."""
    figure = draw_map(plan, lang=page_language(), lights=marks)
    drawn = draw(
        figure,
        standalone=False,
        href_of=lambda code: f"{address}?{urlencode({'objective': code, **kept})}#objective",
    )
    # The writer escapes every word; nothing else is in it.
    return mark_safe(drawn)


def list_rows(
    plan: Plan, marks: Mapping[str, LightMark]
) -> list[tuple[str, list[tuple[Objective, LightMark | None]]]]:
    """Return the objectives with their lights by perspective, top row first, those without one last."""
    rows = [
        (row.name, [o for o in plan.objectives if o.perspective in (row.code, row.name)])
        for row in plan.perspectives
    ]
    placed = {objective.code for _name, found in rows for objective in found}
    rest = [objective for objective in plan.objectives if objective.code not in placed]
    return [
        (name, [(objective, marks.get(objective.code)) for objective in found])
        for name, found in [*rows, ("", rest)]
        if found
    ]
