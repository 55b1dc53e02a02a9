"""A whole plan worked out by an engine gives what single records gave, or says where it does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.engines.conftest import SPARK

import hengtu.engines.engine
from hengtu import cli
from hengtu.cli.main import main
from hengtu.core.actuals import Actual
from hengtu.core.judging.results import Result, compute
from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.periods import Period, read_period
from hengtu.core.plan import Plan
from hengtu.engines.answers import Answers
from hengtu.engines.columns import gather_column
from hengtu.engines.engine import Engine
from hengtu.engines.lights import Judged, LightBatch
from hengtu.engines.numpy import Batch
from hengtu.engines.numpy.engine import NumpyEngine
from hengtu.engines.results import DisagreementError, work_out
from hengtu.readers import read_file
from hengtu.readers.actuals import read_actuals
from hengtu.readers.rulebooks import load_preset

EXAMPLES = ("bureau", "office")
BOOKS = ("default", "grades-90-80-70", "self-assessment-30-30-40")


def read_example(root: Path, name: str) -> tuple[Plan, list[Actual]]:
    folder = root / "examples" / name
    given = folder / "actuals.csv"
    return read_file(folder / "plan.txt").plan, list(read_actuals(given.read_bytes(), str(given)))


def results_of(
    plan: Plan, actuals: Sequence[Actual], month: int, rulebook: Rulebook
) -> tuple[Result, ...]:
    roc_year = max(period.roc_year for one in actuals if (period := read_period(one.period)))
    return compute(plan, actuals, period=Period(roc_year, month=month), rulebook=rulebook)


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("code", BOOKS)
def test_every_month_is_the_same_to_the_last_bit(repo_root: Path, name: str, code: str) -> None:
    plan, actuals = read_example(repo_root, name)
    book = load_preset(code)
    for month in range(1, 13):
        results = results_of(plan, actuals, month, book)
        assert sum(bool(result.basis and result.basis.operands) for result in results) > 5
        assert work_out(results, book, NumpyEngine()) == results


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_engine_gives_the_same_results(engine: Engine, repo_root: Path, name: str) -> None:
    plan, actuals = read_example(repo_root, name)
    book = load_preset("default")
    results = results_of(plan, actuals, 9, book)
    assert {result.light for result in results} >= {"green", "yellow", "red"}
    assert work_out(results, book, engine) == results


class Wrong(NumpyEngine):
    """An engine that is off by a little, or gives another kind or light."""

    def __init__(self, off: float = 0.0, *, missing: bool = False, bands: int = 0) -> None:
        self.off, self.missing, self.bands = off, missing, bands

    def compute(self, batches: Sequence[Batch]) -> list[Answers]:
        answers = super().compute(batches)
        if self.missing:
            return [replace(one, column=gather_column(["no_data"])) for one in answers]
        return [
            replace(one, column=replace(one.column, values=one.column.values * (1 + self.off)))
            for one in answers
        ]

    def judge(self, batches: Sequence[LightBatch]) -> list[Judged]:
        return [
            replace(one, lights=one.lights * 0) if self.bands else one
            for one in super().judge(batches)
        ]


@pytest.mark.parametrize(
    ("engine", "field"),
    [
        (Wrong(1e-6), "value"),
        (Wrong(missing=True), "missing"),
        (Wrong(bands=1), "light"),
    ],
)
def test_an_engine_that_differs_is_told(repo_root: Path, engine: Engine, field: str) -> None:
    plan, actuals = read_example(repo_root, "bureau")
    book = load_preset("default")
    with pytest.raises(DisagreementError) as found:
        work_out(results_of(plan, actuals, 9, book), book, engine)
    assert found.value.field == field
    assert found.value.record != found.value.engine


def test_what_is_within_the_tolerance_is_the_same(repo_root: Path) -> None:
    plan, actuals = read_example(repo_root, "bureau")
    book = load_preset("default")
    results = results_of(plan, actuals, 9, book)
    lights = [result.light for result in work_out(results, book, Wrong(1e-12))]
    assert lights == [result.light for result in results]


def compute_words(root: Path, *more: str) -> list[str]:
    folder = root / "examples" / "bureau"
    given = ["compute", str(folder / "plan.txt"), "--actuals", str(folder / "actuals.csv")]
    return [*given, "--json", *more]


def printed(capsys: pytest.CaptureFixture[str], words: list[str]) -> str:
    assert main(words) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("name", ["numpy", "duckdb"])
def test_the_command_prints_the_same_document(
    repo_root: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    if name == "duckdb":
        pytest.importorskip("duckdb", reason="the extra bulk is not installed")
    alone = printed(capsys, compute_words(repo_root))
    assert printed(capsys, compute_words(repo_root, "--engine", name)) == alone


@pytest.mark.postgres
def test_the_command_prints_the_same_document_on_postgres(
    repo_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not os.environ.get("HENGTU_DATABASE_URL", "").startswith("postgres"):
        pytest.skip("HENGTU_DATABASE_URL names no PostgreSQL")
    alone = printed(capsys, compute_words(repo_root))
    assert printed(capsys, compute_words(repo_root, "--engine", "postgres")) == alone


@SPARK
@pytest.mark.usefixtures("spark")
def test_the_command_prints_the_same_on_spark_quietly_and_leaves_nothing(
    repo_root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    alone = printed(capsys, compute_words(repo_root))
    ran = subprocess.run(
        [sys.executable, "-m", "hengtu.cli.main", *compute_words(repo_root, "--engine", "spark")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout) == json.loads(alone)
    assert list(tmp_path.iterdir()) == []


def refused(capsys: pytest.CaptureFixture[str], words: list[str]) -> str:
    assert main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    (line,) = told.err.splitlines()
    return line


def test_an_engine_that_differs_ends_the_command(
    repo_root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hengtu.engines.numpy.engine.NumpyEngine", lambda: Wrong(1e-6))
    line = refused(capsys, compute_words(repo_root, "--engine", "numpy"))
    assert "numpy 引擎與逐筆計算不一致" in line


@pytest.mark.parametrize("name", ["duckdb", "spark"])
def test_an_engine_that_is_not_installed_is_told_with_how_to_install_it(
    repo_root: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda package: None)
    line = refused(capsys, compute_words(repo_root, "--engine", name))
    extra = {"duckdb": "bulk", "spark": "spark"}[name]
    assert f"pip install 'hengtu[{extra}]'" in line


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", "HENGTU_DATABASE_URL"),
        ("sqlite:///x.sqlite3", "HENGTU_DATABASE_URL"),
        ("postgresql://somebody:secret@127.0.0.1:1/none", "127.0.0.1"),
    ],
)
def test_a_server_that_is_not_there_is_told_without_its_password(
    repo_root: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    told: str,
) -> None:
    monkeypatch.setenv("HENGTU_DATABASE_URL", address)
    line = refused(capsys, compute_words(repo_root, "--engine", "postgres"))
    assert told in line
    assert "secret" not in line


@pytest.mark.parametrize(("version", "told"), [(None, "openjdk-17"), ("1.8.0_402", "Java 8")])
def test_without_a_java_new_enough_spark_is_refused(
    repo_root: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    version: str | None,
    told: str,
) -> None:
    pytest.importorskip("pyspark", reason="the extra spark is not installed")
    if version:
        java = tmp_path / "bin" / "java"
        java.parent.mkdir()
        java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n", encoding="utf-8")
        java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert told in refused(capsys, compute_words(repo_root, "--engine", "spark"))


def test_a_failure_of_spark_is_told_in_one_line() -> None:
    pytest.importorskip("pyspark", reason="the extra spark is not installed")
    from py4j.protocol import Py4JError

    from hengtu.engines.spark.failure import tell_failure

    refused = Py4JError(
        "An error occurred while calling o1.sql.\n: java.io.Exception: no room\n at x"
    )
    assert tell_failure(refused).detail == "java.io.Exception: no room"
    log = "WARN a: b\n26/01/01 ERROR Backend: All masters are unresponsive\n"
    assert tell_failure(refused, log).detail == "All masters are unresponsive"


def test_an_engine_that_nobody_knows_is_refused(
    repo_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "duckdb" in refused(capsys, compute_words(repo_root, "--engine", "abacus"))


def test_the_command_knows_the_engines_that_there_are() -> None:
    assert cli.engines.ENGINES == hengtu.engines.engine.ENGINES
