"""Where a formula calls functions: 若（甲≥90，1，0）, but not 合計（件數）, which prints a quantity.

A name calls when it stands alone before a bracket and no name goes on behind it; names that print a quantity as
well must have two arguments.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hengtu.core.formulas.failure import FormulaError
from hengtu.core.formulas.functions import (
    BY_NAME,
    MOMENTS,
    Function,
    find_function,
    nearest_functions,
)
from hengtu.core.formulas.remarks import is_note
from hengtu.core.formulas.signs import (
    CLOSING,
    OPENING,
    QUOTES,
    match_brackets,
    quote_end,
)
from hengtu.core.hanzi import CJK

FIRST_LETTERS = frozenset({letter for n in BY_NAME for letter in (n[0], n[0].upper())})
MARKS = ",;、"
MASK = "\ue000"
_KNOWN = "|".join(  # Chinese names wrap at the end of a line
    name if name.isascii() else r"\s*".join(name) for name in sorted(BY_NAME, key=len, reverse=True)
)
_CALL = re.compile(rf"(?P<name>{_KNOWN})\s*[(\[{{]", re.I)
_MAY_CALL = re.compile(rf"[{''.join(sorted({n[-1] for n in BY_NAME}))}]\s*[(\[{{]", re.I)
_LIKE = re.compile(rf"(?P<name>[A-Za-z_]{{2,20}}|[{CJK}]{{3,6}})\s*(?P<opening>[(\[{{])")
_NAMED = re.compile(rf"[{CJK}A-Za-z0-9_]")
_BEFORE = re.compile(r"(?:^|[-+*/=:,、;。.≥≤<>≠Σ(\[{]|除以|乘以|乘上|加上|減去)\s*$")
_SPAN = re.compile(r"[\d\s年度月季日期至起迄底止~～.-]+")
_REACH = 6  # how far back a mark before a call is looked for; names wrap with fewer blanks


@dataclass(frozen=True, slots=True)
class Site:
    """A call: its function, where it starts, opens and closes, and the mark between its arguments."""

    function: Function
    start: int
    opening: int
    closing: int
    mark: str


def call_at(signs: str, start: int, closings: Mapping[int, int]) -> Site | None:
    """Return the call whose name starts here, or None where none does."""
    found = _CALL.match(signs, start)
    if not found:
        return None
    opening = found.end() - 1
    name = "".join(found["name"].split())
    function, closing = find_function(name), closings.get(opening)
    if function is None or closing is None:
        return None
    mark = find_mark(signs, opening, closing)
    if not mark and (name in function.worded or _remarks(signs[opening + 1 : closing], function)):
        return None
    return Site(function, start, opening, closing, mark)


def _remarks(inside: str, function: Function) -> bool:
    """Whether a bracket says something about a printed name: 累計（含以前年度）, 前期（112年）."""
    return is_note(inside) or (function.key in MOMENTS and _SPAN.fullmatch(inside) is not None)


def find_mark(signs: str, opening: int, closing: int) -> str:
    """Return what stands between the arguments of a bracket: a comma, else ；, else 、, else nothing.

    >>> find_mark("若(甲>1,乙、丙,0)", 1, 11), find_mark("合計(男、女)", 2, 6), find_mark("合計(件數)", 2, 5)
    (',', '、', '')
    """
    depth, position, found = 0, opening + 1, ""
    while position < closing:
        sign = signs[position]
        if sign in QUOTES:
            position = quote_end(signs, position) or position
        elif sign in OPENING:
            depth += 1
        elif sign in CLOSING:
            depth -= 1
        elif sign in MARKS and not depth:
            found += sign
        position += 1
    return next((mark for mark in MARKS if mark in found), "")


def find_calls(signs: str, text: str) -> list[Site]:
    """Return the outermost calls of a text; FormulaError for one that is not closed or not known."""
    if not _MAY_CALL.search(signs) and not ("," in signs and _LIKE.search(signs)):
        return []
    closings = match_brackets(signs)
    sites: list[Site] = []
    position = 0
    while found := _CALL.search(signs, position):
        position = found.end()
        if not _stands_alone(signs, found.start()):
            continue
        if found.end() - 1 not in closings and not _worded(found["name"]):
            raise _unclosed(text, found.end() - 1)
        if site := call_at(signs, found.start(), closings):
            sites.append(site)
            position = site.closing + 1
    _refuse_unknown(signs, text, closings)
    return sites


def mask_calls(signs: str, sites: list[Site]) -> str:
    """Return the signs with every call as one word that no clause is read from."""
    for site in sites:
        width = site.closing + 1 - site.start
        signs = signs[: site.start] + MASK * width + signs[site.closing + 1 :]
    return signs


def _stands_alone(signs: str, start: int) -> bool:
    before = signs[max(0, start - _REACH) : start]
    return bool(_BEFORE.search(before)) if start else True


def _worded(printed: str) -> bool:
    name = "".join(printed.split())
    function = find_function(name)
    return function is not None and name in function.worded


def _unclosed(text: str, position: int) -> FormulaError:
    return FormulaError("bracket_unclosed", text=text, position=position, found=text[position])


def _refuse_unknown(signs: str, text: str, closings: Mapping[int, int]) -> None:
    """Raise FormulaError for what is written like a call of a function that is not there."""
    for found in _LIKE.finditer(signs):
        name, closing = found["name"], closings.get(found.start("opening"))
        if closing is None or find_function(name) or not _stands_alone(signs, found.start()):
            continue
        if find_mark(signs, found.start("opening"), closing) != ",":
            continue
        if _NAMED.match(signs, closing + 1):
            continue
        near = nearest_functions(name)
        if near or (name.isascii() and name.islower()):
            raise FormulaError(
                "unknown_function",
                text=text,
                position=found.start(),
                found=text[found.start() : found.end("name")],
                expected=near,
            )
