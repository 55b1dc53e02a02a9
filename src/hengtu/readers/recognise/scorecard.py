"""Scorecards and KSF/KPI slides: objectives, KPIs, measures, values, actions, budgets, filling rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from hengtu.core.codes import read_code
from hengtu.core.paper import Line, Paper
from hengtu.core.plan import Action, Kpi, Rule
from hengtu.core.source import Source
from hengtu.readers.recognise.cards import read_cards
from hengtu.readers.recognise.misread_codes import tell_misread_codes
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.perspective_words import Named, is_theme_title, read_theme
from hengtu.readers.recognise.rules import read_note_row, read_rules
from hengtu.readers.recognise.scorecard_codes import Style, style_of
from hengtu.readers.recognise.scorecard_columns import Columns, texts_of, year_of
from hengtu.readers.recognise.scorecard_entries import Entries
from hengtu.readers.recognise.scorecard_measures import Years
from hengtu.readers.recognise.scorecard_records import Record, read_records
from hengtu.readers.recognise.scorecard_rows import RowReader
from hengtu.readers.recognise.scorecard_tables import Sheet, find_sheets, is_note
from hengtu.readers.recognise.sightings import ObjectiveSighting, PerspectiveSighting, ThemeSighting
from hengtu.readers.recognise.slides import find_cards, label_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecards:
    """What scorecards and slides say."""

    themes: tuple[ThemeSighting, ...] = ()
    perspectives: tuple[PerspectiveSighting, ...] = ()
    objectives: tuple[ObjectiveSighting, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    actions: tuple[Action, ...] = ()
    rules: tuple[Rule, ...] = ()


def read_scorecards(paper: Paper, notes: Notes) -> Scorecards:
    """Return what the scorecards and KSF/KPI slides of the document say."""
    sheets = find_sheets(paper, notes)
    style = _style(sheets)
    entries = Entries(notes)
    rules: list[Rule] = []
    reader = RowReader(entries, notes, style, Years(_title_year(paper)))
    for sheet in sheets:
        reader.begin(_theme(sheet, style, entries, notes), sheet.columns)
        _objective(sheet, reader, notes)
        for record in read_records(sheet, style, notes):
            _read(record, reader, rules, notes)
    read_cards(find_cards(paper), entries, notes)
    tell_misread_codes(sheets, style, notes)
    if sheets:
        headers = [row for sheet in sheets for row in sheet.headers]
        ends = [sheet.rows[-1].row for sheet in sheets if sheet.rows]
        rules = [*read_rules(paper, headers, ends, notes), *rules]
    return Scorecards(
        themes=tuple(entries.themes),
        perspectives=tuple(entries.perspectives),
        objectives=tuple(entries.objectives),
        kpis=tuple(entries.kpis.values()),
        actions=tuple(entries.actions.values()),
        rules=tuple(rules),
    )


def _read(record: Record, reader: RowReader, rules: list[Rule], notes: Notes) -> None:
    if record.filled and is_note(record.filled[0]):
        for row in record.rows:
            rules += read_note_row(row, notes)
    else:
        reader.read(record)


def _style(sheets: list[Sheet]) -> Style:
    rows = [(sheet.columns, texts_of(score.row)) for sheet in sheets for score in sheet.rows]
    return style_of(
        [_coded_cell(columns, texts, "kpi") for columns, texts in rows],
        [_coded_cell(columns, texts, "objective") for columns, texts in rows],
    )


def _coded_cell(columns: Columns, texts: Sequence[str], role: str) -> str:
    """Return the words of a cell after the code that a column of its own gives them."""
    numbered = [columns.of(f"code_{role}"), columns.of(role)]
    return " ".join(texts[n] for n in numbered if n is not None and n < len(texts)).strip()


def _theme(sheet: Sheet, style: Style, entries: Entries, notes: Notes) -> Named | None:
    """Return the theme that a title above a table names; without a label its letter must fit the codes."""
    for line in reversed(sheet.above[-4:]):
        named = read_theme(line.text)
        if named and (is_theme_title(line.text) or _fits(named, sheet, style)):
            notes.claim(line)
            _see(named, line, entries)
            return named
    return None


def _objective(sheet: Sheet, reader: RowReader, notes: Notes) -> None:
    """Read the objective that a line above a table without objectives names."""
    if sheet.columns.of("objective") is not None:
        return
    for line in sheet.above[-3:]:
        label = label_of(line.text)
        words = (
            label[1]
            if label and label[0] == "objective"
            else line.text
            if read_code(line.text)
            else ""
        )
        if words:
            notes.claim(line)
            reader.begin_objective(words, line)


def _fits(named: Named, sheet: Sheet, style: Style) -> bool:
    if named.letter is None or style != "lettered":
        return False
    cells = [text for score in sheet.rows for text in texts_of(score.row)]
    letters = [
        text.lstrip()[:1] for text in cells if text[1:2] in set("CPLF") and text[2:3].isalnum()
    ]
    return bool(letters) and letters.count(named.letter) * 3 > len(letters) * 2


def _see(named: Named, line: Line, entries: Entries) -> None:
    if named.letter:
        source = Source.at(line.place, raw=line.text)
        entries.themes.append(ThemeSighting(code=named.letter, name=named.name, source=source))


def _title_year(paper: Paper) -> int | None:
    """Return the year of the first line that names just one."""
    head = islice(paper.texts(), 40)
    return next((year for _, text in head if "年" in text and (year := year_of(text))), None)
