"""Lights in templates: colour, shape, word and note of what was rolled up."""

from __future__ import annotations

from django import template

from hengtu.core.judging.rollup import Child, Node
from hengtu.web.languages import page_language
from hengtu.web.periods import print_period
from hengtu.wording.lights import tell_reason
from hengtu.wording.numbers import print_score, print_share
from hengtu.writers.figure import LightMark
from hengtu.writers.reports.map import light_of

register = template.Library()


@register.filter
def mark(one: Child | Node | None) -> LightMark | None:
    """Return a light with its score, a white one with its reason; nothing for nothing."""
    if one is None:
        return None
    lang = page_language()
    if one.light == "white":
        return light_of("white", lang=lang, note=tell_reason(one.reason or "not_reported", lang))
    note = f"{print_score(one.score, 0)}%" if one.score is not None else ""
    return light_of(one.light, lang=lang, note=note)


@register.filter
def share(coverage: float) -> str:
    """Return a coverage in percent, never 100 % where something is missing."""
    return f"{print_share(coverage)}%"


register.filter("month", print_period)
