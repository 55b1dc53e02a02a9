"""Lights on map, scorecard and KPI page, the month they are of, and links edited on the map."""

import dataclasses
import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import AGENCY, Keep, make_plan

from hengtu.core.actuals import Actual
from hengtu.core.amounts import MissingKind
from hengtu.services import accounts, actuals, links, plans, rulebooks
from hengtu.store.models import AddedLinkRow, AgencyRow, PlanRow, User

PLAN = f"{AGENCY}/plans/114-116-map"
DONE = {1: 5.0, 2: 40.0, 3: 95.0}
# As the product default, but judged from January on, so that few months show every light.
RULEBOOK = """
code: from-january
title: 一般燈號
title_en: Plain lights
source: product default
bands: [{at_least: 100, light: green}, {at_least: 90, light: yellow}, {at_least: 0, light: red}]
judged_from: 1
"""


def give(
    actor: User, plan: PlanRow, code: str, month: int, done: float | None, roc_year: int = 114
) -> None:
    """Enter what was cleared of 100 metres up to a month; without a number it was not reported."""
    period = f"{roc_year}-{month:02d}"
    missing: MissingKind | None = "not_reported" if done is None else None
    rows = [
        Actual(code=code, period=period, item="完成清疏長度", value=done, missing=missing),
        Actual(code=code, period=period, item="應清疏長度", value=100),
    ]
    actuals.import_rows(actor=actor, plan=plan, rows=rows)


@pytest.fixture
def reported(officer: User, plan: PlanRow) -> PlanRow:
    rulebooks.choose(
        actor=officer, agency=plan.owning_agency, first_roc_year=110, content=RULEBOOK.encode()
    )
    for month, done in DONE.items():
        give(officer, plan, "AC1.1", month, done)
    give(officer, plan, "AC2.1", 3, None)
    return plan


def read(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return answer.content.decode()


def words(text: str) -> str:
    """Return the text of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))


def test_without_figures_there_are_no_lights(page: Client, plan: PlanRow) -> None:
    for tail in ("map/", "scorecard/", "kpis/AC1.1/"):
        text = read(page, f"{PLAN}/{tail}")
        assert "★" not in text
        assert 'class="months"' not in text


def test_the_map_shows_the_last_month_with_figures(page: Client, reported: PlanRow) -> None:
    text = read(page, f"{PLAN}/map/?objective=AC1")
    assert 'aria-current="true">3月' in text
    assert 'class="map-card map-green" data-code="AC1"' in text
    assert 'class="map-card map-white" data-code="AC2"' in text
    shown = words(text)
    assert "★ 達成" in shown
    assert "● 落後" in shown
    assert "至114年3月應達" in shown
    assert "95%" in shown


def test_a_white_light_tells_its_reason(page: Client, reported: PlanRow) -> None:
    assert "□ 待填報" in words(read(page, f"{PLAN}/map/?view=list"))
    assert "□ 待填報" in words(read(page, f"{PLAN}/scorecard/"))
    assert "□ 待填報" in words(read(page, f"{PLAN}/kpis/"))
    assert "無法判定燈號" in words(read(page, f"{PLAN}/kpis/AC2.1/"))


@pytest.mark.parametrize(
    ("month", "light"),
    [("114-01", "red"), ("114-03", "green"), ("114-12", "green"), ("x", "green")],
)
def test_the_address_chooses_the_month(
    month: str, light: str, page: Client, reported: PlanRow
) -> None:
    text = read(page, f"{PLAN}/map/?month={month}")
    assert f'class="map-card map-{light}" data-code="AC1"' in text
    card = re.search(r'<a href="([^"]+)"[^>]*><g class="map-card[^>]*data-code="AC1"', text)
    assert card
    assert "month=" in card[1]


def test_the_scorecard_keeps_month_and_filters(page: Client, reported: PlanRow) -> None:
    text = read(page, f"{PLAN}/scorecard/?q=之1&month=114-01")
    assert "114年1月燈號" in text
    assert "● 落後" in words(text)
    assert '<input type="hidden" name="month" value="114-01">' in text
    assert "q=%E4%B9%8B1&amp;month=114-02" in text


def test_an_objective_without_kpi_says_so(page: Client, officer: User, keep: Keep) -> None:
    whole = make_plan(2)
    row = plans.adopt(actor=officer, document=keep(dataclasses.replace(whole, kpis=whole.kpis[:1])))
    assert "沒有指標" not in read(page, f"{PLAN}/map/")
    give(officer, row, "AC1.1", 1, 50)
    text = read(page, f"{PLAN}/map/")
    assert 'class="map-card map-white" data-code="AC2"' in text
    assert "□ 沒有指標" in words(text)


def test_legends_count_the_lights(page: Client, reported: PlanRow) -> None:
    for tail, month in (("map/", "114年3月燈號 "), ("scorecard/", "")):
        legend = re.search(r'<p class="legend">.*?</p>', read(page, f"{PLAN}/{tail}"), re.S)
        assert legend
        counts = "★ 達成 1 ▲ 注意 0 ● 落後 0 □ 無法判定 1"
        assert words(legend[0]).split("→")[0].strip() == month + counts


def test_an_exported_scorecard_carries_the_lights(page: Client, reported: PlanRow) -> None:
    assert "達成" in page.get(f"{PLAN}/scorecard.csv").content.decode("utf-8-sig")
    assert "落後" in page.get(f"{PLAN}/scorecard.csv?month=114-01").content.decode("utf-8-sig")


def test_the_panel_draws_the_year(page: Client, reported: PlanRow) -> None:
    text = read(page, f"{PLAN}/map/?objective=AC1")
    assert text.count('<svg class="chart"') == 1
    assert text.count('class="dot ') == len(DONE)
    assert '<svg class="chart"' not in read(page, f"{PLAN}/map/?objective=AC2")


def test_the_kpi_page_explains_its_light(page: Client, reported: PlanRow) -> None:
    text = read(page, f"{PLAN}/kpis/AC1.1/?month=114-01")
    told = words(text)
    assert 'id="why-1"' in text
    for sentence in ("完成清疏長度：114年", "114年目標值：90%", "達成度＝", "依據：", "燈號為"):
        assert sentence in told, sentence
    assert text.count('class="dot red"') == 1
    assert text.count('class="dot green"') == 2
    table = re.search(r'<details class="year">.*?</details>', text, re.S)
    assert table
    assert table[0].count("<tr") == 1 + 12
    assert table[0].count('class="light') == len(DONE)


def test_the_figures_of_a_kpi_can_be_tried(page: Client, reported: PlanRow) -> None:
    text = read(page, f"{PLAN}/kpis/AC1.1/?month=114-01")
    link = re.search(r'href="([^"]*/formulas/[^"]*)"[^>]*>用這些數字試算', text)
    value = re.search(r"實績</span> <b>([^<]+)</b>", text)
    assert link
    assert value
    tried = words(read(page, html.unescape(link[1])))
    assert value[1] in tried.split("計算結果")[1]
    assert "尚未填報" not in tried


def test_another_year_can_be_chosen(page: Client, officer: User, reported: PlanRow) -> None:
    give(officer, reported, "AC1.1", 12, 80, roc_year=113)
    text = read(page, f"{PLAN}/map/")
    assert "?month=113-12" in text
    assert 'aria-current="true">12月' in read(page, f"{PLAN}/map/?month=113-12")


@pytest.mark.parametrize(
    "tail",
    ["map/", "map/?view=list", "map/?objective=AC1&edit=1", "scorecard/", "kpis/", "kpis/AC1.1/"],
)
def test_number_of_queries_does_not_grow_with_figures_and_links(
    tail: str, page: Client, officer: User, keep: Keep
) -> None:
    counts = []
    for size in (2, 30):
        row = plans.adopt(actor=officer, document=keep(make_plan(size)))
        for n in range(1, size + 1):
            give(officer, row, f"AC{n}.1", 1 + n % 12, 80)
        links.add(actor=officer, key=row.key, cause=f"AC{size}", effect="AC1") if size > 2 else None
        with CaptureQueriesContext(connection) as queries:
            read(page, f"{PLAN}/{tail}")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 33


@pytest.mark.parametrize("tail", ["map/?edit=1&objective=AC1", "scorecard/", "kpis/AC1.1/"])
def test_results_are_english_when_asked_and_never_inline(
    tail: str, page: Client, reported: PlanRow
) -> None:
    page.post("/language/", {"language": "en", "next": "/"})
    text = read(page, f"{PLAN}/{tail}")
    for chinese in ("達成", "落後", "燈號", "月份", "應達", "關聯", "目標值"):
        assert chinese not in words(text), chinese
    assert "style=" not in text
    assert not re.search(r"<script(?![^>]*src=)", text)


def test_links_are_edited_by_plain_forms(page: Client, plan: PlanRow) -> None:
    given = {"cause": "AC1", "effect": "AC2"}
    refused = page.post(f"{PLAN}/links/", given, follow=True).content.decode()
    assert "已有 AC2 → AC1" in refused
    taken = page.post(
        f"{PLAN}/links/", {"cause": "AC2", "effect": "AC1", "remove": "1"}, follow=True
    )
    assert "文件所載的關聯" in taken.content.decode()
    assert "目標不能促成自己" in (
        page.post(f"{PLAN}/links/", {"cause": "AC1", "effect": "AC1"}, follow=True).content.decode()
    )
    for effect in ("x", "", "\0", "A" * 5000):
        given = {"cause": "AC1", "effect": effect}
        assert page.post(f"{PLAN}/links/", given).status_code == 404
    assert page.get(f"{PLAN}/links/").status_code == 405


def test_an_added_link_is_drawn_offered_for_removal_and_removed(
    page: Client, officer: User, keep: Keep
) -> None:
    plans.adopt(actor=officer, document=keep(make_plan(3)))
    given = {"cause": "AC3", "effect": "AC1"}
    shown = page.post(f"{PLAN}/links/", given, follow=True).content.decode()
    assert 'data-from="AC3" data-to="AC1"' in shown
    assert shown.count('name="remove"') == 1
    page.post(f"{PLAN}/links/", {**given, "remove": "1"})
    assert not AddedLinkRow.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [("data_owner", 403), ("section_chief", 403), ("director", 403), ("planning_officer", 302)],
)
def test_who_may_edit_links(
    role: str, status: int, client: Client, plan: PlanRow, bureau: AgencyRow, system: User
) -> None:
    user = accounts.create_user(actor=system, username=role, password="x", demo=True)
    accounts.grant_role(actor=system, user=user, agency=bureau, role=role)  # type: ignore[arg-type]
    client.force_login(user)
    text = read(client, f"{PLAN}/map/?edit=1&objective=AC1")
    assert ("data-editing" in text) is (status == 302)
    answer = client.post(f"{PLAN}/links/", {"cause": "AC1", "effect": "AC2"})
    assert answer.status_code == status


def test_strangers_and_outsiders_edit_nothing(client: Client, plan: PlanRow, system: User) -> None:
    assert client.post(f"{PLAN}/links/", {"cause": "AC2", "effect": "AC1"}).status_code == 302
    client.force_login(
        accounts.create_user(actor=system, username="other", password="x", demo=True)
    )
    assert client.post(f"{PLAN}/links/", {"cause": "AC2", "effect": "AC1"}).status_code == 404
