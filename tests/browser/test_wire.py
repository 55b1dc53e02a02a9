"""What goes over the wire and what is said: one origin, a strict policy kept, English without Chinese words."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.filled_site import FRESH
from tests.browser.visiting import PAGES, Visitor, visit

pytestmark = pytest.mark.browser

SYSTEM = "衡圖"  # the name that the program itself signs with
SYSTEM = "衡圖"  # the name that the program itself signs with
HAN = re.compile(r"[\u3400-\u9fff]+")
# Punctuation of Chinese sentences; English has its own.
WIDE = re.compile(r"[、，。：；！？「」（）]")
QUOTED = re.compile("“[^”]*”")
# Every word a reader meets: texts, and what stands in attributes.
WORDS = """() => {
  const names = ["aria-label", "title", "placeholder", "alt"];
  const shown = [document.title.split(" · ").at(-1)];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("script, .source, [lang]:not(html)"))
    shown.push(walker.currentNode.data);
  for (const element of document.querySelectorAll("body *"))
    for (const name of names) if (element.hasAttribute(name)) shown.push(element.getAttribute(name));
  return [...new Set(shown.map((text) => text.trim()).filter(Boolean))];
}"""
# Headings, labels and buttons that the program says itself: no datum stands in them.
SAID = "label:not(.datum), button:not(.account), summary:not(.menu *), dt, thead th, .seg a, .legend, .rail a"


@pytest.fixture(scope="module")
def data(repo_root: Path) -> str:
    """Return all words of the samples, and the names of people and agencies, without blanks."""
    from hengtu.services.demo import PEOPLE

    texts = [file.read_text(encoding="utf-8") for file in (repo_root / "examples").glob("*/*.txt")]
    names = [display for _, display, _ in PEOPLE]
    return re.sub(r"\s", "", "".join([*texts, *names, *FRESH, SYSTEM, "中文"]))


def find_chinese(words: list[str], data: str) -> list[str]:
    """Return the texts with Chinese words that no document has, or with Chinese punctuation alone."""
    found = []
    for text in words:
        strange = [run for run in HAN.findall(text) if run not in data]
        if strange or (not HAN.search(text) and WIDE.search(QUOTED.sub("", text))):
            found.append(text[:60])
    return found


@pytest.mark.parametrize("name", PAGES)
def test_english_page(visitor: Visitor, data: str, name: str) -> None:
    page = visitor.open("" if name == "sign-in" else "planner", lang="en")
    visit(page, name)
    assert page.get_attribute("html", "lang") == "en"
    assert find_chinese(page.evaluate(WORDS), data) == []
    said = page.eval_on_selector_all(SAID, "all => all.map(e => e.innerText.trim())")
    years_and_codes = [text for text in said if HAN.search(text) and text != "中文"]
    assert [text for text in years_and_codes if not is_datum(page, text)] == []


def is_datum(page: Page, text: str) -> bool:
    """Whether a heading is a datum after all: a menu of plans names them."""
    return page.locator(".menu summary", has_text=text).count() > 0


def test_watch_sees_breaches(visitor: Visitor) -> None:
    """What the other tests rely on: a breach of the policy does not pass unseen."""
    page = visitor.open()
    visit(page, "agency")
    page.evaluate("() => document.body.setAttribute('style', 'color: red')")
    with page.expect_event("console"):
        page.evaluate("() => { const i = new Image(); i.src = 'https://example.org/dot.png'; }")
    assert any("example.org" in told for told in visitor.problems)
    assert any("style" in told for told in visitor.problems)
    visitor.problems.clear()
