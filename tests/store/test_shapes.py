"""Parts as columns: every field of the vocabulary has a place, and odd characters do no harm."""

from dataclasses import fields

import pytest

from hengtu.core.plan import Plan
from hengtu.store.shapes import FRONT, SHAPES, Shape, clean, columns


def walk(shapes: tuple[Shape, ...]) -> list[Shape]:
    return [shape for one in shapes for shape in (one, *walk(one.inside))]


@pytest.mark.parametrize("shape", walk(SHAPES), ids=lambda shape: shape.field)
def test_every_field_of_a_part_is_kept(shape: Shape) -> None:
    kept = {field for field, _column, _packed in columns(shape)}
    inside = {inner.field for inner in shape.inside}
    assert kept | inside == {field.name for field in fields(shape.kind)}


def test_every_field_of_a_plan_is_kept() -> None:
    lists = {shape.field for shape in SHAPES} - {"members"}
    own = {"title", "kind", "roc_years", "committee", "parent_plan", "source"}
    assert {*FRONT, *lists, *own} == {field.name for field in fields(Plan)}


def test_characters_that_a_database_refuses_are_taken_out() -> None:
    assert clean({"a": ["\0甲\ud800"]}) == {"a": ["甲?"]}
