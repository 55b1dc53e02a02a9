"""The long tables by the fast ways hold what Django's own way holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hengtu.store.bulk.comparison import compare_rows
from hengtu.store.bulk.copying import decode
from hengtu.store.bulk.packing import EXACT_BITS, pack_fields
from hengtu.store.bulk.reading import find_runs, read_rows
from hengtu.store.bulk.tables import FIGURES, NODES, RESULTS, Rows, Table, count_rows, take_rows
from hengtu.store.bulk.writing import delete_rows, insert_rows, replace_rows
from hengtu.store.models import FigureRow, NodeResultRow, ResultRow

pytestmark = pytest.mark.django_db
MODELS: dict[str, Any] = {
    table.name: model
    for table, model in ((FIGURES, FigureRow), (RESULTS, ResultRow), (NODES, NodeResultRow))
}
ANY_TABLE = st.sampled_from([FIGURES, RESULTS, NODES])
DOUBLES = st.one_of(
    st.just(float("nan")), st.floats(allow_nan=False, allow_infinity=False, width=64)
)
EVERYWHERE = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def undone() -> Iterator[None]:
    """Leave nothing behind for the next example."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@st.composite
def made_rows(draw: st.DrawFn, table: Table, *, owner: int | None = None) -> dict[str, Any]:
    """Return rows with keys of their own, every column anywhere in its range."""
    bounds = [(f.least, min((1 << f.bits) - 1 + f.least, 2**15 - 1)) for f in table.key]
    keys = st.tuples(*(st.integers(*ends) for ends in bounds))
    found = sorted(draw(st.sets(keys, max_size=12)))
    if owner is not None:
        found = sorted({(owner, *key[1:]) for key in found})
    rows: dict[str, Any] = {
        field.name: np.array([key[place] for key in found], np.int64)
        for place, field in enumerate(table.key)
    }
    for field in table.rest:
        values = (
            DOUBLES
            if field.is_double
            else st.integers(field.least, (1 << field.bits) - 1 + field.least)
        )
        if field.name == "coverage":
            values = st.floats(0, 1)
        given_values = draw(st.lists(values, min_size=len(found), max_size=len(found)))
        kind = np.float64 if field.is_double else np.int64
        rows[field.name] = np.array(given_values, kind)
    return rows


def listed(rows: Rows, table: Table) -> list[tuple[Any, ...]]:
    columns = [rows[field.name].tolist() for field in table.fields]
    plain = (
        tuple(None if one != one else one for one in row) for row in zip(*columns, strict=True)
    )
    return sorted(plain, key=lambda row: row[: len(table.key)])


def stored(table: Table) -> list[tuple[Any, ...]]:
    names = [field.name for field in table.fields]
    return sorted(MODELS[table.name].objects.values_list(*names), key=lambda r: r[: len(table.key)])


@EVERYWHERE
@given(data=st.data(), table=ANY_TABLE)
def test_what_is_written_is_what_django_and_we_read(data: st.DataObject, table: Table) -> None:
    rows = data.draw(made_rows(table))
    with undone():
        insert_rows(connection, table, rows)
        assert stored(table) == listed(rows, table)
        assert listed(read_rows(connection, table, rows[table.owner.name]), table) == listed(
            rows, table
        )


@EVERYWHERE
@given(data=st.data(), table=ANY_TABLE)
def test_only_the_owners_asked_for_are_read(data: st.DataObject, table: Table) -> None:
    rows = data.draw(made_rows(table))
    wanted = rows[table.owner.name][::2]
    with undone():
        insert_rows(connection, table, rows)
        own = take_rows(rows, np.isin(rows[table.owner.name], wanted))
        assert listed(read_rows(connection, table, wanted), table) == listed(own, table)


@EVERYWHERE
@given(data=st.data(), table=ANY_TABLE)
def test_writing_the_difference_makes_the_new_rows(data: st.DataObject, table: Table) -> None:
    old = data.draw(made_rows(table, owner=7))
    new = data.draw(made_rows(table, owner=7))
    with undone():
        insert_rows(connection, table, old)
        difference = compare_rows(table, old, new)
        replace_rows(connection, table, difference.added)
        replace_rows(connection, table, difference.changed)
        delete_rows(connection, table, difference.removed)
        now = read_rows(connection, table, [7])
        assert len(compare_rows(table, now, new)) == 0
        assert listed(take_rows(now, np.ones(count_rows(now), bool)), table) == stored(table)


@given(data=st.data(), table=ANY_TABLE)
def test_the_same_rows_in_another_order_do_not_differ(data: st.DataObject, table: Table) -> None:
    rows = data.draw(made_rows(table, owner=3))
    order = np.array(data.draw(st.permutations(range(count_rows(rows)))), np.int64)
    assert len(compare_rows(table, rows, take_rows(rows, order))) == 0


@pytest.mark.parametrize(
    ("before", "after", "differ"),
    [
        (1.0, 1.0 + 1e-12, 0),
        (1e12, 1e12 + 1, 0),
        (1.0, 1.00001, 1),
        (float("nan"), float("nan"), 0),
        (float("nan"), 0.0, 1),
        (0.0, float("nan"), 1),
    ],
)
def test_figures_differ_beyond_the_tolerance(before: float, after: float, differ: int) -> None:
    def one(value: float) -> dict[str, Any]:
        whole = {"item_id": np.array([1]), "period": np.array([2]), "missing": np.array([0])}
        return {**whole, "value": np.array([value])}

    assert len(compare_rows(FIGURES, one(before), one(after))) == differ


@pytest.mark.parametrize("table", [FIGURES, RESULTS, NODES], ids=lambda table: table.name)
def test_packed_columns_are_exact(table: Table) -> None:
    packs = pack_fields(table.fields)
    assert sorted(f.name for p in packs for f in p.fields) == sorted(f.name for f in table.fields)
    assert all(sum(field.bits for field in pack.fields) <= EXACT_BITS for pack in packs)


def test_ids_near_each_other_are_one_run() -> None:
    assert list(find_runs(np.array([], np.int64))) == []
    assert list(find_runs(np.array([1, 2, 15, 99]))) == [(1, 15), (99, 99)]


def test_rows_of_another_width_are_refused() -> None:
    with pytest.raises(ValueError, match="another width"):
        decode(b"PGCOPY\n\xff\r\n\0" + bytes(8) + b"\0\1" + b"\xff\xff", FIGURES.fields)
