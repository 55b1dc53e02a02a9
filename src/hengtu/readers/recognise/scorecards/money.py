"""The money of a scorecard row: whose it is when several actions stand on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hengtu.core.plan import Action, Budget
from hengtu.readers.recognise.measures.values import read_money
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecards.actions import split_money
from hengtu.readers.recognise.scorecards.records import Record


@dataclass(frozen=True, slots=True)
class Purse:
    """Reads money cells; ``default_year`` stands for a column without a year."""

    notes: Notes
    default_year: int | None = None

    def fund(self, actions: Sequence[Action], record: Record) -> list[Action]:
        """Return the actions with the row's money: split where printed so, else all on the first one.

        The same money is never told twice: the others only name those that they share it with.
        """
        if not actions or not record.funded:
            return list(actions)
        own = self._split(actions, record)
        if own:
            return own
        budgets = self.budgets(record, actions[0].code)
        codes = tuple(action.code for action in actions)
        return [
            replace(
                action,
                budgets=budgets if index == 0 else (),
                budget_shared_with=tuple(code for code in codes if code != action.code),
            )
            for index, action in enumerate(actions)
        ]

    def budgets(
        self, record: Record, subject: str, texts: Sequence[str] | None = None
    ) -> tuple[Budget, ...]:
        """Return the budgets of a row, one for every filled money cell whose year is known."""
        budgets = []
        for index, column in enumerate(record.columns.budgets):
            text = texts[index] if texts else record.at(column.column)
            roc_year = column.roc_year or self._only_year(record)
            if text and roc_year is not None:
                where = record.where(text)
                budgets.append(
                    read_money(
                        text,
                        roc_year=roc_year,
                        factor=column.factor,
                        where=where,
                        subject=subject,
                        notes=self.notes,
                    )
                )
        return tuple(budgets)

    def _split(self, actions: Sequence[Action], record: Record) -> list[Action] | None:
        cells = [split_money(record.at(b.column), len(actions)) for b in record.columns.budgets]
        columns = [cell for cell in cells if cell]
        if not columns or len(columns) < len(cells):
            return None
        return [
            replace(
                action, budgets=self.budgets(record, action.code, [cell[n] for cell in columns])
            )
            for n, action in enumerate(actions)
        ]

    def _only_year(self, record: Record) -> int | None:
        """Return the year of money without one: the table's only target year, else that of the title."""
        targets = {v.roc_year for v in record.columns.values if v.kind == "target" and v.roc_year}
        return targets.pop() if len(targets) == 1 else self.default_year
