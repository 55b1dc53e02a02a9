"""Where scorecards stand in a paper: their tables joined over page breaks, with the lines above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hengtu.core.hanzi import squeeze
from hengtu.core.paper import Line, Paper, Row, Table
from hengtu.core.source import Source
from hengtu.readers.recognise.columns import same_words
from hengtu.readers.recognise.multi_year import is_multi_year
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecard_codes import tidy
from hengtu.readers.recognise.scorecard_columns import Columns, is_foreign, read_columns, texts_of

_PAGE_MARK = re.compile(
    r"^[\s\-–—第共頁次/()（）\d]*$|^\d+\s*/\s*\d+$|^[A-Za-z .,&'-]+$|續[上前]?頁|^[(（]續[)）]$"
)
_CODED = re.compile(r"[A-Z]{1,2}[\dI]\d?|\d{1,2}[-.]\d")
_NOTE = re.compile(r"^(?:填[表寫報]|備\s*註|附\s*註|註|說明)")


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A data row; ``after_break`` when a page break or a repeated header stands before it."""

    row: Row
    after_break: bool = False


@dataclass(slots=True)
class Sheet:
    """A scorecard table under its header, with the lines printed above it."""

    columns: Columns
    headers: list[Row]
    above: list[Line] = field(default_factory=list)
    rows: list[ScoreRow] = field(default_factory=list)


def find_sheets(paper: Paper, notes: Notes) -> list[Sheet]:
    """Return the scorecard tables of a paper in reading order; their headers are claimed.

    A table without header that goes on with the columns of the one before belongs to it.
    """
    sheets: list[Sheet] = []
    above: list[Line] = []
    if is_multi_year(paper):
        return sheets
    for block in paper.blocks:
        if isinstance(block, Line):
            above.append(block)
            continue
        going_on = (
            sheets[-1] if sheets and all(_PAGE_MARK.search(line.text) for line in above) else None
        )
        count = len(sheets)
        _read_table(block, sheets, above, going_on)
        if (
            going_on
            and len(sheets) == count
            and block.rows[0] in (score.row for score in going_on.rows)
        ):
            notes.claim(*above)
        above = []
    for sheet in sheets:
        notes.claim(*sheet.headers)
    _tell_repeated(sheets, notes)
    return sheets


def _read_table(
    table: Table, sheets: list[Sheet], above: list[Line], going_on: Sheet | None
) -> None:
    at, current, after_break = 0, going_on, True
    if current and not _goes_on(table, current):
        current = None
    while at < len(table.rows):
        header = read_columns(table.rows, at)
        if header:
            columns, count = header
            current = Sheet(
                columns, list(table.rows[at : at + count]), list(above) if at == 0 else []
            )
            sheets.append(current)
            at, after_break = at + count, True
            continue
        if is_foreign(table.rows, at):
            current = None
        if current:
            current.rows.append(ScoreRow(table.rows[at], after_break))
            after_break = False
        at += 1


def _titles(rows: Sequence[Row]) -> list[Line]:
    """Return the rows above a header that print one text only, as lines."""
    texts = [(row, {text for text in texts_of(row) if text}) for row in rows]
    return [Line(named.pop(), row.place) for row, named in texts if len(named) == 1]


def _goes_on(table: Table, sheet: Sheet) -> bool:
    """Whether a table without header has the shape of the scorecard before it."""
    if read_columns(table.rows, 0):
        return True
    width = sheet.columns.width
    rows = [texts_of(row) for row in table.rows]
    coded = any(
        _CODED.search(tidy(" ".join(cells))) for cells in (texts_of(r.row) for r in sheet.rows)
    )
    fitting = [cells for cells in rows if len(cells) <= width and len(cells) * 2 > width]
    if len(fitting) < len(rows):
        return False
    return not coded or any(_CODED.match(tidy(text)) for cells in rows for text in cells)


def _tell_repeated(sheets: list[Sheet], notes: Notes) -> None:
    for group in _same_headers(sheets):
        if len(group) > 1:
            places = [sheet.headers[0].place for sheet in group]
            raw = squeeze(group[0].headers[0].raw)
            notes.tell(
                "R132",
                Source.at(*places, raw=raw),
                subject=texts_of(group[0].headers[0])[0] or raw[:12],
                raw=raw,
            )


def _same_headers(sheets: list[Sheet]) -> Iterator[list[Sheet]]:
    left = list(sheets)
    while left:
        first, *others = left
        yield [
            first,
            *(sheet for sheet in others if same_words(first.headers[0], sheet.headers[0])),
        ]
        left = [sheet for sheet in others if not same_words(first.headers[0], sheet.headers[0])]


def is_note(text: str) -> bool:
    """Whether a row or line begins the notes under a table."""
    return _NOTE.match(squeeze(text)) is not None
