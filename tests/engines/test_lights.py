"""Whole columns are judged as single results are."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengtu.core.amounts import MISSING_KINDS
from hengtu.core.formulas.evaluation import Known
from hengtu.core.judging.lights import Aim, judge
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Rulebook
from hengtu.core.judging.scoring import score_achievement
from hengtu.core.plan import Direction
from hengtu.engines.columns import gather_column
from hengtu.engines.lights import COLOURS, Aims, Judged, name_reason
from hengtu.engines.numpy import judge_column
from hengtu.readers.rulebooks import load_preset

DIRECTIONS: list[Direction | None] = ["higher", "lower", "range", "hold", None]
BOOKS = [load_preset(code) for code in ("default", "grades-90-80-70", "grades-95-85")]
BOOKS.append(
    Rulebook(code="d", title="差", lower="difference", cap=120, bands=PRODUCT_DEFAULT.bands)
)
EDGES = [0.0, -1.0, 1.0, 45.0, 50.0, 90.0, 89.9999999999, 89.9999, 95.0, 100.0, 1e300, 1e-300, 11.2]
NUMBERS = st.sampled_from(EDGES) | st.floats(-200, 200)
AIMS = st.lists(
    st.tuples(
        NUMBERS | st.sampled_from(MISSING_KINDS),
        st.none() | NUMBERS,
        st.none() | st.tuples(st.floats(0, 50), st.floats(50.5, 150)),
    ),
    min_size=1,
    max_size=8,
)


def number(value: float | None) -> float:
    return math.nan if value is None else value


@given(AIMS, st.sampled_from(DIRECTIONS), st.sampled_from(BOOKS))
@settings(max_examples=500, deadline=None)
def test_lights_are_the_same(
    rows: list[tuple[Known, float | None, tuple[float, float] | None]],
    direction: Direction | None,
    rulebook: Rulebook,
) -> None:
    judged = judge_column(
        gather_column([actual for actual, _, _ in rows]),
        Aims(
            target=np.array([number(target) for _, target, _ in rows]),
            low=np.array([ends[0] if ends else math.nan for _, _, ends in rows]),
            high=np.array([ends[1] if ends else math.nan for _, _, ends in rows]),
        ),
        direction,
        rulebook,
    )
    for place, (actual, target, ends) in enumerate(rows):
        aim = Aim(target=target, low=ends[0] if ends else None, high=ends[1] if ends else None)
        check(judged, place, actual, aim, direction, rulebook)


@given(AIMS, st.sampled_from(DIRECTIONS), st.sampled_from(BOOKS))
@settings(max_examples=60, deadline=None)
def test_duckdb_judges_as_numpy_does(
    rows: list[tuple[Known, float | None, tuple[float, float] | None]],
    direction: Direction | None,
    rulebook: Rulebook,
) -> None:
    engine = pytest.importorskip("hengtu.engines.duckdb", reason="the extra bulk is not installed")
    actual = gather_column([one for one, _, _ in rows])
    aims = Aims(
        target=np.array([number(target) for _, target, _ in rows]),
        low=np.array([ends[0] if ends else math.nan for _, _, ends in rows]),
        high=np.array([ends[1] if ends else math.nan for _, _, ends in rows]),
    )
    mine = judge_column(actual, aims, direction, rulebook)
    theirs = engine.judge_columns(actual, aims, direction, rulebook)
    for name in ("lights", "reasons", "bands", "met", "percent", "distance", "score"):
        np.testing.assert_allclose(getattr(theirs, name), getattr(mine, name), rtol=1e-12)


def check(
    judged: Judged,
    place: int,
    actual: Known,
    aim: Aim,
    direction: Direction | None,
    rulebook: Rulebook,
) -> None:
    missing = actual if isinstance(actual, str) else None
    value = None if isinstance(actual, str) else actual
    light, achieved = judge(value, aim, direction, rulebook, missing=missing)
    assert COLOURS[int(judged.lights[place])] == light.colour
    assert name_reason(int(judged.reasons[place])) == light.reason
    band = int(judged.bands[place])
    assert (None if band < 0 else rulebook.bands[band]) == light.band
    assert bool(judged.met[place]) == (achieved.met if achieved else False)
    for mine, scalar in (
        (judged.percent, achieved.percent if achieved else None),
        (judged.distance, achieved.distance if achieved else None),
        (judged.score, score_achievement(achieved)),
    ):
        assert mine[place] == pytest.approx(number(scalar), rel=1e-12, nan_ok=True)


def test_lights_without_ranges_at_their_edges() -> None:
    actual = gather_column([56 / 500 * 100, 90 - 1e-12, 89.9999, "not_due", 5.0])
    target = np.array([11.2, 100.0, 100.0, 100.0, math.nan])
    judged = judge_column(actual, Aims(target=target), "higher", PRODUCT_DEFAULT)
    assert [COLOURS[int(light)] for light in judged.lights] == [
        "green",
        "yellow",
        "red",
        "white",
        "white",
    ]
    assert [name_reason(int(code)) for code in judged.reasons[3:]] == ["not_due", "no_target"]


def test_long_columns_are_judged_as_their_rows() -> None:
    actual = gather_column([45.0, "blank", 50.0] * 20_000)
    judged = judge_column(actual, Aims(target=np.full(60_000, 50.0)), "higher", PRODUCT_DEFAULT)
    assert judged.lights.tolist() == [1, -1, 2] * 20_000
    with pytest.raises(ValueError, match="aim"):
        judge_column(actual, Aims(target=np.array([50.0])), "higher", PRODUCT_DEFAULT)
    nothing = judge_column(gather_column([]), Aims(target=np.array([])), None, PRODUCT_DEFAULT)
    assert nothing.lights.tolist() == []
