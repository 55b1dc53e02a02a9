"""The names in a cell: alone, several in a list, or in one word with a position."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengtu.core.hanzi import squeeze
from hengtu.readers.recognise.persons.positions import POSITION, ends_with_position
from hengtu.readers.recognise.persons.surnames import SURNAMES, is_latin_name, is_name, may_be_name

MASK = "○○○"
_PIECES = re.compile(r"[、，,；;／/\n]|\s{2,}")
_BLANK = re.compile(r"[\s\u3000]+")
_TITLE = re.compile(r"\s?(?:先生|女士|小姐|教授|博士)$")
_BRACKET = re.compile(r"[(（][^()（）]*[)）]")
_LATIN = re.compile(r"[A-Z][A-Za-z.'’\-]*(?: [A-Z][A-Za-z.'’\-]*)*")
_LATIN_TAIL = re.compile(r"[A-Z][A-Za-z.'’\-]*(?: [A-Z][A-Za-z.'’\-]*)+$")
_AFTER_UNIT = re.compile(r"(?<=[課科室組股處局所隊館站])([\u4e00-\u9fff]{3,4})$")
_COUNTED_BEFORE = set("各該本每此多數兩二三四五六七八九十幾第某等之的與及或")
_TRADE = re.compile(r"[\u4e00-\u9fff]{0,5}[師員長官佐士任書理事]")


def names_in(text: str, role: str | None) -> Iterator[str]:
    """Yield the names of a cell; ``role`` says what its column is for: name, post, holder or unknown."""
    whole = bare_person(text)
    pieces = [text] if role and _stands_alone(whole, role) else split_people(text)
    for piece in pieces:
        words = bare_person(piece)
        if not words:
            continue
        if role and _stands_alone(words, role):
            yield words
        elif name := fused_name(words, role):
            yield name
        else:
            yield from _beside_blank(piece, role)


def _beside_blank(piece: str, role: str | None) -> Iterator[str]:
    """Yield the names among words that blanks part, where one of them is a position or the column is for people."""
    words = [bare_person(part) for part in _BLANK.split(_BRACKET.sub(" ", piece)) if part]
    if len(words) < 2 or not (role or any(map(_names_post, words))):
        return
    for before, word in zip(["", *words], words, strict=False):
        wrapped = before[-1:] in _COUNTED_BEFORE
        if is_name(word) and (len(word) > 2 or role == "name") and not wrapped:
            yield word


def _names_post(word: str) -> bool:
    """Whether a position opens or ends a word; inside a sentence it names nobody."""
    found = POSITION.match(word)
    return found is not None or ends_with_position(word) is not None


def split_people(text: str) -> list[str]:
    """Return the parts of a cell that lists several people.

    >>> split_people("甲科長、乙科員")
    ['甲科長', '乙科員']
    """
    return [piece for piece in _PIECES.split(text) if piece.strip()]


def bare_person(text: str) -> str:
    """Return a cell without brackets, courtesy titles and blanks."""
    return _TITLE.sub("", squeeze(_BRACKET.sub("", text)))


def _stands_alone(words: str, role: str) -> bool:
    """Whether words alone in a cell are a name there."""
    if role == "name":
        return may_be_name(words) or _LATIN.fullmatch(words) is not None
    return is_name(words) and (len(words) > 2 or role == "holder")


def fused_name(text: str, role: str | None = None) -> str | None:
    """Return the name that stands in one word with a position, before or after it, or None.

    >>> fused_name("企劃課甘明珠課長"), fused_name("主任甘明珠"), fused_name("企劃課課長")
    ('甘明珠', '甘明珠', None)
    """
    words = squeeze(_BRACKET.sub("", text))
    if len(words) > 24:
        return None
    ending = ends_with_position(words)
    if ending and ending[0] and (name := _tail_name(ending[0], lenient=role in ("name", "post"))):
        return name
    started = [found for found in POSITION.finditer(words) if found.end() < len(words)]
    rest = words[started[-1].end() :].strip() if started else ""
    if (len(rest) > 2 or role in ("name", "post")) and (
        is_name(rest) or (role == "name" and may_be_name(rest))
    ):
        return rest
    return _beside_trade(words) if role == "name" else None


def _tail_name(words: str, *, lenient: bool) -> str | None:
    """Return the name at the end of what stands before a position: all of it, or after the org unit."""
    latin = _LATIN_TAIL.search(words.strip())
    if latin and is_latin_name(latin[0]):
        return latin[0]
    if is_name(words) or (
        lenient and may_be_name(words) and (len(words) == 3 or words[0] in SURNAMES)
    ):
        return words
    after_unit = _AFTER_UNIT.search(words)
    return after_unit[1] if after_unit and is_name(after_unit[1]) else None


def _beside_trade(words: str) -> str | None:
    """Return a name of three characters that stands beside a position not in the list, such as 驗光師."""
    if not re.fullmatch(r"[\u4e00-\u9fff]{4,10}", words):
        return None
    if is_name(words[-3:]) and _TRADE.fullmatch(words[:-3]):
        return words[-3:]
    return words[:3] if is_name(words[:3]) and _TRADE.fullmatch(words[3:]) else None
