"""The strategy map and the objective chosen on it."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.core.plan import Action, Kpi, Measure, Objective, Plan
from hengtu.queries.agencies import PlanCard
from hengtu.queries.kpis import PeriodValues, pair_values
from hengtu.queries.links import join_links, list_added
from hengtu.store.loading import load_plan
from hengtu.store.models import PlanRow

MAP_PARTS = frozenset({"themes", "perspectives", "objectives", "links", "kpis", "actions"})


@dataclass(frozen=True, slots=True)
class KpiSummary:
    """A KPI with its measures, their values by year, and its actions."""

    kpi: Kpi
    measures: tuple[tuple[Measure, tuple[PeriodValues, ...]], ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective with everything that hangs on it."""

    objective: Objective
    theme: str
    perspective: str
    kpis: tuple[KpiSummary, ...]
    causes: tuple[Objective, ...]
    effects: tuple[Objective, ...]


def load_map(card: PlanCard) -> Plan:
    """Return what the map shows of a plan, added links among its own; eleven SQL statements."""
    plan = load_plan(PlanRow.objects.get(key=card.key), only=MAP_PARTS, with_parent=False)
    return join_links(plan, list_added(card.key))


def view_objective(plan: Plan, code: str) -> ObjectiveView | None:
    """Return an objective of a plan by code, or None."""
    by_code = {objective.code: objective for objective in plan.objectives}
    objective = by_code.get(code)
    if objective is None:
        return None
    themes = {theme.code: theme.name for theme in plan.themes}
    rows = {row.code: row.name for row in plan.perspectives}
    return ObjectiveView(
        objective=objective,
        theme=themes.get(objective.theme or "", ""),
        perspective=rows.get(objective.perspective or "", objective.perspective or ""),
        kpis=tuple(summarise(plan, kpi) for kpi in plan.kpis if kpi.objective == code),
        causes=tuple(by_code[k.from_] for k in plan.links if k.to == code and k.from_ in by_code),
        effects=tuple(by_code[k.to] for k in plan.links if k.from_ == code and k.to in by_code),
    )


def summarise(plan: Plan, kpi: Kpi) -> KpiSummary:
    """Return a KPI as the side panel shows it."""
    return KpiSummary(
        kpi=kpi,
        measures=tuple((measure, pair_values(measure)) for measure in kpi.measures),
        actions=tuple(action for action in plan.actions if action.kpi == kpi.code),
    )
