"""The state of an office in one month: counts of lights, groups, what is behind and what was not reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hengtu.core.judging.results import Result
from hengtu.core.judging.rollup import NOT_DUE, Node, NodeKind, as_child, roll_up
from hengtu.core.judging.rulebook import RANK, Colour
from hengtu.core.plan import Kpi, Measure, Plan
from hengtu.queries.agencies import PlanCard
from hengtu.queries.results import Judged
from hengtu.queries.scorecards import list_units
from hengtu.queries.years import Lights
from hengtu.store.loading import load_plan
from hengtu.store.models import PlanRow

GroupKind = Literal["perspective", "theme"]
NOWHERE = float("inf")
BOARD_PARTS = frozenset({"perspectives", "themes", "objectives", "kpis"})


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose KPIs are asked for: all, or those of a theme (code or name) and of a section (主責)."""

    theme: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many KPIs have which light at the end of a month."""

    month: int
    counts: Mapping[Colour, int]


@dataclass(frozen=True, slots=True)
class Group:
    """A theme, perspective or section with its light, and the lights of its KPIs."""

    name: str
    node: Node
    counts: Mapping[Colour, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """A measure with its result."""

    kpi: Kpi
    measure: Measure
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """What a director sees; ``behind`` are red and yellow measures, the worst first."""

    node: Node
    tallies: tuple[Tally, ...]
    now: Tally
    before: Tally | None
    perspectives: tuple[Group, ...]
    themes: tuple[Group, ...]
    sections: tuple[Group, ...]
    standings: tuple[Standing, ...]
    behind: tuple[Standing, ...]
    late: tuple[Standing, ...]
    total: int


def load_board(card: PlanCard) -> Plan:
    """Return what a dashboard needs of a plan; seven SQL statements."""
    row = PlanRow.objects.get(key=card.key)
    return load_plan(row, only=BOARD_PARTS, with_parent=False)


def view_dashboard(plan: Plan, judged: Judged, lights: Lights, scope: Scope) -> Dashboard | None:
    """Return the dashboard of a scope, None where no KPI is in it.

    ``lights`` are those of all KPIs for each month of the year up to the last with figures.
    """
    kpis = find_kpis(plan, scope)
    if not kpis:
        return None
    month = judged.period.months[-1]
    tallies = tuple(count(kpis, lights, number) for number in sorted(lights))
    by_month = {tally.month: tally for tally in tallies}
    standings = list_standings(kpis, judged)
    return Dashboard(
        node=find_node(plan, kpis, judged, scope),
        tallies=tallies,
        now=by_month.get(month) or count(kpis, lights, month),
        before=by_month.get(month - 1),
        perspectives=group_objectives(plan, kpis, judged, scope, "perspective"),
        themes=() if scope.theme else group_objectives(plan, kpis, judged, scope, "theme"),
        sections=() if scope.section else group_sections(kpis, judged),
        standings=standings,
        behind=tuple(sorted(filter(is_behind, standings), key=urgency)),
        late=tuple(filter(is_late, standings)),
        total=len(kpis),
    )


def find_kpis(plan: Plan, scope: Scope) -> tuple[Kpi, ...]:
    """Return the KPIs of a scope, in the plan's order."""
    names = {theme.code: theme.name for theme in plan.themes}
    themes = {one.code: (one.theme, names.get(one.theme or "")) for one in plan.objectives}
    return tuple(
        kpi
        for kpi in plan.kpis
        if (not scope.theme or scope.theme in themes.get(kpi.objective or "", ()))
        and (not scope.section or scope.section in list_units(kpi.owner))
    )


def count(kpis: Iterable[Kpi], lights: Lights, month: int) -> Tally:
    """Return the lights of KPIs in a month; what nothing is known of cannot be judged."""
    lit = lights.get(month, {})
    return Tally(month, Counter(lit.get(kpi.code, "white") for kpi in kpis))


def list_standings(kpis: Iterable[Kpi], judged: Judged) -> tuple[Standing, ...]:
    """Return the measures of KPIs with their results."""
    return tuple(
        Standing(kpi, measure, judged.results[kpi.code, measure.index])
        for kpi in kpis
        for measure in kpi.measures
        if (kpi.code, measure.index) in judged.results
    )


def is_behind(one: Standing) -> bool:
    """Tell whether a measure is red or yellow."""
    return one.result.light in ("red", "yellow")


def is_late(one: Standing) -> bool:
    """Tell whether figures that were due are missing: all of them, or of some months."""
    result = one.result
    unknown = result.light == "white" and result.missing == "not_reported"
    return unknown or (result.coverage < 1 and result.reason not in NOT_DUE)


def urgency(one: Standing) -> tuple[int, float]:
    """Return what measures that are behind are sorted by: red first, then the lowest achievement."""
    achievement = one.result.achievement
    return RANK[one.result.light], NOWHERE if achievement is None else achievement


def list_urgent(board: Dashboard) -> tuple[Kpi, ...]:
    """Return the KPIs of a dashboard that could be judged, the worst first."""
    known = sorted((one for one in board.standings if one.result.light != "white"), key=urgency)
    return tuple({one.kpi.code: one.kpi for one in known}.values())


def find_node(plan: Plan, kpis: Sequence[Kpi], judged: Judged, scope: Scope) -> Node:
    """Return the rolled-up light of a scope: that of plan or theme, else that of the KPIs alone."""
    theme = next((one.code for one in plan.themes if scope.theme in (one.code, one.name)), "")
    wanted: tuple[NodeKind, str] = ("theme", theme) if scope.theme else ("plan", "")
    official = None if scope.section else judged.nodes.get(wanted)
    return official or roll_up_kpis(kpis, judged, scope.section)


def roll_up_kpis(kpis: Iterable[Kpi], judged: Judged, name: str) -> Node:
    """Return the light of KPIs that stand together without being a part of the plan."""
    children = [as_child(node) for kpi in kpis if (node := judged.nodes.get(("kpi", kpi.code)))]
    return roll_up(children, judged.reported.rulebook, kind="plan", code="", name=name)


def group_objectives(
    plan: Plan, kpis: Sequence[Kpi], judged: Judged, scope: Scope, kind: GroupKind
) -> tuple[Group, ...]:
    """Return the KPIs by theme or perspective of their objectives, in the plan's order."""
    parts = plan.themes if kind == "theme" else plan.perspectives
    places = {
        one.code: one.theme if kind == "theme" else one.perspective for one in plan.objectives
    }
    found = gather(kpis, lambda kpi: places.get(kpi.objective or "") or "")
    return tuple(
        Group(
            part.name,
            find_part(kind, part.code, found[part.code], judged, scope),
            count_now(found[part.code], judged),
        )
        for part in parts
        if part.code in found
    )


def gather(kpis: Iterable[Kpi], key: Callable[[Kpi], str]) -> dict[str, list[Kpi]]:
    """Return KPIs by a key, in order of appearance."""
    found: dict[str, list[Kpi]] = {}
    for kpi in kpis:
        found.setdefault(key(kpi), []).append(kpi)
    return found


def find_part(
    kind: GroupKind, code: str, kpis: Sequence[Kpi], judged: Judged, scope: Scope
) -> Node:
    """Return the light of a theme or perspective; within a scope that of what of it is in the scope."""
    if scope.section:
        return roll_up_kpis(kpis, judged, code)
    official = None if scope.theme else judged.nodes.get((kind, code))
    return official or roll_up_objectives(kpis, judged, code)


def roll_up_objectives(kpis: Sequence[Kpi], judged: Judged, name: str) -> Node:
    """Return the light of the objectives that KPIs serve, weighed as the plan weighs them."""
    weights = judged.reported.weights
    codes = dict.fromkeys(kpi.objective or "" for kpi in kpis)
    nodes = [node for code in codes if (node := judged.nodes.get(("objective", code)))]
    weighed = any(node.code in weights for node in nodes)
    children = [as_child(one, weights.get(one.code, 0.0) if weighed else 1.0) for one in nodes]
    return roll_up(children, judged.reported.rulebook, kind="plan", code="", name=name)


def group_sections(kpis: Sequence[Kpi], judged: Judged) -> tuple[Group, ...]:
    """Return the KPIs by who is responsible for them; those of several sections count in each."""
    found: dict[str, list[Kpi]] = {}
    for kpi in kpis:
        for name in list_units(kpi.owner):
            found.setdefault(name, []).append(kpi)
    return tuple(
        Group(name, roll_up_kpis(members, judged, name), count_now(members, judged))
        for name, members in found.items()
    )


def count_now(kpis: Iterable[Kpi], judged: Judged) -> Mapping[Colour, int]:
    """Return how many KPIs have which light in the month that is judged."""
    nodes = (judged.nodes.get(("kpi", kpi.code)) for kpi in kpis)
    return Counter(node.light if node else "white" for node in nodes)
