"""The lights of all parts of a plan for all months at once, from those of its measures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hengtu.engines.judging import Group, Months, NodeMonths, make_level, roll_up_level
from hengtu.queries.rollups import Rules, roll_up_all
from hengtu.queries.trees import (
    BELOW,
    KPI,
    MEASURE,
    OBJECTIVE,
    PERSPECTIVE,
    PLAN,
    THEME,
    Part,
    Tree,
)
from hengtu.store.bulk.tables import NODES, Array, Rows, count_rows, join_rows
from hengtu.store.models import PlanRow

UPWARDS = (KPI, OBJECTIVE, THEME, PERSPECTIVE, PLAN)
COUNTS = ("green", "yellow", "red", "white")


def climb_months(plan: PlanRow, tree: Tree, measures: Sequence[int], months: Months) -> Rows:
    """Return the lights above the months of some measures as rows of their table."""
    rules = Rules(plan)
    lights: dict[int, Months | NodeMonths] = {MEASURE: months}
    places = {MEASURE: {pk: row for row, pk in enumerate(measures)}}
    rows: list[Rows] = []
    for kind in UPWARDS:
        groups = _groups(
            [part for part in tree.parts if part.kind == kind], places.get(BELOW[kind], {})
        )
        if not groups:
            continue
        weights = None if kind == KPI else rules.weights
        level = make_level(list(groups.values()), months.periods, weights)
        found = roll_up_level(lights[BELOW[kind]], level, rules.rulebook)
        lights[kind], places[kind] = found, {pk: row for row, pk in enumerate(groups)}
        rows.append(_as_rows(tree.plan, kind, list(groups), found))
    return join_rows(rows, NODES)


def climb_rows(plan: PlanRow, tree: Tree, results: Rows) -> Rows:
    """Return the lights above stored results; one part at a time where not every measure has every month."""
    measures, periods = np.unique(results["measure_id"]), np.unique(results["period"])
    if count_rows(results) != len(measures) * len(periods):
        return roll_up_all(plan, tree, results)
    return climb_months(plan, tree, measures.tolist(), _as_months(results, len(measures), periods))


def _as_months(results: Rows, measures: int, periods: Array) -> Months:
    """Return rows, sorted by measure and month, as results by month."""

    def lay(name: str, kind: type[np.generic] = np.float64) -> Array:
        return results[name].reshape(measures, len(periods)).astype(kind)

    return Months(
        periods=periods.astype(np.int16),
        values=lay("value"),
        kinds=lay("missing", np.int8),
        planned=lay("planned"),
        achievement=lay("achievement"),
        score=lay("score"),
        coverage=lay("coverage"),
        lights=lay("light", np.int8),
        reasons=lay("reason", np.int8),
        bands=lay("band", np.int8),
        single=np.zeros(measures, np.bool_),
    )


def _groups(parts: Sequence[Part], places: dict[int, int]) -> dict[int, Group]:
    """Return the parts that have a light by row, with their children as places below."""
    found = {}
    for part in parts:
        there = [pk in places for pk in part.children]
        children = tuple(places[pk] for pk in part.children if pk in places)
        codes = [code for code, known in zip(part.codes, there, strict=False) if known]
        if children:
            found[part.id] = Group(children=children, codes=codes, siblings=part.siblings)
    return found


def _as_rows(plan: int, kind: int, parts: Sequence[int], found: NodeMonths) -> Rows:
    shape = found.lights.shape
    rows: dict[str, Array] = {
        "plan_id": np.full(shape, plan, np.int64),
        "kind": np.full(shape, kind, np.int64),
        "part_id": np.repeat(np.asarray(parts, np.int64), shape[1]),
        "period": np.tile(found.periods, shape[0]),
        "score": found.score,
        "coverage": found.coverage,
        "light": found.lights,
        "reason": found.reasons,
        **{name: getattr(found, name) for name in COUNTS},
    }
    return {name: column.reshape(-1) for name, column in rows.items()}
