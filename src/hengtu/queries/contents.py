"""How much of what a plan holds: decides which pages it has."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hengtu.queries.alignment import has_upper
from hengtu.store.models import (
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
    """Counts of a plan's parts; ``upper`` tells whether there is a plan above."""

    themes: int = 0
    objectives: int = 0
    kpis: int = 0
    work_items: int = 0
    guidelines: int = 0
    documents: int = 0
    upper: bool = False


def count_contents(key: UUID) -> Contents:
    """Return the counts of a plan; at most three SQL statements."""
    row = (
        PlanRow.objects.filter(key=key)
        .annotate(
            theme_count=_count_live(ThemeRow),
            objective_count=_count_live(ObjectiveRow),
            kpi_count=_count_live(KpiRow),
            work_item_count=_count_live(WorkItemRow),
            guideline_count=_count_live(GuidelineRow),
            document_count=_count(DocumentRow.objects.filter(plan=OuterRef("pk"))),
        )
        .values_list(
            "theme_count",
            "objective_count",
            "kpi_count",
            "work_item_count",
            "guideline_count",
            "document_count",
        )
        .first()
    )
    if row is None:
        return Contents()
    return Contents(*row, upper=has_upper(key))


def _count_live(model: type[PartRow]) -> Coalesce:
    return _count(model._default_manager.filter(plan=OuterRef("pk"), retired_at=None))


def _count(rows: QuerySet[Model]) -> Coalesce:
    counted = rows.order_by().values("plan").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
