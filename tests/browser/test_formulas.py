"""Trying a formula while typing: the answer renews itself, the field in use keeps the cursor."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.visiting import Visitor

pytestmark = pytest.mark.browser
TEXT = "（受理件數－錯誤件數）÷受理件數×100%≥95%"


def test_a_formula_answers_while_one_types(visitor: Visitor) -> None:
    page = visitor.open("planner")
    page.goto("/formulas/")
    page.get_by_label("公式原文").fill(TEXT)
    page.get_by_label("受理件數").fill("200")
    page.get_by_label("錯誤件數").press_sequentially("3")
    expect(page.get_by_role("heading", name="計算結果")).to_be_visible()
    expect(page.locator("#outcome .big")).to_contain_text("98.5")
    expect(page.get_by_label("錯誤件數")).to_be_focused()
    page.get_by_label("目標值").fill("99")
    expect(page.locator("#outcome .light")).to_contain_text("注意")
    expect(page).to_have_url(re.compile("target=99"))


def test_a_mistake_is_told_and_goes_away(visitor: Visitor) -> None:
    page = visitor.open("planner")
    page.goto("/formulas/")
    page.get_by_label("公式原文").fill("受理件數÷÷錯誤件數")
    expect(page.get_by_role("alert")).to_contain_text("公式無法解讀")
    page.get_by_label("公式原文").fill("受理件數÷錯誤件數")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_label("錯誤件數")).to_be_visible()


def test_without_scripts_the_button_does_it(visitor: Visitor) -> None:
    page = visitor.open("planner", java_script_enabled=False)
    page.goto("/formulas/")
    page.get_by_label("公式原文").fill(TEXT)
    page.get_by_role("button", name="計算").click()
    page.get_by_role("button", name="填入示範數字").click()
    expect(page.locator("#outcome .big")).to_contain_text("%")
