"""Who asks: the person signed in on the pages, with a password of their own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import SessionAuth

from hengtu.api.failure import RefusedError
from hengtu.queries.agencies import Place, PlanCard, find_place
from hengtu.services.accounts import person


class SignedIn(SessionAuth):
    """The session of the pages; a password that somebody else set must be changed first."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Return the person who is signed in, or None."""
        found = super().authenticate(request, key)
        if found is not None and person(request.user).must_change_password:
            hint = _("請先在網頁上變更密碼。")
            raise RefusedError(403, "password_change_required", _("必須先變更密碼"), hint=hint)
        return found


def open_place(request: HttpRequest, agency: str) -> Place:
    """Return an agency as the person sees it; raise NotFoundError."""
    return find_place(person(request.user), agency)


def open_plan(request: HttpRequest, agency: str, plan: str) -> PlanCard:
    """Return a plan that the person may see; raise NotFoundError."""
    return open_place(request, agency).find_plan(plan)
