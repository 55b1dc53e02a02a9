"""Cause and effect edited on the map: one form adds a link, one takes it back."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hengtu.queries.agencies import NotFoundError
from hengtu.services import links
from hengtu.services.accounts import person
from hengtu.web.frame import find_plan, open_place, signed_in
from hengtu.web.maps import address_of


@require_POST
@signed_in
def change_link(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Add the link from ``cause`` to ``effect``, or take it back with ``remove=1``."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    cause, effect = request.POST.get("cause", ""), request.POST.get("effect", "")
    removing = request.POST.get("remove") == "1"
    verb = links.remove if removing else links.add
    try:
        verb(actor=person(request.user), key=card.key, cause=cause, effect=effect)
    except links.NoSuchObjectiveError as missing:
        raise NotFoundError(str(missing)) from missing
    except links.REFUSALS as refusal:
        messages.error(request, tell_refusal(refusal, cause, effect))
    else:
        messages.success(request, tell_change(cause, effect, removing=removing))
    kept = {"month": month} if (month := request.POST.get("month", "")) else {}
    query = urlencode({"objective": cause, "edit": "1", **kept})
    return redirect(f"{address_of(place, card)}?{query}#objective")


def tell_change(cause: str, effect: str, *, removing: bool) -> str:
    """Return what was done."""
    names = {"cause": cause, "effect": effect}
    if removing:
        return _("已移除關聯：%(cause)s → %(effect)s。") % names
    return _("已新增關聯：%(cause)s → %(effect)s。") % names


def tell_refusal(refusal: Exception, cause: str, effect: str) -> str:
    """Return why a link was not added or taken back."""
    names = {"cause": cause, "effect": effect}
    match refusal:
        case links.SelfLinkError():
            return _("目標不能促成自己：%(cause)s。") % names
        case links.CircleError(path=path):
            way = " → ".join(path)
            return _("不能新增 %(cause)s → %(effect)s：已有 %(way)s，再加這一條會形成循環。") % {
                **names,
                "way": way,
            }
        case links.PrintedLinkError():
            return _("%(cause)s → %(effect)s 是文件所載的關聯，請修正文件後重新匯入。") % names
        case _:
            return _("已經有這條關聯：%(cause)s → %(effect)s。") % names
