"""The golden lights, one record at a time and as columns."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import psycopg
import pytest
import yaml
from tests.engines.golden import FOLDER

from hengtu.core.judging.lights import Aim, judge
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Band, Rulebook, check_rulebook
from hengtu.core.judging.scoring import score_achievement
from hengtu.engines.columns import CODES, gather_column
from hengtu.engines.engine import Engine
from hengtu.engines.lights import COLOURS, Aims, Judged, LightBatch, name_reason
from hengtu.engines.postgres import judge_table
from hengtu.engines.sql import JudgedSource

CASES = yaml.safe_load((FOLDER / "lights.yaml").read_text("utf-8"))


def rulebook_of(case: dict[str, Any]) -> Rulebook:
    bands = tuple(Band(at_least=bound, light=light) for bound, light in case.get("bands", ()))
    return check_rulebook(
        Rulebook(
            code="golden",
            title="一般燈號",
            bands=bands or PRODUCT_DEFAULT.bands,
            lower=case.get("lower", "ratio"),
        )
    )


def number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def expect(field: str, case: dict[str, Any], given: float) -> None:
    if field in case:
        assert given == pytest.approx(number(case[field]), rel=1e-9, nan_ok=True), case


@pytest.mark.parametrize("case", CASES)
def test_one_record(case: dict[str, Any]) -> None:
    actual, book = case["actual"], rulebook_of(case)
    missing = actual if isinstance(actual, str) else None
    aim = Aim(target=case.get("target"), low=case.get("low"), high=case.get("high"))
    light, achieved = judge(
        None if missing else actual, aim, case["direction"], book, missing=missing
    )
    assert (light.colour, light.reason) == (case["light"], case.get("reason"))
    expect("percent", case, number(achieved.percent if achieved else None))
    expect("score", case, number(score_achievement(achieved)))
    if "band" in case:
        assert light.band == book.bands[case["band"]]


def aims_of(case: dict[str, Any]) -> Aims:
    return Aims(**{end: np.full(3, number(case.get(end))) for end in ("target", "low", "high")})


def check(judged: Judged, case: dict[str, Any]) -> None:
    for row in range(3):
        assert COLOURS[int(judged.lights[row])] == case["light"], case
        assert name_reason(int(judged.reasons[row])) == case.get("reason"), case
        expect("percent", case, judged.percent[row])
        expect("score", case, judged.score[row])
        expect("band", case, judged.bands[row])


def test_every_engine(engine: Engine) -> None:
    batches = [
        LightBatch(
            actual=gather_column([case["actual"]] * 3),
            aims=aims_of(case),
            direction=case["direction"],
            rulebook=rulebook_of(case),
        )
        for case in CASES
    ]
    for case, judged in zip(CASES, engine.judge(batches), strict=True):
        check(judged, case)


@pytest.mark.postgres
def test_postgres_on_a_table_that_was_there(postgres: psycopg.Connection) -> None:
    names = ("value", "kind", "target", "low", "high")
    source = JudgedSource(table="", key="n", **{name: f"given_{name}" for name in names})
    for place, case in enumerate(CASES):
        table = f"lights_{place}"
        postgres.execute(
            f"CREATE TEMP TABLE {table} (n integer, given_value double precision, given_kind smallint,"
            " given_target double precision, given_low numeric, given_high integer) ON COMMIT DROP"
        )
        actual = case["actual"]
        given = (None, CODES[actual]) if isinstance(actual, str) else (actual, None)
        row = (*given, case.get("target"), case.get("low"), case.get("high"))
        for key in range(3):
            postgres.execute(f"INSERT INTO {table} VALUES (%s, %s, %s, %s, %s, %s)", (key, *row))
        own = replace(source, table=table)
        check(judge_table(postgres, own, case["direction"], rulebook_of(case)), case)
