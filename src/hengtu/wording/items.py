"""Data items in words: how often they come, how they go over time and over agencies."""

from __future__ import annotations

from hengtu.wording.catalogue import Language, mark, say

FREQUENCIES: dict[str, str] = {
    "day": mark("每日"),
    "week": mark("每週"),
    "month": mark("每月"),
    "quarter": mark("每季"),
    "half_year": mark("每半年"),
    "year": mark("每年"),
    "irregular": mark("不定期"),
}
OVER_TIME: dict[str, str] = {
    "sum": mark("逐期合計"),
    "mean": mark("逐期平均"),
    "last": mark("期末值"),
    "max": mark("期間最大值"),
    "min": mark("期間最小值"),
    "none": mark("只計當期"),
}
OVER_ORG: dict[str, str] = {
    "sum": mark("各機關加總"),
    "mean": mark("各機關平均"),
    "max": mark("各機關最大值"),
    "min": mark("各機關最小值"),
    "none": mark("不跨機關彙總"),
}


def name_frequency(frequency: str, lang: Language = "zh-Hant") -> str:
    """Return how often an item comes; what is unknown stays as it is.

    >>> name_frequency("half_year"), name_frequency("month", "en")
    ('每半年', 'every month')
    """
    return _name(FREQUENCIES, frequency, lang)


def name_over_time(rule: str, lang: Language = "zh-Hant") -> str:
    """Return how an item goes over time."""
    return _name(OVER_TIME, rule, lang)


def name_over_org(rule: str, lang: Language = "zh-Hant") -> str:
    """Return how an item goes over agencies."""
    return _name(OVER_ORG, rule, lang)


def _name(words: dict[str, str], key: str, lang: Language) -> str:
    return say(words[key], lang) if key in words else key
