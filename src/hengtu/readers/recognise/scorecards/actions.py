"""Action cells: several actions in one cell, the plans they refer to, and the money they share."""

from __future__ import annotations

import re

from hengtu.core.hanzi import squeeze, unwrap
from hengtu.core.plan import Text
from hengtu.core.source import Source
from hengtu.readers.recognise.scorecards.codes import Part, Style, split

_REFERENCE = re.compile(r"[【《]([^【】《》]{2,120})[】》]")
_QUOTED = re.compile(r"「([^「」]{2,60}(?:計畫|要點|方案|手冊|規範))」")
_NOTHING = re.compile(r"^[\s\-－—–─/無]*$|^N/?A$", re.I)
_MARK = re.compile(
    r"(?:^|(?<=[\s。；;]))[(（]?(\d{1,2}|[一二三四五六七八九十])[)）]?[.．、)）](?!\d)\s*"
)
_NUMERALS = "一二三四五六七八九十"
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


def split_actions(cell: str, style: Style) -> list[Part]:
    """Return the actions of a cell: by their codes, else by list numbers that count up from one.

    >>> [part.words for part in split_actions("1.建置系統 2.辦理講習", "none")]
    ['建置系統', '辦理講習']
    """
    parts = split(cell, "action", style)
    return [piece for part in parts for piece in _by_numbers(part) if not is_nothing(piece.words)]


def is_nothing(text: str) -> bool:
    """Whether a cell only says that there is nothing.

    >>> is_nothing("—"), is_nothing("無"), is_nothing("無紙化")
    (True, True, False)
    """
    return _NOTHING.match(text) is not None


def _by_numbers(part: Part) -> list[Part]:
    texts = split_numbered(part.words)
    if part.code is not None or len(texts) < 2:
        return [part]
    return [Part(None, text) for text in texts]


def split_numbered(text: str) -> list[str]:
    """Return the items of a text that numbers them 1, 2, 3 …; the whole text where it does not.

    >>> split_numbered("1.甲組 2.乙組"), split_numbered("每年2.5次")
    (['甲組', '乙組'], ['每年2.5次'])
    """
    found = list(_MARK.finditer(text))
    numbers = [int(m[1]) if m[1].isdigit() else _NUMERALS.index(m[1]) + 1 for m in found]
    if (
        len(found) < 2
        or text[: found[0].start()].strip()
        or numbers != list(range(1, len(found) + 1))
    ):
        return [text]
    ends = [m.start() for m in found[1:]] + [len(text)]
    return [text[m.end() : end].strip() for m, end in zip(found, ends, strict=True)]


def read_references(words: str, where: Source) -> tuple[str, tuple[Text, ...]]:
    """Return the text of an action without the plans printed in brackets, and those plans."""
    bracketed = [squeeze(found) for found in _REFERENCE.findall(words)]
    text = unwrap(_REFERENCE.sub(" ", words)).strip(" 、，,;；")
    quoted = [squeeze(found) for found in _QUOTED.findall(text)]
    names = dict.fromkeys(name for name in (*bracketed, *quoted) if name)
    if not text and bracketed:
        text = bracketed[0]
    return text, tuple(Text(text=name, source=where) for name in names)


def split_money(text: str, count: int) -> list[str] | None:
    """Return one amount per action where a cell prints exactly that many whole numbers, else None.

    >>> split_money("20,000 5,000", 2), split_money("2,400,0 00", 2)
    (['20,000', '5,000'], None)
    """
    pieces = text.split()
    if count < 2 or len(pieces) != count:
        return None
    grouped = all(_AMOUNT.fullmatch(piece) for piece in pieces)
    whole = all("," in piece or piece == "0" or not piece.startswith("0") for piece in pieces)
    return pieces if grouped and whole else None
