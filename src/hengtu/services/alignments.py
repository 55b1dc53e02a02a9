"""Alignment: which objective serves which objective of the plan above."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from hengtu.queries.alignment import find_upper_rows
from hengtu.services.permission import require
from hengtu.services.trail import record
from hengtu.store.models import AlignmentRow, ObjectiveRow, PlanRow, User


class NoSuchObjectiveError(LookupError):
    """An objective that is not in the plan, or not in the plan above it."""


@transaction.atomic
def align(*, actor: User, key: UUID, objective: UUID, upper: UUID) -> AlignmentRow:
    """State that an objective of a plan serves one above the plan of this key; raise NoSuchObjectiveError."""
    plan = PlanRow.objects.select_related("owning_agency").get(key=key)
    require(actor, "plan.align", plan.owning_agency)
    own, above = _find(plan, objective, upper)
    row, made = AlignmentRow.objects.get_or_create(
        objective=own, upper=above, defaults={"made_by": actor}
    )
    if made:
        _record(actor, plan, "plan.align", own, above)
    return row


@transaction.atomic
def separate(*, actor: User, key: UUID, objective: UUID, upper: UUID) -> None:
    """Take an alignment back; raise NoSuchObjectiveError."""
    plan = PlanRow.objects.select_related("owning_agency").get(key=key)
    require(actor, "plan.align", plan.owning_agency)
    own, above = _find(plan, objective, upper)
    gone, _tables = AlignmentRow.objects.filter(objective=own, upper=above).delete()
    if gone:
        _record(actor, plan, "plan.separate", own, above)


def _find(plan: PlanRow, objective: UUID, upper: UUID) -> tuple[ObjectiveRow, ObjectiveRow]:
    own = ObjectiveRow.objects.filter(plan=plan, key=objective, retired_at=None).first()
    above = find_upper_rows(plan).filter(key=upper).first()
    if own is None or above is None:
        raise NoSuchObjectiveError(str(objective if own is None else upper))
    return own, above


def _record(actor: User, plan: PlanRow, verb: str, own: ObjectiveRow, above: ObjectiveRow) -> None:
    record(
        actor=actor,
        verb=verb,
        subject=plan,
        agency=plan.owning_agency,
        objective=f"{own.code} {own.name}",
        upper=f"{above.code} {above.name}",
    )
