"""Lights rolled up month by month, from stored or fresh results, as rows of their table."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from hengtu.core.judging.lights import LightReason
from hengtu.core.judging.rollup import Child, Node, roll_up, weigh
from hengtu.core.judging.rulebook import RANK, Colour, Rulebook
from hengtu.core.periods import SLOTS
from hengtu.engines.lights import COLOURS, code_reason, name_reason
from hengtu.queries.rules import read_rulebooks, read_weights
from hengtu.queries.trees import BELOW, KINDS, MEASURE, Part, Tree
from hengtu.store.bulk.tables import NODES, Rows, dtype_of
from hengtu.store.models import PlanRow


class Lit(NamedTuple):
    """A stored light as it counts one level up."""

    light: Colour
    reason: LightReason | None
    score: float | None
    coverage: float


# The lights of parts by kind and row, then by the code of the month.
Lights = dict[tuple[int, int], dict[int, Lit]]
Record = tuple[int, int, int, int, float, float, int, int, int, int, int, int]
COLUMNS = (
    "plan_id",
    "kind",
    "part_id",
    "period",
    "score",
    "coverage",
    "light",
    "reason",
    "green",
    "yellow",
    "red",
    "white",
)


class Rules:
    """The rulebook and the weights of a plan by ROC year, each asked for once."""

    def __init__(self, plan: PlanRow) -> None:
        table, weights = read_rulebooks(), read_weights(plan)
        self.rulebook: Callable[[int], Rulebook] = lru_cache(None)(
            lambda roc_year: table.of(plan.owning_agency_id, roc_year)
        )
        self.weights: Callable[[int], Mapping[str, float]] = weights.in_year


def roll_up_all(plan: PlanRow, tree: Tree, results: Rows) -> Rows:
    """Return the lights of every part of a plan for every month that its results have."""
    rules, lights = Rules(plan), read_lights(results)
    records: list[Record] = []
    for part in tree.parts:
        records += roll_up_part(tree.plan, part, lights, rules)
    return as_rows(records)


def roll_up_part(
    plan: int, part: Part, lights: Lights, rules: Rules, periods: Iterable[int] | None = None
) -> Iterator[Record]:
    """Yield the lights of a part, and add them to the lights, for the months given or all its children have.

    A month that no child has yields nothing.
    """
    below = [lights.get((BELOW[part.kind], child), {}) for child in part.children]
    own = lights.setdefault((part.kind, part.id), {})
    for period in sorted(set[int]().union(*below)) if periods is None else periods:
        told = [months.get(period) for months in below]
        if not any(told):
            continue
        roc_year = period // SLOTS
        children = weigh_children(part, told, rules.weights(roc_year))
        node = roll_up(children, rules.rulebook(roc_year), kind=KINDS[part.kind], code=part.code)
        own[period] = Lit(node.light, node.reason, node.score, node.coverage)
        yield record_of(plan, part.kind, part.id, period, node)


def weigh_children(
    part: Part, told: Sequence[Lit | None], weights: Mapping[str, float]
) -> list[Child]:
    """Return the lights below a part with what they weigh; measures weigh alike."""
    if BELOW[part.kind] == MEASURE:
        return [
            Child(code="", light=o.light, reason=o.reason, score=o.score, coverage=o.coverage)
            for o in told
            if o
        ]
    nodes = [
        as_node(part.kind, code, one) for code, one in zip(part.codes, told, strict=True) if one
    ]
    return weigh(nodes, weights, part.siblings)


def as_node(kind: int, code: str, lit: Lit) -> Node:
    """Return a stored light as a node; its own children's lights are not asked for."""
    return Node(kind=KINDS[BELOW[kind]], code=code, name="", counts=(), **lit._asdict())


def record_of(plan: int, kind: int, part: int, period: int, node: Node) -> Record:
    """Return the columns of a node."""
    counts = dict(node.counts)
    return (
        plan,
        kind,
        part,
        period,
        math.nan if node.score is None else node.score,
        node.coverage,
        RANK[node.light],
        code_reason(node.reason),
        counts["green"],
        counts["yellow"],
        counts["red"],
        counts["white"],
    )


def as_rows(records: Sequence[Record]) -> Rows:
    """Return records as columns of the table of nodes."""
    columns = zip(*records, strict=True) if records else [()] * len(COLUMNS)
    types = {field.name: dtype_of(field) for field in NODES.fields}
    return {
        name: np.array(column, types[name]) for name, column in zip(COLUMNS, columns, strict=True)
    }


def read_lights(results: Rows) -> Lights:
    """Return results of measures by measure and month."""
    lights: Lights = defaultdict(dict)
    names = ("measure_id", "period", "light", "reason", "score", "coverage")
    for measure, period, *told in zip(*(results[name].tolist() for name in names), strict=True):
        lights[MEASURE, measure][period] = read_lit(*told)
    return lights


def read_lit(light: int, reason: int, score: float | None, coverage: float) -> Lit:
    """Return a light from its columns."""
    there = score is not None and not math.isnan(score)
    return Lit(COLOURS[light], name_reason(reason), score if there else None, coverage)
