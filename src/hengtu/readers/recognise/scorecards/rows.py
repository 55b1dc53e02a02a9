"""From scorecard records to objectives, KPIs, measures, actions and budgets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hengtu.core.hanzi import bare, squeeze, unwrap
from hengtu.core.numbering import read_mark
from hengtu.core.plan import Kpi, Text
from hengtu.core.source import Source
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecards.action_rows import ActionReader, owner_of
from hengtu.readers.recognise.scorecards.actions import (
    is_nothing,
    split_numbered,
)
from hengtu.readers.recognise.scorecards.codes import Part, Style, split
from hengtu.readers.recognise.scorecards.columns import Columns
from hengtu.readers.recognise.scorecards.entries import Entries
from hengtu.readers.recognise.scorecards.measure_cells import Years, read_measures
from hengtu.readers.recognise.scorecards.money import Purse
from hengtu.readers.recognise.scorecards.perspective_words import (
    Named,
    is_theme_title,
    read_perspective,
    read_theme,
)
from hengtu.readers.recognise.scorecards.records import Record
from hengtu.readers.recognise.scorecards.slides import label_of
from hengtu.readers.recognise.scorecards.standing import Standing
from hengtu.readers.recognise.sightings import PerspectiveSighting, ThemeSighting

_SUM = re.compile(r"^(?:合計|總計|小計)")
_FORMULA_LABEL = re.compile(r"[(（]?(?:計算|衡量)?(?:公式|方式)[:：]")
_FORMULA_START = re.compile(r"[(（:：]")
_OPERATOR = re.compile(r"[/／÷×*＊=＝]")


class RowReader:
    """Reads records one after the other, remembering what merged cells mean."""

    def __init__(self, entries: Entries, notes: Notes, style: Style, years: Years) -> None:
        self.entries, self.notes, self.style, self.years = entries, notes, style, years
        self.actions = ActionReader(entries, notes, style, Purse(notes, years.default))
        self.now = Standing()

    def begin(self, columns: Columns) -> None:
        """Start a table; one without a column of objectives has none from the table before."""
        if columns.of("objective") is None:
            self.now.turn_to(None)

    def read_title(self, text: str, where: Source) -> bool:
        """Read a line above a table; return whether it names what the table is about."""
        if is_theme_title(text) and (theme := read_theme(text)):
            self._turn_to_theme(theme, where)
        elif perspective := read_perspective(text):
            self._see_perspective(perspective, where)
        else:
            return False
        return True

    def begin_theme(self, theme: Named, where: Source) -> None:
        """Start what a theme is about."""
        self._turn_to_theme(theme, where)

    def begin_objective(self, words: str, where: Source) -> None:
        """Read an objective that a line above a table names."""
        for part in split(words, "objective", self.style):
            self._see_objective(part, where, None)

    def read(self, record: Record) -> None:
        """Read one record."""
        self.notes.claim(*record.rows)
        if not record.filled or _SUM.match(squeeze(record.filled[0])) or self._heading(record):
            return
        self._columns_of_map(record)
        objective = self._objective(record)
        parts = self._kpi_parts(record)
        if parts:
            self.now.kpis = self._kpis(record, parts, objective)
        elif self.now.kpis and (record.valued or record.text("formula")):
            self._more_measures(record)
        self._factors(record)
        self.actions.read(record, self.now)

    def _heading(self, record: Record) -> bool:
        """Read a row that only names a perspective or a theme."""
        if len({squeeze(text) for text in record.said}) != 1:
            return False
        text = record.said[0]
        label = label_of(text)
        if label and label[0] == "objective" and label[1]:
            for part in split(label[1], "objective", self.style):
                self._see_objective(part, record.where(text), None)
            return True
        perspective = read_perspective(text)
        if perspective:
            self._see_perspective(perspective, record.where(text))
            self.now.turn_to(None)
            return True
        parts = split(text, "objective", self.style) if self.style != "none" else []
        if len(parts) == 1 and parts[0].code and parts[0].words:
            self._see_objective(parts[0], record.where(text), None)
            return True
        theme = read_theme(text)
        titled = self.style == "lettered" or not record.text("kpi")
        if theme and (is_theme_title(text) or (theme.letter and titled)):
            self._turn_to_theme(theme, record.where(text))
            return True
        return False

    def _columns_of_map(self, record: Record) -> None:
        if text := record.text("theme"):
            theme = read_theme(text) or Named(unwrap(text))
            self.now.theme = self.see_theme(theme, record.where(text))
        if text := record.text("perspective"):
            perspective = read_perspective(text, anything=True)
            if perspective:
                self._see_perspective(perspective, record.where(text))

    def _see_perspective(self, named: Named, where: Source) -> None:
        self.now.perspective = named.name
        self.entries.perspectives.append(
            PerspectiveSighting(name=named.name, letter=named.letter, source=where)
        )

    def _turn_to_theme(self, named: Named, where: Source) -> None:
        """Begin a theme, unless it is the one that the rows above are about."""
        code = self.see_theme(named, where)
        if code != self.now.theme:
            self.now = Standing(theme=code)

    def see_theme(self, named: Named, where: Source) -> str:
        """Add a printed mention of a theme and return its code, ours where it has no letter."""
        code = named.letter or self.entries.theme_code(named.name)
        self.entries.themes.append(ThemeSighting(code=code, name=named.name, source=where))
        return code

    def _objective(self, record: Record) -> str | None:
        cell = record.text("objective")
        implied = self._implied(record)
        if not cell:
            if implied and implied != self.now.objective:
                self.now.turn_to(implied, "")
            return self.now.objective
        parts = split(cell, "objective", self.style)
        for part in parts:
            self._see_objective(part, record.where(cell), implied)
        return self.now.objective

    def _see_objective(self, part: Part, where: Source, implied: str | None) -> None:
        name = unwrap(_unmarked(part.words) if part.code is None else part.words)
        code = part.code or implied or self.entries.objective_code(name, self.now.theme)
        again = code == self.now.objective and bare(name) == bare(self.now.objective_name)
        if again:
            return
        self.now.turn_to(code, name)
        if not name:
            return
        self.entries.see_objective(
            code,
            name,
            place="scorecard",
            theme=self.now.theme,
            perspective=self.now.perspective,
            source=where,
            raw_code=part.raw_code,
        )

    def _implied(self, record: Record) -> str | None:
        """Return the objective that the codes of the row's KPIs or actions belong to, if they agree."""
        codes = [part.above() for part in split(record.text("kpi"), "kpi", self.style)]
        codes += [part.above(2) for part in split(record.text("action"), "action", self.style)]
        named = {code for code in codes if code}
        return named.pop() if len(named) == 1 else None

    def _kpi_parts(self, record: Record) -> list[Part]:
        cell = record.text("kpi")
        if is_nothing(cell):
            return []
        parts = split(cell, "kpi", self.style)
        if len(parts) == 1 and parts[0].code is None:
            parts = [Part(None, _unmarked(text)) for text in split_numbered(parts[0].words)]
        return [part for part in parts if part.words]

    def _kpis(self, record: Record, parts: list[Part], objective: str | None) -> list[str]:
        owner = owner_of(record, "owner_kpi", self.now.owner)
        self.now.owner = owner
        codes = self._codes(parts, objective)
        pairs = [_named(part.words, record.columns) for part in parts]
        names = [name for name, _ in pairs]
        sets = read_measures(
            record,
            names,
            subject=codes[0],
            years=self.years,
            notes=self.notes,
            formulas=[formula for _, formula in pairs],
        )
        self._tell_several(record, codes)
        kept = []
        for code, name, measures, part in zip(codes, names, sets, parts, strict=True):
            kpi = Kpi(
                code=code,
                name=name,
                objective=(part.above() or objective),
                owner=owner,
                measures=measures,
                source=record.where(record.text("kpi")),
            )
            kept.append(self.entries.add_kpi(kpi).code)
        return kept

    def _codes(self, parts: Sequence[Part], objective: str | None) -> list[str]:
        codes: list[str] = []
        for part in parts:
            same = None if part.code else self.entries.kpi_named(objective, part.words)
            made = same.code if same else self.entries.kpi_code(objective, codes)
            code = part.code or made
            codes.append(code)
        return codes

    def _tell_several(self, record: Record, codes: list[str]) -> None:
        if len(codes) > 1:
            raw = squeeze(record.text("kpi"))
            self.notes.tell(
                "R143", record.where(raw), subject=codes[0], raw=raw, reading="、".join(codes)
            )

    def _more_measures(self, record: Record) -> None:
        """Read a row without KPI but with values: another measure of the KPI above."""
        kpi = self.entries.kpis[self.now.kpis[-1]]
        more = read_measures(
            record, [kpi.name], subject=kpi.code, years=self.years, notes=self.notes
        )[0]
        if record.text("year"):
            self.entries.add_values(kpi.code, more, record.where(""))
            return
        first = len(kpi.measures)
        numbered = tuple(replace(m, index=first + n) for n, m in enumerate(more, 1))
        self.entries.kpis[kpi.code] = replace(
            kpi, measures=(*kpi.measures, *numbered), source=kpi.source.join(record.where(""))
        )

    def _factors(self, record: Record) -> None:
        cell = record.text("factor")
        if not cell or is_nothing(cell) or not self.now.objective:
            return
        texts = [
            t for part in split(cell, "objective", self.style) for t in split_numbered(part.words)
        ]
        factors = tuple(
            Text(text=unwrap(text), source=record.where(cell)) for text in texts if text.strip()
        )
        self.entries.add_factors(self.now.objective, factors)


def _unmarked(words: str) -> str:
    mark = read_mark(words)
    rest = mark.rest if mark and mark.rest else words
    return re.sub(r"^[A-Z][.、．]\s*(?=\S)", "", rest)


def _named(words: str, columns: Columns) -> tuple[str, str]:
    """Return the name of a KPI, and the formula printed in brackets or behind a label after it."""
    start = _FORMULA_LABEL.search(words)
    if not start and columns.formula_beside_name:
        start = _FORMULA_START.search(words)
    if not start or start.start() < 2 or not _OPERATOR.search(words, start.end()):
        return unwrap(words), ""
    formula = words[start.end() :].strip()
    if start[0][0] in "(（" and formula[-1:] in ")）":
        formula = formula[:-1]
    return unwrap(words[: start.start()]), formula
