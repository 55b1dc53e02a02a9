"""What rolls up to what in a plan, and the lights of all its parts for all months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hengtu.core.judging.rollup import group
from hengtu.core.plan import Objective, Plan
from hengtu.engines.judging.months import Months, RulebookOf
from hengtu.engines.judging.rollup import (
    Group,
    NodeMonths,
    WeightsOf,
    make_level,
    roll_up_level,
)

PartKind = Literal["kpi", "objective", "theme", "perspective", "plan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The parts of plans that have a light: children are places among the measures, KPIs or objectives."""

    kpis: Sequence[Group]
    objectives: Sequence[Group] = ()
    themes: Sequence[Group] = ()
    perspectives: Sequence[Group] = ()
    plans: Sequence[Group] = ()


def roll_up_months(
    months: Months,
    outline: Outline,
    *,
    rulebook_of: RulebookOf,
    weights_of: WeightsOf | None = None,
) -> dict[PartKind, NodeMonths]:
    """Return the lights of all parts for all months, part by part as the outline lists them.

    ``weights_of`` gives the weights of a ROC year by code of KPI or objective. The answers are those of
    ``core.judging.rollup.roll_up_plan``.
    """
    kpis = roll_up_level(months, make_level(outline.kpis, months.periods), rulebook_of)
    found: dict[PartKind, NodeMonths] = {"kpi": kpis}
    if outline.objectives:
        weighed = make_level(outline.objectives, months.periods, weights_of)
        found["objective"] = roll_up_level(kpis, weighed, rulebook_of)
    upper: tuple[tuple[PartKind, Sequence[Group]], ...] = (
        ("theme", outline.themes),
        ("perspective", outline.perspectives),
        ("plan", outline.plans),
    )
    for kind, groups in upper:
        if groups:
            weighed = make_level(groups, months.periods, weights_of)
            found[kind] = roll_up_level(found["objective"], weighed, rulebook_of)
    return found


def list_parts(plan: Plan) -> dict[PartKind, tuple[str, ...]]:
    """Return the codes of the parts of a plan that have a light, in the order of its outline."""
    kpis = tuple(kpi.code for kpi in plan.kpis if kpi.measures)
    homes = {kpi.objective for kpi in plan.kpis if kpi.measures}
    lit = [one for one in plan.objectives if one.code in homes]
    themes, rows = {one.theme for one in lit}, {one.perspective for one in lit}
    return {
        "kpi": kpis,
        "objective": tuple(one.code for one in lit),
        "theme": tuple(one.code for one in plan.themes if one.code in themes),
        "perspective": tuple(one.code for one in plan.perspectives if one.code in rows),
        "plan": ("",) if lit else (),
    }


def make_outline(plan: Plan) -> Outline:
    """Return the outline of a plan whose measures are judged in the plan's order."""
    parts = list_parts(plan)
    measures = group(
        enumerate(kpi.code for kpi in plan.kpis for _ in kpi.measures), lambda one: one[1]
    )
    owned = group(plan.kpis, lambda kpi: kpi.objective or "")
    themes = group(plan.objectives, lambda one: one.theme or "")
    rows = group(plan.objectives, lambda one: one.perspective or "")
    kpis = {code: place for place, code in enumerate(parts["kpi"])}
    objectives = {code: place for place, code in enumerate(parts["objective"])}
    return Outline(
        kpis=[Group(children=[place for place, _ in measures[code]]) for code in kpis],
        objectives=[_group((k.code for k in owned[code]), kpis) for code in objectives],
        themes=[_group(_codes(themes[code]), objectives) for code in parts["theme"]],
        perspectives=[_group(_codes(rows[code]), objectives) for code in parts["perspective"]],
        plans=[_group(_codes(plan.objectives), objectives) for _ in parts["plan"]],
    )


def _codes(objectives: Iterable[Objective]) -> Iterable[str]:
    return (one.code for one in objectives)


def _group(codes: Iterable[str], places: Mapping[str, int]) -> Group:
    siblings = tuple(codes)
    there = [code for code in siblings if code in places]
    return Group(children=[places[code] for code in there], codes=there, siblings=siblings)
