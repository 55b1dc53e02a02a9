"""The SVG is well-formed, safe under a strict policy and speaks to those who cannot see it."""

import xml.etree.ElementTree as ET
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.writers.plans import SCORED, maps, objective

from hengtu.core.plan import Plan
from hengtu.writers.reports.map import draw_map, light_of
from hengtu.writers.svg import draw

SVG = "{http://www.w3.org/2000/svg}"


def tree_of(plan: Plan, *, standalone: bool, **options: object) -> ET.Element:
    figure = draw_map(plan, lang="zh-Hant", lights={"AC1": light_of("green", note="98%")})
    return ET.fromstring(draw(figure, standalone=standalone, **options).encode())  # type: ignore[arg-type]


def cards_of(tree: ET.Element) -> list[ET.Element]:
    return [group for group in tree.iter(SVG + "g") if "data-code" in group.attrib]


@given(maps())
@settings(
    max_examples=15, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
def test_it_is_well_formed_with_an_id_for_every_card(plan: Plan) -> None:
    tree = tree_of(plan, standalone=False)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert len(cards_of(tree)) == len(plan.objectives)


@given(st.text(max_size=80))
def test_any_name_stays_text(name: str) -> None:
    tree_of(replace(SCORED, objectives=(objective("AC1", name),)), standalone=True)


def test_markup_in_a_name_is_text() -> None:
    plan = replace(SCORED, objectives=(objective("AC1", '<script>"&'),))
    assert not list(tree_of(plan, standalone=True).iter(SVG + "script"))


def test_it_has_a_title_a_description_and_a_role() -> None:
    tree = tree_of(SCORED, standalone=True)
    assert tree.get("role") == "img"
    assert tree.findtext(SVG + "title") == "青溪市民政處策略地圖"
    assert tree.findtext(SVG + "desc") == "1 個策略主題、4 個構面、2 項策略目標、2 項關鍵績效指標"
    labels = (tree.get("aria-labelledby") or "").split()
    assert labels == [tree[0].get("id"), tree[1].get("id")]


def test_no_scripts_no_style_attributes_no_outside_addresses() -> None:
    for standalone in (True, False):
        for element in tree_of(SCORED, standalone=standalone).iter():
            assert not element.tag.endswith("script")
            assert "style" not in element.attrib
            assert not [name for name in element.attrib if name.startswith("on")]
            assert "href" not in element.attrib


def test_only_a_file_of_its_own_embeds_a_style_sheet() -> None:
    assert tree_of(SCORED, standalone=True).find(SVG + "style") is not None
    assert tree_of(SCORED, standalone=False).find(SVG + "style") is None


def test_cards_of_a_page_take_the_focus_and_say_their_name() -> None:
    card = cards_of(tree_of(SCORED, standalone=False))[0]
    assert card.get("tabindex") == "0"
    assert card.get("aria-label") == "AC1 縮短民眾等候時間、達成 98%"
    assert card.get("class") == "map-card map-green"


def test_cards_become_links_where_an_address_is_given() -> None:
    tree = tree_of(SCORED, standalone=False, href_of=lambda code: f"/o/{code}?a=1&b=2")
    links = list(tree.iter(SVG + "a"))
    assert [link.get("href") for link in links] == ["/o/AC1?a=1&b=2", "/o/AP1?a=1&b=2"]
    assert all(card.get("tabindex") is None for card in cards_of(tree))


def test_two_figures_on_a_page_have_ids_apart() -> None:
    one = tree_of(SCORED, standalone=False, prefix="own")
    other = tree_of(SCORED, standalone=False, prefix="city")
    ids = [element.get("id") for tree in (one, other) for element in tree.iter()]
    ids = [name for name in ids if name]
    assert len(ids) == len(set(ids))


def test_arrows_name_cause_and_effect_and_lie_behind_the_cards() -> None:
    tree = tree_of(SCORED, standalone=False)
    kinds = [element.get("class", "").split()[:1] for element in tree]
    arrow = next(element for element in tree if element.get("class") == "map-arrow")
    assert (arrow.get("data-from"), arrow.get("data-to")) == ("AP1", "AC1")
    assert kinds.index(["map-arrow"]) < kinds.index(["map-card"])
