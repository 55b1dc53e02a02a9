"""Committee tables: seats by role and position, with their tasks."""

from __future__ import annotations

from hengtu.core.paper import Paper
from hengtu.core.plan import Committee
from hengtu.readers.recognise.notes import Notes


def read_committee(paper: Paper, notes: Notes) -> Committee | None:
    """Return the committee of the document, or None."""
    return None
