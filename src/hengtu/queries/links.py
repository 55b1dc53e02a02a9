"""The arrows of a map: those that the document prints and those that people added."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from hengtu.core.plan import Link, Plan
from hengtu.store.models import AddedLinkRow, LinkRow, PlanRow

Pair = tuple[str, str]


def list_added(key: UUID) -> tuple[Pair, ...]:
    """Return (cause, effect) of the links that people added to a plan; one SQL statement."""
    rows = AddedLinkRow.objects.filter(
        cause__plan__key=key, cause__retired_at=None, effect__retired_at=None
    )
    return tuple(rows.values_list("cause__code", "effect__code"))


def list_printed(plan: PlanRow) -> tuple[Pair, ...]:
    """Return (cause, effect) of the links that the document prints."""
    rows = LinkRow.objects.filter(plan=plan, retired_at=None)
    return tuple(rows.values_list("from_code", "to_code"))


def join_links(plan: Plan, added: tuple[Pair, ...]) -> Plan:
    """Return the plan with the added links behind those it prints, none twice.

    >>> joined = join_links(Plan(links=(Link(from_="A", to="B"),)), (("A", "B"), ("B", "C")))
    >>> [(link.from_, link.to) for link in joined.links]
    [('A', 'B'), ('B', 'C')]
    """
    printed = {(link.from_, link.to) for link in plan.links}
    fresh = tuple(Link(from_=c, to=e) for c, e in dict.fromkeys(added) if (c, e) not in printed)
    return replace(plan, links=(*plan.links, *fresh))
