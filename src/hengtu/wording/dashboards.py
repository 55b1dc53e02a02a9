"""Why a measure is behind, in one line."""

from __future__ import annotations

from hengtu.core.judging.results import Result
from hengtu.wording.catalogue import Language, mark, say
from hengtu.wording.numbers import print_beside, print_number, print_share

SHORT = mark("實績 {value}，應達 {planned}，差 {gap}")
OVER = mark("實績 {value}，應在 {planned}以內，超出 {gap}")
OUTSIDE = mark("實績 {value}，不在目標範圍內")
ONLY = mark("實績 {value}")
COVERED = mark("已填報 {percent}%")


def tell_gap(result: Result, lang: Language = "zh-Hant") -> str:
    """Return how far a value is from what is due; empty without a value."""
    if result.value is None:
        return ""
    unit = result.unit or ""
    value = f"{print_beside(result.value, result.planned)}{unit}"
    if result.planned is None:
        outside = result.direction == "range"
        return say(OUTSIDE if outside else ONLY, lang).format(value=value)
    gap = result.planned - result.value
    sentence = OVER if result.direction == "lower" else SHORT
    if (gap > 0) == (result.direction == "lower"):
        return say(ONLY, lang).format(value=value)
    return say(sentence, lang).format(
        value=value,
        planned=f"{print_number(result.planned)}{unit}",
        gap=f"{print_number(abs(gap))}{unit}",
    )


def tell_coverage(result: Result, lang: Language = "zh-Hant") -> str:
    """Return how much of what was due was reported; a gap never reads as 100 %."""
    return say(COVERED, lang).format(percent=print_share(result.coverage))
