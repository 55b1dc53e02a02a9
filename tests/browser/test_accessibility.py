"""No breach of WCAG 2.1 A or AA on any page, in light and dark, at a desk and on a phone."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser.visiting import DESK, PAGES, PHONE, Visitor, visit

pytestmark = pytest.mark.browser

AXE = Path("frontend/node_modules/axe-core/axe.min.js")
RUN = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 5).join(" | ")}`);
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# A theme changes nothing but colours.
COLOURS = ["color-contrast", "link-in-text-block"]
LOOKS = (
    ("light", DESK, RULES),
    ("light", PHONE, RULES),
    ("dark", PHONE, COLOURS),
    ("dark", DESK, COLOURS),
)


@pytest.fixture
def axe(repo_root: Path) -> Path:
    """Return the checker that the front end's lock file names."""
    if not (repo_root / AXE).exists():
        pytest.skip("axe-core is not installed: make setup")
    return repo_root / AXE


def list_breaches(page: Page, theme: Any, width: int, rules: list[str]) -> list[str]:
    """Return the breaches of a page as it looks in a theme and at a width."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    return [f"{theme} {width}: {told}" for told in page.evaluate(RUN, rules)]


@pytest.mark.parametrize("name", PAGES)
def test_no_breach(visitor: Visitor, axe: Path, name: str) -> None:
    # The content policy would keep the checker out; test_wire sees the pages with the policy on.
    page = visitor.open("" if name == "sign-in" else "planner", bypass_csp=True)
    visit(page, name)
    page.add_script_tag(path=axe)
    assert [told for look in LOOKS for told in list_breaches(page, *look)] == []
