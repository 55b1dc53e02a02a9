"""What is to be written for each agency: the difference between what is stored and what should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Count

from hengtu.core.periods import Period
from hengtu.engines.engine import Engine
from hengtu.queries.judgements import Judgement, work_out
from hengtu.queries.trees import AGENCY
from hengtu.store.bulk.comparison import Difference, compare_rows
from hengtu.store.bulk.reading import read_rows
from hengtu.store.bulk.tables import NODES, RESULTS, Rows, Table, count_rows, take_rows
from hengtu.store.models import AuditRow, DefinitionRow, MeasureRow, PlanRow

RECOMPUTED: Final = "results.recompute"
AUDITED: Final = "results.audit"
STAMP_LENGTH = 200
TOGETHER = 20_000  # measures that an engine is asked about at a time


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
    return prepare_together([agency])[0]


def prepare_together(agencies: Sequence[int], engine: Engine | None = None) -> list[Prepared]:
    """Return what is to be written for some agencies, worked out together by an engine."""
    stamp = read_stamp()
    plans = list(PlanRow.objects.filter(owning_agency__in=agencies).order_by("pk"))
    found = zip(plans, work_out(plans, engine), strict=True)
    differing = [(plan.owning_agency_id, _compare_plan(plan, one)) for plan, one in found]
    return [
        Prepared(agency=pk, stamp=stamp, plans=tuple(one for own, one in differing if own == pk))
        for pk in agencies
    ]


def prepare_by(engine: Engine, agencies: Sequence[int]) -> Iterator[Prepared]:
    """Yield what is to be written for each agency; an engine is given as many as memory easily holds."""
    counted = DefinitionRow.objects.values("plan__owning_agency").annotate(n=Count("pk"))
    sizes = dict(counted.values_list("plan__owning_agency", "n"))
    some: list[int] = []
    for agency in agencies:
        if some and sum(sizes.get(one, 0) for one in (*some, agency)) > TOGETHER:
            yield from prepare_together(some, engine)
            some = []
        some.append(agency)
    yield from prepare_together(some, engine)


def read_stamp() -> tuple[int, ...]:
    """Return the last entries of the trail but those of recomputing itself: every other change leaves one.

    Numbers are given before entries can be seen, so that the highest alone would hide a late one.
    """
    rows = AuditRow.objects.exclude(verb__in=(RECOMPUTED, AUDITED)).order_by("-pk")
    return tuple(rows.values_list("pk", flat=True)[:STAMP_LENGTH])


def _compare_plan(plan: PlanRow, found: Judgement) -> PreparedPlan:
    """Return how a plan differs from what it should be."""
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
