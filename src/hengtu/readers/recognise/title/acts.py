"""Dates and acts in the head of a document: when it was made, adopted and revised."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hengtu.core.hanzi import halve, unwrap
from hengtu.core.periods import to_roc

_DIGITS = {ch: n for n, ch in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "十": 10}
_DATE = (
    r"(?:(?:中華)?民國|西元)?\s*(?P<y>\d{2,4})\s*(?:年|[./-])\s*(?P<m>\d{1,2})"
    r"\s*(?:月|[./-](?=\d)|(?=\D|$))\s*(?:(?P<d>\d{1,2})\s*日?)?"
)
_ACT = r"訂定|制定|訂頒|頒布|頒行|函頒|發布|公布|核定|修訂|修正|修改|增訂|廢止|實施|生效|施行|擬訂|研訂"
_REVISION = re.compile(
    rf"^[(（]?{_DATE}(?P<between>[^。；]{{0,40}}?)(?P<act>{_ACT})(?P<rest>[^。；]{{0,30}})[)）]?$"
)
_MADE = re.compile(
    rf"^[(（]?(?:(?:製作|編製|製表|更新|修[正訂]|列印|填報|報告|簡報)?日期|版本)?\s*[:：]?\s*{_DATE}\s*(?P<act>製作?|編製|編印|製表|印製|彙編|(?:修[正訂]|初|定稿)?版|更新|提報|提出|報告)?\s*[)）]?$"
)
_ADOPTED = re.compile(
    rf"^[(（]?{_DATE}\s*(?P<meeting>[^()（）。；]{{0,30}}?(?:會議|會報|[委大局處所務]會))\s*(?P<status>審議通過|討論通過|通過|審定|核定|備查|修正通過)?\s*"
    r"(?:[(（](?P<note>[^()（）]{1,12})[)）])?\s*[)）]?$"
)


@dataclass(frozen=True, slots=True)
class Act:
    """A dated act: ``roc_date`` as ``113-01-11`` or ``109-03``."""

    roc_date: str
    act: str
    raw: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that adopted the document: ROC date as ``109.2.18``, name with its serial, status."""

    roc_date: str
    meeting: str
    status: str | None
    raw: str


_NUMERAL = re.compile(
    r"(?<![〇○零一二三四五六七八九十百])[〇○零一二三四五六七八九十百]+(?=\s*[年月日])"
)


def read_revision(text: str) -> Act | None:
    """Return the act that a line of the document's history tells, or None.

    >>> read_revision("106年4月11日修訂")
    Act(roc_date='106-04-11', act='修訂', raw='106年4月11日修訂')
    """
    words = _words(text)
    found = _REVISION.match(words)
    if not found or read_adoption(text):
        return None
    roc_date = _roc_date(found)
    vague = not found["d"] and found["between"] + found["rest"]
    return Act(roc_date, found["act"], unwrap(text)) if roc_date and not vague else None


def read_made(text: str) -> Act | None:
    """Return when a document was made, from a line that says only that, or None.

    >>> read_made("109年3月製作").roc_date, read_made("中華民國110年12月").roc_date
    ('109-03', '110-12')
    """
    found = _MADE.match(_words(text))
    roc_date = _roc_date(found) if found else None
    return Act(roc_date, (found["act"] or "") if found else "", unwrap(text)) if roc_date else None


def read_adoption(text: str) -> Meeting | None:
    """Return the meeting that adopted the document, or None.

    >>> read_adoption("109.2.18 第2078次市政會議(定稿)").status
    '定稿'
    """
    found = _ADOPTED.match(_words(text))
    if not found or not _roc_date(found) or len(found["meeting"]) < 3:
        return None
    parts = [str(int(found[key])) for key in ("y", "m", "d") if found[key]]
    return Meeting(
        ".".join(parts), found["meeting"].strip(), found["note"] or found["status"], unwrap(text)
    )


def _words(text: str) -> str:
    return unwrap(_western(halve(text)))


def _western(text: str) -> str:
    """Write the Chinese numerals of a date in digits: 一百一十三年一月十一日."""
    return _NUMERAL.sub(lambda m: _number(m[0]), text)


def _number(numeral: str) -> str:
    hundreds, has_hundreds, rest = numeral.rpartition("百")
    total = (_DIGITS.get(hundreds[-1:], 1) if has_hundreds else 0) * 100
    tens, has_tens, ones = rest.partition("十")
    if not has_tens:
        if len(rest) > 1 and not has_hundreds:
            return "".join(str(_DIGITS[ch]) for ch in rest)
        return str(total + (_DIGITS.get(rest[-1:], 0) if rest else 0))
    return str(total + (_DIGITS.get(tens[-1:], 1) if tens else 1) * 10 + _DIGITS.get(ones[-1:], 0))


def _roc_date(found: re.Match[str]) -> str | None:
    roc_year, month, day = to_roc(int(found["y"])), int(found["m"]), int(found["d"] or 0)
    if roc_year is None or roc_year < 20 or not 1 <= month <= 12 or day > 31:
        return None
    return f"{roc_year}-{month:02d}-{day:02d}" if day else f"{roc_year}-{month:02d}"
