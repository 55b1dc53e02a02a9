"""The golden lights, one record at a time and as columns."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import yaml
from tests.engines.golden import FOLDER

from hengtu.core.judging.lights import Aim, judge
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Band, Rulebook, check_rulebook
from hengtu.core.judging.scoring import score_achievement
from hengtu.engines.columns import gather_column
from hengtu.engines.numpy import Aims, judge_column
from hengtu.engines.numpy.lights import COLOURS, name_reason

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


@pytest.mark.parametrize("case", CASES)
def test_columns(case: dict[str, Any]) -> None:
    ends = {end: np.full(3, number(case.get(end))) for end in ("target", "low", "high")}
    judged = judge_column(
        gather_column([case["actual"]] * 3), Aims(**ends), case["direction"], rulebook_of(case)
    )
    for row in range(3):
        assert COLOURS[int(judged.lights[row])] == case["light"]
        assert name_reason(int(judged.reasons[row])) == case.get("reason")
        expect("percent", case, judged.percent[row])
        expect("score", case, judged.score[row])
        expect("band", case, judged.bands[row])
