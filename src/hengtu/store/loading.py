"""Rows to core values, one way. The number of SQL statements depends on what is asked for, not on size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from hengtu.core.exchange import part_from_json
from hengtu.core.plan import Committee, Plan
from hengtu.core.source import Source
from hengtu.store.chapters import nest
from hengtu.store.models import PartRow, PlanRow
from hengtu.store.shapes import SHAPES, Shape, row_to_front, row_to_part

EVERYTHING = frozenset(shape.field for shape in SHAPES)
Parts = Mapping[int, list[Any]]


def load_plan(
    row: PlanRow, *, only: Collection[str] = EVERYTHING, with_parent: bool = True
) -> Plan:
    """Return the plan of a row; ``only`` names the lists that are wanted, the others stay empty."""
    parent = PlanRow.objects.filter(printed_in=row).first() if with_parent else None
    rows = [row, parent] if parent else [row]
    loaded = {shape.field: _load(shape, rows) for shape in SHAPES if shape.field in only}
    upper = _assemble(parent, loaded, None) if parent else None
    return _assemble(row, loaded, upper)


def _load(shape: Shape, plans: Iterable[PlanRow]) -> Parts:
    """Return the parts of a shape by the row they belong to."""
    inside = {inner.field: _load(inner, plans) for inner in shape.inside}
    found: dict[int, list[Any]] = defaultdict(list)
    wanted = shape.model._default_manager.filter(plan__in=plans, retired_at=None).order_by("rank")
    for row in wanted:
        own = {field: parts.get(row.pk, []) for field, parts in inside.items()}
        found[_owner(shape, row)].append(row_to_part(shape, row, own))
    return found


def _owner(shape: Shape, row: PartRow) -> int:
    owner: int = getattr(row, f"{shape.owner or 'plan'}_id")
    return owner


def _assemble(row: PlanRow, loaded: Mapping[str, Parts], parent: Plan | None) -> Plan:
    lists: dict[str, Any] = {field: tuple(parts.get(row.pk, ())) for field, parts in loaded.items()}
    members = lists.pop("members", ())
    sections = nest(lists.pop("sections", ()))
    return Plan(
        **row_to_front(row),
        **lists,
        sections=sections,
        committee=_committee(row, members),
        parent_plan=parent,
    )


def _committee(row: PlanRow, members: tuple[Any, ...]) -> Committee | None:
    if not isinstance(row.committee, dict):
        return None
    source = part_from_json(Source, row.committee.get("source", {}))
    return Committee(name=row.committee["name"], members=members, source=source)
