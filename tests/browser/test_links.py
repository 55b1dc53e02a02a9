"""Cause and effect edited with the mouse, with forms and without scripts; months turned on the map."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.visiting import MAP_PLAN, OFFICE, Visitor

pytestmark = pytest.mark.browser

OFFICE_MAP = f"{OFFICE}plans/114-116-map/map/"


def drag(page: Page, cause: str, effect: str) -> None:
    """Drag the card of one objective onto the card of another."""
    start = page.locator(f"[data-code={cause}]").bounding_box()
    goal = page.locator(f"[data-code={effect}]").bounding_box()
    assert start
    assert goal
    page.mouse.move(start["x"] + 30, start["y"] + 30)
    page.mouse.down()
    page.mouse.move(start["x"] + 50, start["y"] + 10)
    page.mouse.move(goal["x"] + 30, goal["y"] + 30, steps=4)
    expect(page.locator(".map-drawn")).to_have_count(1)
    expect(page.locator(f"[data-code={effect}]")).to_have_class(re.compile("aimed"))
    page.mouse.up()


def test_a_link_is_drawn_with_the_mouse_and_a_circle_refused(visitor: Visitor) -> None:
    page = visitor.open(width=1600)
    page.goto(f"{OFFICE_MAP}?edit=1")
    drag(page, "AL1", "BC1")
    expect(page.get_by_role("status")).to_contain_text("已新增關聯：AL1 → BC1")
    arrow = page.locator(".map-arrow[data-from=AL1][data-to=BC1]")
    expect(arrow).to_have_count(1)
    drag(page, "AC1", "AF1")
    expect(page.locator(".notice.error")).to_contain_text("AF1 → AL1 → AP1 → AC1")
    page.goto(f"{OFFICE_MAP}?edit=1&objective=AL1")
    page.get_by_role("button", name="移除 AL1 → BC1").click()
    expect(arrow).to_have_count(0)


def test_a_click_in_edit_mode_still_opens_the_panel(visitor: Visitor) -> None:
    page = visitor.open(width=1600)
    page.goto(f"{OFFICE_MAP}?edit=1")
    page.locator("[data-code=BP1]").click()
    expect(page.locator("#edit-links")).to_be_visible()
    expect(page).to_have_url(re.compile("edit=1"))


def test_links_are_edited_where_scripts_are_off(visitor: Visitor) -> None:
    page = visitor.open(java_script_enabled=False)
    page.goto(f"{OFFICE_MAP}?edit=1&objective=BL1")
    page.get_by_label("新增影響的目標").select_option("AC1")
    page.get_by_role("button", name="新增關聯").click()
    expect(page.locator(".map-arrow[data-from=BL1][data-to=AC1]")).to_have_count(1)
    page.get_by_role("button", name="移除 BL1 → AC1").click()
    expect(page.locator(".map-arrow[data-from=BL1][data-to=AC1]")).to_have_count(0)


def test_the_chain_of_a_card_lights_up(visitor: Visitor) -> None:
    page = visitor.open(width=1600)
    page.goto(f"{MAP_PLAN}map/")
    page.locator("a:has([data-code=RP1])").focus()
    lit = page.locator(".map-card.hot").evaluate_all("all => all.map((one) => one.dataset.code)")
    assert set(lit) == {"RF1", "RL1", "RP1", "RC1", "GC1"}


def test_months_replay_the_year(visitor: Visitor) -> None:
    page = visitor.open()
    page.goto(f"{MAP_PLAN}map/")
    months = page.get_by_role("navigation", name="月份")
    expect(months.get_by_role("link")).to_have_count(12)
    expect(months.locator("[aria-current]")).to_have_text("12月")
    months.get_by_role("link", name="3月", exact=True).click()
    expect(months.locator("[aria-current]")).to_have_text("3月")
    page.locator("a:has([data-code=AP1])").click()
    expect(page.locator("#objective")).to_contain_text("至114年3月應達")
    months.get_by_role("link", name="4月", exact=True).click()
    expect(page.locator("#objective")).to_contain_text("至114年4月應達")
    page.get_by_role("link", name="為何是這個燈號？ AP1.1").click()
    expect(page.locator("#why-1")).to_contain_text("114年1月至4月合計")


def test_directors_see_lights_but_no_editing(visitor: Visitor) -> None:
    page = visitor.open("director")
    page.goto(f"{MAP_PLAN}map/?edit=1&objective=AP1")
    expect(page.locator("#objective .light").first).to_be_visible()
    expect(page.get_by_role("link", name="編輯關聯")).to_have_count(0)
    expect(page.locator("#edit-links")).to_have_count(0)
