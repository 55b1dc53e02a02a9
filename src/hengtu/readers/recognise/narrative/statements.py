"""Mission, vision and core values, under headings, in brackets or in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hengtu.core.paper import Paper
from hengtu.core.plan import Section, Statement, Text
from hengtu.readers.recognise.maps.zones import find_zones, parent_blocks
from hengtu.readers.recognise.narrative.outline import Outline
from hengtu.readers.recognise.narrative.statement_lines import read_statement_blocks, split_values
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.structure.naming import letters

_MISSION = re.compile(r"^(?:本?機關|組織|施政|本[局處所府會館市縣區])?(?:之|的)?使命$")
_VISION = re.compile(r"^(?:本?機關|組織|施政|本[局處所府會館市縣區])?(?:之|的)?願景$")
_VALUES = re.compile(r"^(?:本?機關|組織|本[局處所府會館市縣區])?(?:之|的)?核心價值(?:觀)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """The agency's own statements."""

    mission: Statement | None = None
    vision: Statement | None = None
    core_values: tuple[Text, ...] = ()


def read_statements(paper: Paper, notes: Notes, outline: Outline) -> Statements:
    """Return the agency's own mission, vision and core values (not the parent government's)."""
    foreign = parent_blocks(find_zones(paper))
    chapters = list(_sections(outline.sections))
    blocks = [block for number, block in enumerate(paper.blocks) if number not in foreign]
    printed = read_statement_blocks(blocks, notes)
    return Statements(
        mission=_longer(_chapter(chapters, _MISSION), printed.mission),
        vision=_longer(_chapter(chapters, _VISION), printed.vision),
        core_values=_chapter_values(chapters) or printed.core_values,
    )


def _longer(chapter: Statement | None, printed: Statement | None) -> Statement | None:
    """Return what a chapter says; where lines under a label say the same, they know the wraps."""
    if chapter is None or (printed and letters(printed.text) == letters(chapter.text)):
        return printed
    return chapter


def _sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.sections)


def _chapter(chapters: list[Section], title: re.Pattern[str]) -> Statement | None:
    """Return the statement that a chapter of this title holds, a line for each paragraph or point."""
    section = next((s for s in chapters if title.match(s.title)), None)
    points = _points(section) if section else ()
    if section is None or not points:
        return None
    items = points if len(points) > 1 else ()
    return Statement(text="\n".join(points), items=items, source=section.source)


def _points(section: Section) -> tuple[str, ...]:
    return (*section.paragraphs, *(child.title for child in section.sections))


def _chapter_values(chapters: list[Section]) -> tuple[Text, ...]:
    section = next((s for s in chapters if _VALUES.match(s.title)), None)
    if section is None:
        return ()
    values = [value for point in _points(section) for value in split_values(point)]
    return tuple(Text(text=value, source=section.source) for value in values if len(value) <= 20)
