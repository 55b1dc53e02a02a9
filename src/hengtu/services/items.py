"""Data items: how they go over time, where the guess by their words is not to hold."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from hengtu.core.judging.series import OverTime, SeriesKey
from hengtu.services.actuals import UnknownCodeError, find_kpi_keys
from hengtu.services.definitions import compile_plan
from hengtu.services.item_book import ItemBook
from hengtu.services.lights import lock_plan
from hengtu.services.permission import require
from hengtu.services.results import refresh
from hengtu.services.trail import record
from hengtu.store.models import DataItemRow, PlanRow, User
from hengtu.store.shapes import clean

BATCH = 500


@transaction.atomic
def set_rules(
    *, actor: User, plan: PlanRow, rules: Mapping[SeriesKey, OverTime], file: str = ""
) -> int:
    """Store the rules over time of data items and return how many; rules stored before are replaced.

    A rule holds for the item, whatever formula uses it. All or nothing: raises UnknownCodeError for a code
    that is not among the plan's KPIs.
    """
    require(actor, "item.define", plan.owning_agency)
    lock_plan(plan)
    known = find_kpi_keys(plan)
    book = ItemBook(plan)
    rows: dict[int, DataItemRow] = {}
    for line, ((code, measure, name), over_time) in enumerate(rules.items(), 1):
        if code not in known:
            raise UnknownCodeError(code, line)
        row = book.demand(known[code], measure, name)
        row.over_time, row.guessed = over_time, False
        row.set_by, row.set_at = actor, timezone.now()
        rows[id(row)] = row
    book.save()
    DataItemRow.objects.bulk_update(
        rows.values(), ["over_time", "guessed", "set_by", "set_at"], batch_size=BATCH
    )
    compiled = compile_plan(plan)
    refresh(plan, compiled.changed)
    record(
        actor=actor,
        verb="item.define",
        subject=plan,
        agency=plan.owning_agency,
        file=clean(file),
        rows=len(rules),
    )
    return len(rules)
