"""Roll-up: a missing child lowers the coverage and never helps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.judging.lights import LightReason
from hengtu.core.judging.rollup import Child, Node, roll_up, roll_up_agency, roll_up_plan
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Colour, RollUp, Rulebook
from hengtu.core.plan import Kpi, Objective, Perspective, Plan, Theme

WAYS: tuple[RollUp, ...] = ("weighted_mean", "worst", "count")
BOOKS = st.builds(
    lambda way, least: replace(PRODUCT_DEFAULT, roll_up=way, least_coverage=least),
    st.sampled_from(WAYS),
    st.sampled_from([0.0, 0.5, 1.0]),
)
SCORES = st.floats(min_value=0, max_value=100)


def child(score: float | None, reason: LightReason | None = None, weight: float = 1.0) -> Child:
    light: Colour = "white" if score is None else PRODUCT_DEFAULT.band_for(score).light
    return Child(code="x", light=light, reason=reason, score=score, weight=weight)


CHILDREN = st.lists(
    st.builds(child, st.none() | SCORES, st.just(None), st.floats(min_value=0.1, max_value=50)),
    max_size=6,
)


def up(children: list[Child], book: Rulebook) -> Node:
    return roll_up(children, book, kind="objective", code="A")


@given(CHILDREN, BOOKS, st.sampled_from(["not_reported", "no_data", "not_computable"]))
def test_a_missing_child_never_turns_a_light_green(
    children: list[Child], book: Rulebook, reason: LightReason
) -> None:
    before = up(children, book)
    after = up([*children, child(None, reason)], book)
    assert after.light != "green" or before.light == "green"
    assert after.coverage <= before.coverage + 1e-9
    if any(one.known for one in children):
        assert after.score == before.score


@given(CHILDREN, BOOKS)
def test_what_is_not_due_changes_nothing_but_the_counts(
    children: list[Child], book: Rulebook
) -> None:
    before, after = up(children, book), up([*children, child(None, "not_due")], book)
    assert (after.light, after.score, after.coverage) == (
        before.light,
        before.score,
        before.coverage,
    )


@given(CHILDREN, BOOKS, st.randoms())
def test_the_order_of_children_means_nothing(children: list[Child], book: Rulebook, rng) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(children)
    rng.shuffle(shuffled)
    assert up(shuffled, book).counts == up(children, book).counts
    assert up(shuffled, book).score == pytest.approx(up(children, book).score)


def test_three_ways() -> None:
    children = [child(100), child(100), child(60)]
    lights = {way: up(children, replace(PRODUCT_DEFAULT, roll_up=way)).light for way in WAYS}
    assert lights == {"weighted_mean": "red", "worst": "red", "count": "yellow"}
    weighted = [child(100, weight=95), child(60, weight=5)]
    assert up(weighted, PRODUCT_DEFAULT).score == pytest.approx(98)
    assert up(weighted, PRODUCT_DEFAULT).light == "yellow"


def test_nothing_known_is_white() -> None:
    assert up([], PRODUCT_DEFAULT).light == "white"
    assert up([child(None, "not_due")], PRODUCT_DEFAULT).reason == "not_due"
    assert up([child(None, "no_data")], PRODUCT_DEFAULT).reason == "not_reported"


def test_too_little_known_is_white() -> None:
    book = replace(PRODUCT_DEFAULT, least_coverage=0.6)
    node = up([child(100), child(None, "no_data")], book)
    assert (node.light, node.reason, node.coverage) == ("white", "low_coverage", 0.5)


PLAN = Plan(
    themes=(Theme(code="A", name="甲"), Theme(code="B", name="乙")),
    perspectives=(Perspective(code="C", name="顧客"), Perspective(code="P", name="流程")),
    objectives=(
        Objective(code="AC1", name="一", theme="A", perspective="C"),
        Objective(code="AP1", name="二", theme="A", perspective="P"),
    ),
    kpis=(
        Kpi(code="AC1.1", name="甲一", objective="AC1"),
        Kpi(code="AC1.2", name="甲二", objective="AC1"),
        Kpi(code="AP1.1", name="乙一", objective="AP1"),
    ),
)


def results() -> list[Child]:
    return [
        replace(child(100), code="AC1.1"),
        replace(child(80), code="AC1.1"),
        replace(child(100), code="AC1.2"),
        replace(child(50), code="AP1.1"),
    ]


def test_a_plan_rolls_up_to_its_top() -> None:
    nodes = {
        (node.kind, node.code): node for node in roll_up_plan(PLAN, results(), PRODUCT_DEFAULT)
    }
    assert nodes["kpi", "AC1.1"].score == pytest.approx(90)
    assert nodes["objective", "AC1"].score == pytest.approx(95)
    assert nodes["perspective", "P"].light == "red"
    assert nodes["theme", "A"].score == nodes["plan", ""].score == pytest.approx(72.5)
    assert ("theme", "B") not in nodes


def by_code(weights: dict[str, float], children: list[Child] | None = None) -> dict[str, Node]:
    nodes = roll_up_plan(PLAN, children or results(), PRODUCT_DEFAULT, weights=weights)
    return {f"{node.kind} {node.code}": node for node in nodes}


def test_weights_count_in_proportion_up_to_the_plan() -> None:
    nodes = by_code({"AC1.1": 70.0, "AC1.2": 30.0, "AC1": 80.0, "AP1": 20.0})
    assert nodes["objective AC1"].score == pytest.approx(93)
    assert nodes["plan "].score == nodes["theme A"].score == pytest.approx(0.8 * 93 + 0.2 * 50)
    assert nodes["perspective P"].score == pytest.approx(50)
    assert by_code({"AC1.1": 7.0, "AC1.2": 3.0})["objective AC1"].score == pytest.approx(93)


def test_what_has_no_weight_beside_others_that_have_counts_for_nothing() -> None:
    nodes = by_code({"AC1.2": 100.0, "AC1": 100.0})
    assert (nodes["objective AC1"].score, nodes["objective AC1"].coverage) == (100, 1)
    assert nodes["plan "].light == "green"
    assert dict(nodes["plan "].counts) == {"green": 1, "yellow": 0, "red": 1, "white": 0}
    assert nodes["perspective P"].light == "red"


@pytest.mark.parametrize("way", WAYS)
def test_a_weighed_part_that_cannot_be_judged_is_missing(way: RollUp) -> None:
    book = replace(PRODUCT_DEFAULT, roll_up=way)
    children = [replace(child(100), code="AC1.1")]
    weights = {"AC1.1": 40.0, "AC1.2": 60.0}
    nodes = {n.code: n for n in roll_up_plan(PLAN, children, book, weights=weights)}
    assert nodes["AC1"].coverage == pytest.approx(0.4)
    assert nodes["AC1"].reason == "partial"
    assert nodes["AC1"].light == ("yellow" if way == "count" else "green")


@given(
    st.lists(st.none() | SCORES, min_size=3, max_size=3),
    st.lists(st.integers(0, 10_000).map(lambda n: n / 100), min_size=5, max_size=5),
    st.sampled_from(WAYS),
)
def test_weights_of_any_total_only_mean_their_proportion(
    scores: list[float | None], given_weights: list[float], way: RollUp
) -> None:
    book = replace(PRODUCT_DEFAULT, roll_up=way)
    codes = ("AC1.1", "AC1.2", "AP1.1")
    children = [replace(child(s), code=c) for s, c in zip(scores, codes, strict=True)]
    weights = dict(zip((*codes, "AC1", "AP1"), given_weights, strict=True))
    doubled = {code: 2 * weight for code, weight in weights.items()}
    once = roll_up_plan(PLAN, children, book, weights=weights)
    twice = roll_up_plan(PLAN, children, book, weights=doubled)
    for one, other in zip(once, twice, strict=True):
        assert one.light == other.light
        assert one.coverage == pytest.approx(other.coverage)
        assert 0 <= one.coverage <= 1 + 1e-9


@given(st.lists(st.none() | SCORES, min_size=3, max_size=3), st.integers(0, 2), BOOKS)
def test_losing_a_figure_never_turns_a_light_green_above(
    scores: list[float | None], lost: int, book: Rulebook
) -> None:
    codes = ("AC1.1", "AC1.2", "AP1.1")
    children = [replace(child(s), code=c) for s, c in zip(scores, codes, strict=True)]
    weights = {"AC1.1": 60.0, "AC1.2": 40.0}
    full = roll_up_plan(PLAN, children, book, weights=weights)
    # A lost figure leaves less known: a mean may rise, a light that was white or held back may not.
    children[lost] = replace(child(None, "no_data"), code=codes[lost])
    less = roll_up_plan(PLAN, children, book, weights=weights)
    for before, after in zip(full, less, strict=True):
        assert after.coverage <= before.coverage + 1e-9
        if before.light == "white":
            assert after.light == "white"


def test_an_agency_stands_on_its_plans_and_those_below() -> None:
    node = up([child(100), child(100)], PRODUCT_DEFAULT)
    red = up([child(10)], PRODUCT_DEFAULT)
    white = up([child(None, "no_data")], PRODUCT_DEFAULT)
    agency = roll_up_agency([node], [red, white], PRODUCT_DEFAULT, name="雲湖市政府")
    assert (agency.kind, agency.name, agency.score) == ("agency", "雲湖市政府", 55)
    assert agency.coverage == pytest.approx(2 / 3)
    assert agency.reason == "partial"


def test_what_is_red_without_a_score_is_not_left_out() -> None:
    """A red measure whose score waits for an assessment holds its parent back."""
    waiting = Child(code="b", light="red", score=None)
    assert up([child(100.0)], PRODUCT_DEFAULT).light == "green"
    assert up([child(100.0), waiting], PRODUCT_DEFAULT).light == "red"
