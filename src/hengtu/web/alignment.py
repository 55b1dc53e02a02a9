"""Alignment: the plan above, who serves it, and what serves nothing."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hengtu.queries.agencies import NotFoundError
from hengtu.queries.alignment import view_alignment, view_served
from hengtu.services import alignments
from hengtu.services.accounts import person
from hengtu.web.frame import find_plan, open_place, render_in, signed_in


@require_safe
@signed_in
def show_alignment(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Show a plan against the one above."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    context = {"alignment": view_alignment(card), "below": view_served(card)}
    return render_in(
        request, "hengtu/alignment.html", place, context, section="alignment", plan=card
    )


@require_POST
@signed_in
def change_alignment(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Align two objectives, or take it back with ``separate=1``."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    verb = alignments.separate if request.POST.get("separate") == "1" else alignments.align
    try:
        upper = UUID(request.POST.get("upper", ""))
        verb(
            actor=person(request.user),
            key=card.key,
            objective=UUID(request.POST.get("objective", "")),
            upper=upper,
        )
    except (ValueError, alignments.NoSuchObjectiveError) as missing:
        raise NotFoundError(str(missing)) from missing
    return redirect(f"{reverse('alignment', args=[place.slug, card.slug])}#{upper}")
