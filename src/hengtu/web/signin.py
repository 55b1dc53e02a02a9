"""Signing in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hengtu.queries.people import list_demo_accounts
from hengtu.services import accounts
from hengtu.web.words import ROLE_NAMES


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in form; on POST sign in and go where the person wanted to."""
    if request.user.is_authenticated:
        return redirect("front")
    if request.method == "POST":
        return try_sign_in(request)
    return show_form(request)


def try_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with the posted name and password, or show why not."""
    username = request.POST.get("username", "")[:80]
    try:
        user = accounts.sign_in(username=username, password=request.POST.get("password", ""))
    except accounts.SignInRefusedError:
        return show_form(request, username=username, refused=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect(find_target(request))


def find_target(request: HttpRequest) -> str:
    """Return the page asked for before signing in, if it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # Not through redirect(): it takes a bare word for the name of a page.
    return wanted if ours and wanted.startswith("/") else reverse("front")


def show_form(request: HttpRequest, *, username: str = "", refused: bool = False) -> HttpResponse:
    """Show the form; the demo accounts only where the site says it is a demo."""
    found = list_demo_accounts() if settings.HENGTU_DEMO else ()
    context = {
        "username": username,
        "refused": refused,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "accounts": [(account, ROLE_NAMES[account.role]) for account in found],
        "demo_password": accounts_password(),
    }
    return render(request, "hengtu/sign_in.html", context, status=403 if refused else 200)


def accounts_password() -> str:
    """Return the password that all demo accounts share."""
    from hengtu.services.demo import PASSWORD

    return PASSWORD


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and return to the sign-in page."""
    if request.user.is_authenticated:
        accounts.sign_out(actor=request.user)
    logout(request)
    return redirect("sign-in")
