"""Schedule-control tables: section, item, task, twelve months, status, note."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.core.paper import Paper
from hengtu.core.plan import OrgUnit, WorkItem
from hengtu.readers.recognise.notes import Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The work items and the org units that do them."""

    work_items: tuple[WorkItem, ...] = ()
    org_units: tuple[OrgUnit, ...] = ()


def read_schedule(paper: Paper, notes: Notes) -> Schedule:
    """Return the work items of the schedule-control table."""
    return Schedule()
