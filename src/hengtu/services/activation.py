"""Activation: an adopted plan becomes the one that its agency is held to."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hengtu.core.lifecycle import take_step
from hengtu.queries.activation import Readiness, check_plan
from hengtu.services.documents import lock_agency
from hengtu.services.permission import require
from hengtu.services.trail import record
from hengtu.store.models import PlanRow, User


class BlockedError(Exception):
    """Something stands in the way; ``readiness`` names it."""

    def __init__(self, readiness: Readiness) -> None:
        super().__init__(", ".join(one.kind for one in readiness.errors))
        self.readiness = readiness


@transaction.atomic
def activate(*, actor: User, key: UUID) -> PlanRow:
    """Activate the plan of a key. Raises BlockedError, and NoSuchStepError where it is active already."""
    plan = PlanRow.objects.select_related("owning_agency").get(key=key)
    require(actor, "plan.activate", plan.owning_agency)
    lock_agency(plan.owning_agency)
    plan.refresh_from_db(fields=["state"])
    readiness = check_plan(plan)
    state = take_step(readiness.state, "plan.activate")
    if readiness.blocked:
        raise BlockedError(readiness)
    _enter(plan, state)
    record(
        actor=actor,
        verb="plan.activate",
        subject=plan,
        agency=plan.owning_agency,
        roc_year=readiness.roc_year,
        hints=len(readiness.hints),
    )
    return plan


def settle(*, actor: User, plan: PlanRow) -> None:
    """Take a plan that was revised back to adopted where its weights or formulas no longer allow it to be active.

    Part of adopting, whose permission was checked.
    """
    if plan.state != "active":
        return
    readiness = check_plan(plan)
    if not readiness.blocked:
        return
    _enter(plan, take_step("active", "plan.settle"))
    record(
        actor=actor,
        verb="plan.settle",
        subject=plan,
        agency=plan.owning_agency,
        obstacles=[f"{one.kind} {one.subject}".strip() for one in readiness.errors],
    )


def _enter(plan: PlanRow, state: str) -> None:
    plan.state = state
    plan.activated_at = timezone.now() if state == "active" else None
    PlanRow.objects.filter(pk=plan.pk).update(state=state, activated_at=plan.activated_at)
