"""Everything by keyboard: Tab, Enter, Space and what they open."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.filled_site import FRESH, OFFICER
from tests.browser.visiting import ADDRESSES, PASSWORD, Visitor, home_of

pytestmark = pytest.mark.browser

ARROWS = "AF1 → AL1 → AP1 → AC1\nWF1 → AL1\nWP1 → WC1\n"


def tab_to(page: Page, selector: str, *, most: int = 90) -> None:
    """Press Tab until the focus is on an element that matches."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.keyboard.press(key)


def add_arrows(document: Path, folder: Path) -> Path:
    """Write a document with cause and effect printed below its map."""
    lines = document.read_text(encoding="utf-8").splitlines(keepends=True)
    lead = next(n for n, line in enumerate(lines) if line.startswith("主責科室"))
    written = folder / "plan.txt"
    written.write_text(
        "".join([*lines[: lead + 1], "\n", ARROWS, "\n", *lines[lead + 1 :]]), encoding="utf-8"
    )
    return written


def test_sign_in_and_language(visitor: Visitor) -> None:
    page = visitor.open("")
    page.goto("/sign-in/")
    tab_to(page, ".skip")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, "#username")
    page.keyboard.type(OFFICER)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    press(page, "Enter")
    tab_to(page, "button[name=language]")
    press(page, "Space")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    tab_to(page, "button[name=language]")
    press(page, "Enter")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    tab_to(page, ".menu summary")
    page.keyboard.press("Enter")
    tab_to(page, ".menu button")
    press(page, "Enter")
    expect(page.locator("#username")).to_be_visible()


def test_import_decide_adopt_and_trace(visitor: Visitor, repo_root: Path, tmp_path: Path) -> None:
    page = visitor.open(OFFICER)
    # Chromium is told to hand over its file dialogs some time after the first listener is there.
    page.on("filechooser", lambda _chooser: None)
    page.goto(f"{home_of(FRESH[2])}import/")
    tab_to(page, "#file")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(add_arrows(repo_root / "examples/bureau/plan.txt", tmp_path))
    tab_to(page, "[data-drop] button")
    press(page, "Enter")
    decide_by_keys(page)
    tab_to_adopt(page)
    trace_by_keys(page)


def decide_by_keys(page: Page) -> None:
    """Focus on a finding lights up its source; accept it, then overrule the next with a reason."""
    expect(page.locator(".finding").first).to_be_visible()
    tab_to(page, ".finding")
    expect(page.locator(".source .lit").first).to_be_visible()
    tab_to(page, "button[value=accept]")
    press(page, "Enter")
    expect(page.locator(".finding.decided")).to_have_count(1)
    page.goto(page.url.split("#")[0])
    tab_to(page, ".finding:not(.decided)")
    tab_to(page, ".finding:not(.decided) summary")
    page.keyboard.press("Enter")
    tab_to(page, "details[open] input[type=text], details[open] input:not([type=hidden])")
    page.keyboard.type("核對原稿無誤")
    page.keyboard.press("Tab")
    press(page, "Space")
    expect(page.locator(".finding.decided")).to_have_count(2)


def tab_to_adopt(page: Page) -> None:
    """Adopt the document and go to the map."""
    page.goto(page.url.split("#")[0])
    tab_to(page, "form[action$='/adopt/'] .button")
    press(page, "Enter")
    tab_to(page, ".rail a[href$='/map/']")
    press(page, "Enter")


def trace_by_keys(page: Page) -> None:
    """Focus on a card lights up its causal chain and nothing else; Enter opens its panel."""
    tab_to(page, "a:has([data-code=AL1])")
    expect(page.locator(".tracing")).to_be_visible()
    hot = page.locator(".map-card.hot").evaluate_all(
        "cards => cards.map(c => c.dataset.code).sort()"
    )
    assert hot == ["AC1", "AF1", "AL1", "AP1", "WF1"]
    expect(page.locator(".map-arrow.hot")).to_have_count(4)
    page.keyboard.press("Enter")
    panel = page.locator("#objective")
    expect(panel).to_contain_text("提升稽查人員採樣檢測專業")
    expect(panel).to_contain_text("由這些目標促成")
    tab_to(page, "#objective a[href*='/kpis/']")
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text("稽查人員取得採樣證照比率")


def test_scorecard_filters(visitor: Visitor) -> None:
    page = visitor.open()
    page.goto(ADDRESSES["scorecard"])
    tab_to(page, "#q")
    page.keyboard.type("資源回收")
    press(page, "Enter")
    expect(page.get_by_role("status")).to_contain_text("29 項指標，顯示")
    assert page.locator("tbody tr").count() < 10
    tab_to(page, ".scroll")
    page.keyboard.press("ArrowRight")
