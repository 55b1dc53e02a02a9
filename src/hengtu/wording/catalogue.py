"""The gettext catalogues: message ids are the zh-Hant sentences, English stands in the catalogue."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["zh-Hant", "en"]
LANGUAGES: tuple[Language, ...] = ("zh-Hant", "en")
LOCALE = Path(__file__).parent / "locale"
DOMAIN = "django"


@cache
def _english() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, localedir=LOCALE, languages=["en"], fallback=True)


def mark(sentence: str) -> str:
    """Mark a zh-Hant sentence for the catalogue and return it unchanged."""
    return sentence


def say(sentence: str, lang: Language = "zh-Hant", **fields: object) -> str:
    """Return the sentence in a language with its fields filled in.

    >>> say("{n} 項", n=3)
    '3 項'
    """
    words = _english().gettext(sentence) if lang == "en" else sentence
    return words.format(**fields) if fields else words


def language_of(tag: str) -> Language:
    """Return the language for a tag such as ``en-US`` or ``zh-hant``; zh-Hant unless it is English."""
    return "en" if tag.lower().startswith("en") else "zh-Hant"
