"""From scorecard records to objectives, KPIs, measures, actions and budgets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hengtu.core.hanzi import bare, squeeze, unwrap
from hengtu.core.numbering import read_mark
from hengtu.core.paper import Line
from hengtu.core.plan import Action, Kpi, Text
from hengtu.core.source import Source
from hengtu.readers.recognise.actions import (
    is_nothing,
    read_references,
    split_actions,
    split_numbered,
)
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.perspective_words import (
    Named,
    is_theme_title,
    read_perspective,
    read_theme,
)
from hengtu.readers.recognise.scorecard_codes import Part, Style, parent, split
from hengtu.readers.recognise.scorecard_columns import Columns
from hengtu.readers.recognise.scorecard_entries import Entries
from hengtu.readers.recognise.scorecard_measures import Years, read_measures
from hengtu.readers.recognise.scorecard_money import Purse
from hengtu.readers.recognise.scorecard_records import Record
from hengtu.readers.recognise.sightings import PerspectiveSighting, ThemeSighting
from hengtu.readers.recognise.slides import label_of

_SUM = re.compile(r"^(?:合計|總計|小計)")


@dataclass(slots=True)
class Standing:
    """What the rows above say and a blank cell below means again."""

    theme: str | None = None
    perspective: str | None = None
    objective: str | None = None
    objective_name: str = ""
    owner: str | None = None
    action_owner: str | None = None
    kpis: list[str] = field(default_factory=list)
    last_action: str | None = None


class RowReader:
    """Reads records one after the other, remembering what merged cells mean."""

    def __init__(self, entries: Entries, notes: Notes, style: Style, years: Years) -> None:
        self.entries, self.notes, self.style, self.years = entries, notes, style, years
        self.purse = Purse(notes, years.default)
        self.now = Standing()

    def begin(self, theme: Named | None, columns: Columns) -> None:
        """Start a table; a theme of its own ends what the table before was about."""
        if theme is not None and self._theme_code(theme) != self.now.theme:
            self.now = Standing(theme=self._theme_code(theme))
        if columns.of("objective") is None:
            self._turn_to(None, "")

    def begin_objective(self, words: str, line: Line) -> None:
        """Read an objective that a line above a table names."""
        for part in split(words, "objective", self.style):
            self._see_objective(part, Source.at(line.place, raw=line.text), None)

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
        self._actions(record)

    def _heading(self, record: Record) -> bool:
        """Read a row that only names a perspective or a theme."""
        if len({squeeze(text) for text in record.filled}) != 1:
            return False
        text = record.filled[0]
        label = label_of(text)
        if label and label[0] == "objective" and label[1]:
            for part in split(label[1], "objective", self.style):
                self._see_objective(part, record.where(text), None)
            return True
        perspective = read_perspective(text)
        if perspective:
            self._see_perspective(perspective, record, text)
            self.now.objective = None
            return True
        theme = read_theme(text)
        if theme and (theme.letter or is_theme_title(text)) and not record.text("kpi"):
            self.now = Standing(theme=self._see_theme(theme, record, text))
            return True
        return False

    def _columns_of_map(self, record: Record) -> None:
        if text := record.text("theme"):
            theme = read_theme(text) or Named(unwrap(text))
            self.now.theme = self._see_theme(theme, record, text)
        if text := record.text("perspective"):
            perspective = read_perspective(text, anything=True)
            if perspective:
                self._see_perspective(perspective, record, text)

    def _see_perspective(self, named: Named, record: Record, raw: str) -> None:
        self.now.perspective = named.name
        self.entries.perspectives.append(
            PerspectiveSighting(name=named.name, letter=named.letter, source=record.where(raw))
        )

    def _see_theme(self, named: Named, record: Record, raw: str) -> str | None:
        if named.letter:
            self.entries.themes.append(
                ThemeSighting(code=named.letter, name=named.name, source=record.where(raw))
            )
        return self._theme_code(named)

    def _theme_code(self, named: Named) -> str | None:
        if named.letter:
            return named.letter
        same = (theme.code for theme in self.entries.themes if bare(theme.name) == bare(named.name))
        return next(same, None)

    def _objective(self, record: Record) -> str | None:
        cell = record.text("objective")
        implied = self._implied(record)
        if not cell:
            if implied and implied != self.now.objective:
                self._turn_to(implied, "")
            return self.now.objective
        parts = split(cell, "objective", self.style)
        for part in parts:
            self._see_objective(part, record.where(cell), implied)
        return self.now.objective

    def _see_objective(self, part: Part, where: Source, implied: str | None) -> None:
        name = unwrap(_unmarked(part.words) if part.code is None else part.words)
        code = part.code or implied or self.entries.objective_code(name)
        again = code == self.now.objective and bare(name) == bare(self.now.objective_name)
        if again:
            return
        self._turn_to(code, name)
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

    def _turn_to(self, code: str | None, name: str) -> None:
        now = self.now
        now.objective, now.objective_name, now.kpis = code, name, []
        now.owner = now.action_owner = now.last_action = None

    def _implied(self, record: Record) -> str | None:
        """Return the objective that the codes of the row's KPIs or actions belong to, if they agree."""
        codes = [part.above("objective") for part in split(record.text("kpi"), "kpi", self.style)]
        codes += [
            part.above("objective") for part in split(record.text("action"), "action", self.style)
        ]
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
        owner = self._owner(record, "owner_kpi", self.now.owner)
        self.now.owner = owner
        codes = self._codes(parts, objective, record)
        names = [unwrap(part.words) for part in parts]
        sets = read_measures(record, names, subject=codes[0], years=self.years, notes=self.notes)
        self._tell_several(record, codes)
        kept = []
        for code, name, measures, part in zip(codes, names, sets, parts, strict=True):
            kpi = Kpi(
                code=code,
                name=name,
                objective=(part.above("objective") or objective),
                owner=owner,
                measures=measures,
                source=record.where(record.text("kpi")),
            )
            kept.append(self.entries.add_kpi(kpi).code)
        return kept

    def _codes(self, parts: Sequence[Part], objective: str | None, record: Record) -> list[str]:
        codes: list[str] = []
        for part in parts:
            same = None if part.code else self.entries.kpi_by_name(objective, unwrap(part.words))
            if same and bare(same.name) != bare(part.words):
                same = None
            code = part.code or (same.code if same else self.entries.kpi_code(objective))
            while code in codes and not part.code:
                stem, _, number = code.rpartition("-")
                code = f"{stem}-{int(number) + 1}" if stem else f"{code}-2"
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
        first = len(kpi.measures)
        numbered = tuple(replace(m, index=first + n) for n, m in enumerate(more, 1))
        self.entries.kpis[kpi.code] = replace(
            kpi, measures=(*kpi.measures, *numbered), source=kpi.source.join(record.where(""))
        )

    def _owner(self, record: Record, role: str, above: str | None) -> str | None:
        cell = squeeze(record.text(role))
        return cell if cell and not is_nothing(cell) else above

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

    def _actions(self, record: Record) -> None:
        cell = record.text("action")
        owner = self._owner(record, "owner_action", self.now.action_owner)
        if not record.columns.of("owner_action") and self._behind_actions(record):
            owner = self.now.owner
        parts = split_actions(cell, self.style) if cell else []
        actions: list[Action] = []
        for part in parts:
            actions.append(self._action(part, record, owner, actions))
        for action in self.purse.fund(actions, record):
            self.entries.add_action(action)
        if actions:
            self.now.action_owner, self.now.last_action = owner, actions[-1].code
        elif record.funded:
            self._money_alone(record)

    def _behind_actions(self, record: Record) -> bool:
        owner, action = record.columns.of("owner_kpi"), record.columns.of("action")
        return owner is not None and action is not None and owner > action

    def _action(
        self, part: Part, record: Record, owner: str | None, before: list[Action]
    ) -> Action:
        kpi = self._kpi_of(part, record)
        where = record.where(squeeze(f"{part.raw_code}{part.words}"))
        text, references = read_references(part.words, where)
        code = part.code or self.entries.action_code(kpi)
        taken = {action.code for action in before}
        while code in taken and not part.code:
            stem, _, number = code.rpartition("-")
            code = f"{stem}-{int(number) + 1}"
        return Action(
            code=code, text=text, kpi=kpi, owner=owner, references=references, source=where
        )

    def _kpi_of(self, part: Part, record: Record) -> str | None:
        row = self.now.kpis[0] if self.now.kpis else None
        named = parent(part.code, "kpi") if part.code else None
        if named and (named in self.entries.kpis or row is None):
            return named
        if named:
            self.notes.tell(
                "R104",
                record.where(part.raw_code),
                subject=part.code or "",
                raw=part.raw_code,
                reading=row or "",
            )
        return row

    def _money_alone(self, record: Record) -> None:
        """Give money without an action in its row to the action above, if that has none."""
        above = self.entries.actions.get(self.now.last_action or "")
        budgets = self.purse.budgets(record, self.now.last_action or (self.now.kpis or [""])[0])
        if above and not above.budgets and not above.budget_shared_with:
            self.entries.actions[above.code] = replace(above, budgets=budgets)
        elif any(budget.amount for budget in budgets):
            raw = squeeze(" ".join(budget.raw for budget in budgets))
            self.notes.tell("R104", record.where(raw), subject=(self.now.kpis or [""])[0], raw=raw)


def _unmarked(words: str) -> str:
    mark = read_mark(words)
    rest = mark.rest if mark and mark.rest else words
    return re.sub(r"^[A-Z][.、．]\s*(?=\S)", "", rest)
