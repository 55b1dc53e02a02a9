"""Everything that a plan holds, in words: nothing that was adopted is hidden."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hengtu.queries.plans import load_whole
from hengtu.web.frame import find_plan, open_place, render_in, signed_in
from hengtu.web.reading import list_groups, summarise


@require_safe
@signed_in
def show_whole(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Show the whole plan."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    loaded = load_whole(card)
    context = {"groups": list_groups(loaded), "summary": summarise(loaded), "loaded": loaded}
    return render_in(request, "hengtu/whole.html", place, context, section="whole", plan=card)
