"""Columns of a scorecard that print something for which a plan has no place: told, never dropped."""

from __future__ import annotations

from collections.abc import Sequence

from hengtu.core.hanzi import squeeze
from hengtu.core.source import Source
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecards.actions import is_nothing
from hengtu.readers.recognise.scorecards.columns import Columns
from hengtu.readers.recognise.scorecards.records import Record

_NOT_KEPT = {"ignored", "partner", "weight", "note"}
_LONGEST = 60


def tell_unread_columns(records: Sequence[Record], notes: Notes) -> None:
    """Tell each column that was not read once, with the rows that fill it."""
    if not records:
        return
    columns = records[0].columns
    for column in _unread(columns):
        filled = [
            record for record in records if len(record.filled) > 1 and _says(record.at(column))
        ]
        if filled:
            name = squeeze(columns.names[column]) if column < len(columns.names) else ""
            raw = squeeze("；".join(record.at(column) for record in filled))[:_LONGEST]
            places = [place for record in filled for place in record.places]
            notes.tell(
                "R004", Source.at(*places, raw=raw), subject=name or str(column + 1), raw=raw
            )


def _unread(columns: Columns) -> list[int]:
    kept = {column for role, column in columns.roles.items() if role not in _NOT_KEPT}
    kept |= {value.column for value in columns.values} | {money.column for money in columns.budgets}
    return [column for column in range(columns.width) if column not in kept]


def _says(text: str) -> bool:
    return bool(text) and not is_nothing(text)
