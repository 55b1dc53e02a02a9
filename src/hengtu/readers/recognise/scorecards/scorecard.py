"""Scorecards and KSF/KPI slides: objectives, KPIs, measures, values, actions, budgets, filling rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from hengtu.core.codes import read_code
from hengtu.core.paper import Paper
from hengtu.core.plan import Action, Kpi, Rule
from hengtu.core.source import Source
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecards.action_rows import settle_owners_of_actions
from hengtu.readers.recognise.scorecards.cards import read_cards
from hengtu.readers.recognise.scorecards.codes import Style, style_of
from hengtu.readers.recognise.scorecards.columns import Columns, texts_of, title_year
from hengtu.readers.recognise.scorecards.entries import Entries
from hengtu.readers.recognise.scorecards.factor_names import compare_factors
from hengtu.readers.recognise.scorecards.measure_cells import Years
from hengtu.readers.recognise.scorecards.misread_codes import tell_misread_codes
from hengtu.readers.recognise.scorecards.perspective_words import Named, read_theme
from hengtu.readers.recognise.scorecards.records import Record, read_records
from hengtu.readers.recognise.scorecards.rows import RowReader
from hengtu.readers.recognise.scorecards.rules import read_note_row, read_rules
from hengtu.readers.recognise.scorecards.slides import find_cards, label_of
from hengtu.readers.recognise.scorecards.tables import Sheet, find_sheets, is_note
from hengtu.readers.recognise.scorecards.unread_columns import tell_unread_columns
from hengtu.readers.recognise.sightings import ObjectiveSighting, PerspectiveSighting, ThemeSighting


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
        reader.begin(sheet.columns)
        _read_titles(sheet, style, reader, notes)
        records = read_records(sheet, style, notes)
        for record in records:
            _read(record, reader, rules, notes)
        tell_unread_columns(records, notes)
    read_cards(find_cards(paper), entries, notes)
    settle_owners_of_actions(entries, notes)
    compare_factors(entries.objectives, notes)
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


def _read_titles(sheet: Sheet, style: Style, reader: RowReader, notes: Notes) -> None:
    """Read the lines above a table that name its theme, perspective or objective.

    A theme without a label must fit the codes below.
    """
    for line in sheet.above[-4:]:
        where = Source.at(line.place, raw=line.text)
        theme, objective = read_theme(line.text), _objective_words(line.text)
        if theme and _fits(theme, sheet, style):
            reader.begin_theme(theme, where)
        elif objective and sheet.columns.of("objective") is None:
            reader.begin_objective(objective, where)
        elif not reader.read_title(line.text, where):
            continue
        notes.claim(line)


def _objective_words(text: str) -> str:
    label = label_of(text)
    if label and label[0] == "objective":
        return label[1]
    return text if read_code(text) else ""


def _fits(named: Named, sheet: Sheet, style: Style) -> bool:
    if named.letter is None or style != "lettered":
        return False
    cells = [text for score in sheet.rows for text in texts_of(score.row)]
    letters = [
        text.lstrip()[:1] for text in cells if text[1:2] in set("CPLF") and text[2:3].isalnum()
    ]
    return bool(letters) and letters.count(named.letter) * 3 > len(letters) * 2


def _title_year(paper: Paper) -> int | None:
    """Return the year of the first line that names just one."""
    head = islice(paper.texts(), 40)
    return next((year for _, text in head if (year := title_year(text))), None)
