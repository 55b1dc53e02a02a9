"""The language of the page being made, as the lower rooms name it."""

from __future__ import annotations

from django.utils.translation import get_language

from hengtu.wording.catalogue import Language, language_of


def page_language() -> Language:
    """Return the language of the page being made."""
    return language_of(get_language() or "")
