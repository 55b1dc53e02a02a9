"""Running heads and page numbers: taken off the paper, so that a table goes on over the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from hengtu.core.hanzi import bare, halve
from hengtu.core.numbering import read_mark
from hengtu.core.paper import Block, Line, Paper, Row
from hengtu.core.source import Place

_NUMBER = re.compile(
    r"(?:第\s*\d{1,3}\s*頁(?:[\s,，、/／·(（]*共\s*\d{1,3}\s*頁[)）]?)?"
    r"|(?:(?<=\s)|^)[-–—－~～]\s*\d{1,3}\s*[-–—－~～]"
    r"|(?:(?<=\s)|^)\d{1,3}\s*/\s*\d{1,3}"
    r"|(?:(?<=\s)|^)[Pp](?:age\s*|\.\s*)\d{1,3})\s*$"
)
_BARE_NUMBER = re.compile(r"^\s*\d{1,3}\s*$")
_ENDS = " \t\u3000-–—－|｜,，、./"
_SHORTEST_HEAD, _LONGEST_HEAD = 5, 45
_TITLE_BLOCKS = 8


def clear_pages(paper: Paper) -> Paper:
    """Return the paper without running heads; a table that one of them stood in is cut there.

    A running head is a page number, alone or beside words that another page repeats or the title page prints.
    A number without any sign of a page is left, for it may be content.
    """
    words = [w for line in _single(paper.blocks) if (w := _words(line.text)) is not None]
    heads = {""} | {w for w, times in Counter(words).items() if times > 1}
    title = bare("".join(_title(paper)))
    heads |= {w for w in words if w in title}
    return replace(paper, blocks=tuple(_cleared(paper.blocks, heads, title)))


def _single(blocks: Sequence[Block]) -> Iterator[Line]:
    """Yield every line, and every row that prints one text only as a line."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from (line for row in block.rows if (line := _alone(row)))


def _alone(row: Row) -> Line | None:
    texts = [text for text in row.texts if text]
    return Line(texts[0], row.place) if len(texts) == 1 else None


def _words(text: str) -> str | None:
    """Return the words beside a page number, or None where a line prints none.

    >>> _words("年度施政計畫　第 3 頁，共 9 頁"), _words("- 4 -"), _words("第 3 案")
    ('年度施政計畫', '', None)
    """
    found = _NUMBER.search(halve(text)) if len(text) <= _LONGEST_HEAD else None
    if found is None or read_mark(text) is not None:
        return None
    words = text[: found.start()].rstrip(_ENDS)
    return None if re.search(r"…|\.{3}|·{3}", words) else bare(words)


def _title(paper: Paper) -> Iterator[str]:
    for block in paper.blocks[:_TITLE_BLOCKS]:
        if isinstance(block, Line) and _words(block.text) is None:
            yield block.text


def _cleared(blocks: Sequence[Block], heads: set[str], title: str) -> Iterator[Block]:
    gone = {line.place for line in _single(blocks) if _words(line.text) in heads}
    gone |= set(_beside(blocks, gone, title))
    for block in blocks:
        if isinstance(block, Line):
            if block.place not in gone:
                yield block
            continue
        for kept, rows in groupby(block.rows, key=lambda row: row.place not in gone):
            if kept:
                yield replace(block, rows=tuple(rows))


def _beside(blocks: Sequence[Block], gone: set[Place], title: str) -> Iterator[Place]:
    """Yield where the title stands again right beside a page number, and that number."""
    things = [thing for block in blocks for thing in _things(block)]
    first: dict[str, Place] = {}
    for line in _single(blocks):
        first.setdefault(bare(line.text), line.place)
    for one, other in [*pairwise(things), *pairwise(things[::-1])]:
        words = bare(one.text) if one else ""
        if one and other and len(words) >= _SHORTEST_HEAD and words in title:
            numbered = other.place in gone or _BARE_NUMBER.match(other.text)
            if numbered and first[words] != one.place:
                yield from (one.place, other.place)


def _things(block: Block) -> Sequence[Line | None]:
    """Return the lines of a block, None for every row with several texts."""
    return (block,) if isinstance(block, Line) else [_alone(row) for row in block.rows]
