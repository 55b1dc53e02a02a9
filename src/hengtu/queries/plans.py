"""A whole plan as a core value."""

from __future__ import annotations

from hengtu.core.plan import Plan
from hengtu.queries.agencies import PlanCard
from hengtu.store.loading import load_plan
from hengtu.store.models import PlanRow


def load_whole(card: PlanCard) -> Plan:
    """Return everything of a plan; the number of SQL statements is the same for every plan."""
    return load_plan(PlanRow.objects.get(key=card.key))
