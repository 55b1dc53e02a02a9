"""Charts and the slider of months: drawn under the strict policy, read by keys, there without scripts and on paper."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.test_accessibility import AXE, RULES, RUN
from tests.browser.visiting import ADDRESSES, DESK, MAP_PLAN, PHONE, Visitor

pytestmark = pytest.mark.browser

DASHBOARD = ADDRESSES["dashboard"]
KPI = f"{MAP_PLAN}kpis/AP1.1/?month=114-06"
SLIDER = ".month-slide input"
DRAWN = ".live svg path"
RESTED = 15_000


def come_alive(page: Page) -> Locator:
    """Scroll every chart into view and wait until it is drawn; return the charts."""
    charts = page.locator("[data-chart]")
    for place in range(charts.count()):
        chart = charts.nth(place)
        chart.scroll_into_view_if_needed()
        expect(chart.locator(DRAWN).first).to_be_attached(timeout=RESTED)
    return charts


def month_of(page: Page) -> str:
    """Return the month that the address names."""
    return parse_qs(urlsplit(page.url).query).get("month", [""])[0]


@pytest.mark.parametrize(
    ("address", "number"), [(DASHBOARD, 4), (KPI, 2)], ids=["dashboard", "kpi"]
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_are_drawn_in_place_of_the_sent_drawing(
    visitor: Visitor, address: str, number: int, theme: str
) -> None:
    page = visitor.open(theme=theme)
    page.goto(address)
    charts = come_alive(page)
    assert charts.count() == number
    for place in range(number):
        chart = charts.nth(place)
        expect(chart.locator("> .scroll")).to_be_hidden()
        assert chart.locator(".live").get_attribute("aria-label")
    ink = page.evaluate(
        "() => getComputedStyle(document.documentElement).getPropertyValue('--brand-ink')"
    )
    strokes = page.locator(".live svg path").evaluate_all(
        "all => all.flatMap(e => [e.getAttribute('stroke'), e.getAttribute('fill')])"
    )
    if address == KPI:
        assert ink.strip() in strokes


def test_the_library_comes_only_where_a_chart_is(visitor: Visitor) -> None:
    page = visitor.open()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in ("map", "panel", "scorecard", "kpis"):
        page.goto(ADDRESSES[name])
        page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "vendor/charts.js" in url]
    page.goto(KPI)
    come_alive(page)
    assert len([url for url in asked if "vendor/charts.js" in url]) == 1


def test_keys_read_a_chart_month_by_month(visitor: Visitor) -> None:
    page = visitor.open()
    page.goto(KPI)
    chart = come_alive(page).first
    data = json.loads(chart.get_attribute("data-chart") or "")
    live = chart.locator(".live")
    live.focus()
    expect(live).to_have_attribute("aria-valuenow", "6")
    for key, month in (("ArrowRight", 7), ("ArrowLeft", 6), ("Home", 1), ("End", 12), ("End", 12)):
        page.keyboard.press(key)
        expect(live).to_have_attribute("aria-valuenow", str(month))
    told = live.get_attribute("aria-valuetext") or ""
    assert told.startswith("114年12月")
    for series in data["series"]:
        assert series["told"][11] in told


def test_a_chart_says_what_its_table_says(visitor: Visitor) -> None:
    page = visitor.open()
    page.goto(KPI)
    data = json.loads(page.locator("[data-chart]").first.get_attribute("data-chart") or "")
    actual = next(one for one in data["series"] if one["role"] == "actual")
    page.locator(".course summary").click()
    rows = page.locator(".course tbody tr")
    for place, told in enumerate(actual["told"]):
        if told:
            expect(rows.nth(place).locator("td").first).to_have_text(told)


def test_the_slider_turns_the_map_in_place_and_back(visitor: Visitor) -> None:
    page = visitor.open()
    page.goto(f"{MAP_PLAN}map/?objective=AP1&month=114-09")
    page.evaluate("() => { window.stayed = true; }")
    lights = "all => all.map(e => e.getAttribute('class')).join()"
    before = page.locator(".map-card").evaluate_all(lights)
    slider = page.locator(SLIDER)
    expect(slider).to_have_attribute("aria-valuetext", "114年9月")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".months [aria-current]")).to_have_text("8月")
    expect(page.locator("#objective")).to_contain_text("至114年8月應達")
    assert month_of(page) == "114-08"
    expect(slider).to_be_focused()
    expect(slider).to_have_attribute("aria-valuetext", "114年8月")
    assert page.locator(".map-card").evaluate_all(lights) != before
    page.go_back()
    expect(page.locator("#objective")).to_contain_text("至114年9月應達")
    expect(slider).to_have_value("9")
    assert page.locator(".map-card").evaluate_all(lights) == before
    assert page.evaluate("() => window.stayed")


def test_the_slider_stops_where_figures_end(visitor: Visitor) -> None:
    page = visitor.open()
    page.goto(f"{MAP_PLAN}map/")
    last = page.locator(".months a[data-month]").last.get_attribute("data-month")
    page.locator(SLIDER).focus()
    page.keyboard.press("Home")
    expect(page.locator(".months [aria-current]")).to_have_text("1月")
    page.keyboard.press("End")
    expect(page.locator(".months [aria-current]")).to_have_text(f"{last}月")
    expect(page.locator(SLIDER)).to_have_value(str(last))


def test_the_slider_opens_the_month_on_other_pages(visitor: Visitor) -> None:
    page = visitor.open()
    page.goto(DASHBOARD)
    page.locator(SLIDER).focus()
    with page.expect_navigation():
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
    expect(page.locator("h1")).to_contain_text("114年7月")
    assert month_of(page) == "114-07"
    expect(page.locator(SLIDER)).to_be_focused()
    page.go_back()
    expect(page.locator("h1")).to_contain_text("114年9月")
    expect(page.locator(SLIDER)).to_have_value("9")


def test_the_year_is_replayed_and_stopped(visitor: Visitor) -> None:
    page = visitor.open()
    page.goto(f"{MAP_PLAN}map/?month=114-10")
    button = page.locator("[data-replay]")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".months [aria-current]")).to_have_text("12月", timeout=RESTED)
    expect(button).to_have_attribute("aria-pressed", "false", timeout=RESTED)
    assert month_of(page) == "114-12"
    button.click()
    expect(page.locator(".months [aria-current]")).to_have_text("2月", timeout=RESTED)
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_without_scripts_drawings_links_and_tables_remain(visitor: Visitor) -> None:
    page = visitor.open(java_script_enabled=False)
    page.goto(DASHBOARD)
    expect(page.locator("svg.stacks rect").first).to_be_visible()
    expect(page.locator(".live")).to_have_count(0)
    expect(page.locator(SLIDER)).to_be_hidden()
    page.locator("details.year summary").first.click()
    expect(page.locator("details.year tbody tr").first).to_be_visible()
    page.get_by_role("navigation", name="月份").get_by_text("8月").click()
    expect(page.locator("h1")).to_contain_text("114年8月")
    page.get_by_label("主責", exact=True).select_option(index=1)
    page.get_by_role("button", name="套用").click()
    expect(page).to_have_url(re.compile("section=.*month=114-08"))
    page.goto(KPI)
    expect(page.locator("svg.chart .line.planned").first).to_be_visible()


@pytest.mark.parametrize(
    ("address", "words"), [(DASHBOARD, "114年9月儀表板"), (KPI, "老舊機車汰換輛數")]
)
def test_paper_gets_the_sent_drawing(
    visitor: Visitor, address: str, words: str, tmp_path: Path
) -> None:
    page = visitor.open(theme="dark")
    page.goto(address)
    charts = come_alive(page)
    page.emulate_media(media="print")
    for place in range(charts.count()):
        expect(charts.nth(place).locator(".live")).to_be_hidden()
        expect(charts.nth(place).locator("> .scroll > svg")).to_be_visible()
    expect(page.locator("h1")).to_contain_text(words)
    expect(page.locator(SLIDER)).to_be_hidden()
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    assert (tmp_path / "page.pdf").stat().st_size > 10_000


@pytest.mark.parametrize("address", [DASHBOARD, KPI], ids=["dashboard", "kpi"])
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_no_breach_once_charts_are_drawn(
    visitor: Visitor, repo_root: Path, address: str, width: int
) -> None:
    if not (repo_root / AXE).exists():
        pytest.skip("axe-core is not installed: make setup")
    page = visitor.open(width=width, bypass_csp=True)
    page.goto(address)
    come_alive(page)
    for summary in page.locator("details.year > summary").all():
        summary.click()
    page.add_script_tag(path=repo_root / AXE)
    assert page.evaluate(RUN, RULES) == []
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_scorecard_fits_and_filters_by_light(visitor: Visitor) -> None:
    page = visitor.open(width=1440)
    page.goto(f"{ADDRESSES['scorecard']}?month=114-09")
    wide = page.locator(".scroll").evaluate_all(
        "all => all.map(e => e.scrollWidth - e.clientWidth)"
    )
    assert max(wide) <= 0
    assert page.locator("svg.spark").count() > 20
    page.get_by_label("燈號").select_option("red")
    expect(page).to_have_url(re.compile("light=red"))
    page.get_by_label("排序").select_option("achievement")
    expect(page).to_have_url(re.compile("sort=achievement"))
    expect(page.locator("tbody .light").first).to_contain_text("落後")
    page.set_viewport_size({"width": PHONE, "height": 800})
    wide = page.locator(".scroll").evaluate_all(
        "all => all.map(e => e.scrollWidth - e.clientWidth)"
    )
    assert max(wide) <= 0
