"""Mission, vision and core values, under headings, in brackets or in a cell."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.core.paper import Paper
from hengtu.core.plan import Statement, Text
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.outline import Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """The agency's own statements."""

    mission: Statement | None = None
    vision: Statement | None = None
    core_values: tuple[Text, ...] = ()


def read_statements(paper: Paper, notes: Notes, outline: Outline) -> Statements:
    """Return the agency's own mission, vision and core values (not the parent government's)."""
    return Statements()
