"""What every page knows about the site."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest


def describe_site(request: HttpRequest) -> dict[str, Any]:
    """Return the version, whether this is a demo and whether the front end was built."""
    return {
        "version": settings.HENGTU_VERSION,
        "demo": settings.HENGTU_DEMO,
        "front_end_built": is_front_end_built(),
        "user": getattr(request, "user", None),
    }


@cache
def is_front_end_built() -> bool:
    """Tell whether the vendored style sheet is in the package."""
    return finders.find("hengtu/vendor/bootstrap.min.css") is not None
