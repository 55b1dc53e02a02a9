"""The signs of formulas in one width, character by character, so that positions stay those of the text."""

from __future__ import annotations

import re

from hengtu.core.hanzi import CJK, squeeze

OPENING = "([{"
CLOSING = ")]}"
BRACKET = re.compile(r"[()\[\]{}]")
QUOTES = {"「": "」", "『": "』", "“": "”", "《": "》", "〈": "〉"}
_SAME = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("×✕✖⨯∗", "*"),
    **dict.fromkeys("–—−﹣―‐‑‒", "-"),
    **dict.fromkeys("﹢", "+"),
    **dict.fromkeys("﹪", "%"),
    **dict.fromkeys("﹕︰", ":"),
    **dict.fromkeys("≧⩾", "≥"),
    **dict.fromkeys("≦⩽", "≤"),
    **dict.fromkeys("∑Ʃ", "Σ"),
    **dict.fromkeys("【〔〖﹝", "["),
    **dict.fromkeys("】〕〗﹞", "]"),
    **dict.fromkeys("﹙", "("),
    **dict.fromkeys("﹚", ")"),
    **dict.fromkeys("\u3000\xa0\t\r\n\v\f\u200b\ufeff", " "),
}
_TABLE = str.maketrans(_SAME)
NAME_CHARACTER = re.compile(rf"[{CJK}A-Za-z_&@#、，,．.·‧・°○Ｏ~～:：'’%‰]")
_AROUND = re.compile(r"\s*([()/])\s*")
_INNER = str.maketrans("[]{}", "()()")


def fold_signs(text: str) -> str:
    """Return the text of the same length with every operator, bracket, letter and digit in one form.

    >>> fold_signs("［甲－乙］÷丙×１００％")
    '[甲-乙]/丙*100%'
    """
    return text.translate(_TABLE)


def tidy_name(printed: str) -> str:
    """Return a name without line wraps and with one kind of bracket.

    >>> tidy_name("接受 4 小時(含) 以上 人數")
    '接受4小時(含)以上人數'
    """
    if printed.isalnum():
        return printed
    return _AROUND.sub(r"\1", squeeze(printed.translate(_INNER))).strip(" ,，、.:：;；。")


def match_brackets(signs: str) -> dict[int, int]:
    """Return where every bracket that is closed closes, brackets of any kind counting alike.

    >>> match_brackets("a(b[c)d)")
    {3: 5, 1: 7}
    """
    opened: list[int] = []
    closings: dict[int, int] = {}
    for found in BRACKET.finditer(signs):
        if found[0] in OPENING:
            opened.append(found.start())
        elif opened:
            closings[opened.pop()] = found.start()
    return closings


def quote_end(signs: str, position: int) -> int | None:
    """Return where the quotation opened at a position ends, or None when it does not."""
    end = signs.find(QUOTES[signs[position]], position + 1)
    return end if end >= 0 else None
