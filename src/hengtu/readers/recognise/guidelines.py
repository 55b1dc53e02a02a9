"""Service plans: guideline, strategy, method."""

from __future__ import annotations

from hengtu.core.paper import Paper
from hengtu.core.plan import Guideline
from hengtu.readers.recognise.notes import Notes


def read_guidelines(paper: Paper, notes: Notes) -> tuple[Guideline, ...]:
    """Return the guidelines of a service plan."""
    return ()
