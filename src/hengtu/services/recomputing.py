"""Results worked out anew from figures and definitions, agency by agency; and whether they had drifted.

Each agency is one transaction: what is done stays done, whatever interrupts the rest, and nobody ever sees half
an agency. Only rows that differ are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from hengtu.engines.engine import Engine
from hengtu.queries.drifts import Drift, list_drifts
from hengtu.services.lights import find_anchor, write_difference
from hengtu.services.overviews import Overviews
from hengtu.services.permission import require
from hengtu.services.preparing import (
    AUDITED,
    RECOMPUTED,
    Prepared,
    PreparedPlan,
    prepare,
    read_stamp,
)
from hengtu.services.trail import record
from hengtu.services.workers import prepare_all
from hengtu.store.bulk.comparison import Difference
from hengtu.store.bulk.tables import NODES, RESULTS, Table
from hengtu.store.models import AgencyRow, DefinitionRow, PlanRow, User

MOST_DRIFTS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far the work is: the agency just done, its results, its rows that differed, the share of all work done.

    The first step tells that nothing is done yet.
    """

    agency: str
    results: int
    differed: int
    done: int
    total: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What an audit of so many results found; ``drifts`` names the first of ``count``."""

    results: int
    count: int
    drifts: tuple[Drift, ...]


Tell = Callable[[Step], None]
Apart = tuple[int, tuple[tuple[Table, Difference], ...]]


def recompute(
    *,
    actor: User,
    agency: AgencyRow | None = None,
    workers: int = 0,
    engine: Engine | None = None,
    tell: Tell = lambda step: None,
) -> None:
    """Bring the results of all agencies, or of one, in line with figures and definitions.

    ``workers`` other processes work ahead; an ``engine`` works out values and lights instead of numpy.
    """
    agencies = find_agencies(agency)
    for one in agencies:
        require(actor, RECOMPUTED, one)
    course = _Course(agencies)
    tell(course.begin())
    for prepared in prepare_all([one.pk for one in agencies], workers=workers, engine=engine):
        own = course.agencies[prepared.agency]
        tell(course.step(*_write(actor, own, prepared, climb=agency is not None)))


def audit(
    *,
    agency: AgencyRow | None = None,
    workers: int = 0,
    engine: Engine | None = None,
    tell: Tell = lambda step: None,
) -> Audit:
    """Work everything out anew, write nothing, and return what the stored results should be instead."""
    agencies = find_agencies(agency)
    course, overviews = _Course(agencies), Overviews()
    results, count, drifts = 0, 0, list[Drift]()
    tell(course.begin())
    for prepared in prepare_all([one.pk for one in agencies], workers=workers, engine=engine):
        apart = list_differences(course.agencies[prepared.agency], prepared, overviews)
        for plan, found in apart:
            drifts += list_drifts(plan, found, most=MOST_DRIFTS - len(drifts))
        differed = sum(len(one) for _, found in apart for _, one in found)
        step = course.step(prepared, differed)
        results, count = results + step.results, count + differed
        tell(step)
    return Audit(results=results, count=count, drifts=tuple(drifts))


def audit_and_record(*, actor: User, workers: int = 0) -> Audit:
    """Audit everything and leave in the trail that it was done and what came out."""
    found = audit(workers=workers)
    record(actor=actor, verb=AUDITED, subject=actor, rows=found.count, results=found.results)
    return found


def list_differences(agency: AgencyRow, prepared: Prepared, overviews: Overviews) -> list[Apart]:
    """Return what differs in an agency, plan by plan; its own light by what should stand below it."""
    found: list[Apart] = []
    for plan in prepared.plans:
        overviews.correct(plan.nodes)
        found.append((plan.plan, ((RESULTS, plan.results), (NODES, plan.nodes))))
    if light := overviews.compare(agency):
        overviews.correct(light[1])
        found.append((light[0], ((NODES, light[1]),)))
    return found


def find_agencies(agency: AgencyRow | None = None) -> list[AgencyRow]:
    """Return the agencies that have plans, those below before those above, or the one given if it has any."""
    with_plans = AgencyRow.objects.filter(plans__isnull=False).distinct().order_by("pk")
    if agency is not None:
        return list(with_plans.filter(pk=agency.pk))
    parents = dict(AgencyRow.objects.order_by().values_list("pk", "parent_id"))
    return sorted(with_plans, key=lambda one: -_depth(one.pk, parents))


def _depth(agency: int, parents: Mapping[int, int | None]) -> int:
    above = parents.get(agency)
    return 0 if above is None else 1 + _depth(above, parents)


class _Course:
    """How far the work is, by measures."""

    def __init__(self, agencies: Iterable[AgencyRow]) -> None:
        self.agencies = {one.pk: one for one in agencies}
        counted = DefinitionRow.objects.values("plan__owning_agency").annotate(n=Count("pk"))
        sizes = dict(counted.values_list("plan__owning_agency", "n"))
        self._sizes = {pk: sizes.get(pk, 0) + 1 for pk in self.agencies}
        self._done: set[int] = set()

    def begin(self) -> Step:
        """Return where the work is before anything is done."""
        return Step(agency="", results=0, differed=0, done=0, total=len(self.agencies), share=0.0)

    def step(self, prepared: Prepared, differed: int) -> Step:
        """Return where the work is after an agency."""
        self._done.add(prepared.agency)
        return Step(
            agency=self.agencies[prepared.agency].name,
            results=sum(plan.worked_out for plan in prepared.plans),
            differed=differed,
            done=len(self._done),
            total=len(self.agencies),
            share=sum(map(self._sizes.__getitem__, self._done)) / sum(self._sizes.values()),
        )


@transaction.atomic
def _write(
    actor: User, agency: AgencyRow, prepared: Prepared, *, climb: bool
) -> tuple[Prepared, int]:
    """Write what differs; work it out again where somebody changed something meanwhile."""
    plans = PlanRow.objects.select_for_update().filter(owning_agency=agency).order_by("pk")
    rows = {row.pk: row for row in plans}
    if prepared.stamp != read_stamp():
        prepared = prepare(agency.pk)
    for plan in prepared.plans:
        _write_plan(rows[plan.plan], plan)
    differed = sum(map(len, prepared.plans)) + _write_lights(agency, climb=climb)
    if differed:
        record(
            actor=actor,
            verb=RECOMPUTED,
            subject=agency,
            agency=agency,
            rows=differed,
        )
    return prepared, differed


def _write_lights(agency: AgencyRow, *, climb: bool) -> int:
    """Write the light of an agency, and of those above where they have no turn of their own."""
    differed, above = 0, agency.parent if climb else None
    # Locked before it is read: others climb to the same row.
    if find_anchor(agency.pk) and (light := Overviews().compare(agency)):
        differed = len(light[1])
        write_difference(NODES, light[1])
    return differed + (_write_lights(above, climb=True) if above else 0)


def _write_plan(row: PlanRow, plan: PreparedPlan) -> None:
    first, last = (one.code for one in plan.span) if plan.span else (None, None)
    if (row.judged_first, row.judged_last) != (first, last):
        PlanRow.objects.filter(pk=row.pk).update(judged_first=first, judged_last=last)
    write_difference(RESULTS, plan.results)
    write_difference(NODES, plan.nodes)
