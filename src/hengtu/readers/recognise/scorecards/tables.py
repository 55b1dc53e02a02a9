"""Where scorecards stand in a paper: their tables joined over page breaks, with the lines above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hengtu.core.codes import read_code
from hengtu.core.hanzi import squeeze
from hengtu.core.paper import Cell, Line, Paper, Row, Table
from hengtu.core.source import Source
from hengtu.readers.recognise.columns import same_words
from hengtu.readers.recognise.indicators.multi_year import is_multi_year
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecards.codes import tidy
from hengtu.readers.recognise.scorecards.columns import Columns, is_foreign, read_columns, texts_of
from hengtu.readers.recognise.scorecards.perspective_words import is_theme_title, read_perspective
from hengtu.readers.recognise.scorecards.slides import label_of

_PAGE_MARK = re.compile(
    r"^[\s\-–—第共頁次,，/()（）\d]*$|^\d+\s*/\s*\d+$|^[A-Za-z .,&'-]+$|續[上前]?頁|^[(（]續[)）]$"
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
        _read_table(block, sheets, above, notes)
        above = []
    for sheet in sheets:
        notes.claim(*sheet.headers)
    _tell_repeated(sheets, notes)
    return sheets


def _read_table(table: Table, sheets: list[Sheet], above: list[Line], notes: Notes) -> None:
    current = _going_on(table, sheets, above, notes)
    at, after_break, seen = 0, current is not None, current is not None
    while at < len(table.rows):
        header = read_columns(table.rows, at)
        if header:
            columns, count = header
            lines = [] if seen else [*above, *_titles(table.rows[:at])]
            notes.claim(*(line for line in lines if _PAGE_MARK.search(line.text)))
            current = Sheet(columns, list(table.rows[at : at + count]), lines)
            sheets.append(current)
            at, after_break, seen = at + count, True, True
            continue
        if is_foreign(table.rows, at):
            current = None
        if current:
            current.rows.append(ScoreRow(table.rows[at], after_break))
            after_break = False
        at += 1


def _going_on(table: Table, sheets: list[Sheet], above: list[Line], notes: Notes) -> Sheet | None:
    """Return the scorecard that a table without header belongs to; headings between become its rows."""
    if not sheets or read_columns(table.rows, 0) or not _goes_on(table, sheets[-1]):
        return None
    marks = [line for line in above if _PAGE_MARK.search(line.text)]
    headings = [line for line in above if line not in marks]
    if not all(is_heading(line.text) for line in headings):
        return None
    notes.claim(*marks)
    for line in headings:
        row = Row((Cell(line.text, line.place),), line.place)
        sheets[-1].rows.append(ScoreRow(row))
    return sheets[-1]


def is_heading(text: str) -> bool:
    """Whether a line between the parts of a table names a perspective, a theme or an objective."""
    label = label_of(text)
    read = read_code(tidy(text))
    return bool(
        read_perspective(text)
        or is_theme_title(text)
        or (label and label[0] == "objective" and label[1])
        or (read and read[0].level == "objective" and read[1])
    )


def _titles(rows: Sequence[Row]) -> list[Line]:
    """Return the rows above a header that print one text only, as lines."""
    texts = [(row, {text for text in texts_of(row) if text}) for row in rows]
    return [Line(named.pop(), row.place) for row, named in texts if len(named) == 1]


def _goes_on(table: Table, sheet: Sheet) -> bool:
    """Whether a table without header has the shape of the scorecard before it."""
    width = sheet.columns.width
    rows = [cells for cells in map(texts_of, table.rows) if sum(map(bool, cells)) > 1]
    if not rows or any(len(cells) > width or len(cells) * 2 <= width for cells in rows):
        return False
    before = [cells for score in sheet.rows for cells in texts_of(score.row)]
    coded = any(_CODED.search(tidy(text)) for text in before)
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
