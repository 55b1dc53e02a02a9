"""Periods as people read them: 114年9月, 114年第3季, 114年上半年, 114年度."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from hengtu.core.periods import Period, read_period


def print_period(period: Period) -> str:
    """Return a period in words."""
    roc_year = period.roc_year
    if period.month:
        return gettext("%(roc_year)s年%(month)s月") % {"roc_year": roc_year, "month": period.month}
    if period.quarter:
        named = {"roc_year": roc_year, "quarter": period.quarter}
        return gettext("%(roc_year)s年第%(quarter)s季") % named
    if period.half:
        first = gettext("%(roc_year)s年上半年") % {"roc_year": roc_year}
        last = gettext("%(roc_year)s年下半年") % {"roc_year": roc_year}
        return first if period.half == 1 else last
    return gettext("%(roc_year)s年度") % {"roc_year": roc_year}


def show_period(text: str) -> str:
    """Return the period of a code such as ``114-09`` in words, anything else as it is."""
    period = read_period(text)
    return print_period(period) if period else text


def head_columns(periods: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return codes of periods as two rows of headings: (114年度, (1月, 2月 …)) for each ROC year."""
    heads: dict[str, list[str]] = {}
    for text in periods:
        period = read_period(text)
        label = print_period(Period(period.roc_year)) if period else ""
        heads.setdefault(label, []).append(print_part(period) if period else text)
    return tuple((label, tuple(parts)) for label, parts in heads.items())


def print_part(period: Period) -> str:
    """Return the part of its year that a period is."""
    if period.month:
        return gettext("%(month)s月") % {"month": period.month}
    if period.quarter:
        return gettext("第%(quarter)s季") % {"quarter": period.quarter}
    if period.half:
        return gettext("上半年") if period.half == 1 else gettext("下半年")
    return gettext("全年")
