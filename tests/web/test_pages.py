"""Every page of a plan: what it shows, in both languages, for whom, without anything inline."""

import dataclasses
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import AGENCY, Keep, make_plan

from hengtu.core.plan import Objective, Plan, Theme
from hengtu.services import accounts, plans
from hengtu.store.models import AgencyRow, AlignmentRow, PlanRow, User

PLAN = f"{AGENCY}/plans/114-116-map"
PAGES = {
    "map/": "減少淹水點之1",
    "map/?view=list": "減少淹水點之1",
    "map/?objective=AC1": "完成清疏長度÷應清疏長度×100%",
    "scorecard/": "清疏完成率之1",
    "kpis/": "清疏完成率之1",
    "kpis/AC1.1/": "應清疏長度",
    "schedule/": "按季巡查抽水站",
    "check-up/": "減少淹水點之l",
}


def read(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("tail", PAGES)
def test_page_shows_the_plan(tail: str, page: Client, plan: PlanRow) -> None:
    assert PAGES[tail] in read(page, f"{PLAN}/{tail}")


@pytest.mark.parametrize("tail", PAGES)
def test_page_is_english_when_asked(tail: str, page: Client, plan: PlanRow) -> None:
    page.post("/language/", {"language": "en", "next": "/"})
    text = read(page, f"{PLAN}/{tail}")
    assert '<html lang="en">' in text
    menu = re.search(r'<nav class="rail".*?</nav>', text, re.S)
    assert menu
    assert not re.search(r"[\u4e00-\u9fff]", menu[0])


@pytest.mark.parametrize("tail", PAGES)
def test_nothing_inline_and_one_heading(tail: str, page: Client, plan: PlanRow) -> None:
    text = read(page, f"{PLAN}/{tail}")
    assert "style=" not in text
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*src=)", text)
    assert not re.search(r"\son\w+=", text)
    assert len(re.findall(r"<h1[ >]", text)) == 1


@pytest.mark.parametrize("tail", PAGES)
def test_number_of_queries_does_not_grow_with_the_plan(
    tail: str, page: Client, officer: User, keep: Keep
) -> None:
    plans.adopt(actor=officer, document=keep(make_plan(2)))
    counts = []
    for size in (2, 40):
        plans.adopt(actor=officer, document=keep(make_plan(size)))
        with CaptureQueriesContext(connection) as queries:
            read(page, f"{PLAN}/{tail}")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert 5 < counts[0] <= 30


@pytest.mark.parametrize("tail", ["", *PAGES, "alignment/", "scorecard.csv"])
def test_strangers_and_outsiders_see_nothing(
    tail: str, client: Client, plan: PlanRow, system: User
) -> None:
    assert client.get(f"{PLAN}/{tail}").status_code == 302
    outsider = accounts.create_user(actor=system, username="other", password="x", demo=True)
    client.force_login(outsider)
    assert client.get(f"{PLAN}/{tail}").status_code == 404


def test_a_city_officer_sees_the_bureau_but_changes_nothing(
    client: Client, plan: PlanRow, system: User, bureau: AgencyRow, keep: Keep
) -> None:
    user = accounts.create_user(actor=system, username="city", password="x", demo=True)
    assert bureau.parent
    accounts.grant_role(actor=system, user=user, agency=bureau.parent, role="planning_officer")
    client.force_login(user)
    assert "減少淹水點" in read(client, f"{PLAN}/map/")
    document = keep()
    address = f"{AGENCY}/import/{document.key}"
    assert 'action="' + f"{address}/adopt/" not in read(client, f"{address}/?show=findings")
    assert client.post(f"{address}/adopt/").status_code == 403


def test_menu_offers_only_what_the_plan_has(page: Client, officer: User, keep: Keep) -> None:
    only_map = Plan(
        title="只有地圖",
        objectives=(Objective(code="AC1", name="甲"),),
        themes=(Theme(code="A", name="乙"),),
    )
    row = plans.adopt(actor=officer, document=keep(only_map, ()))
    text = read(page, f"{AGENCY}/plans/{row.slug}/map/")
    menu = text.split('<nav class="rail"')[1].split("</nav>")[0]
    assert "策略地圖" in menu
    assert "計分卡" not in menu
    assert "工作時程" not in menu
    assert "對齊" not in menu


def test_scorecard_filters_groups_and_exports(page: Client, plan: PlanRow) -> None:
    found = read(page, f"{PLAN}/scorecard/?q=之2&group=none")
    assert "清疏完成率之2" in found
    assert "清疏完成率之1" not in found
    none = read(page, f"{PLAN}/scorecard/?q=沒有這個")
    assert "沒有符合條件的指標" in none
    answer = page.get(f"{PLAN}/scorecard.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "清疏完成率之1" in answer.content.decode("utf-8-sig")
    assert page.get(f"{PLAN}/nothing.csv").status_code == 404


def test_schedule_tells_planned_proposed_and_unknown_months_apart(
    page: Client, plan: PlanRow
) -> None:
    text = read(page, f"{PLAN}/schedule/?q=防汛").split("<tbody>")[1].split("</tr>")
    assert [row.count("month planned") for row in text[:3]] == [0, 2, 0]
    assert [row.count("month proposed") for row in text[:3]] == [4, 0, 0]
    assert [row.count("month unknown") for row in text[:3]] == [0, 0, 12]


def test_alignment_is_stated_and_taken_back(page: Client, officer: User, keep: Keep) -> None:
    above = Plan(
        title="雲湖市策略地圖",
        themes=(Theme(code="A", name="韌性城市", lead="水利局"),),
        objectives=(Objective(code="TC1", name="減少淹水點", theme="A"),),
    )
    row = plans.adopt(
        actor=officer, document=keep(dataclasses.replace(make_plan(), parent_plan=above))
    )
    text = read(page, f"{PLAN}/alignment/")
    assert "本機關主政" in text
    assert "名稱相近" in text
    form = re.search(
        r'name="upper" value="([^"]+)"><input type="hidden" name="objective" value="([^"]+)"', text
    )
    assert form
    given = {"upper": form[1], "objective": form[2]}
    assert page.post(f"{PLAN}/align/", given).status_code == 302
    assert AlignmentRow.objects.filter(objective__plan=row).count() == 1
    page.post(f"{PLAN}/align/", {**given, "separate": "1"})
    assert not AlignmentRow.objects.exists()
    assert page.post(f"{PLAN}/align/", {"upper": "x", "objective": "y"}).status_code == 404


def test_getting_a_page_writes_nothing(page: Client, plan: PlanRow) -> None:
    for tail in PAGES:
        with CaptureQueriesContext(connection) as queries:
            read(page, f"{PLAN}/{tail}")
        written = [q["sql"] for q in queries if re.match(r"(INSERT|UPDATE|DELETE)", q["sql"])]
        assert written == [], tail


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/nowhere/", 404, "not_found"),
        ("/agencies/無此機關/", 404, "not_found"),
    ],
)
def test_errors_are_json_where_json_is_preferred(
    address: str, status: int, code: str, page: Client
) -> None:
    answer = page.get(address, headers={"accept": "application/json"})
    assert answer.status_code == status
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "where", "hint"}
    assert (error["code"], error["where"]) == (code, address)
    for accept in ("text/html,*/*", "*/*"):
        told = page.get(address, headers={"accept": accept})
        assert told["Content-Type"].startswith("text/html")
