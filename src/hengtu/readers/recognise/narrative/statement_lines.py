"""Mission, vision and core values as pages print them: under a label, behind it, or in a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hengtu.core.codes import read_code
from hengtu.core.hanzi import CJK, bare, has_hanzi, squeeze, unwrap
from hengtu.core.numbering import read_mark
from hengtu.core.paper import Block, Line, Row, Table
from hengtu.core.plan import Statement, Text
from hengtu.core.source import Place, Source
from hengtu.readers.recognise.maps.cells import read_label, read_perspective, read_theme
from hengtu.readers.recognise.notes import Notes

Kind = Literal["mission", "vision", "values"]

_WORDS: dict[Kind, str] = {
    "mission": r"使\s*命(?:\s*[(（]?Mission[)）]?)?",
    "vision": r"願\s*景(?:\s*[(（]?Vision[)）]?)?",
    "values": r"(?:核\s*心\s*價\s*值(?:\s*觀)?|核心信念|組織價值)(?:\s*[(（]?(?:Core\s*)?Values?[)）]?)?",
}
_OPEN = (
    r"^[【\[〔「『《(（●◎■◆◇※★\s]*(?:[一二三四五六七八九十壹貳參肆伍陸\d]{1,2}[、.．]\s*)?"
    rf"(?:(?:[{CJK}]{{0,8}}(?:處|局|所|會|府|院|館|中心|機關|組織)|施政|市政|縣政|服務)(?:之|的)?)?"
)
_CLOSE = r"[】\]〕」』》)）]*\s*(?:[:：]|$|(?<=[】\]〕」』》)）])|(?=\s))\s*"
_LABELS = {kind: re.compile(_OPEN + words + _CLOSE, re.I) for kind, words in _WORDS.items()}
_CELL_LABELS = {
    kind: re.compile(rf"^[【\[「]?\s*{words}\s*(?P<mark>[】\]」:：]|\s|$)?\s*", re.I)
    for kind, words in _WORDS.items()
}
_ANY_LABEL = re.compile("|".join(_WORDS.values()), re.I)
_STOP = re.compile(
    r"策略地圖|策略主題|策略目標|平衡計分卡|組織架構|簡報|大綱|關聯圖|^\d{1,3}$|^目錄$|施政重點|^構面|KPI|KSF|次.{0,6}會議|^前言|年度目標"
)
_VALUE_MARKS = re.compile(r"[、，,；;／/。·‧•．・∙|｜\n]")
_LONGEST = 400
_WIDEST = 40
_EVEN = range(4, 9)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One printed statement: its pieces (a line or an item each) with their places."""

    kind: Kind
    pieces: tuple[tuple[Place, str], ...]
    itemised: bool = False

    @property
    def text(self) -> str:
        """The pieces as one text, a line for each item."""
        if self.itemised:
            return "\n".join(unwrap(words) for _, words in self.pieces)
        return unwrap(" ".join(words for _, words in self.pieces))

    @property
    def source(self) -> Source:
        """The places of all pieces."""
        return Source.at(*(place for place, _ in self.pieces), raw=self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementSet:
    """The statements found in a stretch of a document."""

    mission: Statement | None = None
    vision: Statement | None = None
    core_values: tuple[Text, ...] = ()


def read_statement_blocks(blocks: Sequence[Block], notes: Notes) -> StatementSet:
    """Return the mission, vision and core values printed in a stretch of blocks."""
    sightings = _in_lines(blocks, notes)
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                sightings += _in_row(row, notes)
    merged = merge_sightings(sightings)
    _claim_repeats(blocks, merged, notes)
    return merged


def merge_sightings(sightings: Sequence[Sighting]) -> StatementSet:
    """Return one statement of each kind; the same words seen again add their places."""
    return StatementSet(
        mission=_statement([s for s in sightings if s.kind == "mission"]),
        vision=_statement([s for s in sightings if s.kind == "vision"]),
        core_values=_values([s for s in sightings if s.kind == "values"]),
    )


def split_values(text: str) -> list[str]:
    """Return the values that a text lists: at marks, else at blanks, else four characters each.

    >>> split_values("廉正 務實 關懷"), split_values("廉潔自持主動積極創新卓越")
    (['廉正', '務實', '關懷'], ['廉潔自持', '主動積極', '創新卓越'])
    """
    marked = [part for part in (_value(p) for p in _VALUE_MARKS.split(text)) if part]
    return marked if len(marked) > 1 else _unmarked(text)


def _value(text: str) -> str:
    return unwrap(text).strip(" 「」『』【】()（）:：.")


def _unmarked(text: str) -> list[str]:
    """Part a run of values without marks; a blank may be a wrap, so even lengths decide."""
    blanks = [part for part in (_value(p) for p in text.split()) if part]
    whole = squeeze("".join(blanks))
    if len(blanks) > 1 and len({len(part) for part in blanks}) == 1 and len(blanks[0]) in (2, 3, 4):
        return blanks
    if has_hanzi(whole) and len(whole) % 4 == 0 and 8 <= len(whole) <= 40 and whole.isalpha():
        return [whole[n : n + 4] for n in range(0, len(whole), 4)]
    return blanks if len(blanks) > 1 and min(map(len, blanks)) > 1 else [whole] if whole else []


def _in_lines(blocks: Sequence[Block], notes: Notes) -> list[Sighting]:
    found: list[Sighting] = []
    number = 0
    while number < len(blocks):
        label = _label(blocks, number)
        if label is None:
            number += 1
            continue
        kind, rest, used = label
        notes.claim(*(b.place for b in blocks[number : number + used]))
        first = blocks[number].place
        number += used
        pieces = [(first, rest)] if rest else []
        bullets = 0
        while number < len(blocks) and _label(blocks, number) is None:
            line = _going_on(pieces, blocks[number])
            if line is None and kind == "values":
                line = _more_values(pieces, blocks[number])
            if line is None:
                break
            pieces.append((line.place, _plain(line.text)))
            bullets += line.bullet or line.text.strip()[:1] in "●•‧○◆■"
            notes.claim(line)
            number += 1
        if pieces:
            found.append(Sighting(kind, tuple(pieces), itemised=bullets > 1))
    return found


def _label(blocks: Sequence[Block], number: int) -> tuple[Kind, str, int] | None:
    """Return the label that starts at a block: its kind, the words behind it, the lines it takes."""
    block = blocks[number]
    if not isinstance(block, Line):
        return None
    following = blocks[number + 1] if number + 1 < len(blocks) else None
    for kind, pattern in _LABELS.items():
        if found := pattern.match(block.text):
            rest = block.text[found.end() :].strip()
            return None if _ANY_LABEL.search(rest) and len(rest) < 12 else (kind, rest, 1)
        if not isinstance(following, Line) or len(block.text) > 3:
            continue
        if pattern.fullmatch(squeeze(block.text + following.text)):
            return kind, "", 2
    return None


def _going_on(pieces: Sequence[tuple[Place, str]], block: Block) -> Line | None:
    """Return the block when it goes on with a statement: the first line, or one that hangs on it."""
    if not isinstance(block, Line) or _ends(block) or sum(len(t) for _, t in pieces) > _LONGEST:
        return None
    if not pieces:
        return block
    hangs = block.gap_before == 0 and (block.bullet or not read_mark(block.text))
    unfinished = pieces[-1][1].endswith(("，", "、", "；", ",", "「"))
    return block if hangs or unfinished else None


def _more_values(pieces: Sequence[tuple[Place, str]], block: Block) -> Line | None:
    """Return a line behind a blank one that lists further values with the same marks."""
    if not isinstance(block, Line) or _ends(block) or not pieces:
        return None
    values = _VALUE_MARKS.split(block.text.strip())
    short = all(2 <= len(squeeze(value)) <= _EVEN[-1] for value in values)
    marked = len(values) > 1 and len(_VALUE_MARKS.split(pieces[-1][1])) > 1
    return block if short and marked and block.gap_before == 1 else None


def _ends(line: Line) -> bool:
    """Whether a line begins something else than a statement's words."""
    text = line.text.strip()
    return bool(
        _STOP.search(text)
        or any(pattern.match(text) for pattern in _LABELS.values())
        or _ANY_LABEL.fullmatch(squeeze(text))
        or read_code(text)
        or read_label(text)
        or read_theme(text)
        or (read_perspective(text) and not line.bullet)
        or not has_hanzi(text)
    )


def _plain(text: str) -> str:
    return text.strip().lstrip("●•‧○◆■").strip()


def _in_row(row: Row, notes: Notes) -> list[Sighting]:
    """Read the statements of a table row: label and words in one cell, or in two."""
    texts = row.texts[:_WIDEST]
    labelled = [(column, _cell_label(text)) for column, text in enumerate(texts)]
    kinds = {found[0] for _, found in labelled if found}
    sightings = []
    for column, found in labelled:
        if found is None:
            continue
        kind, rest, marked = found
        words = rest or next((text for text in texts[column + 1 :] if text), "")
        sure = marked or len(kinds) > 1
        if not words or not sure or (not rest and _cell_label(words)) or _STOP.search(words[:12]):
            continue
        sightings.append(_cell_sighting(kind, words, row))
    if sightings:
        notes.claim(row)
    return sightings


def _cell_label(text: str) -> tuple[Kind, str, bool] | None:
    for kind, pattern in _CELL_LABELS.items():
        if found := pattern.match(text):
            return kind, text[found.end() :].strip(), found["mark"] is not None
    return None


def _cell_sighting(kind: Kind, words: str, row: Row) -> Sighting:
    """Take even pieces between blanks for items; uneven ones are the wraps of one sentence."""
    parts = words.split()
    even = len(parts) > 1 and len({len(part) for part in parts}) == 1 and len(parts[0]) in _EVEN
    if kind == "values" or not even or not all(part.isalpha() for part in parts):
        return Sighting(kind, ((row.place, words),))
    return Sighting(kind, tuple((row.place, part) for part in parts), itemised=True)


def _statement(sightings: Sequence[Sighting]) -> Statement | None:
    if not sightings:
        return None
    first = sightings[0]
    source = first.source
    for other in sightings[1:]:
        if bare(other.text) == bare(first.text):
            source = source.join(other.source)
    items = tuple(unwrap(words) for _, words in first.pieces) if first.itemised else ()
    return Statement(text=first.text, items=items, source=source)


def _values(sightings: Sequence[Sighting]) -> tuple[Text, ...]:
    """Return the values of the first sighting that lists any, with the places of the same elsewhere."""
    found: dict[str, Text] = {}
    for number, sighting in enumerate(sightings):
        for place, words in sighting.pieces:
            for value in split_values(words):
                source = Source.at(place, raw=value)
                known = found.get(bare(value))
                if known:
                    found[bare(value)] = Text(text=known.text, source=known.source.join(source))
                elif number == 0:
                    found[bare(value)] = Text(text=value, source=source)
    return tuple(found.values())


def _claim_repeats(blocks: Sequence[Block], merged: StatementSet, notes: Notes) -> None:
    """Claim lines that print a statement once more without its label."""
    printed = {bare(s.text) for s in (merged.mission, merged.vision) if s}
    for block in blocks:
        if isinstance(block, Line) and bare(block.text) in printed:
            notes.claim(block)
