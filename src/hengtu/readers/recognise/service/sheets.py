"""One table from several: page breaks split a table, repeat its header, or leave it out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from hengtu.core.paper import Block, Line, Paper, Row, Table
from hengtu.readers.recognise.columns import same_words
from hengtu.readers.recognise.persons.positions import signs_only

_FURNITURE = re.compile(
    r"^[\s\-–—~第頁共/]*\d{0,3}[\s\-–—~第頁共/\d]*$|^\(?（?續(?:上頁|前頁|下頁)?\)?）?$"
)
_HEADER_LENGTH = 300
_LABEL = re.compile(r"^[(（【]?附[件表錄]\s?[一二三四五六七八九十\d]{0,3}[)）】]?[：:]?$")
_HEADING = re.compile(r"^(?:[壹貳參肆伍陸柒捌玖拾]|附[件表錄])")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its header, the rows of all its pages and the line above it.

    ``pages`` holds the rows of every page without headers; ``headers`` every printed header row; ``labels`` a line
    such as 附件一 above the title.
    """

    header: Row
    headers: tuple[Row, ...]
    repeats: tuple[Row, ...]
    pages: tuple[tuple[Row, ...], ...]
    title: Line | None = None
    labels: tuple[Line, ...] = ()

    @property
    def body(self) -> tuple[Row, ...]:
        """Every row that is no header."""
        return tuple(row for page in self.pages for row in page)


def find_sheets(
    paper: Paper,
    heads: Callable[[Row], bool],
    *,
    hint: re.Pattern[str],
    continues: Callable[[Table, Row], bool] | None = None,
) -> list[Sheet]:
    """Return every table whose header row satisfies ``heads``, with the pages that continue it.

    ``hint`` must be found in a header without its blanks; it spares ``heads`` the other rows.
    A following table continues it when it repeats the header, or when nothing but blank lines and page numbers
    stands between and ``continues`` agrees (by default: as many cells).
    """

    def begins(row: Row) -> bool:
        words = "".join(row.raw.split())
        return len(words) <= _HEADER_LENGTH and hint.search(words) is not None and heads(row)

    sheets: list[Sheet] = []
    blocks = paper.blocks
    at = 0
    while at < len(blocks):
        block = blocks[at]
        start = _header_at(block, begins) if isinstance(block, Table) else None
        if start is None or not isinstance(block, Table):
            at += 1
            continue
        sheet, at = _gather(blocks, at, start, begins, continues or _as_wide)
        sheets.append(sheet)
    return sheets


def _header_at(table: Table, heads: Callable[[Row], bool]) -> int | None:
    return next((i for i, row in enumerate(table.rows) if heads(row)), None)


def _gather(
    blocks: tuple[Block, ...],
    at: int,
    start: int,
    heads: Callable[[Row], bool],
    continues: Callable[[Table, Row], bool],
) -> tuple[Sheet, int]:
    first = blocks[at]
    assert isinstance(first, Table)
    header = first.rows[start]
    rows = first.rows[start + 1 :]
    pages: list[tuple[Row, ...]] = []
    repeats: list[Row] = []
    _add_page(rows, header, pages, repeats)
    following = at + 1
    while (found := _next_page(blocks, following, header, heads, continues)) is not None:
        table = blocks[found]
        assert isinstance(table, Table)
        _add_page(table.rows, header, pages, repeats)
        following = found + 1
    title = _title(blocks, at) if start == 0 else None
    labels = _labels(blocks, at - 2) if title is not None else ()
    sheet = Sheet(header, (header, *repeats), tuple(repeats), tuple(pages), title, labels)
    return sheet, following


def _add_page(
    rows: tuple[Row, ...], header: Row, pages: list[tuple[Row, ...]], repeats: list[Row]
) -> None:
    """Add rows as pages; a header repeated in their midst begins a new page."""
    page: list[Row] = []
    for row in rows:
        if same_words(row, header):
            repeats.append(row)
            if page:
                pages.append(tuple(page))
                page = []
        else:
            page.append(row)
    if page:
        pages.append(tuple(page))


def _next_page(
    blocks: tuple[Block, ...],
    at: int,
    header: Row,
    heads: Callable[[Row], bool],
    continues: Callable[[Table, Row], bool],
) -> int | None:
    """Return where the table goes on, or None."""
    between: list[Line] = []
    for index in range(at, min(at + 5, len(blocks))):
        block = blocks[index]
        if isinstance(block, Line):
            between.append(block)
            continue
        if same_words(block.rows[0], header):
            return (
                index
                if not any(_HEADING.match(line.text) for line in between) and _only_titles(between)
                else None
            )
        if signs_only(block.rows[0].texts):
            return None
        plain = all(_FURNITURE.match(line.text) for line in between)
        return (
            index
            if plain and not any(heads(row) for row in block.rows[:2]) and continues(block, header)
            else None
        )
    return None


def _only_titles(lines: list[Line]) -> bool:
    """Whether the lines between two pages are page numbers or a running title."""
    return all(_FURNITURE.match(line.text) or "續" in line.text[-4:] for line in lines)


def _as_wide(table: Table, header: Row) -> bool:
    """As many cells as the header, or fewer where an editor took off the blank ones at the ends of lines."""
    width = max(len(row.cells) for row in table.rows)
    return width == len(header.cells) or (1 < width < len(header.cells) <= width + 1)


def _title(blocks: tuple[Block, ...], at: int) -> Line | None:
    """Return the line that stands right above a table."""
    above = blocks[at - 1] if at else None
    return above if isinstance(above, Line) and len(above.text) <= 80 else None


def _labels(blocks: tuple[Block, ...], at: int) -> tuple[Line, ...]:
    above = blocks[at] if at >= 0 else None
    return (above,) if isinstance(above, Line) and _LABEL.match(above.text) else ()
