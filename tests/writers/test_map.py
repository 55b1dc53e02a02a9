"""The map keeps its promises whatever the plan: nothing overlaps, nothing is cut, nothing is crossed."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.writers.plans import PERSPECTIVES, SCORED, maps, objective

from hengtu.core.plan import Link, Plan
from hengtu.writers.figure import Box, Card, Figure, LightMark, Words
from hengtu.writers.reports.map import draw_map, light_of
from hengtu.writers.typeset import width_of

SLACK = 0.01
ANY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)  # fmt: skip


def lights_for(plan: Plan) -> dict[str, LightMark]:
    colours = ("green", "yellow", "red", "white")
    return {
        o.code: light_of(colours[n % 4], note="102%" if n % 4 < 3 else "尚未到期")  # type: ignore[arg-type]
        for n, o in enumerate(plan.objectives)
    }


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.right - SLACK
        and other.x < one.right - SLACK
        and one.y < other.bottom - SLACK
        and other.y < one.bottom - SLACK
    )


def words_stay_inside(card: Card) -> bool:
    box = card.box
    for words in (part for part in card.parts if isinstance(part, Words)):
        wide = width_of(words.text, words.size)
        left = words.x - (wide if words.anchor == "end" else 0)
        if left < box.x + 5 or left + wide > box.right:
            return False
        if words.y - words.size < box.y or words.y + words.size * 0.25 > box.bottom:
            return False
    return True


def crosses(start: tuple[float, float], end: tuple[float, float], box: Box) -> bool:
    (x1, y1), (x2, y2) = start, end
    return (
        min(x1, x2) < box.right - SLACK
        and max(x1, x2) > box.x + SLACK
        and min(y1, y2) < box.bottom - SLACK
        and max(y1, y2) > box.y + SLACK
    )


def check(figure: Figure, plan: Plan) -> None:
    cards = figure.cards
    assert sorted(card.code for card in cards) == sorted(o.code for o in plan.objectives)
    assert not any(overlap(a.box, b.box) for a, b in combinations(cards, 2))
    assert all(words_stay_inside(card) for card in cards)
    for card in cards:
        assert card.box.x >= 0
        assert card.box.right <= figure.width
        assert card.box.bottom <= figure.height
    for arrow in figure.arrows:
        for start, end in pairwise(arrow.points):
            assert start[0] == pytest.approx(end[0]) or start[1] == pytest.approx(end[1])
            assert not any(crosses(start, end, card.box) for card in cards), arrow


def touches(point: tuple[float, float], box: Box) -> bool:
    return box.x - SLACK <= point[0] <= box.right + SLACK and (
        box.y - SLACK <= point[1] <= box.bottom + SLACK
    )


@given(maps())
@ANY
def test_cards_are_apart_words_inside_and_arrows_in_the_channels(plan: Plan) -> None:
    check(draw_map(plan, lang="zh-Hant"), plan)


@given(maps())
@ANY
def test_lights_and_frame_keep_it_so(plan: Plan) -> None:
    check(draw_map(plan, lang="en", lights=lights_for(plan), framed=True), plan)


@given(maps())
@ANY
def test_every_arrow_leads_from_its_cause_to_its_effect(plan: Plan) -> None:
    figure = draw_map(plan, lang="zh-Hant")
    boxes = {card.code: card.box for card in figure.cards}
    wanted = {(link.from_, link.to) for link in plan.links if link.from_ != link.to}
    assert {(arrow.cause, arrow.effect) for arrow in figure.arrows} == wanted
    for arrow in figure.arrows:
        assert touches(arrow.points[0], boxes[arrow.cause])
        assert touches(arrow.points[-1], boxes[arrow.effect])


@given(st.text(max_size=300))
def test_a_name_of_any_text_is_never_cut(name: str) -> None:
    plan = replace(SCORED, objectives=(objective("AC1", name),), links=())
    card = draw_map(plan, lang="zh-Hant").cards[0]
    written = "".join(p.text for p in card.parts if isinstance(p, Words) and p.role == "name")
    assert "".join(written.split()) == "".join(name.split())
    assert words_stay_inside(card)


def test_arrows_pass_round_objectives_that_span_the_columns() -> None:
    placed = [
        ("X0", "A", "C"),
        ("X1", "A", "C"),
        ("X2", None, "P"),
        ("X3", "A", "L"),
        ("X4", "A", "L"),
    ]
    plan = replace(
        SCORED,
        themes=tuple(replace(SCORED.themes[0], code=code) for code in "AB"),
        objectives=tuple(
            replace(objective("AC1"), code=code, theme=theme, perspective=perspective)
            for code, theme, perspective in placed
        ),
        links=(Link(from_="X4", to="X0"),),
    )
    check(draw_map(plan, lang="zh-Hant"), plan)


def test_a_plan_without_links_has_no_arrows() -> None:
    assert not draw_map(replace(SCORED, links=()), lang="zh-Hant").arrows


def test_links_to_what_is_not_on_the_map_are_left_out() -> None:
    plan = replace(SCORED, links=(Link(from_="AP1", to="QQ1"),))
    assert not draw_map(plan, lang="zh-Hant").arrows


def test_city_wide_objectives_span_the_row_above_the_themes() -> None:
    themes = tuple(replace(SCORED.themes[0], code=code) for code in "ABCD")
    wide = [replace(objective("TC1"), code=f"TC{n}", theme=None) for n in (1, 2)]
    plan = replace(SCORED, themes=themes, objectives=(*wide, objective("AC1"), objective("DC1")))
    boxes = {card.code: card.box for card in draw_map(plan, lang="zh-Hant").cards}
    assert boxes["TC1"].width > 2 * boxes["AC1"].width
    assert boxes["TC1"].x == boxes["AC1"].x
    assert boxes["TC2"].right == boxes["DC1"].right
    assert boxes["TC1"].bottom < boxes["AC1"].y


def test_objectives_without_a_perspective_get_a_lane_of_their_own() -> None:
    plan = replace(
        SCORED, objectives=(*SCORED.objectives, replace(objective("AC2"), perspective=None))
    )
    figure = draw_map(plan, lang="zh-Hant")
    assert "未歸構面" in [part.text for part in figure.parts if isinstance(part, Words)]
    assert max(card.box.y for card in figure.cards) == figure.cards[-1].box.y
    assert figure.cards[-1].code == "AC2"


def test_a_code_printed_twice_gives_two_cards() -> None:
    plan = replace(SCORED, objectives=(objective("AC1"), objective("AC1", "另一項目標")))
    figure = draw_map(plan, lang="zh-Hant")
    assert len({card.key for card in figure.cards}) == 2
    check(figure, plan)


def test_perspectives_stand_in_the_plans_order() -> None:
    codes = [f"A{perspective.code}1" for perspective in PERSPECTIVES]
    plan = replace(SCORED, objectives=tuple(objective(code) for code in reversed(codes)))
    assert [card.code for card in draw_map(plan, lang="zh-Hant").cards] == codes


def test_a_light_is_colour_shape_and_word() -> None:
    light = light_of("red", note="62%")
    assert (light.colour, light.text) == ("red", "● 落後 62%")
    assert light_of("white", note="尚未到期").text == "□ 尚未到期"
    card = draw_map(SCORED, lang="zh-Hant", lights={"AC1": light}).cards[0]
    assert card.light == "red"
    assert card.label == "AC1 縮短民眾等候時間、落後 62%"
