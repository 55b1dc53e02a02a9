"""The outline marks of official documents: 壹、 一、 (一) 1、 (1) and what depth they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass

FORMAL = "壹貳參肆伍陸柒捌玖拾"
PLAIN = "一二三四五六七八九十"
_MARKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"^([{FORMAL}]{{1,3}})\s*[、.．]?\s*")),
    (2, re.compile(rf"^([{PLAIN}]{{1,3}})\s*[、.．]\s*")),
    (3, re.compile(rf"^[(（]\s*([{PLAIN}]{{1,3}})\s*[)）]\s*[、]?\s*")),
    (4, re.compile(r"^(\d{1,2})\s*(?:、|[.．](?!\d))\s*")),
    (5, re.compile(r"^[(（]\s*(\d{1,2})\s*[)）]\s*")),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """An outline mark: its depth (1 壹, 2 一, 3 (一), 4 1., 5 (1)), its number and the rest of the line."""

    depth: int
    no: str
    number: int
    rest: str


def numeral(text: str) -> int:
    """Return the number a Chinese numeral up to 99 stands for.

    >>> numeral("二十三"), numeral("拾壹"), numeral("七")
    (23, 11, 7)
    """
    plain = "".join(PLAIN[FORMAL.index(ch)] if ch in FORMAL else ch for ch in text)
    if "十" not in plain:
        return int("".join(str(PLAIN.index(ch) + 1) for ch in plain) or 0)
    tens, _, ones = plain.partition("十")
    return (PLAIN.index(tens) + 1 if tens else 1) * 10 + (PLAIN.index(ones) + 1 if ones else 0)


def read_mark(text: str) -> Mark | None:
    """Return the outline mark at the start of a line, or None.

    >>> read_mark("(三) 推動簡政").rest
    '推動簡政'
    """
    stripped = text.strip()
    for depth, pattern in _MARKS:
        if found := pattern.match(stripped):
            no = found[1]
            number = int(no) if no.isdigit() else numeral(no)
            return Mark(depth, no, number, stripped[found.end() :])
    return None
