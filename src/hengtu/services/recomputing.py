"""Results worked out anew from figures and definitions, agency by agency; and whether they had drifted.

Each agency is one transaction: what is done stays done, whatever interrupts the rest, and nobody ever sees half
an agency. Only rows that differ are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count

from hengtu.queries.drifts import Drift, list_drifts
from hengtu.services.permission import require
from hengtu.services.preparing import Prepared, PreparedPlan, prepare, read_stamp
from hengtu.services.trail import record
from hengtu.services.workers import prepare_all
from hengtu.store.bulk.comparison import Difference
from hengtu.store.bulk.tables import NODES, RESULTS, Table
from hengtu.store.bulk.writing import delete_rows, insert_rows, replace_rows
from hengtu.store.models import AgencyRow, DefinitionRow, PlanRow, User

MOST_DRIFTS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An agency that is done: how many results it has, how many rows differed, the share of all work done."""

    agency: str
    results: int
    differed: int
    done: int
    total: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What an audit found; ``drifts`` names the first of ``count``."""

    count: int
    drifts: tuple[Drift, ...]


Tell = Callable[[Step], None]


def recompute(
    *,
    actor: User,
    agency: AgencyRow | None = None,
    workers: int = 0,
    tell: Tell = lambda step: None,
) -> None:
    """Bring the results of all agencies, or of one, in line with figures and definitions."""
    agencies = find_agencies(agency)
    for one in agencies:
        require(actor, "results.recompute", one)
    course = _Course(agencies)
    for prepared in prepare_all([one.pk for one in agencies], workers=workers):
        written = _write(actor, course.agencies[prepared.agency], prepared)
        tell(course.step(written))


def audit(
    *, agency: AgencyRow | None = None, workers: int = 0, tell: Tell = lambda step: None
) -> Audit:
    """Work everything out anew, write nothing, and return what the stored results should be instead."""
    agencies = find_agencies(agency)
    course, count, drifts = _Course(agencies), 0, list[Drift]()
    for prepared in prepare_all([one.pk for one in agencies], workers=workers):
        for plan in prepared.plans:
            count += len(plan)
            left = MOST_DRIFTS - len(drifts)
            drifts += list_drifts(plan.plan, plan.results, plan.nodes, most=left) if left else []
        tell(course.step(prepared))
    return Audit(count=count, drifts=tuple(drifts))


def find_agencies(agency: AgencyRow | None = None) -> list[AgencyRow]:
    """Return the agencies that have plans, or the one given if it has any."""
    with_plans = AgencyRow.objects.filter(plans__isnull=False).distinct().order_by("pk")
    return list(with_plans.filter(pk=agency.pk) if agency else with_plans)


class _Course:
    """How far the work is, by measures."""

    def __init__(self, agencies: Iterable[AgencyRow]) -> None:
        self.agencies = {one.pk: one for one in agencies}
        counted = DefinitionRow.objects.values("plan__owning_agency").annotate(n=Count("pk"))
        sizes = dict(counted.values_list("plan__owning_agency", "n"))
        self._sizes = {pk: sizes.get(pk, 0) + 1 for pk in self.agencies}
        self._done: set[int] = set()

    def step(self, prepared: Prepared) -> Step:
        """Return where the work is after an agency."""
        self._done.add(prepared.agency)
        return Step(
            agency=self.agencies[prepared.agency].name,
            results=sum(plan.worked_out for plan in prepared.plans),
            differed=sum(map(len, prepared.plans)),
            done=len(self._done),
            total=len(self.agencies),
            share=sum(map(self._sizes.__getitem__, self._done)) / sum(self._sizes.values()),
        )


@transaction.atomic
def _write(actor: User, agency: AgencyRow, prepared: Prepared) -> Prepared:
    """Write what differs; work it out again where somebody changed something meanwhile."""
    plans = PlanRow.objects.select_for_update().filter(owning_agency=agency).order_by("pk")
    rows = {row.pk: row for row in plans}
    if prepared.stamp != read_stamp():
        prepared = prepare(agency.pk)
    for plan in prepared.plans:
        _write_plan(rows[plan.plan], plan)
    if any(map(len, prepared.plans)):
        record(
            actor=actor,
            verb="results.recompute",
            subject=agency,
            agency=agency,
            rows=sum(map(len, prepared.plans)),
        )
    return prepared


def _write_plan(row: PlanRow, plan: PreparedPlan) -> None:
    first, last = (one.code for one in plan.span) if plan.span else (None, None)
    if (row.judged_first, row.judged_last) != (first, last):
        PlanRow.objects.filter(pk=row.pk).update(judged_first=first, judged_last=last)
    _write_rows(RESULTS, plan.results)
    _write_rows(NODES, plan.nodes)


def _write_rows(table: Table, difference: Difference) -> None:
    delete_rows(connection, table, difference.removed)
    replace_rows(connection, table, difference.changed)
    insert_rows(connection, table, difference.added)
