"""What is to be written for each agency: the difference between what is stored and what should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from hengtu.core.periods import Period
from hengtu.queries.judgements import work_out
from hengtu.queries.trees import AGENCY
from hengtu.store.bulk.comparison import Difference, compare_rows
from hengtu.store.bulk.reading import read_rows
from hengtu.store.bulk.tables import NODES, RESULTS, Rows, Table, count_rows, take_rows
from hengtu.store.models import AuditRow, MeasureRow, PlanRow

STAMP_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedPlan:
    """What differs between the stored results of a plan and what they should be."""

    plan: int
    span: tuple[Period, Period] | None
    results: Difference
    nodes: Difference
    worked_out: int

    def __len__(self) -> int:
        """Return how many rows differ."""
        return len(self.results) + len(self.nodes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The plans of an agency; ``stamp`` tells what had been changed when the work began."""

    agency: int
    stamp: tuple[int, ...]
    plans: tuple[PreparedPlan, ...]


def prepare(agency: int) -> Prepared:
    """Return what is to be written for an agency; writes nothing."""
    stamp = read_stamp()
    plans = PlanRow.objects.filter(owning_agency=agency).order_by("pk")
    return Prepared(agency=agency, stamp=stamp, plans=tuple(map(prepare_plan, plans)))


def read_stamp() -> tuple[int, ...]:
    """Return the last entries of the trail but those of recomputing itself: every other change leaves one.

    Numbers are given before entries can be seen, so that the highest alone would hide a late one.
    """
    rows = AuditRow.objects.exclude(verb="results.recompute").order_by("-pk")
    return tuple(rows.values_list("pk", flat=True)[:STAMP_LENGTH])


def prepare_plan(plan: PlanRow) -> PreparedPlan:
    """Return what is to be written for a plan."""
    found = work_out(plan)
    measures = MeasureRow.objects.filter(plan=plan).values_list("pk", flat=True)
    return PreparedPlan(
        plan=plan.pk,
        span=found.span,
        results=_compare(RESULTS, list(measures), found.results),
        nodes=compare_rows(NODES, stored_nodes(plan), found.nodes),
        worked_out=count_rows(found.results),
    )


def stored_nodes(plan: PlanRow) -> Rows:
    """Return the stored lights of a plan's parts, that of its agency left out."""
    rows = read_rows(connection, NODES, [plan.pk])
    own = rows["kind"] != AGENCY
    return rows if own.all() else take_rows(rows, own)


def _compare(table: Table, owners: Sequence[int], computed: Rows) -> Difference:
    return compare_rows(table, read_rows(connection, table, owners), computed)
