"""Lights above results: written again where a light below them changed, up to the agencies above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from hengtu.core.judging.rollup import Node, roll_up_agency
from hengtu.core.periods import SLOTS
from hengtu.queries.climbing import climb_rows
from hengtu.queries.rollups import (
    COLUMNS,
    Lights,
    Record,
    Rules,
    as_node,
    as_rows,
    read_lights,
    read_lit,
    record_of,
    roll_up_part,
)
from hengtu.queries.trees import (
    AGENCY,
    BELOW,
    KPI,
    MEASURE,
    OBJECTIVE,
    PERSPECTIVE,
    PLAN,
    THEME,
    Part,
    Tree,
    read_tree,
)
from hengtu.store.bulk.comparison import Difference, compare_rows
from hengtu.store.bulk.reading import read_rows
from hengtu.store.bulk.tables import NODES, RESULTS, Rows, Table
from hengtu.store.bulk.writing import delete_rows, insert_rows, replace_rows
from hengtu.store.models import AgencyRow, NodeResultRow, PlanRow

# The months whose lights changed, by kind and row.
Touched = dict[tuple[int, int], set[int]]
LEVELS = ((KPI,), (OBJECTIVE,), (THEME, PERSPECTIVE, PLAN))
FEW = 300  # rows that are named one by one in a statement


def lock_plan(plan: PlanRow) -> None:
    """Wait for others who write to the plan; until the transaction ends it is ours."""
    PlanRow.objects.select_for_update().get(pk=plan.pk)


def climb_all(plan: PlanRow) -> None:
    """Bring every light of a plan in line with the stored results of its measures."""
    tree = read_tree(plan)
    measures = sorted(
        child for part in tree.parts if BELOW[part.kind] == MEASURE for child in part.children
    )
    computed = climb_rows(plan, tree, read_rows(connection, RESULTS, measures))
    stored = read_rows(connection, NODES, [plan.pk])
    own = stored["kind"] != AGENCY
    difference = compare_rows(NODES, {n: c[own] for n, c in stored.items()}, computed)
    write_difference(NODES, difference)
    touched = months_of(difference)
    if periods := touched.get((PLAN, 0)):
        climb_agencies(plan, periods)


def climb(plan: PlanRow, touched: Touched) -> None:
    """Bring the lights above some measures in line, for the months in which theirs changed."""
    tree, rules = read_tree(plan), Rules(plan)
    moved: Touched = dict(touched)
    for kinds in LEVELS:
        for kind in kinds:
            moved |= _climb_kind(tree, kind, moved, rules)
    if periods := moved.get((PLAN, 0)):
        climb_agencies(plan, periods)


def _climb_kind(tree: Tree, kind: int, touched: Touched, rules: Rules) -> Touched:
    """Write the lights of one kind that differ; return their months."""
    below = BELOW[kind]
    due = {
        part: set[int]().union(*(touched.get((below, child), ()) for child in part.children))
        for part in tree.parts
        if part.kind == kind
    }
    due = {part: periods for part, periods in due.items() if periods}
    if not due:
        return {}
    lights = _read_below(tree.plan, below, due)
    records: list[Record] = []
    for part, periods in due.items():
        records += roll_up_part(tree.plan, part, lights, rules, sorted(periods))
    stored = _stored(tree.plan, kind, {part.id: periods for part, periods in due.items()})
    difference = compare_rows(NODES, stored, as_rows(records))
    write_difference(NODES, difference)
    return months_of(difference)


def _read_below(plan: int, kind: int, due: Mapping[Part, set[int]]) -> Lights:
    children = {child for part in due for child in part.children}
    if kind == MEASURE:
        return read_lights(read_rows(connection, RESULTS, sorted(children)))
    lights: Lights = defaultdict(dict)
    wanted = _between(plan, kind, children, set().union(*due.values()))
    columns = ("part_id", "period", "light", "reason", "score", "coverage")
    for part, period, *told in wanted.values_list(*columns):
        lights[kind, part][period] = read_lit(*told)
    return lights


def _stored(plan: int, kind: int, due: Mapping[int, set[int]]) -> Rows:
    """Return the stored lights of parts for the months that are due."""
    rows = _between(plan, kind, due, set().union(*due.values()))
    return as_rows([row for row in rows.values_list(*COLUMNS) if row[3] in due.get(row[2], ())])


def _between(
    plan: int, kind: int, parts: Collection[int], periods: Collection[int]
) -> QuerySet[NodeResultRow]:
    rows = NodeResultRow.objects.filter(
        plan=plan, kind=kind, period__gte=min(periods), period__lte=max(periods)
    )
    return rows.filter(part_id__in=parts) if len(parts) < FEW else rows


def months_of(difference: Difference) -> Touched:
    """Return the months whose lights differ, by kind and row."""
    touched: Touched = defaultdict(set)
    for rows in (difference.added, difference.changed, difference.removed):
        columns = (rows[name].tolist() for name in ("kind", "part_id", "period"))
        for kind, part, period in zip(*columns, strict=True):
            touched[kind, part].add(period)
    return touched


def climb_agencies(plan: PlanRow, periods: Collection[int]) -> None:
    """Bring the lights of the agency of a plan, and of those above it, in line.

    An agency's light stands with its first plan; an agency without any lets those below it count above.
    """
    agency: AgencyRow | None = plan.owning_agency
    while agency is not None:
        if anchor := find_anchor(agency.pk):
            _write_agency(anchor, agency, periods)
        agency = agency.parent


def find_anchor(agency: int) -> PlanRow | None:
    """Return the plan with which the light of an agency stands, locked."""
    own = PlanRow.objects.filter(owning_agency=agency, printed_in=None).order_by("pk")
    return own.select_for_update().first()


def _write_agency(anchor: PlanRow, agency: AgencyRow, periods: Collection[int]) -> None:
    computed = as_rows(list(roll_up_agencies(anchor, agency, periods)))
    stored = _stored(anchor.pk, AGENCY, {0: set(periods)})
    write_difference(NODES, compare_rows(NODES, stored, computed))


def roll_up_agencies(
    anchor: PlanRow, agency: AgencyRow, periods: Collection[int]
) -> Iterator[Record]:
    """Yield the lights of an agency with all below it for some months."""
    rules = Rules(anchor)
    own = list_nodes(Q(kind=PLAN, plan__owning_agency=agency), periods)
    below = list_nodes(Q(kind=AGENCY, plan__owning_agency__in=find_below(agency.pk)), periods)
    for period in sorted(own.keys() | below.keys()):
        node = roll_up_agency(
            own.get(period, ()), below.get(period, ()), rules.rulebook(period // SLOTS)
        )
        yield record_of(anchor.pk, AGENCY, 0, period, node)


def list_nodes(wanted: Q, periods: Collection[int]) -> dict[int, list[Node]]:
    """Return stored lights by month."""
    rows = NodeResultRow.objects.filter(
        wanted, period__gte=min(periods), period__lte=max(periods), plan__printed_in=None
    )
    found: dict[int, list[Node]] = defaultdict(list)
    columns = ("period", "light", "reason", "score", "coverage")
    for period, *told in rows.order_by("plan").values_list(*columns):
        found[period].append(as_node(OBJECTIVE, "", read_lit(*told)))
    return {period: nodes for period, nodes in found.items() if period in set(periods)}


def find_below(agency: int) -> list[int]:
    """Return the agencies right below that have plans; of one without those below it."""
    found: list[int] = []
    left = [agency]
    while left:
        rows = AgencyRow.objects.filter(parent__in=left).annotate(
            has=Exists(PlanRow.objects.filter(owning_agency=OuterRef("pk"), printed_in=None))
        )
        left = []
        for pk, has in rows.values_list("pk", "has"):
            (found if has else left).append(pk)
    return found


def write_difference(table: Table, difference: Difference) -> None:
    """Write the rows that differ."""
    delete_rows(connection, table, difference.removed)
    replace_rows(connection, table, difference.changed)
    insert_rows(connection, table, difference.added)
