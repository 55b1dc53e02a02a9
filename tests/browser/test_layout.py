"""Nothing leaves the page: on a phone, in either language, and on paper."""

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.visiting import DESK, PAGES, PHONE, Visitor, visit

pytestmark = pytest.mark.browser

# Words that stick out of a box that cannot be scrolled, or of the window itself.
CLIPPED = """() => {
  const box = (e) => e.closest(".scroll, .pane-body, .rail, .unseen, .skip, pre");
  const seen = [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && !box(e) && !e.closest("svg"));
  const out = seen.filter((e) => e.getBoundingClientRect().right > innerWidth + 1);
  const cut = seen.filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth && getComputedStyle(e).overflowX === "hidden");
  return [...new Set([...out, ...cut])].map((e) => `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 30)}`);
}"""
INK = "() => getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()"
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.mark.parametrize("lang", ["zh-hant", "en"])
def test_nothing_sticks_out(visitor: Visitor, lang: str) -> None:
    strangers, page = visitor.open("", lang=lang), visitor.open(lang=lang)
    found: dict[str, object] = {}
    for name in PAGES:
        shown = strangers if name == "sign-in" else page
        visit(shown, name)
        for width in (PHONE, DESK):
            shown.set_viewport_size({"width": width, "height": 800})
            sideways, clipped = shown.evaluate(SIDEWAYS), shown.evaluate(CLIPPED)
            if sideways > 0 or clipped:
                found[f"{name} {width}"] = sideways, clipped
    assert found == {}


@pytest.mark.parametrize(
    ("name", "words"), [("map", ("AC1", "WF1")), ("scorecard", ("AC1.1", "EF1.1", "116"))]
)
def test_printed(visitor: Visitor, name: str, words: tuple[str, ...], tmp_path: Path) -> None:
    page = visitor.open(theme="dark")
    visit(page, name)
    page.emulate_media(media="print")
    assert page.evaluate(INK) == "#000"
    for part in (".rail", ".top form", ".menu", ".skip"):
        expect(page.locator(part).first).to_be_hidden()
    file = tmp_path / "page.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    assert file.stat().st_size > 5_000
    if shutil.which("pdftotext"):
        text = subprocess.run(
            ["pdftotext", file, "-"], capture_output=True, check=True
        ).stdout.decode()
        assert all(word in text for word in words)
        assert "計畫體檢" not in text
        assert "English" not in text
