"""How parts of a plan lie in tables: one shape for each kind of part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, get_type_hints

from django.db import models

from hengtu.core import plan as core
from hengtu.core.exchange import part_from_json, part_to_json
from hengtu.core.source import Source
from hengtu.store.chapters import Chapter
from hengtu.store.models import (
    ActionRow,
    BudgetRow,
    GuidelineRow,
    KpiRow,
    LinkRow,
    MeasureRow,
    MemberRow,
    MethodRow,
    ObjectiveRow,
    PartRow,
    PerspectiveRow,
    PlanRow,
    SectionRow,
    StrategyRow,
    TaskRow,
    ThemeRow,
    ValueRow,
    WorkItemRow,
)

RENAMED = {"from_": "from_code", "to": "to_code"}


@dataclass(frozen=True)
class Shape:
    """A list field of a plan or part: its table, its core type, and the lists inside its parts.

    ``owner`` names the column that points to the part it belongs to; None for parts of the plan itself.
    """

    field: str
    model: type[PartRow]
    kind: type
    owner: str | None = None
    inside: tuple[Shape, ...] = ()


SHAPES: tuple[Shape, ...] = (
    Shape("themes", ThemeRow, core.Theme),
    Shape("perspectives", PerspectiveRow, core.Perspective),
    Shape("objectives", ObjectiveRow, core.Objective),
    Shape("links", LinkRow, core.Link),
    Shape(
        "kpis",
        KpiRow,
        core.Kpi,
        inside=(
            Shape(
                "measures",
                MeasureRow,
                core.Measure,
                "kpi",
                inside=(Shape("values", ValueRow, core.PlanValue, "measure"),),
            ),
        ),
    ),
    Shape(
        "actions",
        ActionRow,
        core.Action,
        inside=(Shape("budgets", BudgetRow, core.Budget, "action"),),
    ),
    Shape(
        "guidelines",
        GuidelineRow,
        core.Guideline,
        inside=(
            Shape(
                "strategies",
                StrategyRow,
                core.Strategy,
                "guideline",
                inside=(Shape("methods", MethodRow, core.Method, "strategy"),),
            ),
        ),
    ),
    Shape("members", MemberRow, core.Member),
    Shape(
        "work_items",
        WorkItemRow,
        core.WorkItem,
        inside=(Shape("tasks", TaskRow, core.Task, "work_item"),),
    ),
    Shape("sections", SectionRow, Chapter),
)
# Printed once and always read with the plan: kept whole in the plan's own row.
FRONT: tuple[str, ...] = (
    "agency",
    "document",
    "mission",
    "vision",
    "core_values",
    "revisions",
    "org_units",
    "rules",
    "footnotes",
    "claims",
    "unread",
)


@cache
def hints(kind: type) -> Mapping[str, Any]:
    """Return the resolved types of a core type's fields."""
    return get_type_hints(kind)


@cache
def columns(shape: Shape) -> tuple[tuple[str, str, bool], ...]:
    """Return (field, column, whether JSON) for every field that has a column."""
    known = {column.name: column for column in shape.model._meta.concrete_fields}
    found = []
    for field in fields(shape.kind):
        column = known.get(RENAMED.get(field.name, field.name))
        if column is not None:
            found.append((field.name, column.name, isinstance(column, models.JSONField)))
    return tuple(found)


def part_to_columns(shape: Shape, part: Any) -> dict[str, Any]:
    """Return the column values of a part; what is inside it has tables of its own."""
    return {
        column: clean(part_to_json(getattr(part, field)) if packed else getattr(part, field))
        for field, column, packed in columns(shape)
    }


def row_to_part(shape: Shape, row: PartRow, inside: Mapping[str, Sequence[Any]]) -> Any:
    """Return the core part of a row and of the parts inside it."""
    types = hints(shape.kind)
    given: dict[str, Any] = {field: tuple(parts) for field, parts in inside.items()}
    for field, column, packed in columns(shape):
        value = getattr(row, column)
        given[field] = unpack(types[field], value) if packed else value
    return shape.kind(**given)


def unpack(kind: Any, value: Any) -> Any:
    """Return the core value of a JSON column; the shapes that every row has go the short way."""
    if kind is Source:
        return Source(**{**value, "lines": tuple(value.get("lines", ()))})
    if value is None or value == []:
        return None if value is None else ()
    return part_from_json(kind, value)


def plan_to_columns(plan: core.Plan) -> dict[str, Any]:
    """Return the columns of a plan's own row."""
    front = {name: clean(part_to_json(getattr(plan, name))) for name in FRONT}
    seat = plan.committee
    committee = {"name": seat.name, "source": part_to_json(seat.source)} if seat else None
    return {
        **front,
        "committee": clean(committee),
        "title": clean(plan.title),
        "kind": plan.kind,
        "roc_first": plan.roc_years.first,
        "roc_last": plan.roc_years.last,
        "file": clean(part_to_json(plan.source)),
    }


def row_to_front(row: PlanRow) -> dict[str, Any]:
    """Return the fields of a plan that stand in its own row."""
    types = hints(core.Plan)
    front = {name: part_from_json(types[name], getattr(row, name)) for name in FRONT}
    return {
        **front,
        "title": row.title,
        "kind": row.kind,
        "roc_years": core.RocYears(first=row.roc_first, last=row.roc_last),
        "source": part_from_json(core.FileSource, row.file),
    }


def clean(value: Any) -> Any:
    """Return the value without characters that a database refuses: NUL and lone surrogates."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    return part_to_json(value) if is_dataclass(value) else value
