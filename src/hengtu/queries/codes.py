"""Which plan of an agency speaks of given KPI codes."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count

from hengtu.store.models import AgencyRow, KpiRow, PlanRow


def find_plan_with(agency: AgencyRow, codes: Collection[str]) -> PlanRow | None:
    """Return the agency's plan that has most of the codes, the newest of equals, or None.

    An agency may have a scorecard and a service plan: actuals belong to the one that names their KPIs.
    """
    best = (
        KpiRow.objects.filter(
            plan__owning_agency=agency,
            plan__printed_in=None,
            retired_at=None,
            code__in=list(codes)[:500],
        )
        .values("plan")
        .annotate(known=Count("code", distinct=True))
        .order_by("-known", "-plan")
        .first()
    )
    if best is not None:
        return PlanRow.objects.get(pk=best["plan"])
    return PlanRow.objects.filter(owning_agency=agency, printed_in=None).order_by("-pk").first()
