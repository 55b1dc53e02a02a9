"""The end of a document that was cut: what it broke off must not be read as a value or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hengtu.core.amounts import read_missing
from hengtu.core.hanzi import unwrap
from hengtu.core.paper import Block, Line, Paper, Row, Table
from hengtu.core.source import Source
from hengtu.readers.recognise.narrative.tree import chapter_mark

LOST = "\ufffd"
_ENDED = re.compile(r"[。！？；：:;!?」』）)】\].%％]$")
_LONGEST_RAW = 80
_LEAST_SENTENCE = 30
_LEAST_ROWS = 2
_WIDE = 3


def trim_cut_end(paper: Paper) -> tuple[Paper, Source | None]:
    """Return the paper without the cell that was cut at its end, and where it was cut, or None.

    A cut sentence stays: half a sentence is still what was printed.
    """
    if not paper.blocks:
        return paper, None
    last = paper.blocks[-1]
    if isinstance(last, Table):
        row = last.rows[-1]
        if not (row.raw.rstrip().endswith(LOST) or _is_cut_row(last) or _lost_its_unit(last)):
            return paper, None
        trimmed = Table((*last.rows[:-1], _without_last_cell(row)), last.gap_before)
        return _ending(paper, trimmed), _source(row.raw, row)
    if last.text.rstrip().endswith(LOST):
        bare = replace(last, text=last.text.rstrip(LOST + " "))
        return _ending(paper, bare), _source(last.text, last)
    broken = _is_cut_sentence(paper, last) or _is_cut_item(paper, last)
    return paper, _source(last.text, last) if broken else None


def _ending(paper: Paper, block: Block) -> Paper:
    return replace(paper, blocks=(*paper.blocks[:-1], block))


def _source(text: str, thing: Line | Row) -> Source:
    return Source.at(thing.place, raw=unwrap(text)[-_LONGEST_RAW:])


def _without_last_cell(row: Row) -> Row:
    filled = [column for column, text in enumerate(row.texts) if text]
    cells = list(row.cells)
    if filled:
        cells[filled[-1]] = replace(cells[filled[-1]], text="")
    return replace(row, cells=tuple(cells))


def _is_cut_row(table: Table) -> bool:
    """Whether the last row has fewer cells than every row above it and stops inside a word."""
    *above, last = [len(row.cells) for row in table.rows]
    text = table.rows[-1].raw.strip()
    return (
        (len(above) >= _LEAST_ROWS or above[:1] > [_WIDE])
        and 1 < last < min(above)
        and bool(text)
        and not _ENDED.search(text)
        and _in_place(table.rows[-1], table.rows[:-1])
    )


def _in_place(last: Row, above: Sequence[Row]) -> bool:
    """Whether the cells of a row are of the kind of those above them: it did not slip, it ends early."""
    mixed = [row for row in above if len({_is_figure(text) for text in row.texts if text}) > 1]
    return not mixed or any(_alike(last, row) for row in above[-4:])


def _alike(last: Row, above: Row) -> bool:
    same = [
        _is_figure(text) == _is_figure(above.text(column))
        for column, text in enumerate(last.texts[:-1])
        if text and above.text(column)
    ]
    enough = min(3, sum(map(bool, last.texts)) - 1)
    return len(same) >= enough and sum(same) * 10 >= len(same) * 8


def _is_figure(text: str) -> bool:
    return re.match(r"[-—－\d]", text) is not None or read_missing(text) is not None


def _lost_its_unit(table: Table) -> bool:
    """Whether the very last cell is a bare number where the cells left of it and above carry a unit."""
    *above, row = table.rows
    *before, last = row.texts or ("",)
    near = [*before[-1:], *(one.text(len(before)) for one in above[-2:])]
    with_unit = [bool(re.fullmatch(r"[\d.,]+\s*[^\d\s.,]+", text)) for text in near]
    return (
        bool(re.fullmatch(r"[\d.,]+", last))
        and len(near) > 1
        and with_unit[0]
        and sum(with_unit) > 1
    )


def _is_cut_item(paper: Paper, line: Line) -> bool:
    """Whether the document ends in a heading, or in an item without its full stop, unlike its fellows."""
    mark = chapter_mark(line.text)
    if mark is None or _ENDED.search(line.text.strip()):
        return False
    fellows = [
        _is_whole(block, following)
        for block, following in zip(paper.blocks, paper.blocks[1:], strict=False)
        if isinstance(block, Line)
        and (other := chapter_mark(block.text))
        and other.depth == mark.depth
    ]
    return len(fellows) > 1 and sum(fellows) * 10 >= len(fellows) * 8


def _is_whole(line: Line, following: Block) -> bool:
    """Whether a marked line ends with a full stop or heads what follows it."""
    if _ENDED.search(line.text.strip()) or isinstance(following, Table):
        return True
    mark, below = chapter_mark(line.text), chapter_mark(following.text)
    return below is None or (mark is not None and below.depth > mark.depth)


def _is_cut_sentence(paper: Paper, line: Line) -> bool:
    """Whether the last line is a long sentence without its end, where others have theirs."""
    text = line.text.strip()
    if len(text) < _LEAST_SENTENCE or _ENDED.search(text) or "，" not in text:
        return False
    long_ones = [one.text for one in paper.lines[:-1] if len(one.text) >= _LEAST_SENTENCE]
    ended = sum(1 for one in long_ones if _ENDED.search(one.strip()))
    return bool(long_ones) and ended * 10 >= len(long_ones) * 6
