"""Data items: how they go over time, where the guess by their words is not to hold."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from hengtu.core.judging.series import OverTime, SeriesKey
from hengtu.services.actuals import UnknownCodeError, find_kpi_keys
from hengtu.services.permission import require
from hengtu.services.trail import record
from hengtu.store.models import DataItemRow, PlanRow, User
from hengtu.store.shapes import clean

BATCH = 500


@transaction.atomic
def set_rules(
    *, actor: User, plan: PlanRow, rules: Mapping[SeriesKey, OverTime], file: str = ""
) -> int:
    """Store the rules over time of data items and return how many; rules stored before are replaced.

    All or nothing: raises UnknownCodeError for a code that is not among the plan's KPIs.
    """
    require(actor, "item.define", plan.owning_agency)
    known = find_kpi_keys(plan)
    rows = []
    for line, (key, over_time) in enumerate(rules.items(), 1):
        if key[0] not in known:
            raise UnknownCodeError(key[0], line)
        rows.append(_make_row(key, over_time, known[key[0]], actor))
    DataItemRow.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("kpi", "measure_index", "item"),
        update_fields=("over_time", "set_by", "set_at"),
    )
    record(
        actor=actor,
        verb="item.define",
        subject=plan,
        agency=plan.owning_agency,
        file=clean(file),
        rows=len(rows),
    )
    return len(rows)


def _make_row(key: SeriesKey, over_time: OverTime, kpi_id: int, actor: User) -> DataItemRow:
    _code, measure, item = key
    return DataItemRow(
        kpi_id=kpi_id,
        measure_index=measure,
        item=clean(item)[:300],
        over_time=over_time,
        set_by=actor,
        set_at=timezone.now(),
    )
