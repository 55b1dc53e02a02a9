"""Notes under tables that say what a code in a column means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengtu.core.hanzi import halve, unwrap
from hengtu.core.paper import Line, Paper
from hengtu.core.plan import Footnote
from hengtu.core.source import Source
from hengtu.readers.recognise.narrative.tree import chapter_mark
from hengtu.readers.recognise.notes import Notes

_OPENING = re.compile(r"^[(（]?(?:註|附註|備註)\s*[)）]?\s*(?:[:：]|$)\s*")
_NUMBERED = re.compile(
    r"^[(（]?(?:註|附註|備註)\s*([\d一二三四五六七八九十]{1,2})\s*[)）]?\s*[:：.、]?\s*(?=\S)"
)
_MEANINGS = re.compile(r"(?:代號|代碼|數字|符號|體制|方式).*(?:意義|說明|如下|表示|定義)")
_ENTRY = re.compile(
    r"^[(（]?\s*(\d{1,2}|[A-Za-z])\s*[)）]?\s*(?:[.．、:：＝=]|(?<=[)）])|\s)\s*(?=\S)"
)
_INLINE = re.compile(r"(?:^|[\s:：；;。，,、])[(（]?(\d{1,2})\s*[.．、:：＝=)）]\s*(?=[^\s\d])")
_STARS = re.compile(r"^([＊*※#])\s*(?=\S)")


def read_footnotes(paper: Paper, notes: Notes) -> tuple[Footnote, ...]:
    """Return the notes of the document: codes with their meanings, and notes without a code."""
    found: list[Footnote] = []
    block: list[Line] = []
    for piece in [*paper.blocks, None]:
        free = isinstance(piece, Line) and not notes.claimed(piece)
        if isinstance(piece, Line) and free and block and _belongs(piece, block):
            block.append(piece)
            continue
        if block:
            found += _read_block(block)
            notes.claim(*block)
            block = []
        if isinstance(piece, Line) and free and _opens(piece):
            block = [piece]
    return tuple(_first_of_each(found))


def _opens(line: Line) -> bool:
    return bool(_OPENING.match(line.text) or _NUMBERED.match(line.text) or _means(line))


def _means(line: Line) -> bool:
    return bool(_MEANINGS.search(line.text)) and re.search(r"[:：]$", line.text) is not None


def _belongs(line: Line, block: list[Line]) -> bool:
    """Whether a line goes on with the note: an entry, a wrapped line or the introduction of entries."""
    if _NUMBERED.match(line.text) or _means(line) or _ENTRY.match(halve(line.text)):
        return True
    mark = chapter_mark(line.text)
    bare_opening = not _OPENING.sub("", block[-1].text)
    return mark is None and (bare_opening or line.gap_before == 0)


def _read_block(lines: list[Line]) -> Iterator[Footnote]:
    for line in lines:
        text = unwrap(line.text)
        if numbered := _NUMBERED.match(text):
            yield _note(f"註{numbered[1]}", text[numbered.end() :], line)
            continue
        text = _OPENING.sub("", text)
        head, entries = _inline(text)
        if entries:
            yield from (_note(code, words, line) for code, words in entries)
        elif (entry := _ENTRY.match(halve(text))) and len(halve(text)) == len(text):
            yield _note(halve(entry[1]), text[entry.end() :], line)
        elif head and not (_MEANINGS.search(head) and re.search(r"[:：]$", head)):
            yield _note("註", head, line)


def _inline(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the words before and the (code, meaning) pairs of a note that lists 1. 2. 3. in one line."""
    marks = list(_INLINE.finditer(halve(text)))
    if len(halve(text)) != len(text) or [m[1] for m in marks] != [
        str(n) for n in range(1, len(marks) + 1)
    ]:
        return text, []
    if len(marks) < 2:
        return text, []
    ends = [m.start() for m in marks[1:]] + [len(text)]
    pairs = [
        (m[1], text[m.end() : end].strip(" 、，；;,")) for m, end in zip(marks, ends, strict=True)
    ]
    return text[: marks[0].start()], pairs


def _note(code: str, text: str, line: Line) -> Footnote:
    return Footnote(
        code=code, text=text.strip(), source=Source.at(line.place, raw=unwrap(line.text))
    )


def _first_of_each(found: list[Footnote]) -> Iterator[Footnote]:
    seen: set[tuple[str, str]] = set()
    for footnote in found:
        key = (footnote.code, footnote.text)
        if footnote.text and key not in seen:
            seen.add(key)
            yield footnote
