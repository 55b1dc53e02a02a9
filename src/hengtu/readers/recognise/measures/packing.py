"""One cell for several measures: parts by printed index (``1.4 2.7``) or in printed order (``20 5``)."""

from __future__ import annotations

import re

from hengtu.core.amounts import fold, read_amount, read_missing
from hengtu.core.numbering import numeral

_CIRCLED = {ch: f" {i}. " for i, ch in enumerate("①②③④⑤⑥⑦⑧⑨⑩", 1)}
_HANZI = re.compile(r"(?:^|(?<=\s))([(（]?)([一二三四五六七八九十])([)）、])")
_BETWEEN = re.compile(r"\s*[;；、/／\n]\s*|\s*,\s+|\s+")


def split_by_index(text: str, count: int) -> dict[int, str] | None:
    """Return index from 0 → part for a text of ``1.甲 2.乙``, or None when it is not numbered so.

    Some of ``count`` parts may be left out; the marks must rise and the first must open the text.

    >>> split_by_index("1.4 2.7 3.5", 3)
    {0: '4', 1: '7', 2: '5'}
    >>> split_by_index("1.2 2.無統 計", 2)
    {0: '2', 1: '無統 計'}
    """
    opened = "".join(_CIRCLED.get(ch, ch) for ch in _HANZI.sub(_arabic, text)).strip()
    marks = _marks(opened, count)
    if len(marks) < 2:
        return None
    ends = [start for start, _, _ in marks[1:]] + [len(opened)]
    parts = {
        number - 1: opened[end:stop].strip(" \t\u3000,，;；、\n")
        for (_, end, number), stop in zip(marks, ends, strict=True)
    }
    return parts if all(parts.values()) and not _decimals(parts) else None


def _decimals(parts: dict[int, str]) -> bool:
    """Whether a part still prints several numbers, so that the marks were none."""
    return any(re.match(r"\d+[.．]\d+[.．]\d", part) for part in parts.values())


def _arabic(mark: re.Match[str]) -> str:
    return f"{mark[1]}{numeral(mark[2])}{mark[3]}"


def _marks(text: str, count: int) -> list[tuple[int, int, int]]:
    """Return (start, end, number) of rising index marks, the first at the very start."""
    found: list[tuple[int, int, int]] = []
    position = 0
    for number in range(1, count + 1):
        lead = r"^" if not found else r"(?:(?<=[\s;；,，、。])|(?<=[^\d.\s(（]))"
        mark = re.compile(rf"{lead}[(（]?{number}[)）.．、:：]").search(text, position)
        if not mark and not found:
            continue
        if mark:
            found.append((mark.start(), mark.end(), number))
            position = mark.end()
    return found


def split_in_order(text: str, count: int) -> list[str] | None:
    """Return exactly ``count`` values printed one after another, or None.

    >>> split_in_order("20 5", 2), split_in_order("20張、5 支", 2), split_in_order("20 5", 3)
    (['20', '5'], ['20張', '5 支'], None)
    """
    pieces = _rejoin([piece for piece in _BETWEEN.split(fold(text)) if piece])
    return pieces if len(pieces) == count and all(_is_value(p) for p in pieces) else None


def _rejoin(pieces: list[str]) -> list[str]:
    """Join to a number what cannot stand alone: a unit, a bracket, the rest of a word."""
    joined: list[str] = []
    for piece in pieces:
        if (
            joined
            and not _is_value(piece)
            and (_is_value(f"{joined[-1]} {piece}") or not _is_value(joined[-1]))
        ):
            joined[-1] = f"{joined[-1]} {piece}"
        else:
            joined.append(piece)
    return joined


def _is_value(piece: str) -> bool:
    return read_amount(piece) is not None or read_missing(piece) is not None
