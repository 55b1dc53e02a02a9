"""Narrative chapters as rows: reading order and depth instead of a tree of pointers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hengtu.core.plan import Section
from hengtu.core.source import NOWHERE, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter without its sub-chapters; ``depth`` 0 stands outermost."""

    depth: int
    no: str
    title: str
    paragraphs: tuple[str, ...] = ()
    source: Source = NOWHERE


def flatten(sections: Iterable[Section], depth: int = 0) -> Iterator[Chapter]:
    """Yield every chapter in reading order."""
    for section in sections:
        yield Chapter(
            depth=depth,
            no=section.no,
            title=section.title,
            paragraphs=section.paragraphs,
            source=section.source,
        )
        yield from flatten(section.sections, depth + 1)


def nest(chapters: Iterable[Chapter]) -> tuple[Section, ...]:
    """Return the chapters as a tree again.

    >>> outer, inner = Chapter(depth=0, no="壹", title="甲"), Chapter(depth=1, no="一", title="乙")
    >>> nest([outer, inner])[0].sections[0].title
    '乙'
    """
    waiting = list(chapters)
    return tuple(_take(waiting, 0))


def _take(waiting: list[Chapter], depth: int) -> Iterator[Section]:
    while waiting and waiting[0].depth >= depth:
        chapter = waiting.pop(0)
        yield Section(
            no=chapter.no,
            title=chapter.title,
            paragraphs=chapter.paragraphs,
            sections=tuple(_take(waiting, chapter.depth + 1)),
            source=chapter.source,
        )
