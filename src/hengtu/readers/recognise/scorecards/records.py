"""Scorecard rows made whole: columns settled by contents, shifted rows put back, split rows joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hengtu.core.hanzi import squeeze
from hengtu.core.paper import Row
from hengtu.core.source import Place, Source
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecards.actions import is_nothing
from hengtu.readers.recognise.scorecards.codes import Part, Style, split
from hengtu.readers.recognise.scorecards.columns import Columns, texts_of
from hengtu.readers.recognise.scorecards.perspective_words import read_perspective
from hengtu.readers.recognise.scorecards.tables import Sheet, is_heading, is_note

_LEVELS = (("kpi", "kpi"), ("action", "action"), ("objective", "objective"))
_DITTO = {"〃", "″", "〞", "同上", "''", '""', "”"}
_CODE_COLUMNS = {"code_kpi": "kpi", "code_objective": "objective", "code_action": "action"}


@dataclass(slots=True)
class Record:
    """One row of meaning; it may have been printed on several lines."""

    cells: list[str]
    places: list[Place]
    rows: list[Row]
    columns: Columns
    after_break: bool = False

    def text(self, role: str) -> str:
        """Return the cell of a role, empty where there is none."""
        column = self.columns.of(role)
        return self.at(column) if column is not None else ""

    def at(self, column: int) -> str:
        """Return a cell by its column, empty beyond the row's end."""
        return self.cells[column] if 0 <= column < len(self.cells) else ""

    def where(self, raw: str) -> Source:
        """Return the source of some words of this row."""
        return Source.at(*self.places, raw=raw)

    @property
    def filled(self) -> list[str]:
        """The texts that are printed at all."""
        return [text for text in self.cells if text]

    @property
    def said(self) -> list[str]:
        """The texts that are more than a dash or a word for nothing."""
        return [text for text in self.cells if text and not is_nothing(text)]

    @property
    def valued(self) -> bool:
        """Whether any cell of actuals or targets is filled."""
        return any(self.at(value.column) for value in self.columns.values)

    @property
    def funded(self) -> bool:
        """Whether any cell of money is filled."""
        return any(self.at(budget.column) for budget in self.columns.budgets)


def read_records(sheet: Sheet, style: Style, notes: Notes) -> list[Record]:
    """Return the records of a scorecard table, page breaks and shifts undone."""
    cells = [texts_of(score.row) for score in sheet.rows]
    columns = settle(sheet.columns, cells, style)
    records: list[Record] = []
    shifted: list[Row] = []
    for score, texts in zip(sheet.rows, cells, strict=True):
        by = _shift(texts, columns, style)
        if by:
            shifted.append(score.row)
        places = [score.row.place]
        record = Record([*[""] * by, *texts], places, [score.row], columns, score.after_break)
        if records:
            _repeat(records[-1], record)
        _join_codes(record)
        if records and _goes_on(records[-1], record, style):
            _append(records[-1], record, notes)
        else:
            records.append(record)
    if shifted:
        notes.tell("R124", Source.at(*(row.place for row in shifted), raw=squeeze(shifted[0].raw)))
    return records


def settle(columns: Columns, rows: Sequence[Sequence[str]], style: Style) -> Columns:
    """Return the columns corrected by what stands in them: a header that spans two, or has no words."""
    roles = dict(columns.roles)
    rows = [row for row in rows if sum(1 for text in row if text and not is_nothing(text)) > 1]
    taken = {
        *roles.values(),
        *(v.column for v in columns.values),
        *(b.column for b in columns.budgets),
    }
    free = [column for column in range(columns.width) if column not in taken]
    named = roles.get("objective")
    if named is not None and "perspective" not in roles and _are_perspectives(_column(rows, named)):
        roles["perspective"] = named
        del roles["objective"]
        if named + 1 in free:
            roles["objective"] = named + 1
            free.remove(named + 1)
    for column in free:
        role = _role_by_contents(_column(rows, column), style)
        if role and role not in roles:
            roles[role] = column
    return columns.moved(roles)


def _column(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    return [row[column] for row in rows if column < len(row) and row[column]]


def _are_perspectives(texts: Sequence[str]) -> bool:
    known = sum(1 for text in texts if read_perspective(text))
    return bool(texts) and known * 2 > len(texts)


def _role_by_contents(texts: Sequence[str], style: Style) -> str | None:
    if not texts:
        return None
    if _are_perspectives(texts):
        return "perspective"
    if style == "none":
        return None
    for role, level in _LEVELS:
        if sum(1 for text in texts if _coded(text, level, style)) * 2 > len(texts):
            return role
    return None


def _coded(text: str, level: str, style: Style) -> bool:
    return any(part.code for part in _parts(text, level, style))


def _parts(text: str, level: str, style: Style) -> list[Part]:
    if level == "kpi":
        return split(text, "kpi", style)
    return split(text, "action" if level == "action" else "objective", style)


def _shift(texts: Sequence[str], columns: Columns, style: Style) -> int:
    """Return by how many columns a row slipped left, told by where its codes stand."""
    if style != "lettered":
        return 0
    for role, level in _LEVELS:
        homes = [columns.of(role), columns.of(f"code_{level}"), columns.of("number")]
        right = homes[0]
        if right is None or any(
            home is not None and home < len(texts) and _coded(f"{texts[home]} 甲", level, style)
            for home in homes
        ):
            continue
        for column, text in enumerate(texts[:right]):
            if _coded(text, level, style) and len(texts) + right - column <= columns.width:
                return right - column
    return 0


def _repeat(before: Record, record: Record) -> None:
    """Write out the ditto marks of a row."""
    for column, text in enumerate(record.cells):
        if text in _DITTO:
            record.cells[column] = before.at(column)


def _join_codes(record: Record) -> None:
    """Put the code of a column of its own before the name that it belongs to."""
    for role, target in _CODE_COLUMNS.items():
        _prefix(record, record.columns.of(role), record.columns.of(target))
    number = record.columns.of("number")
    if number is not None and record.text("number"):
        for target, level in _LEVELS:
            if _coded(f"{record.text('number')} 甲", level, "lettered"):
                _prefix(record, number, record.columns.of(target))


def _prefix(record: Record, code: int | None, name: int | None) -> None:
    if code is not None and name is not None and record.at(code) and name < len(record.cells):
        record.cells[name] = f"{record.at(code)} {record.at(name)}".strip()


def _goes_on(before: Record, record: Record, style: Style) -> bool:
    """Whether a record is the rest of the one before, which a page break cut."""
    if not record.filled or is_note(record.filled[0]) or _heads(record) or _heads(before):
        return False
    if style != "none" and _begins(before, record, style):
        return False
    if record.text("perspective") and not record.after_break:
        return False
    words = [record.text(role) for role in ("kpi", "formula", "factor", "objective")]
    if record.after_break:
        split_row = bool(record.columns.values) and record.valued != before.valued
        rest = any(words) or _unfinished(before.text("action"))
        return split_row and not (record.funded and before.valued) and rest
    return (
        style != "none"
        and any(words)
        and not (record.valued or record.funded or record.text("action"))
    )


def _begins(before: Record, record: Record, style: Style) -> bool:
    """Whether a code in a row says that something new begins; an action may follow its cut KPI."""
    if any(_coded(record.text(role), level, style) for role, level in _LEVELS if role != "action"):
        return True
    coded = _coded(record.text("action"), "action", style)
    return coded and (
        bool(before.text("action")) or not record.text("kpi") or not record.after_break
    )


def _heads(record: Record) -> bool:
    return len(record.said) == 1 and is_heading(record.said[0])


def _unfinished(text: str) -> bool:
    pairs = (("「", "」"), ("（", "）"), ("(", ")"), ("【", "】"), ("《", "》"))
    return any(text.count(left) > text.count(right) for left, right in pairs)


def _append(before: Record, record: Record, notes: Notes) -> None:
    size = max(len(before.cells), len(record.cells))
    before.cells = [_glued(before.at(column), record.at(column)) for column in range(size)]
    before.places += record.places
    before.rows += record.rows
    raw = squeeze(" ".join(record.filled))
    name = squeeze(before.text("kpi"))
    notes.tell("R131", before.where(raw), subject=name[:24], raw=raw, reading=name)


def _glued(first: str, second: str) -> str:
    if is_nothing(second):
        return first or second
    return second if is_nothing(first) else f"{first} {second}"


def spread(records: Iterable[Record]) -> list[Row]:
    """Return all printed rows of some records."""
    return [row for record in records for row in record.rows]
