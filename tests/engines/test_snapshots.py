"""Parquet files as others write them: whole numbers, NULL, several files of one folder."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from tests.engines.conftest import SPARK

from hengtu.core.formulas import parse
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Rulebook
from hengtu.core.plan import Direction
from hengtu.engines.answers import Answers
from hengtu.engines.columns import CODES, gather_column, read_column
from hengtu.engines.engine import Engine, EngineError
from hengtu.engines.lights import Judged
from hengtu.engines.program import Program, make_program
from hengtu.engines.sql import JudgedSource, Source

duckdb = pytest.importorskip("duckdb", reason="the extra bulk is not installed")

from hengtu.engines.snapshots import (  # noqa: E402
    FigureArrays,
    read_arrays,
    read_figures,
    write_arrays,
    write_figures,
    write_lights,
    write_operands,
)
from hengtu.engines.snapshots.figures import gather_figures  # noqa: E402

PROGRAM = make_program(parse("收件數÷人力數×100%≥90%"), ["收件數", "人力數"])
SOURCE = Source(table="t", key="n", items={"收件數": ("v0", "k0"), "人力數": ("v1", "k1")})
AIMED = JudgedSource(
    table="t", key="n", value="v", kind="k", target="target", low="low", high="high"
)
ROWS = "(1, 7, 0, 2, 0), (2, NULL, 0, 2, 0), (3, 5, 0, 0, 0), (4, 5, 3, 2, NULL)"
LIGHTS = (
    "(1, 45, 0, 50, NULL, NULL), (2, 55, 0, 50, NULL, NULL), (3, NULL, 7, 50, NULL, NULL),"
    " (4, 22, NULL, NULL, 20, 25), (5, 22, NULL, NULL, NULL, 25), (6, NULL, NULL, 50, NULL, NULL)"
)


class OnParquet(Protocol):
    """What DuckDB and Spark offer over files."""

    def compute_parquet(self, program: Program, path: Path, source: Source) -> Answers: ...

    def judge_parquet(
        self,
        path: Path,
        source: JudgedSource,
        direction: Direction | None,
        rulebook: Rulebook,
    ) -> Judged: ...


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=SPARK)])
def on_parquet(request: pytest.FixtureRequest) -> OnParquet:
    """Return what reads Parquet files."""
    if request.param == "spark":
        return request.getfixturevalue("spark")  # type: ignore[no-any-return]
    import hengtu.engines.duckdb

    return hengtu.engines.duckdb  # type: ignore[return-value]


def write_rows(path: Path, rows: str, columns: str) -> None:
    duckdb.sql(f"SELECT * FROM (VALUES {rows}) AS t({columns})").write_parquet(str(path))


def test_whole_numbers_and_nulls(on_parquet: OnParquet, tmp_path: Path) -> None:
    path = tmp_path / "given.parquet"
    write_rows(path, ROWS, "n, v0, k0, v1, k1")
    answers = on_parquet.compute_parquet(PROGRAM, path, SOURCE)
    told = [answers.column.at(row) for row in range(4)]
    assert told == [350.0, "not_reported", "not_computable", "no_data"]
    assert answers.met is not None
    assert answers.met.tolist() == [True, False, False, False]


def test_lights_of_a_file(on_parquet: OnParquet, tmp_path: Path) -> None:
    path = tmp_path / "given.parquet"
    write_rows(path, LIGHTS, "n, v, k, target, low, high")
    judged = on_parquet.judge_parquet(path, AIMED, "higher", PRODUCT_DEFAULT)
    assert judged.lights.tolist() == [1, 2, -1, 2, -1, -1]
    reasons = [0, 0, CODES["not_due"], 0, 10, CODES["not_reported"]]
    assert judged.reasons.tolist() == reasons
    np.testing.assert_allclose(judged.percent, [90, 110, np.nan, 100, np.nan, np.nan])


def test_what_was_written_is_read_as_it_was(on_parquet: OnParquet, tmp_path: Path) -> None:
    columns = {
        "收件數": gather_column([200.0, 0.0, "not_due", 1e300]),
        "人力數": gather_column([3.0, 0.0, 1.0, 1e-300]),
    }
    path = tmp_path / "operands.parquet"
    source = write_operands(path, PROGRAM, columns, rows=4, table="operands")
    answers = on_parquet.compute_parquet(PROGRAM, path, source)
    assert answers.column.values[0] == 200 / 3 * 100
    assert [answers.column.at(row) for row in (1, 2, 3)] == [
        "not_computable",
        "not_due",
        "not_computable",
    ]


@SPARK
def test_spark_takes_a_folder_of_files_in_the_order_of_the_key(
    spark: OnParquet, tmp_path: Path
) -> None:
    for place, rows in enumerate(("(4, 4, 0, 1, 0), (3, 3, 0, 1, 0)", "(2, 2, 0, 1, 0)")):
        write_rows(tmp_path / f"part-{place}.parquet", rows, "n, v0, k0, v1, k1")
    answers = spark.compute_parquet(PROGRAM, tmp_path, SOURCE)
    assert answers.column.values.tolist() == [200.0, 300.0, 400.0]


@SPARK
def test_spark_tells_what_it_cannot_read(spark: OnParquet, tmp_path: Path) -> None:
    with pytest.raises(EngineError) as refused:
        spark.compute_parquet(PROGRAM, tmp_path / "none.parquet", SOURCE)
    assert (refused.value.reason, refused.value.engine) == ("engine_failed", "spark")
    assert "none.parquet" in refused.value.detail
    assert "\n" not in refused.value.detail


@SPARK
def test_spark_keeps_to_this_machine(spark: Engine) -> None:
    settings = spark._session.conf  # type: ignore[attr-defined]
    told = {name: settings.get(f"spark.{name}") for name in ("driver.host", "ui.enabled")}
    assert told == {"driver.host": "127.0.0.1", "ui.enabled": "false"}
    assert settings.get("spark.sql.ansi.enabled") == "true"


def test_figures_come_back_by_item_and_period(tmp_path: Path) -> None:
    column = gather_column([5.0, "no_data", 1.5, 0.0])
    figures = gather_figures(
        np.array([7, 3, 7, 3], np.int64), np.array([2167, 2166, 2166, 2167], np.int16), column
    )
    assert figures.item.tolist() == [3, 3, 7, 7]
    path = tmp_path / "figures.parquet"
    write_figures(path, figures)
    back = read_figures(path)
    assert len(back) == 4
    for name in ("item", "period", "value", "missing"):
        np.testing.assert_array_equal(getattr(back, name), getattr(figures, name))
        assert getattr(back, name).dtype == getattr(figures, name).dtype


def test_figures_of_several_files_are_one_snapshot(tmp_path: Path) -> None:
    for item in (2, 1):
        whole = FigureArrays(
            item=np.array([item], np.int64),
            period=np.array([2166], np.int16),
            value=np.array([float(item)]),
            missing=np.zeros(1, np.int8),
        )
        write_figures(tmp_path / f"agency-{item}.parquet", whole)
    assert read_figures(tmp_path).value.tolist() == [1.0, 2.0]


def test_a_figure_given_twice_or_without_a_period_is_refused() -> None:
    twice = np.array([1, 1], np.int64), np.array([2166, 2166], np.int16)
    with pytest.raises(ValueError, match="twice"):
        gather_figures(*twice, read_column([1.0, 2.0]))
    with pytest.raises(ValueError, match="period"):
        gather_figures(twice[0], twice[1][:1], read_column([1.0, 2.0]))


def test_nulls_of_a_file_are_not_reported(tmp_path: Path) -> None:
    path = tmp_path / "figures.parquet"
    write_rows(path, "(1, 2166, NULL, 0), (2, 2166, 4, NULL)", "item, period, value, missing")
    figures = read_figures(path)
    assert figures.missing.tolist() == [CODES["not_reported"], 0]
    assert figures.value[1] == 4.0


def test_arrays_replace_what_a_file_held(tmp_path: Path) -> None:
    path = tmp_path / "arrays.parquet"
    for rows in (5, 2):
        write_arrays(path, {"n": np.arange(rows), "met": np.zeros(rows, np.bool_)})
    assert read_arrays(path)["n"].tolist() == [0, 1]
    assert read_arrays(path)["met"].dtype == np.bool_


def test_lights_are_written_with_their_aims(tmp_path: Path) -> None:
    from tests.engines.test_engines_alike import make_lights

    batch = make_lights("lower", PRODUCT_DEFAULT)
    source = write_lights(tmp_path / "lights.parquet", batch, table="lights")
    found = read_arrays(tmp_path / "lights.parquet")
    assert len(found[source.value]) == len(batch.actual)
    np.testing.assert_array_equal(found[source.target], batch.aims.target)


def test_duckdb_fetches_no_extension_and_draws_no_bar() -> None:
    from hengtu.engines.snapshots import open_duckdb

    with open_duckdb() as connection:
        names = ("enable_progress_bar", "autoinstall_known_extensions")
        told = [
            connection.execute(f"SELECT current_setting('{name}')").fetchone() for name in names
        ]
    assert told == [(False,), (False,)]
