"""The first page: sign in, or choose an agency."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hengtu.queries.agencies import list_agencies
from hengtu.web.frame import must_change_first
from hengtu.web.signin import show_form


@never_cache
@require_safe
def show_front(request: HttpRequest) -> HttpResponse:
    """Show the sign-in form, or the agencies a person may see; the only one is opened at once."""
    if not request.user.is_authenticated:
        return show_form(request)
    if must_change_first(request):
        return redirect("password")
    agencies = list_agencies(request.user)
    if len(agencies) == 1:
        return redirect("agency", agencies[0].slug)
    return render(request, "hengtu/front.html", {"agencies": agencies})
