"""One printed standard for several measures: where one formula ends and the next begins."""

from __future__ import annotations

import re

from hengtu.core.formulas import FormulaError
from hengtu.core.formulas.calls import find_calls, mask_calls
from hengtu.core.formulas.signs import fold_signs
from hengtu.readers.recognise.measures.packing import split_by_index
from hengtu.readers.recognise.measures.units import COUNTED, take_unit

_MOST = 20
_OPS = r"(?:>=|<=|=>|=<|≥|≤|>|<|至少|不低於|不少於|不超過|不高於|不逾|最多|至多|達到?)"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_LIMIT = rf"{_OPS}\s*{_NUMBER}\s*(?:%|[^\d\s%()=<>≥≤+*/:,;、]{{1,4}}(?:/[年月季日])?)?(?:以上|以下|以內)?"
_NEXT = re.compile(rf"(?P<limit>{_LIMIT})(?P<gap>[\s,;、。]+)(?=[^\d\s+*/=<>≥≤%()-])")
_CLOSE = re.compile(
    rf"(?P<limit>{_OPS}\s*{_NUMBER}\s*(?:%|{COUNTED})(?:以上|以下|以內)?)(?=[^\d\s+*/=<>≥≤%(),;、數率])"
)
_HAS_LIMIT = re.compile(_LIMIT)
_MARKED = re.compile(r"^\s*(?:[(（]?1[)）.．、:：](?!\s*\d)|①|[(（]?一[)）、])")
_PARTS = re.compile(r"\s*[;；\n]\s*")
_NOTE = re.compile(r"備\s*註|附\s*註|說\s*明|註")


def split_standard(text: str, *, kpis: int) -> tuple[list[str], str | None]:
    """Return the parts of a standard, one per measure, and the unit words printed for all of them.

    >>> split_standard("1.篇數/年≥4篇 2.則數/年≥6則 單位：篇數 則數", kpis=2)
    (['篇數/年≥4篇', '則數/年≥6則'], '篇數 則數')
    >>> split_standard("圖片張數≥20張 影片支數≥5支 單位：張、支", kpis=1)[0]
    ['圖片張數≥20張', '影片支數≥5支']
    """
    body, unit = take_unit(text)
    for split in (_by_mark, _by_limit):
        if parts := split(body):
            return parts, unit
    if kpis > 1:
        for pattern in (_PARTS, re.compile(r"\s+"), re.compile(r"\s*[、，,]\s*")):
            parts = [part for part in pattern.split(body) if part.strip()]
            if len(parts) == kpis and all(len(part) > 1 for part in parts):
                return parts, unit
    return [text], unit


def _by_mark(body: str) -> list[str] | None:
    if not _MARKED.match(body):
        return None
    parts = split_by_index(body, _MOST)
    if not parts or list(parts) != list(range(len(parts))):
        return None
    return [parts[i] for i in range(len(parts))]


def _by_limit(body: str) -> list[str] | None:
    """Split after every limit that a blank and the name of the next formula follow; none within a function."""
    signs = _without_calls(fold_signs(body), body)
    found = {f.start(): f for pattern in (_NEXT, _CLOSE) for f in pattern.finditer(signs)}
    cuts = [found[at] for at in sorted(found) if _limit_follows(signs, found[at].end())]
    if not cuts:
        return None
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.end("limit") for cut in cuts), len(body)]
    return [body[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _without_calls(signs: str, body: str) -> str:
    """Return the signs with every function as one word: the ≥ in 若（甲≥90，1，0） is no limit."""
    try:
        return mask_calls(signs, find_calls(signs, body))
    except FormulaError:
        return signs


def _limit_follows(signs: str, position: int) -> bool:
    rest = signs[position:]
    note = _NOTE.match(rest)
    return note is None and _HAS_LIMIT.search(rest) is not None
