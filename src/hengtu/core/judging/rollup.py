"""Roll-up: measures to KPI to objective to theme, perspective and plan.

A missing child lowers the coverage and nothing else: it is never a zero, and never a help. Weights count in
proportion; that they total 100 under each parent is asked when a plan is activated, not here. A KPI or objective
that has a weight and nothing to be judged by is a missing child. Themes and perspectives weigh their objectives
as the plan does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from hengtu.core.judging.lights import LightReason
from hengtu.core.judging.rulebook import RANK, Colour, Rulebook
from hengtu.core.plan import Objective, Plan

NodeKind = Literal["kpi", "objective", "theme", "perspective", "plan", "agency"]
T = TypeVar("T")
COLOURS: tuple[Colour, ...] = ("green", "yellow", "red", "white")
NOT_DUE: frozenset[LightReason] = frozenset({"not_due", "not_applicable", "blank", "early"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """What rolls up: a light, a score where there is one, and how much of it is known (0–1)."""

    code: str
    light: Colour
    reason: LightReason | None = None
    score: float | None = None
    coverage: float = 1.0
    weight: float = 1.0

    @property
    def due(self) -> bool:
        """Whether the child counts at all: what was not due is nobody's gap, what weighs nothing no part."""
        return self.weight > 0 and (self.light != "white" or self.reason not in NOT_DUE)

    @property
    def known(self) -> bool:
        """Whether it could be judged."""
        return self.light != "white"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A rolled-up light with score, coverage and the lights below it."""

    kind: NodeKind
    code: str
    name: str
    light: Colour
    reason: LightReason | None
    score: float | None
    coverage: float
    counts: tuple[tuple[Colour, int], ...]


def roll_up(
    children: Sequence[Child], rulebook: Rulebook, *, kind: NodeKind, code: str, name: str = ""
) -> Node:
    """Return the node above its children by the rulebook's way of rolling up."""
    due = [child for child in children if child.due]
    known = [child for child in due if child.known]
    coverage = _coverage(due)
    light, score, reason = _judge(known, due, rulebook)
    if known and coverage < rulebook.least_coverage:
        light, reason = "white", "low_coverage"
    counts = tuple((colour, sum(child.light == colour for child in children)) for colour in COLOURS)
    return Node(
        kind=kind,
        code=code,
        name=name,
        light=light,
        reason=reason,
        score=score,
        coverage=coverage,
        counts=counts,
    )


def _coverage(due: Sequence[Child]) -> float:
    weights = sum(child.weight for child in due)
    if not weights:
        return 1.0
    return sum(child.weight * child.coverage for child in due if child.known) / weights


def _judge(
    known: Sequence[Child], due: Sequence[Child], rulebook: Rulebook
) -> tuple[Colour, float | None, LightReason | None]:
    score = mean_score(known)
    if not known:
        return "white", None, "not_reported" if due else "not_due"
    partial: LightReason | None = "partial" if len(known) < len(due) else None
    match rulebook.roll_up:
        case "worst":
            return min((child.light for child in known), key=RANK.__getitem__), score, partial
        case "count":
            return _by_count(known, due), score, partial
        case _:
            return _by_score(score, known, rulebook), score, partial


def mean_score(known: Iterable[Child]) -> float | None:
    """Return the weighted mean of the scores that are known, or None."""
    scored = [(child.weight, child.score) for child in known if child.score is not None]
    weights = sum(weight for weight, _ in scored)
    return sum(weight * value for weight, value in scored) / weights if weights else None


def _by_score(score: float | None, known: Sequence[Child], rulebook: Rulebook) -> Colour:
    """Return the light of the mean score, no better than those that have a light and no score to be in it."""
    lights = [child.light for child in known if child.score is None]
    if score is not None:
        lights.append(rulebook.band_for(score).light)
    return min(lights, key=RANK.__getitem__)


def _by_count(known: Sequence[Child], due: Sequence[Child]) -> Colour:
    """Green when every child due is green, red when half of those known are red, else yellow."""
    if all(child.light == "green" for child in due):
        return "green"
    red = sum(child.light == "red" for child in known)
    return "red" if 2 * red >= len(known) else "yellow"


def roll_up_plan(
    plan: Plan,
    results: Iterable[Child],
    rulebook: Rulebook,
    *,
    weights: Mapping[str, float] | None = None,
) -> tuple[Node, ...]:
    """Return the nodes of a plan from its measures' results, KPIs first, the plan last.

    ``weights`` are by code of KPI or objective; without any under a parent its children weigh alike.
    """
    given = weights or {}
    measures = group(results, lambda child: child.code)
    kpis = [
        roll_up(measures[kpi.code], rulebook, kind="kpi", code=kpi.code, name=kpi.name)
        for kpi in plan.kpis
        if kpi.code in measures
    ]
    parents = {kpi.code: kpi.objective or "" for kpi in plan.kpis}
    below = group(kpis, lambda node: parents[node.code])
    planned = group((kpi.code for kpi in plan.kpis), lambda code: parents[code])
    objectives = [
        roll_up(
            weigh(below[one.code], given, planned[one.code]),
            rulebook,
            kind="objective",
            code=one.code,
            name=one.name,
        )
        for one in plan.objectives
        if one.code in below
    ]
    return (*kpis, *objectives, *_groups(plan, objectives, rulebook, given))


def _groups(
    plan: Plan, objectives: Sequence[Node], rulebook: Rulebook, weights: Mapping[str, float]
) -> Iterator[Node]:
    themes = group(plan.objectives, lambda one: one.theme or "")
    rows = group(plan.objectives, lambda one: one.perspective or "")
    for theme in plan.themes:
        if found := _inside(themes.get(theme.code, ()), objectives, weights):
            yield roll_up(found, rulebook, kind="theme", code=theme.code, name=theme.name)
    for row in plan.perspectives:
        if found := _inside(rows.get(row.code, ()), objectives, weights):
            yield roll_up(found, rulebook, kind="perspective", code=row.code, name=row.name)
    if objectives:
        whole = weigh(objectives, weights, [one.code for one in plan.objectives])
        yield roll_up(whole, rulebook, kind="plan", code="", name=plan.title)


def _inside(
    parts: Sequence[Objective], nodes: Sequence[Node], weights: Mapping[str, float]
) -> list[Child]:
    codes = [one.code for one in parts]
    found = [node for node in nodes if node.code in codes]
    return weigh(found, weights, codes) if found else []


def weigh(
    nodes: Sequence[Node], weights: Mapping[str, float], siblings: Iterable[str]
) -> list[Child]:
    """Return nodes as children of a parent.

    Where any sibling has a weight, those without weigh nothing, and one with a weight but no node is missing.
    """
    given = {code: weights[code] for code in siblings if weights.get(code)}
    if not given:
        return [as_child(node) for node in nodes]
    there = {node.code for node in nodes}
    absent = (
        Child(code=code, light="white", reason="not_reported", coverage=0.0, weight=weight)
        for code, weight in given.items()
        if code not in there
    )
    return [*(as_child(node, given.get(node.code, 0.0)) for node in nodes), *absent]


def roll_up_agency(
    plans: Iterable[Node], below: Iterable[Node], rulebook: Rulebook, *, name: str = ""
) -> Node:
    """Return the light of an agency with all below it: its own plans and the agencies under it, all alike."""
    children = [as_child(node) for node in (*plans, *below)]
    return roll_up(children, rulebook, kind="agency", code="", name=name)


def as_child(node: Node, weight: float = 1.0) -> Child:
    """Return a node as it counts one level up."""
    return Child(
        code=node.code,
        light=node.light,
        reason=node.reason,
        score=node.score if node.light != "white" else None,
        coverage=node.coverage,
        weight=weight,
    )


def group(things: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    """Return things by key, both in the order given."""
    found: dict[str, list[T]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found
