"""The actions of scorecard rows: whose they are, who does them, which money they have."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hengtu.core.hanzi import squeeze
from hengtu.core.plan import Action
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecards.actions import is_nothing, read_references, split_actions
from hengtu.readers.recognise.scorecards.codes import Part, Style, parent
from hengtu.readers.recognise.scorecards.entries import Entries
from hengtu.readers.recognise.scorecards.money import Purse
from hengtu.readers.recognise.scorecards.records import Record
from hengtu.readers.recognise.scorecards.standing import Standing


def owner_of(record: Record, role: str, above: str | None) -> str | None:
    """Return the owner a row names, or the one above where its cell is merged."""
    cell = squeeze(record.text(role))
    return cell if cell and not is_nothing(cell) else above


def settle_owners_of_actions(entries: Entries, notes: Notes) -> None:
    """Give every action the KPI that its code names; tell the codes that name none.

    A merged cell may print the actions of KPIs that only follow in the rows below.
    """
    for code, action in entries.actions.items():
        named = parent(code)
        if named in entries.kpis:
            entries.actions[code] = replace(action, kpi=named)
        elif named is not None:
            kpi = action.kpi if action.kpi in entries.kpis else None
            entries.actions[code] = replace(action, kpi=kpi)
            notes.tell("R104", action.source, subject=code, raw=code, reading=kpi or "")


@dataclass(frozen=True, slots=True)
class ActionReader:
    """Reads the action and money cells of records."""

    entries: Entries
    notes: Notes
    style: Style
    purse: Purse

    def read(self, record: Record, now: Standing) -> None:
        """Read the actions of one record; what they mean for the rows below goes into ``now``."""
        cell = record.text("action")
        owner = owner_of(record, "owner_action", now.action_owner)
        if not record.columns.of("owner_action") and self._behind_actions(record):
            owner = owner_of(record, "owner_kpi", now.action_owner or now.owner)
        parts = split_actions(cell, self.style) if cell else []
        actions: list[Action] = []
        numbered = len(parts) == len(now.kpis) and all(part.code is None for part in parts)
        for index, part in enumerate(parts):
            kpi = now.kpis[index] if numbered else self._kpi_of(part, now)
            actions.append(self._action(part, record, owner, kpi, actions))
        for action in self.purse.fund(actions, record):
            self.entries.add_action(action)
        if actions:
            now.action_owner, now.last_action = owner, actions[-1].code
        elif record.funded:
            self._money_alone(record, now)

    def _behind_actions(self, record: Record) -> bool:
        """Whether the only owner stands behind the actions: then it is theirs and the KPI's."""
        owner, action = record.columns.of("owner_kpi"), record.columns.of("action")
        return owner is not None and action is not None and owner > action

    def _action(
        self, part: Part, record: Record, owner: str | None, kpi: str | None, before: list[Action]
    ) -> Action:
        where = record.where(squeeze(f"{part.raw_code}{part.words}"))
        text, references = read_references(part.words, where)
        taken = [action.code for action in before]
        code = part.code or self.entries.action_code(kpi, taken)
        return Action(
            code=code, text=text, kpi=kpi, owner=owner, references=references, source=where
        )

    def _kpi_of(self, part: Part, now: Standing) -> str | None:
        """Return the KPI that an action's code names, if it was seen yet, else the row's."""
        named = parent(part.code) if part.code else None
        return named if named in self.entries.kpis or not now.kpis else now.kpis[0]

    def _money_alone(self, record: Record, now: Standing) -> None:
        """Give money without an action in its row to the action above, if that has none."""
        above = self.entries.actions.get(now.last_action or "")
        budgets = self.purse.budgets(record, now.last_action or (now.kpis or [""])[0])
        if above and not above.budgets and not above.budget_shared_with:
            self.entries.actions[above.code] = replace(above, budgets=budgets)
        elif any(budget.amount for budget in budgets):
            raw = squeeze(" ".join(budget.raw for budget in budgets))
            self.notes.tell("R104", record.where(raw), subject=(now.kpis or [""])[0], raw=raw)
