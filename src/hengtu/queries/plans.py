"""A whole plan as a core value."""

from __future__ import annotations

from hengtu.core.plan import Plan
from hengtu.queries.agencies import PlanCard
from hengtu.queries.links import join_links, list_added
from hengtu.store.loading import load_plan
from hengtu.store.models import PlanRow


def load_whole(card: PlanCard) -> Plan:
    """Return everything of a plan, added links among its own; as many SQL statements for every plan."""
    plan = load_plan(PlanRow.objects.get(key=card.key))
    return join_links(plan, list_added(card.key))
