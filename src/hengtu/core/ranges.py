"""Printed ranges: 20～25, 20-25 之間, 22±2, ≥1 且 ≤3, 1以上3以下."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hengtu.core.amounts import Amount, close_up, fold, read_amount, take_note

_LONGEST = 60
_NUMBER = r"(?<![\d.])-?(?!0\d)\d[\d,]*(?:\.\d+)?"
_UNIT = r"[^\d\s~±<>=≤≥,.\-]{0,4}?"
_SPAN = re.compile(
    rf"(?:介於|在|約)?({_NUMBER})({_UNIT})(?:~|～|∼|〜|至|到|-|–|—|－)({_NUMBER})({_UNIT})(?:之間|間)?"
)
_MARGIN = re.compile(
    rf"(?:在|約)?({_NUMBER})({_UNIT})(?:±|\+/-|正負)({_NUMBER})({_UNIT})(?:之間|間)?"
)
_CALENDAR = re.compile(r"[年月季週周]|星期")
_BETWEEN = re.compile(r"且|並且?|及|而|[,、;]")
_ABOVE_BELOW = re.compile(r"(.+?(?:以上|至少))(.+)")


@dataclass(frozen=True, slots=True)
class Range:
    """Both ends of what is asked for, the ends included."""

    low: float
    high: float


@lru_cache(maxsize=4096)
def read_range(text: str) -> Range | None:
    """Return the range that a cell prints, or None; months and years from one to another are none.

    >>> read_range("20～25"), read_range("22±2 度"), read_range("≥1且≤3")
    (Range(low=20.0, high=25.0), Range(low=20.0, high=24.0), Range(low=1.0, high=3.0))
    >>> read_range("1-6月") is None, read_range("20") is None
    (True, True)
    """
    if len(text) > _LONGEST:
        return None
    body = close_up(take_note(fold(text))[0])
    found = _read_span(body) or _read_margin(body) or _read_limits(body)
    return found if found and found.low < found.high else None


def _read_span(body: str) -> Range | None:
    found = _SPAN.fullmatch(body)
    if not found or _CALENDAR.search(found[2] + found[4]):
        return None
    return Range(_number(found[1]), _number(found[3]))


def _read_margin(body: str) -> Range | None:
    """Return the range of a margin; a margin in percent of something else is a share of it."""
    found = _MARGIN.fullmatch(body)
    if not found:
        return None
    middle, margin = _number(found[1]), _number(found[3])
    if "%" in found[4] and found[2] and "%" not in found[2]:
        margin = abs(middle) * margin / 100
    return Range(middle - margin, middle + margin)


def _read_limits(body: str) -> Range | None:
    parts = [part for part in _BETWEEN.split(body) if part]
    if len(parts) == 1 and (apart := _ABOVE_BELOW.fullmatch(body)):
        parts = [apart[1], apart[2]]
    if len(parts) != 2:
        return None
    limits = [amount for part in parts if (amount := read_amount(part))]
    low = [one.value for one in limits if _above(one)]
    high = [one.value for one in limits if _below(one)]
    return Range(low[0], high[0]) if len(low) == len(high) == 1 else None


def _above(amount: Amount) -> bool:
    return amount.op in (">=", ">")


def _below(amount: Amount) -> bool:
    return amount.op in ("<=", "<")


def _number(text: str) -> float:
    return float(text.replace(",", ""))
