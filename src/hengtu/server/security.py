"""Headers that every answer carries, the size of what is sent here, and sessions that nobody uses."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from hengtu.web.errors import answer_too_large

Handler = Callable[[HttpRequest], HttpResponse]
SINCE, SEEN = "since", "seen"
# Probes answer without the database, whoever asks.
PROBES = frozenset({"/healthz", "/readyz"})
ROOM_FOR_FORM = 64 * 1024

# Nothing inline, nothing from elsewhere: pages carry no style attribute and no script of their own.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Middleware that adds what Django 5.2 does not: content security and permissions policies."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers added; what does not say how long it may be kept is not kept at all."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class BodyLimit:
    """Middleware that refuses what is larger than the largest document before anything is read of it.

    Django bounds forms but no files, and reads them for strangers too.
    """

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413, or let the request through."""
        if read_length(request) > settings.MAX_DOCUMENT_BYTES + ROOM_FOR_FORM:
            return answer_too_large(request)
        return self.get_response(request)


def read_length(request: HttpRequest) -> int:
    """Return the announced length of a request's body; nothing is read beyond it."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isascii() and announced.isdigit() else 0


class Watch:
    """Middleware that ends sessions that were idle, or lasted, too long.

    Ref: protection baseline for information systems, annex 10: idle timeout and automatic logout.
    """

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign the person out when the time is over, else note that they are here."""
        if request.path not in PROBES and request.user.is_authenticated:
            now = int(time.time())
            if is_over(request.session, now):
                logout(request)
            elif now - request.session.get(SEEN, 0) >= settings.SESSION_NOTED_SECONDS:
                request.session[SEEN] = now
        return self.get_response(request)


def is_over(session: SessionBase, now: int) -> bool:
    """Tell whether a session was idle, or lasted, longer than the site allows."""
    idle = now - session.get(SEEN, now)
    age = now - session.get(SINCE, now)
    return bool(idle > settings.SESSION_IDLE_SECONDS or age > settings.SESSION_COOKIE_AGE)


@receiver(user_logged_in)
def start_watch(request: HttpRequest | None, **_signal: object) -> None:
    """Note when a session began."""
    if request is not None:
        request.session[SINCE] = request.session[SEEN] = int(time.time())
