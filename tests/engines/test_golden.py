"""Every engine answers the golden cases alike."""

from __future__ import annotations

import runpy
from pathlib import Path

import psycopg
import pytest
from tests.engines.golden import Group, agree, differences, group_cases, load_cases

from hengtu.core.amounts import MISSING_KINDS
from hengtu.core.formulas import evaluate, parse
from hengtu.engines.engine import Engine
from hengtu.engines.numpy import Batch, compute_column, meets_limit
from hengtu.engines.postgres import answer_table
from hengtu.engines.sql import Source


def test_there_are_enough_cases_of_every_kind() -> None:
    cases = load_cases()
    assert len(cases) >= 300
    assert {case.get("missing") for case in cases} >= set(MISSING_KINDS)
    given = {kind for case in cases for kind in case["known"].values() if isinstance(kind, str)}
    assert given == set(MISSING_KINDS)


def test_the_files_are_what_the_script_writes(repo_root: Path) -> None:
    script = repo_root / "scripts" / "golden_cases.py"
    if not script.exists():
        pytest.skip("the scripts are not here")
    folder = repo_root / "tests" / "cases" / "golden"
    for name, text in runpy.run_path(str(script))["write_all"]().items():
        assert (folder / name).read_text("utf-8") == text


def test_one_record_at_a_time() -> None:
    for case in load_cases():
        outcome = evaluate(parse(case["formula"]), case["known"], unit=case.get("unit"))
        answer = outcome.answer
        given = answer.missing if answer.value is None else answer.value
        assert agree(given or 0.0, case), case
        assert outcome.met == case.get("met"), case


def test_every_engine(engine: Engine) -> None:
    groups = list(group_cases())
    answers = engine.compute(
        [Batch(program=g.program, columns=g.columns, rows=len(g.cases)) for g in groups]
    )
    for group, own in zip(groups, answers, strict=True):
        assert differences(group, own.column, None if own.met is None else own.met.tolist()) == []


def test_numpy_formula_by_formula() -> None:
    for group in group_cases():
        answers = compute_column(group.program, group.columns, rows=len(group.cases))
        met = meets_limit(group.program, answers)
        assert differences(group, answers, None if met is None else met.tolist()) == []


@pytest.mark.postgres
def test_postgres_on_a_table_that_was_there(postgres: psycopg.Connection) -> None:
    for place, group in enumerate(group_cases()):
        source = fill_table(postgres, f"golden_{place}", group)
        answers = answer_table(postgres, group.program, source)
        met = None if answers.met is None else answers.met.tolist()
        assert differences(group, answers.column, met) == []


def fill_table(connection: psycopg.Connection, table: str, group: Group) -> Source:
    """Put the operands of a group into a table of this session, NULL where a value is missing."""
    names = list(group.columns)
    items = {name: (f"v{place}", f"k{place}") for place, name in enumerate(names)}
    columns = [f", v{place} double precision, k{place} smallint" for place in range(len(names))]
    connection.execute(f"CREATE TEMP TABLE {table} (n integer{''.join(columns)}) ON COMMIT DROP")
    with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
        for row in range(len(group.cases)):
            given = [group.columns[name].at(row) for name in names]
            kinds = [int(group.columns[name].kinds[row]) for name in names]
            values = [None if isinstance(one, str) else one for one in given]
            pairs = [part for pair in zip(values, kinds, strict=True) for part in pair]
            copy.write_row([row, *pairs])
    return Source(table=table, key="n", items=items)
