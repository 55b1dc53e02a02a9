"""Rows of a nested table put together again: merged cells left blank, cells cut by page breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from hengtu.core.hanzi import bare, unwrap
from hengtu.core.numbering import PLAIN, read_mark
from hengtu.core.paper import Row
from hengtu.core.source import Place, Source
from hengtu.readers.recognise.service.sheets import Sheet

_LONE_NUMERAL = re.compile(rf"^[(（]?[{PLAIN}\d]{{1,3}}[)）]?\s?[、.．]?$")
_FINISHED = re.compile(r"[。；;！？!?）)」』】…]\s*$")
_DANGLING = "、，,：:及與和或之的"
_CONTINUED = re.compile(r"\s*[(（]續[)）]|\s*\(續前頁\)$")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; None where the table has no such column."""

    guideline: int | None
    strategy: int
    method: int | None
    timing: int | None = None
    others: tuple[int, ...] = ()

    def beside(self, row: Row) -> str:
        """Return what a row prints in headed columns that have no place in a plan."""
        return "｜".join(text for column in self.others if (text := unwrap(row.text(column))))


@dataclass(slots=True)
class Entry:
    """A cell as one text, its printed parts with their places, and what stands under it."""

    parts: list[tuple[str, Place]] = field(default_factory=list)
    children: list[Entry] = field(default_factory=list)
    timing: str = ""
    beside: str = ""

    @property
    def text(self) -> str:
        """The parts joined, blanks as printed."""
        text = ""
        for part, _ in self.parts:
            apart = (
                " "
                if text[-1:].isascii()
                and text[-1:].isalpha()
                and part[:1].isascii()
                and part[:1].isalpha()
                else ""
            )
            text = text + apart + part.strip() if text else part.strip()
        return text

    @property
    def name(self) -> str:
        """The text without line wraps."""
        return unwrap(self.text)

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the parts stand."""
        return tuple(place for _, place in self.parts)

    def source(self, raw: str = "") -> Source:
        """Return the source of the cell."""
        words = raw or self.text
        return Source.at(*self.places, raw=f"{words}｜{self.beside}" if self.beside else words)


@dataclass(slots=True)
class _Reading:
    """The state of reading a table downwards, and the habits of its columns."""

    columns: Columns
    guidelines_marked: bool
    strategies_marked: bool
    strategies_end: bool
    methods_end: bool
    strategy_depth: int
    entries: list[Entry] = field(default_factory=list)

    @property
    def guideline(self) -> Entry | None:
        """The guideline being read."""
        return self.entries[-1] if self.entries else None

    @property
    def strategy(self) -> Entry | None:
        """The strategy being read."""
        children = self.entries[-1].children if self.entries else []
        return children[-1] if children else None

    def is_cut(self, strategy: Entry) -> bool:
        """Whether the words of a strategy or of its last method stop before their end."""
        method = strategy.children[-1] if strategy.children else None
        return _stops(strategy, ends=self.strategies_end) or (
            method is not None and _stops(method, ends=self.methods_end)
        )


def read_entries(sheet: Sheet, columns: Columns) -> list[Entry]:
    """Return the guidelines with their strategies and methods.

    A row after a page break goes on with the row before it when its strategy cell has no number where the
    others have one, or, in a table without numbers, when the cells before the break stop before their end.
    """
    reading = _Reading(
        columns,
        guidelines_marked=_mostly(sheet, columns.guideline, _has_mark)
        or _numbered_apart(sheet, columns.guideline),
        strategies_marked=_mostly(sheet, columns.strategy, _has_mark),
        strategies_end=_mostly(sheet, columns.strategy, _ends),
        methods_end=_mostly(sheet, columns.method, _ends),
        strategy_depth=_depth(sheet, columns),
    )
    for page in sheet.pages:
        for index, row in enumerate(page):
            if any(row.texts):
                _read_row(row, reading, after_break=index == 0)
    return reading.entries


def _mostly(sheet: Sheet, column: int | None, test: Callable[[str], bool]) -> bool:
    texts = [text for row in sheet.body if column is not None and (text := row.text(column))]
    return sum(map(test, texts)) * 2 > len(texts)


def _numbered_apart(sheet: Sheet, column: int | None) -> bool:
    """Whether names stand under their numbers, a few characters a row: every number is alone in its cell."""
    texts = [text for row in sheet.body if column is not None and (text := row.text(column))]
    numbers = [text for text in texts if _has_mark(text)]
    return len(texts) > len(numbers) > 1 and all(map(_LONE_NUMERAL.match, numbers))


def _depth(sheet: Sheet, columns: Columns) -> int:
    """Return the commonest depth of the marks beside methods, 0 when there are none."""
    rows = [row for row in sheet.body if columns.method is not None and row.text(columns.method)]
    marks = [mark.depth for row in rows if (mark := read_mark(row.text(columns.strategy)))]
    return Counter(marks).most_common(1)[0][0] if marks else 0


def _has_mark(text: str) -> bool:
    return read_mark(text) is not None or _LONE_NUMERAL.match(text) is not None


def _ends(text: str) -> bool:
    return _FINISHED.search(text) is not None


def _stops(entry: Entry, *, ends: bool) -> bool:
    """Whether a text stops before its end, where the others end with a full stop or by its last word."""
    text = entry.text
    return bool(text) and not _ends(text) and (ends or text[-1] in _DANGLING)


def _read_row(row: Row, reading: _Reading, *, after_break: bool) -> None:
    columns = reading.columns
    guideline, strategy, method, timing = (
        row.text(column) if column is not None else ""
        for column in (columns.guideline, columns.strategy, columns.method, columns.timing)
    )
    if _is_band(row, reading):
        guideline, strategy = row.text(columns.strategy), ""
    goes_on = _goes_on(strategy, reading, after_break=after_break)
    _read_guideline(guideline, row.place, reading, goes_on=goes_on and after_break)
    if not strategy and not method:
        return
    current = reading.strategy
    if current is None or (strategy and not goes_on):
        current = _open_strategy(strategy, row.place, reading)
    elif strategy:
        current.parts.append((strategy, row.place))
    if method:
        joins = goes_on and (after_break or bool(strategy) or reading.methods_end)
        _read_method(method, timing, row.place, current, joins=joins)
    bearer = current.children[-1] if current.children else current
    bearer.beside = "｜".join(filter(None, (bearer.beside, columns.beside(row))))


def _is_band(row: Row, reading: _Reading) -> bool:
    """Whether a row holds nothing but a heading of a higher rank than the strategies have."""
    texts = [text for text in row.texts if text]
    if (
        reading.columns.guideline is not None
        or len(texts) != 1
        or not row.text(reading.columns.strategy)
    ):
        return False
    mark = read_mark(texts[0])
    return mark is not None and mark.depth < reading.strategy_depth


def _goes_on(strategy: str, reading: _Reading, *, after_break: bool) -> bool:
    """Whether the row goes on with the strategy above."""
    current = reading.strategy
    if current is None or not strategy:
        return current is not None
    if reading.strategies_marked:
        return not _has_mark(strategy)
    return after_break and reading.is_cut(current)


def _read_guideline(text: str, place: Place, reading: _Reading, *, goes_on: bool) -> None:
    current = reading.guideline
    if current is None:
        reading.entries.append(Entry([(text, place)] if text else []))
    elif text and not _repeats(text, current):
        marked = reading.guidelines_marked or reading.columns.guideline is None
        fresh = _has_mark(text) if marked else not goes_on
        if fresh:
            reading.entries.append(Entry([(text, place)]))
        else:
            current.parts.append((text, place))


def _repeats(text: str, current: Entry) -> bool:
    """Whether a label printed again after a page break is the one above."""
    plain = bare(_CONTINUED.sub("", text))
    return bool(plain) and plain == bare(current.text)


def _open_strategy(text: str, place: Place, reading: _Reading) -> Entry:
    entry = Entry([(text, place)] if text else [])
    if reading.guideline is not None:
        reading.guideline.children.append(entry)
    return entry


def _read_method(text: str, timing: str, place: Place, strategy: Entry, *, joins: bool) -> None:
    """Add a method cell, or go on with the one above when it stopped before its end."""
    last = strategy.children[-1] if strategy.children else None
    if last is not None and joins and not _ends(last.text) and not _has_mark(text):
        last.parts.append((text, place))
        last.timing = last.timing + timing
    else:
        strategy.children.append(Entry([(text, place)], timing=timing))
