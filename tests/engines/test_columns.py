"""What the engines' values promise at their edges."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import time
from pathlib import Path

import numpy as np
import pytest

import hengtu.engines
from hengtu.core.formulas import parse
from hengtu.engines.columns import CODES, gather_column, read_column
from hengtu.engines.numpy import Batch, compute_batches, compute_column
from hengtu.engines.program import make_program
from hengtu.engines.sql import DUCKDB, POSTGRES, Source, StatementTooLongError, write_statement

PROGRAM = make_program(parse("收件數÷人力數×100%≥90%"), ["收件數", "人力數"])
SOURCE = Source(table="t", key="n", items={"收件數": ("v0", "k0"), "人力數": ("v1", "k1")})


def test_examples_run() -> None:
    pytest.importorskip("duckdb", reason="the extra bulk is not installed")
    modules = pkgutil.walk_packages(hengtu.engines.__path__, "hengtu.engines.")
    results = [doctest.testmod(importlib.import_module(module.name)) for module in modules]
    assert sum(result.attempted for result in results) > 0
    assert not any(result.failed for result in results)


def test_no_number_stays_beside_a_kind() -> None:
    column = read_column([1.0, np.nan, np.inf, 4.0], [0, 0, 0, CODES["no_data"]])
    assert [column.at(row) for row in range(4)] == [
        1.0,
        "not_reported",
        "not_computable",
        "no_data",
    ]
    assert np.isnan(column.values[1:]).all()


def test_reading_a_column_leaves_the_given_arrays_alone() -> None:
    given = np.array([1.0, np.inf])
    read_column(given)
    assert given[1] == np.inf


@pytest.mark.parametrize("kinds", [[10], [-1], [0, 0]])
def test_other_kinds_and_lengths_are_refused(kinds: list[int]) -> None:
    with pytest.raises(ValueError, match="kinds"):
        read_column([1.0], kinds)


def test_columns_of_other_lengths_are_refused() -> None:
    columns = {"收件數": gather_column([1.0]), "人力數": gather_column([1.0, 2.0])}
    with pytest.raises(ValueError, match="rows"):
        compute_column(PROGRAM, columns, rows=1)
    batch = Batch(program=PROGRAM, columns=columns, rows=1)
    with pytest.raises(ValueError, match="rows"):
        compute_batches([batch, batch])


def test_no_rows_give_no_answers() -> None:
    nothing = {"收件數": gather_column([]), "人力數": gather_column([])}
    assert len(compute_column(PROGRAM, nothing, rows=0)) == 0


def test_formulas_of_one_shape_have_one_body() -> None:
    other = make_program(parse("完工數÷開工數×100%≥90%"), ["完工數", "開工數"])
    assert other.body == PROGRAM.body
    assert other.names != PROGRAM.names


@pytest.mark.parametrize("name", ['t"; DROP TABLE x', "T", "收件數", "t.u.v", ""])
def test_names_that_need_quotes_never_reach_the_statement(name: str) -> None:
    with pytest.raises(ValueError, match="plain name"):
        write_statement(PROGRAM, Source(table=name, key="n", items=SOURCE.items), DUCKDB)


def test_the_statement_is_plain_and_differs_by_one_word() -> None:
    duck, postgres = (write_statement(PROGRAM, SOURCE, one) for one in (DUCKDB, POSTGRES))
    assert postgres.replace("DOUBLE PRECISION", "DOUBLE") == duck
    assert not [word for word in ("ROUND", "GREATEST", "LEAST", '"', "`") if word in duck]


def test_a_hostile_formula_is_refused_as_a_statement_and_runs_on_numpy() -> None:
    stacked = make_program(parse("收件數÷（" * 40 + "收件數" + "）" * 40), ["收件數"])
    began = time.process_time()
    with pytest.raises(StatementTooLongError):
        write_statement(stacked, SOURCE, DUCKDB)
    assert time.process_time() - began < 1.0
    assert compute_column(stacked, {"收件數": gather_column([2.0])}, rows=1).at(0) == 2.0


def test_duckdb_reads_whole_numbers_from_parquet(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="the extra bulk is not installed")
    from hengtu.engines.duckdb import compute_parquet

    path = tmp_path / "snapshot.parquet"
    rows = "(1, 7, 0, 2, 0), (2, NULL, 0, 2, 0), (3, 5, 0, 0, 0), (4, 5, 3, 2, NULL)"
    columns = "n, v0, k0, v1, k1"
    duckdb.sql(f"SELECT * FROM (VALUES {rows}) AS t({columns})").write_parquet(str(path))
    answers = compute_parquet(PROGRAM, path, SOURCE)
    told = [answers.column.at(row) for row in range(4)]
    assert told == [350.0, "not_reported", "not_computable", "no_data"]
    assert answers.met is not None
    assert answers.met.tolist() == [True, False, False, False]
