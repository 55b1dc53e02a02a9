"""The first page of an agency: its plans, and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hengtu.web.frame import open_place, render_in, signed_in


@require_safe
@signed_in
def show_agency(request: HttpRequest, agency: str) -> HttpResponse:
    """Show the plans of an agency."""
    place = open_place(request, agency)
    return render_in(request, "hengtu/home.html", place, {}, section="home")
