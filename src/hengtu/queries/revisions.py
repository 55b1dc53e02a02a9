"""Which plan a document would revise, and what would change."""

from __future__ import annotations

from hengtu.core.plan import Plan
from hengtu.store.models import AgencyRow, PlanRow


def find_revised(agency: AgencyRow, plan: Plan) -> PlanRow | None:
    """Return the agency's plan of the same kind and years, if it has one."""
    return PlanRow.objects.filter(
        owning_agency=agency,
        printed_in=None,
        kind=plan.kind,
        roc_first=plan.roc_years.first,
        roc_last=plan.roc_years.last,
    ).first()


def stamp_of(row: PlanRow | None) -> str:
    """Return what changes whenever a plan is revised; empty for no plan."""
    return row.revised_at.isoformat() if row else ""
