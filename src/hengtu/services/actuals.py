"""Actuals: figures that come in after a plan was adopted."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from hengtu.core.actuals import Actual
from hengtu.services.permission import require
from hengtu.services.trail import record
from hengtu.store.models import ActualRow, KpiRow, PlanRow, User
from hengtu.store.shapes import clean

BATCH = 500
COLUMNS = ("value", "decimal", "missing", "note", "entered_by", "entered_at")
KEYS = ("kpi", "measure_index", "item", "period")


class UnknownCodeError(ValueError):
    """A row about a KPI that the plan does not have; ``line`` counts the rows from 1."""

    def __init__(self, code: str, line: int) -> None:
        super().__init__(f"{code} (row {line})")
        self.code = code
        self.line = line


@transaction.atomic
def import_rows(*, actor: User, plan: PlanRow, rows: Sequence[Actual], file: str = "") -> int:
    """Store actuals and return how many; what was stored for the same figure and period is replaced.

    All or nothing: raises UnknownCodeError for a code that is not among the plan's KPIs.
    """
    require(actor, "actuals.enter", plan.owning_agency)
    known = find_kpi_keys(plan)
    entries: dict[tuple[int, int, str, str], ActualRow] = {}
    for line, actual in enumerate(rows, 1):
        if actual.code not in known:
            raise UnknownCodeError(actual.code, line)
        row = _make_row(actual, known[actual.code], actor)
        entries[row.kpi_id, row.measure_index, row.item, row.period] = row
    ActualRow.objects.bulk_create(
        entries.values(),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=KEYS,
        update_fields=COLUMNS,
    )
    record(
        actor=actor,
        verb="actuals.import",
        subject=plan,
        agency=plan.owning_agency,
        file=clean(file),
        rows=len(entries),
    )
    return len(entries)


def find_kpi_keys(plan: PlanRow) -> dict[str, int]:
    """Return the row of every KPI of a plan by its code; of two with one code, the first."""
    kpis = KpiRow.objects.filter(plan=plan, retired_at=None)
    return {row.code: row.pk for row in kpis.reverse()}


def _make_row(actual: Actual, kpi_id: int, actor: User) -> ActualRow:
    return ActualRow(
        kpi_id=kpi_id,
        measure_index=actual.measure,
        item=clean(actual.item)[:300],
        period=actual.period,
        value=actual.value,
        decimal=clean(actual.text)[:60],
        missing=actual.missing or "",
        note=clean(actual.note),
        entered_by=actor,
        entered_at=timezone.now(),
    )
