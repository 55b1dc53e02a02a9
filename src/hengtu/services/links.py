"""Cause and effect: arrows that people add to the map, and take back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from hengtu.core.causes import find_path
from hengtu.queries.links import list_added, list_printed
from hengtu.services.permission import require
from hengtu.services.trail import record
from hengtu.store.models import AddedLinkRow, ObjectiveRow, PlanRow, User
from hengtu.store.shapes import clean


class NoSuchObjectiveError(LookupError):
    """A code that no objective of the plan has."""


class SelfLinkError(ValueError):
    """A link from an objective to itself."""


class KnownLinkError(ValueError):
    """A link that the map has already."""


class PrintedLinkError(ValueError):
    """A link that the document prints; only a revised document ends it."""


class CircleError(ValueError):
    """A link that would close a circle; ``path`` leads from its effect back to its cause."""

    def __init__(self, path: tuple[str, ...]) -> None:
        super().__init__(" → ".join(path))
        self.path = path


REFUSALS = (SelfLinkError, KnownLinkError, PrintedLinkError, CircleError)


@transaction.atomic
def add(*, actor: User, key: UUID, cause: str, effect: str) -> AddedLinkRow:
    """State that one objective of the plan of this key brings about another, both by code.

    Raises NoSuchObjectiveError, and one of REFUSALS for what a map cannot hold.
    """
    plan = _lock(key)
    require(actor, "plan.link", plan.owning_agency)
    cause, effect = clean(cause), clean(effect)
    start, goal = _find(plan, cause), _find(plan, effect)
    if cause == effect:
        raise SelfLinkError(cause)
    links = (*list_printed(plan), *list_added(plan.key))
    if (cause, effect) in links:
        raise KnownLinkError(f"{cause} → {effect}")
    if path := find_path(links, effect, cause):
        raise CircleError(path)
    row = AddedLinkRow.objects.create(cause=start, effect=goal, made_by=actor)
    _record(actor, plan, "plan.link", start, goal)
    return row


@transaction.atomic
def remove(*, actor: User, key: UUID, cause: str, effect: str) -> None:
    """Take an added link back; raise NoSuchObjectiveError, or PrintedLinkError for a printed one."""
    plan = _lock(key)
    require(actor, "plan.link", plan.owning_agency)
    cause, effect = clean(cause), clean(effect)
    start, goal = _find(plan, cause), _find(plan, effect)
    if (cause, effect) in list_printed(plan):
        raise PrintedLinkError(f"{cause} → {effect}")
    gone, _tables = AddedLinkRow.objects.filter(
        cause__plan=plan, cause__code=cause, effect__code=effect
    ).delete()
    if gone:
        _record(actor, plan, "plan.unlink", start, goal)


def _lock(key: UUID) -> PlanRow:
    """Return the plan, locked so that two links added at once cannot close a circle together."""
    return (
        PlanRow.objects.select_for_update(of=("self",)).select_related("owning_agency").get(key=key)
    )


def _find(plan: PlanRow, code: str) -> ObjectiveRow:
    found = ObjectiveRow.objects.filter(plan=plan, code=code, retired_at=None).first()
    if found is None:
        raise NoSuchObjectiveError(code)
    return found


def _record(
    actor: User, plan: PlanRow, verb: str, cause: ObjectiveRow, effect: ObjectiveRow
) -> None:
    record(
        actor=actor,
        verb=verb,
        subject=plan,
        agency=plan.owning_agency,
        cause=f"{cause.code} {cause.name}",
        effect=f"{effect.code} {effect.name}",
    )
