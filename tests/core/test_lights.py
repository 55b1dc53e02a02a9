"""Achievement and light: monotone, exact at the edges, and the same whatever the scale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.judging.lights import Aim, achieve, achieve_range, judge
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, RANK, Band, Rulebook, reaches
from hengtu.core.judging.scoring import score_achievement
from hengtu.core.plan import Direction

DIFFERENCE = Rulebook(code="d", title="d", bands=PRODUCT_DEFAULT.bands, lower="difference")
AMOUNTS = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False).map(lambda x: round(x, 4))
POSITIVE = st.floats(min_value=0.01, max_value=1e6).map(lambda x: round(x, 4) + 0.01)
DIRECTIONS = st.sampled_from(["higher", "lower", "hold"])
BOOKS = st.sampled_from([PRODUCT_DEFAULT, DIFFERENCE])


@given(AMOUNTS, AMOUNTS, AMOUNTS, DIRECTIONS, BOOKS)
def test_a_better_actual_never_scores_less(
    one: float, other: float, target: float, direction: Direction, book: Rulebook
) -> None:
    worse, better = sorted((one, other), reverse=direction == "lower")
    low = score_achievement(achieve(worse, target, direction, book))
    high = score_achievement(achieve(better, target, direction, book))
    assert low is not None
    assert high is not None
    assert low <= high + 1e-9
    assert 0 <= low <= 100


@given(AMOUNTS, AMOUNTS, DIRECTIONS, BOOKS)
def test_the_light_is_that_of_its_band(
    actual: float, target: float, direction: Direction, book: Rulebook
) -> None:
    light, achieved = judge(actual, Aim(target=target), direction, book)
    assert achieved is not None
    if achieved.percent is None:
        assert light.colour == ("green" if achieved.met else "red")
    else:
        reached = [band for band in book.bands if reaches(achieved.percent, band.at_least)]
        assert light.colour == (reached or book.bands[-1:])[0].light


@given(POSITIVE, POSITIVE, DIRECTIONS, st.floats(min_value=0.001, max_value=1000))
def test_a_scale_changes_nothing(
    actual: float, target: float, direction: Direction, scale: float
) -> None:
    plain = achieve(actual, target, direction, PRODUCT_DEFAULT)
    scaled = achieve(actual * scale, target * scale, direction, PRODUCT_DEFAULT)
    assert scaled.percent == pytest.approx(plain.percent, rel=1e-9)


@given(AMOUNTS, AMOUNTS, DIRECTIONS)
def test_green_by_default_is_exactly_met(actual: float, target: float, way: Direction) -> None:
    light, achieved = judge(actual, Aim(target=target), way, PRODUCT_DEFAULT)
    assert achieved is not None
    near = abs(actual - target) < 1e-6 * max(1, abs(target))
    assert near or (light.colour == "green") == achieved.met


@pytest.mark.parametrize(
    ("actual", "target", "direction", "percent", "rule"),
    [
        (0.0, 5.0, "lower", None, "actual_zero"),
        (0.0, 0.0, "lower", None, "target_zero"),
        (-1.0, 5.0, "higher", None, "signed"),
        (12.0, 10.0, "lower", 100 / 1.2, "lower_ratio"),
        (7.0, 10.0, "hold", 70.0, "higher"),
    ],
)
def test_rules(
    actual: float, target: float, direction: Direction, percent: float | None, rule: str
) -> None:
    achieved = achieve(actual, target, direction, PRODUCT_DEFAULT)
    assert achieved.percent == (percent if percent is None else pytest.approx(percent))
    assert achieved.rule == rule


def test_difference_rule() -> None:
    assert achieve(12, 10, "lower", DIFFERENCE).percent == pytest.approx(80)
    assert achieve(30, 10, "lower", DIFFERENCE).capped == 0
    light, _ = judge(30, Aim(target=10), "lower", DIFFERENCE)
    assert light.colour == "red"


def test_ranges() -> None:
    assert achieve_range(25, 20, 30, PRODUCT_DEFAULT).met
    assert achieve_range(18, 20, 30, PRODUCT_DEFAULT).percent == pytest.approx(90)
    assert achieve_range(40, 20, 30, PRODUCT_DEFAULT).percent == pytest.approx(75)


def test_a_white_light_says_why() -> None:
    assert judge(None, Aim(target=1), "higher", PRODUCT_DEFAULT)[0].reason == "not_reported"
    assert judge(1, Aim(), "higher", PRODUCT_DEFAULT)[0].reason == "no_target"
    assert judge(1, Aim(target=1), None, PRODUCT_DEFAULT)[0].reason == "no_direction"
    assert judge(1, Aim(target=1), "range", PRODUCT_DEFAULT)[0].reason == "no_range"


def test_the_next_band_is_the_nearest_better_light() -> None:
    bands = (
        Band(at_least=90, light="green", grade="優"),
        Band(at_least=80, light="green", grade="甲"),
        Band(at_least=70, light="yellow"),
        Band(at_least=0, light="red"),
    )
    book = Rulebook(code="x", title="x", bands=bands)
    assert book.next_band("yellow") == bands[1]
    assert book.next_band("red") == bands[2]
    assert book.next_band("green") is None
    assert RANK["green"] > RANK["yellow"] > RANK["red"]


def test_numbers_beyond_a_quotient_are_met_or_not() -> None:
    achieved = achieve(1e308, 1e-300, "higher", PRODUCT_DEFAULT)
    assert (achieved.percent, achieved.met, achieved.rule) == (None, True, "beyond")
