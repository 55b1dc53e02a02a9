"""A plan into its rows, part by part: same part, same row, same key, whatever its code is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from hengtu.core.diff import match_parts
from hengtu.core.plan import Plan
from hengtu.store.chapters import flatten
from hengtu.store.models import PartRow, PlanRow
from hengtu.store.shapes import SHAPES, Shape, part_to_columns

BATCH = 500


@dataclass(slots=True)
class Tally:
    """How many rows were added, changed and retired."""

    added: int = 0
    changed: int = 0
    retired: int = 0


def write_parts(row: PlanRow, plan: Plan) -> Tally:
    """Bring the rows of a plan in line with it; parts that are gone are retired, not deleted."""
    tally = Tally()
    now = timezone.now()
    for shape in SHAPES:
        _write(shape, row, {row.pk: list_parts(shape, plan)}, tally, now)
    return tally


def list_parts(shape: Shape, plan: Plan) -> Sequence[Any]:
    """Return the parts of a plan that a shape is about."""
    if shape.field == "members":
        return plan.committee.members if plan.committee else ()
    if shape.field == "sections":
        return list(flatten(plan.sections))
    parts: Sequence[Any] = getattr(plan, shape.field)
    return parts


def _write(
    shape: Shape, plan: PlanRow, wanted: Mapping[int, Sequence[Any]], tally: Tally, now: datetime
) -> None:
    """Write one table: match by owner, update, insert, retire, then go inside."""
    there = _live_rows(shape, plan)
    pairs: list[tuple[PartRow, Any, int]] = []
    fresh: list[tuple[PartRow, Any]] = []
    rank = 0
    for owner, parts in wanted.items():
        matched, _gone, _added = match_parts(shape.field, there.get(owner, []), parts)
        by_part = {id(part): old for old, part in matched}
        for part in parts:
            rank += 1
            old = by_part.get(id(part))
            if old is None:
                fresh.append((_new_row(shape, plan, owner, part, rank), part))
            else:
                pairs.append((old, part, rank))
    tally.changed += _update(shape, pairs)
    shape.model._default_manager.bulk_create([row for row, _ in fresh], batch_size=BATCH)
    tally.added += len(fresh)
    kept = {old.pk for old, _, _ in pairs}
    tally.retired += _retire(shape, (row for rows in there.values() for row in rows), kept, now)
    owners = [*((old, part) for old, part, _ in pairs), *fresh]
    for inner in shape.inside:
        _write(
            inner, plan, {row.pk: getattr(part, inner.field) for row, part in owners}, tally, now
        )


def _live_rows(shape: Shape, plan: PlanRow) -> dict[int, list[PartRow]]:
    rows: dict[int, list[PartRow]] = defaultdict(list)
    for row in shape.model._default_manager.filter(plan=plan, retired_at=None).order_by("rank"):
        rows[getattr(row, f"{shape.owner or 'plan'}_id")].append(row)
    return rows


def _new_row(shape: Shape, plan: PlanRow, owner: int, part: Any, rank: int) -> PartRow:
    pointer = {f"{shape.owner}_id": owner} if shape.owner else {}
    return shape.model(plan=plan, rank=rank, **pointer, **part_to_columns(shape, part))


def _update(shape: Shape, pairs: Iterable[tuple[PartRow, Any, int]]) -> int:
    """Save the rows that differ and return how many differ by more than their rank."""
    touched: list[PartRow] = []
    changed = 0
    names: set[str] = {"rank"}
    for row, part, rank in pairs:
        values = part_to_columns(shape, part)
        names.update(values)
        different = {name for name, value in values.items() if getattr(row, name) != value}
        if different or row.rank != rank:
            touched.append(row)
            # The same words on another line are no change.
            changed += bool(different - {"source"})
        for name, value in {**values, "rank": rank}.items():
            setattr(row, name, value)
    if touched:
        shape.model._default_manager.bulk_update(touched, sorted(names), batch_size=BATCH)
    return changed


def _retire(shape: Shape, rows: Iterable[PartRow], kept: set[int], now: datetime) -> int:
    gone = [row.pk for row in rows if row.pk not in kept]
    if gone:
        shape.model._default_manager.filter(pk__in=gone).update(retired_at=now)
    return len(gone)
