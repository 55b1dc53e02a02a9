"""What rolls up to what in a plan: measures, KPIs, objectives, themes and perspectives, the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hengtu.core.judging.rollup import NodeKind
from hengtu.store.models import (
    KpiRow,
    MeasureRow,
    ObjectiveRow,
    PerspectiveRow,
    PlanRow,
    ThemeRow,
)

KINDS: tuple[NodeKind, ...] = ("kpi", "objective", "theme", "perspective", "plan", "agency")
MEASURE, KPI, OBJECTIVE, THEME, PERSPECTIVE, PLAN, AGENCY = -1, 0, 1, 2, 3, 4, 5
BELOW = {KPI: MEASURE, OBJECTIVE: KPI, THEME: OBJECTIVE, PERSPECTIVE: OBJECTIVE, PLAN: OBJECTIVE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part that has a light: ``children`` are the rows that roll up to it, of the kind ``BELOW`` names.

    ``siblings`` are the codes of all parts that may weigh under it, with or without a light of their own.
    """

    kind: int
    id: int
    code: str = ""
    children: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    siblings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """The parts of a plan that have a light, those below before those above."""

    plan: int
    parts: tuple[Part, ...]

    def above(self, kind: int, ids: Iterable[int]) -> Iterable[Part]:
        """Yield the parts right above some rows of a kind."""
        wanted = set(ids)
        return (
            p for p in self.parts if BELOW[p.kind] == kind and not wanted.isdisjoint(p.children)
        )


def read_tree(plan: PlanRow) -> Tree:
    """Return what rolls up to what in a plan; five SQL statements."""
    live: dict[str, Any] = {"plan": plan, "retired_at": None}
    measures: dict[int, list[int]] = defaultdict(list)
    pairs = MeasureRow.objects.filter(**live).order_by("rank").values_list("kpi_id", "pk")
    for kpi, measure in pairs:
        measures[kpi].append(measure)
    rows = KpiRow.objects.filter(**live).order_by("rank").values_list("pk", "code", "objective")
    kpis = [
        Part(kind=KPI, id=pk, code=code, children=tuple(measures[pk]))
        for pk, code, _ in rows
        if measures[pk]
    ]
    lit = {part.id: part.code for part in kpis}
    below = _group((objective or "", pk, code) for pk, code, objective in rows)
    shown = ObjectiveRow.objects.filter(**live).order_by("rank")
    told = list(shown.values_list("pk", "code", "theme", "perspective"))
    objectives = [
        part
        for pk, code, _, _ in told
        if (part := _part(OBJECTIVE, pk, code, below.get(code, ()), lit)).children
    ]
    judged = {part.id: part.code for part in objectives}
    groups = (
        (THEME, ThemeRow, _group((theme or "", pk, code) for pk, code, theme, _ in told)),
        (PERSPECTIVE, PerspectiveRow, _group((row or "", pk, code) for pk, code, _, row in told)),
    )
    upper = [
        part
        for kind, model, inside in groups
        for pk, code in model.objects.filter(**live).order_by("rank").values_list("pk", "code")
        if (part := _part(kind, pk, code, inside.get(code, ()), judged)).children
    ]
    whole = _part(PLAN, 0, "", [(pk, code) for pk, code, _, _ in told], judged)
    return Tree(plan.pk, (*kpis, *objectives, *upper, *([whole] if judged else ())))


def _group(rows: Iterable[tuple[str, int, str]]) -> Mapping[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for parent, pk, code in rows:
        found[parent].append((pk, code))
    return found


def _part(
    kind: int, pk: int, code: str, inside: Sequence[tuple[int, str]], lit: Mapping[int, str]
) -> Part:
    there = [(row, own) for row, own in inside if row in lit]
    return Part(
        kind=kind,
        id=pk,
        code=code,
        children=tuple(row for row, _ in there),
        codes=tuple(own for _, own in there),
        siblings=tuple(own for _, own in inside),
    )
