"""Alignment: the objectives above, who serves them, and what serves nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from hengtu.core.exchange import part_from_json
from hengtu.core.hanzi import bare
from hengtu.core.judging.rollup import Child, Node
from hengtu.core.periods import Period
from hengtu.core.plan import OrgUnit
from hengtu.queries.agencies import PlanCard
from hengtu.queries.support import Below, Support, read_support, view_below
from hengtu.store.models import (
    AlignmentRow,
    ObjectiveRow,
    PlanRow,
    ThemeRow,
)

LIKE_ENOUGH = 0.34


@dataclass(frozen=True, slots=True)
class Goal:
    """An objective as this page names it, with its light in the last month."""

    key: UUID
    code: str
    name: str
    light: Child | None = None


@dataclass(frozen=True, slots=True)
class UpperGoal:
    """An objective above with the own objectives that serve it and those whose names come near.

    ``light`` is what those that serve it roll up to, None while nothing was judged.
    """

    goal: Goal
    served_by: tuple[Goal, ...]
    proposals: tuple[Goal, ...]
    light: Node | None = None


@dataclass(frozen=True, slots=True)
class UpperTheme:
    """A theme above; ``part`` tells whether this agency leads it, joins it or neither."""

    code: str
    name: str
    lead: str
    members: tuple[str, ...]
    part: str
    goals: tuple[UpperGoal, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """A plan against the plan above it."""

    title: str
    printed: bool
    themes: tuple[UpperTheme, ...]
    own: tuple[Goal, ...]
    serving_nothing: tuple[Goal, ...]
    served: int
    total: int
    period: Period | None = None


def find_upper(plan: PlanRow) -> PlanRow | None:
    """Return the plan above: as printed in this one, else the agency above's own of the same year."""
    printed = PlanRow.objects.filter(printed_in=plan).first()
    if printed or plan.owning_agency.parent_id is None:
        return printed
    above = PlanRow.objects.filter(
        owning_agency_id=plan.owning_agency.parent_id, printed_in=None, kind="strategy_map"
    )
    return next((row for row in above if overlaps(row, plan)), None)


def overlaps(one: PlanRow, other: PlanRow) -> bool:
    """Tell whether two plans have a year in common."""
    first, last = one.roc_first or one.roc_last or 0, one.roc_last or one.roc_first or 0
    return (
        first <= (other.roc_last or other.roc_first or 0)
        and (other.roc_first or other.roc_last or 0) <= last
    )


def find_upper_rows(plan: PlanRow) -> QuerySet[ObjectiveRow]:
    """Return the objectives above a plan."""
    upper = find_upper(plan)
    return (
        ObjectiveRow.objects.filter(plan=upper, retired_at=None)
        if upper
        else ObjectiveRow.objects.none()
    )


def has_upper(key: UUID) -> bool:
    """Tell whether there is a plan above the plan of this key."""
    return find_upper(PlanRow.objects.select_related("owning_agency").get(key=key)) is not None


def view_alignment(card: PlanCard) -> Alignment | None:
    """Return a plan against the one above, or None without one; at most twelve SQL statements."""
    plan = PlanRow.objects.select_related("owning_agency").get(key=card.key)
    upper = find_upper(plan)
    if upper is None:
        return None
    support = read_support(plan)
    live = ObjectiveRow.objects.filter(plan=plan, retired_at=None)
    own = [Goal(row.key, row.code, row.name, support.lights.get(row.key)) for row in live]
    above = list(ObjectiveRow.objects.filter(plan=upper, retired_at=None))
    served = read_served(plan, upper)
    themes = tuple(
        _theme(row, plan.owning_agency.name, above, own, served, support)
        for row in ThemeRow.objects.filter(plan=upper, retired_at=None)
    )
    placed = {goal.goal.key for theme in themes for goal in theme.goals}
    rest = [row for row in above if row.key not in placed]
    if rest:
        goals = tuple(_upper_goal(row, own, served, support) for row in rest)
        themes = (*themes, UpperTheme("", "", "", (), "", goals))
    busy = {key for keys in served.values() for key in keys}
    return Alignment(
        title=upper.title or str(upper.agency.get("name", "")),
        printed=upper.printed_in_id is not None,
        themes=themes,
        own=tuple(own),
        serving_nothing=tuple(goal for goal in own if goal.key not in busy),
        served=sum(bool(goal.served_by) for theme in themes for goal in theme.goals),
        total=len(above),
        period=support.period,
    )


def view_served(card: PlanCard) -> Below | None:
    """Return what plans below do for a plan, None where none serves it; at most six SQL statements."""
    return view_below(PlanRow.objects.get(key=card.key))


def read_served(plan: PlanRow, upper: PlanRow) -> dict[UUID, list[UUID]]:
    """Return the keys of own objectives by the key of the objective above that they serve."""
    rows = AlignmentRow.objects.filter(
        objective__plan=plan,
        upper__plan=upper,
        objective__retired_at=None,
        upper__retired_at=None,
    )
    served: dict[UUID, list[UUID]] = {}
    for above, own in rows.values_list("upper__key", "objective__key"):
        served.setdefault(above, []).append(own)
    return served


def likeness(one: str, other: str) -> float:
    """Return how many pairs of neighbouring characters two names share, 0–1.

    >>> likeness("提升市民參與", "擴大市民參與") > likeness("提升市民參與", "加速案件查處")
    True
    """
    first, second = pairs(one), pairs(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def pairs(name: str) -> set[str]:
    """Return the pairs of neighbouring characters of a name."""
    word = bare(name)
    return {word[n : n + 2] for n in range(len(word) - 1)}


def _goal(row: ObjectiveRow) -> Goal:
    return Goal(row.key, row.code, row.name)


def _theme(
    row: ThemeRow,
    agency: str,
    above: Iterable[ObjectiveRow],
    own: Sequence[Goal],
    served: dict[UUID, list[UUID]],
    support: Support,
) -> UpperTheme:
    members = tuple(name_of(member) for member in row.members)
    goals = tuple(
        _upper_goal(goal, own, served, support) for goal in above if goal.theme == row.code
    )
    return UpperTheme(
        row.code, row.name, row.lead or "", members, part_of(agency, row.lead, members), goals
    )


def name_of(member: object) -> str:
    """Return the name of a joining agency as the row keeps it."""
    unit: OrgUnit = part_from_json(OrgUnit, member)
    return unit.name


def part_of(agency: str, lead: str | None, members: Iterable[str]) -> str:
    """Return ``lead`` or ``member`` when the agency is named there, by its name or the end of it."""
    name = bare(agency)
    if lead and name.endswith(bare(lead)):
        return "lead"
    return "member" if any(member and name.endswith(bare(member)) for member in members) else ""


def _upper_goal(
    row: ObjectiveRow, own: Sequence[Goal], served: dict[UUID, list[UUID]], support: Support
) -> UpperGoal:
    keys = set(served.get(row.key, ()))
    near = [(likeness(row.name, goal.name), goal) for goal in own if goal.key not in keys]
    best = sorted((pair for pair in near if pair[0] >= LIKE_ENOUGH), key=lambda pair: -pair[0])
    return UpperGoal(
        goal=_goal(row),
        served_by=tuple(goal for goal in own if goal.key in keys),
        proposals=tuple(goal for _share, goal in best[:3]),
        light=support.light_of(goal.key for goal in own if goal.key in keys),
    )
