"""How much of what a plan holds: decides which pages it has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hengtu.queries.alignment import has_upper
from hengtu.store.models import (
    AgencyRow,
    AlignmentRow,
    DocumentRow,
    GuidelineRow,
    KpiRow,
    ObjectiveRow,
    PartRow,
    PlanRow,
    ThemeRow,
    WorkItemRow,
)


@dataclass(frozen=True, slots=True)
class Contents:
    """Counts of a plan's parts; ``served`` of what other plans do for it, ``upper`` whether there is one above."""

    themes: int = 0
    objectives: int = 0
    kpis: int = 0
    work_items: int = 0
    guidelines: int = 0
    documents: int = 0
    served: int = 0
    upper: bool = False


COUNTS = ("themes", "objectives", "kpis", "work_items", "guidelines", "documents", "served")


def count_contents(key: UUID) -> Contents:
    """Return the counts of a plan; at most three SQL statements."""
    row = _counted().filter(key=key).first()
    return replace(Contents(*row[1:]), upper=has_upper(key)) if row else Contents()


def count_all(agency: AgencyRow) -> dict[str, Contents]:
    """Return the counts of an agency's plans by their word in addresses; one SQL statement.

    Whether there is a plan above is not asked.
    """
    rows = _counted().filter(owning_agency=agency, printed_in=None)
    return {row[0]: Contents(*row[1:]) for row in rows}


def _counted() -> QuerySet[PlanRow, tuple[Any, ...]]:
    return PlanRow.objects.annotate(
        count_themes=_count_live(ThemeRow),
        count_objectives=_count_live(ObjectiveRow),
        count_kpis=_count_live(KpiRow),
        count_work_items=_count_live(WorkItemRow),
        count_guidelines=_count_live(GuidelineRow),
        count_documents=_count(DocumentRow.objects.filter(plan=OuterRef("pk"))),
        count_served=_count_served(),
    ).values_list("slug", *(f"count_{name}" for name in COUNTS))


def _count_live(model: type[PartRow]) -> Coalesce:
    return _count(model._default_manager.filter(plan=OuterRef("pk"), retired_at=None))


def _count_served() -> Coalesce:
    """Return how many alignments from other plans lead to a plan's objectives."""
    rows = AlignmentRow.objects.filter(upper__plan=OuterRef("pk"), upper__retired_at=None)
    others = rows.exclude(objective__plan=OuterRef("pk")).order_by()
    counted = others.values("upper__plan").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _count(rows: QuerySet[Model]) -> Coalesce:
    counted = rows.order_by().values("plan").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
