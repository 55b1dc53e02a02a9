"""Activation: what stands in the way of a plan, and the button that makes it active."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hengtu.core.lifecycle import NoSuchStepError
from hengtu.queries.activation import Readiness, view_readiness
from hengtu.queries.agencies import Place, PlanCard
from hengtu.services import activation
from hengtu.services.accounts import person
from hengtu.web.frame import find_plan, open_place, render_in, signed_in
from hengtu.web.languages import page_language
from hengtu.wording.activation import tell_obstacle


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def show_activation(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Show what stands in the way of a plan; POST activates it."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    if request.method != "POST":
        return show(request, place, card, view_readiness(card))
    try:
        activation.activate(actor=person(request.user), key=card.key)
    except activation.BlockedError as blocked:
        return show(request, place, card, blocked.readiness, status=422)
    except NoSuchStepError:
        messages.info(request, _("計畫已在啟用狀態。"))
    else:
        messages.success(request, _("計畫已啟用。"))
    return redirect("activation", place.slug, card.slug)


def show(
    request: HttpRequest, place: Place, card: PlanCard, readiness: Readiness, *, status: int = 200
) -> HttpResponse:
    """Render the page."""
    lang = page_language()
    context = {
        "readiness": readiness,
        "refused": status != 200,
        "errors": [(one, tell_obstacle(one, lang)) for one in readiness.errors],
        "hints": [(one, tell_obstacle(one, lang)) for one in readiness.hints],
    }
    return render_in(
        request,
        "hengtu/activation.html",
        place,
        context,
        section="activation",
        plan=card,
        status=status,
    )
