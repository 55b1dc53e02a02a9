"""What the tables can hold: told when a document comes in, not when somebody adopts it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models

from hengtu.core.plan import Plan
from hengtu.readers import ReadError
from hengtu.services.plan_rows import list_parts
from hengtu.store.models import PlanRow
from hengtu.store.shapes import SHAPES, Shape, part_to_columns, plan_to_columns

LARGEST_SMALL = 2**15 - 1


def require_fit(plan: Plan, file: str) -> None:
    """Raise ReadError ``bad_plan`` naming the first value that no column can hold."""
    for path, problem in find_misfits(plan):
        raise ReadError("bad_plan", path=path, problem=problem, file=file)


def find_misfits(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield (path, problem) for every value that is too long or too large for its column."""
    yield from _check(PlanRow, plan_to_columns(plan), "$")
    for shape in SHAPES:
        yield from _check_parts(shape, list_parts(shape, plan), "$")
    if plan.parent_plan:
        yield from find_misfits(plan.parent_plan)


def _check_parts(shape: Shape, parts: Iterable[Any], above: str) -> Iterator[tuple[str, str]]:
    for number, part in enumerate(parts):
        path = f"{above}.{shape.field}[{number}]"
        yield from _check(shape.model, part_to_columns(shape, part), path)
        for inner in shape.inside:
            yield from _check_parts(inner, getattr(part, inner.field), path)


def _check(
    model: type[models.Model], columns: dict[str, Any], path: str
) -> Iterator[tuple[str, str]]:
    for name, value in columns.items():
        field = model._meta.get_field(name)
        if isinstance(field, models.CharField | models.IntegerField):
            try:
                field.run_validators(value)
                _require_small(field, value)
            except ValidationError as misfit:
                yield f"{path}.{name}", misfit.messages[0]


def _require_small(field: models.Field[Any, Any], value: Any) -> None:
    # SQLite takes what PostgreSQL refuses: a plan must fit both.
    if isinstance(field, models.PositiveSmallIntegerField) and value is not None:
        MaxValueValidator(LARGEST_SMALL)(value)
