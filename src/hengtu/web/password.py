"""Changing one's own password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hengtu.services import accounts
from hengtu.web.frame import signed_in


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change_password(request: HttpRequest) -> HttpResponse:
    """Show the form; on POST change the password or say why not."""
    problems: list[str] = []
    if request.method == "POST":
        problems = try_change(request)
        if not problems:
            messages.success(request, _("密碼已變更。"))
            return redirect("front")
    context = {"problems": problems}
    return render(request, "hengtu/password.html", context, status=422 if problems else 200)


def try_change(request: HttpRequest) -> list[str]:
    """Change the password and return what was wrong, if anything."""
    actor = accounts.person(request.user)
    old, password = request.POST.get("old", ""), request.POST.get("new", "")
    if password != request.POST.get("again", ""):
        return [_("兩次輸入的新密碼不一致。")]
    try:
        accounts.change_own_password(user=actor, old=old, new=password)
    except accounts.SignInRefusedError:
        return [_("目前的密碼不正確。")]
    except ValidationError as error:
        return list(error.messages)
    update_session_auth_hash(request, actor)
    return []
