"""The check-up of a plan: the findings of the document it was last adopted from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hengtu.queries.agencies import NotFoundError
from hengtu.queries.documents import latest_document, view_document
from hengtu.web.frame import find_plan, open_place, render_in, signed_in
from hengtu.web.importing import group_findings


@require_safe
@signed_in
def show_checkup(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Show the findings by level with what was decided."""
    place = open_place(request, agency)
    if not place.may("document.view"):
        raise NotFoundError(agency)
    card = find_plan(place, plan)
    document = latest_document(card)
    view = view_document(document) if document else None
    context = {
        "document": document,
        "levels": group_findings(view.findings) if view else [],
        "undecided": view.undecided if view else 0,
    }
    return render_in(request, "hengtu/checkup.html", place, context, section="checkup", plan=card)
