"""The rows of indicator tables: joined over page breaks, headers that come again taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hengtu.core.codes import read_code
from hengtu.core.hanzi import has_hanzi, unwrap
from hengtu.core.paper import Line, Paper, Row, Table
from hengtu.core.source import Place
from hengtu.readers.recognise.indicators.alignment import align
from hengtu.readers.recognise.indicators.columns import Columns, read_header, settled, spread
from hengtu.readers.recognise.narrative.tree import is_page_number
from hengtu.readers.recognise.notes import Notes

_SUM = re.compile(r"^(?:合計|總計|小計|總和|權重合計)$")
_SPACED = re.compile(r"^([一二三四五六七八九十]{1,3})[ \u3000]+(?=\S)")
_FINISHED = re.compile(r"[。！？；%％)）】\]」』]$")


@dataclass(slots=True)
class Join:
    """A cell whose two halves stood on two pages."""

    column: int
    first: str
    second: str
    places: tuple[Place, ...]


@dataclass(slots=True)
class Entry:
    """One row of the table as it was meant; ``rows`` are those it was printed on."""

    cells: list[str]
    rows: list[Row]
    joins: list[Join] = field(default_factory=list)
    inner_headers: list[Row] = field(default_factory=list)

    def text(self, column: int | None) -> str:
        """Return the text of a column, empty where there is none."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the row was printed."""
        return tuple(row.place for row in self.rows)

    @property
    def filled(self) -> list[int]:
        """The columns that print something."""
        return [column for column, text in enumerate(self.cells) if text]


@dataclass(slots=True)
class Segment:
    """A table, its parts on several pages joined; ``heading`` is the line above it."""

    columns: Columns
    heading: str
    header: list[Row]
    printed: tuple[str, ...]
    heading_places: tuple[Place, ...] = ()
    entries: list[Entry] = field(default_factory=list)
    repeated: list[Row] = field(default_factory=list)
    shifted: list[Row] = field(default_factory=list)

    def role(self, entry: Entry, role: str) -> str:
        """Return the text that an entry prints under a role."""
        return entry.text(self.columns.roles.get(role))


def find_segments(paper: Paper, notes: Notes, *, midterm: bool) -> Iterator[Segment]:
    """Yield the indicator tables of a document; rows and headers are claimed."""
    collector = _Collector(notes, midterm=midterm)
    for block in paper.blocks:
        if isinstance(block, Line):
            collector.see_line(block)
        else:
            collector.see_table(block)
    for segment in collector.segments:
        _mark_numerals(segment)
    yield from collector.segments


def _mark_numerals(segment: Segment) -> None:
    """Put a mark after the numerals that every cell of a column prints before its name with a mere blank."""
    for role in ("goal", "indicator"):
        column = segment.columns.roles.get(role)
        cells = [text for entry in segment.entries if (text := entry.text(column))]
        if column is not None and len(cells) > 1 and all(map(_SPACED.match, cells)):
            for entry in segment.entries:
                if entry.text(column):
                    entry.cells[column] = _SPACED.sub(r"\1、", entry.cells[column])


class _Collector:
    def __init__(self, notes: Notes, *, midterm: bool) -> None:
        self.segments: list[Segment] = []
        self._notes = notes
        self._midterm = midterm
        self._current: Segment | None = None
        self._heading = ""
        self._heading_places: tuple[Place, ...] = ()

    def see_line(self, line: Line) -> None:
        """Keep the line as the heading of the next table; it ends the one before."""
        if not is_page_number(line.text):
            self._heading = line.text
            self._heading_places = (line.place,)
            self._current = None

    def see_table(self, table: Table) -> None:
        """Take the rows of a table that is, or continues, an indicator table."""
        at, fresh, pending = 0, True, list[Row]()
        while at < len(table.rows):
            if self._is_title(table.rows, at):
                at += 1
                continue
            header = read_header(table.rows, at)
            if header:
                taken = list(table.rows[at : at + header[1]])
                if self._again(header[0]):
                    pending += taken
                else:
                    self._begin(header[0], taken, table.rows[at + header[1] :])
                at += header[1]
                fresh = True
            else:
                if self._current and not self._notes.claimed(table.rows[at]):
                    self._add(self._current, table.rows[at], fresh=fresh, headers=pending)
                at, fresh, pending = at + 1, False, []
        if self._current and pending:
            self._current.repeated += pending
            self._notes.claim(*pending)

    def _is_title(self, rows: Sequence[Row], at: int) -> bool:
        """Whether a row prints the title of the table whose header follows; then it is its heading."""
        texts = [text for text in rows[at].texts if text]
        if len(texts) != 1 or at + 1 == len(rows) or read_header(rows, at + 1) is None:
            return False
        if not re.search(r"(?:指標|目標|目標值|一覽|彙整)表?$", unwrap(texts[0])):
            return False
        self._notes.claim(rows[at])
        self.see_line(Line(texts[0], rows[at].place))
        return True

    def _again(self, columns: Columns) -> bool:
        """Whether a header prints the words of the table that it stands in or that it continues."""
        open_one = self._current or (self.segments[-1] if self.segments else None)
        if open_one is None or open_one.printed != columns.headings:
            return False
        if self._current is None and not _same_heading(self._heading, open_one.heading):
            return False
        self._current = open_one
        return True

    def _begin(self, columns: Columns, header: list[Row], rows: Sequence[Row]) -> None:
        self._current = None
        if self._notes.claimed(header[0]) or not _owned(columns, rows, midterm=self._midterm):
            return
        self._notes.claim(*header)
        placed = settled(columns, rows)
        self._current = Segment(
            placed, self._heading, header, columns.headings, self._heading_places
        )
        self.segments.append(self._current)

    def _add(self, segment: Segment, row: Row, *, fresh: bool, headers: list[Row]) -> None:
        self._notes.claim(row, *headers)
        cells, moved = align(spread(row), segment.columns)
        if moved:
            segment.shifted.append(row)
        entry = Entry(cells, [row])
        if not entry.filled or _SUM.match(unwrap(entry.cells[entry.filled[0]])):
            return
        last = segment.entries[-1] if segment.entries else None
        if last and _continues(segment.columns, last, entry, fresh=fresh):
            _merge(last, entry)
            last.inner_headers += headers
        else:
            segment.entries.append(entry)
            segment.repeated += headers


def _same_heading(one: str, other: str) -> bool:
    """Whether a table stands under the heading of another: a running head, or 「（續）」."""
    plain = re.sub(r"[(（]?[續接][)）]?|[\s\u3000]", "", one)
    return plain == re.sub(r"[(（]?[續接][)）]?|[\s\u3000]", "", other)


def _owned(columns: Columns, rows: Sequence[Row], *, midterm: bool) -> bool:
    """Whether the table is one of a multi-year plan and not a scorecard with lettered codes."""
    if {"regime", "method"} & columns.roles.keys() or any(
        "共同" in words for words in columns.headings
    ):
        return True
    lettered = any(read_code(text) for row in rows[:6] for text in row.texts[:4])
    return midterm and not lettered


def _continues(columns: Columns, last: Entry, entry: Entry, *, fresh: bool) -> bool:
    """Whether a row is the second half of the row before: no number, no values of its own.

    At a page break the values may stand in the second half; then the first has none.
    """
    if any(entry.text(n) for n in columns.numbers):
        return False
    if any(_whole(columns, entry)):
        return fresh and not is_group(columns, last) and _completes(columns, last, entry)
    if entry.text(columns.roles.get("indicator")) and not columns.numbers and not fresh:
        return False
    return not _is_group(columns, last, entry, fresh=fresh)


def _whole(columns: Columns, entry: Entry) -> list[str]:
    """Return the cells that are never broken over two pages: values and code words."""
    kept = [columns.roles.get(role) for role in ("regime", "method", "roc_year")]
    kept += [year.column for year in columns.years]
    return [text for column in kept if (text := entry.text(column))]


def _completes(columns: Columns, last: Entry, entry: Entry) -> bool:
    standard, goal = columns.roles.get("standard"), columns.roles.get("goal")
    both = bool(
        last.text(standard) and entry.text(standard) and entry.text(columns.roles["indicator"])
    )
    new_goal = bool(last.text(goal) and entry.text(goal) and _FINISHED.search(last.text(goal)))
    return not (_whole(columns, last) or both or new_goal)


def _is_group(columns: Columns, last: Entry, entry: Entry, *, fresh: bool) -> bool:
    """Whether a row with one filled cell names a goal or perspective for the rows below it."""
    if len(entry.filled) != 1:
        return False
    column = entry.filled[0]
    text = entry.cells[column]
    if re.match(r"^[(（]?[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾\d]{1,3}[)）、.．]", text):
        return True
    if re.search(r"(?:構面|面向|層面)$|^(?:策略|關鍵|績效|共同性?|施政)*目標", unwrap(text)):
        return True
    above = last.text(column)
    return (
        column == 0 and "goal" not in columns.roles and not (fresh and not _FINISHED.search(above))
    )


def is_group(columns: Columns, entry: Entry) -> bool:
    """Whether an entry names a goal or perspective for the rows below it and nothing else."""
    needed = [columns.roles.get("indicator"), columns.roles.get("standard"), *columns.numbers]
    return (
        len(entry.filled) == 1
        and (entry.filled[0] not in needed or (entry.filled[0] == 0 and len(entry.cells[0]) > 4))
        and has_hanzi(entry.cells[entry.filled[0]])
    )


def _merge(last: Entry, entry: Entry) -> None:
    last.rows += entry.rows
    last.cells += [""] * (len(entry.cells) - len(last.cells))
    for column in entry.filled:
        first, second = last.cells[column], entry.cells[column]
        if first:
            last.joins.append(Join(column, first, second, last.places))
        last.cells[column] = _joined(first, second) if first else second


def _joined(first: str, second: str) -> str:
    """Return two halves of a cell as one text; only Latin words keep a blank between them."""
    latin = re.search(r"[A-Za-z0-9]$", first) and re.match(r"[A-Za-z0-9]", second)
    return unwrap(first + (" " if latin else "") + second)
