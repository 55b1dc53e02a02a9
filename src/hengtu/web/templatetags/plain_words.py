"""Filters that turn values into words: ROC dates, file sizes, codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hengtu.web import words
from hengtu.web.figures import show_number, show_threshold, show_value, show_weight
from hengtu.web.periods import show_period
from hengtu.writers.reports.values import print_money

register = template.Library()
TABLES: Mapping[str, Mapping[str, Any]] = {
    "kind": words.PLAN_KINDS,
    "level": words.LEVELS,
    "certainty": words.CERTAINTIES,
    "verdict": words.VERDICTS,
    "state": words.STATES,
    "life": words.PLAN_STATES,
    "goal": words.GOAL_KINDS,
    "missing": words.MISSING,
    "direction": words.DIRECTIONS,
    "change": words.CHANGES,
}


@register.filter
def roc_time(moment: datetime | None) -> SafeString | str:
    """Return ``114.11.20 09:30`` with the CE form on hover."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    shown = f"{local.year - 1911}.{local.month}.{local.day} {local:%H:%M}"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(),
        f"{local:%Y-%m-%d %H:%M}",
        shown,
    )


@register.filter
def word(code: str, table: str) -> Any:
    """Return the word for a code of a table such as ``level``; the code itself when there is none."""
    return TABLES[table].get(code, code)


@register.filter
def size(number: int) -> str:
    """Return a file size in kB or MB."""
    return (
        f"{number / 1_000_000:.1f} MB"
        if number >= 1_000_000
        else f"{max(number / 1000, 0.1):.1f} kB"
    )


register.filter("number", show_number)
register.filter("period", show_period)
register.filter("value", show_value)
register.filter("threshold", show_threshold)
register.filter("weight", show_weight)
register.filter("money", print_money)
