"""The work schedule: twelve months, planned, proposed and unknown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hengtu.queries.schedules import MONTHS, load_schedule, view_schedule
from hengtu.web.frame import find_plan, open_place, render_in, signed_in


@require_safe
@signed_in
def show_schedule(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Show the schedule of a plan."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    given = request.GET
    section, words = given.get("section", ""), given.get("q", "").strip()[:100]
    unknown = given.get("unknown") == "1"
    schedule = view_schedule(load_schedule(card), section=section, words=words, unknown=unknown)
    context = {
        "schedule": schedule,
        "chosen": section,
        "words": words,
        "only_unknown": unknown,
        "months": MONTHS,
    }
    return render_in(request, "hengtu/schedule.html", place, context, section="schedule", plan=card)
