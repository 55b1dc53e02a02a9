"""Data items: how they go over time, where the guess by their words is not to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import get_args
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hengtu.core.judging.items import Frequency, RuleProblem, check_over_org, check_over_time
from hengtu.core.judging.series import OverTime, SeriesKey
from hengtu.services.actuals import UnknownCodeError, find_kpi_keys
from hengtu.services.definitions import compile_plan
from hengtu.services.item_book import ItemBook
from hengtu.services.lights import lock_plan
from hengtu.services.permission import require
from hengtu.services.results import follow_figures, refresh
from hengtu.services.trail import record
from hengtu.store.models import DataItemRow, PlanRow, User
from hengtu.store.shapes import clean

BATCH = 500


class UnknownItemError(LookupError):
    """A data item that the plan does not have."""


class RuleError(ValueError):
    """A definition that cannot hold; ``field`` names what is wrong with it and ``problem`` why."""

    def __init__(self, field: str, problem: RuleProblem) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDefinition:
    """What a person says of a data item."""

    unit: str = ""
    frequency: Frequency = "month"
    over_time: OverTime = "sum"
    over_org: OverTime = "sum"
    owner: str = ""
    source: str = ""


@transaction.atomic
def define(*, actor: User, plan: UUID, key: UUID, definition: ItemDefinition) -> DataItemRow:
    """Define a data item of the plan of this key; every formula that uses it goes by its rules from now on.

    Raises UnknownItemError, and RuleError for a rule that its unit forbids.
    """
    owner = PlanRow.objects.select_for_update(of=("self",)).select_related("owning_agency")
    row, found = None, owner.filter(key=plan).first()
    if found is not None:
        require(actor, "item.define", found.owning_agency)
        row = DataItemRow.objects.filter(plan=found, key=key).first()
    if found is None or row is None:
        raise UnknownItemError(str(key))
    check(row.name, definition)
    told = {name: clean(value) for name, value in asdict(definition).items()}
    told["unit"] = told["unit"][:60]
    before = {name: getattr(row, name) for name in told}
    for name, value in told.items():
        setattr(row, name, value)
    row.guessed, row.set_by, row.set_at = False, actor, timezone.now()
    row.save()
    refresh(found, compile_plan(found, circles=True).changed)
    if before["over_org"] != row.over_org:
        follow_figures(found, [row.pk], [])
    record(
        actor=actor,
        verb="item.define",
        subject=row,
        agency=found.owning_agency,
        before={name: value for name, value in before.items() if value != told[name]},
        after={name: value for name, value in told.items() if value != before[name]},
    )
    return row


def check(name: str, definition: ItemDefinition) -> None:
    """Raise RuleError where a definition cannot hold."""
    for field, known in (("frequency", get_args(Frequency)), ("over_time", get_args(OverTime))):
        if getattr(definition, field) not in known:
            raise ValueError(f"{field}: {getattr(definition, field)}")
    if problem := check_over_time(name, definition.unit, definition.over_time):
        raise RuleError("over_time", problem)
    if problem := check_over_org(name, definition.unit, definition.over_org):
        raise RuleError("over_org", problem)


@transaction.atomic
def set_rules(
    *, actor: User, plan: PlanRow, rules: Mapping[SeriesKey, OverTime], file: str = ""
) -> int:
    """Store the rules over time of data items and return how many; rules stored before are replaced.

    A rule holds for the item, whatever formula uses it. All or nothing: raises UnknownCodeError for a code
    that is not among the plan's KPIs, and RuleError.
    """
    require(actor, "item.define", plan.owning_agency)
    lock_plan(plan)
    known = find_kpi_keys(plan, {code for code, _, _ in rules})
    book = ItemBook(plan)
    rows: dict[int, DataItemRow] = {}
    for line, ((code, measure, name), over_time) in enumerate(rules.items(), 1):
        if code not in known:
            raise UnknownCodeError(code, line)
        row = book.demand(known[code], measure, name)
        if problem := check_over_time(row.name, row.unit, over_time):
            raise RuleError("over_time", problem)
        row.over_time, row.guessed = over_time, False
        row.set_by, row.set_at = actor, timezone.now()
        rows[id(row)] = row
    book.save()
    DataItemRow.objects.bulk_update(
        rows.values(), ["over_time", "guessed", "set_by", "set_at"], batch_size=BATCH
    )
    compiled = compile_plan(plan, circles=True)
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
