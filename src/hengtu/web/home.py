"""The first page of an agency: its plans, and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from hengtu.queries.contents import count_all, count_contents
from hengtu.web.frame import find_plan, list_plan_entries, open_place, render_in, signed_in


@require_safe
@signed_in
def show_agency(request: HttpRequest, agency: str) -> HttpResponse:
    """Show the plans of an agency."""
    place = open_place(request, agency)
    contents = count_all(place.row)
    plans = [
        (card, tuple(list_plan_entries(place, card, contents[card.slug]))) for card in place.plans
    ]
    return render_in(request, "hengtu/home.html", place, {"plans": plans}, section="home")


@require_safe
@signed_in
def open_plan(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Go to the first page that has something to show of a plan."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    entries = list_plan_entries(place, card, count_contents(card.key))
    return redirect(next(entries).url)
