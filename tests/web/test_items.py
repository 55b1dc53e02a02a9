"""The data items of a plan: the list, who defines them, and what a definition changes."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import AGENCY, Keep, make_plan

from hengtu.core.actuals import Actual
from hengtu.queries import items as questions
from hengtu.services import actuals, plans
from hengtu.store.models import AuditRow, DataItemRow, PlanRow, ResultRow, User

PLAN = f"{AGENCY}/plans/114-116-map"
PLAN_QUOTED = quote(PLAN)
GIVEN = {
    "unit": "公尺",
    "frequency": "month",
    "over_time": "last",
    "over_org": "sum",
    "owner": "河川課",
    "source": "清疏月報",
}


@pytest.fixture
def reported(officer: User, plan: PlanRow) -> PlanRow:
    rows = [
        Actual(code="AC1.1", period=f"114-0{month}", item=item, value=value)
        for month, done in ((1, 30.0), (2, 60.0))
        for item, value in (("完成清疏長度", done), ("應清疏長度", 100.0))
    ]
    actuals.import_rows(actor=officer, plan=plan, rows=rows)
    return plan


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def address_of(name: str) -> str:
    return f"{PLAN}/items/{DataItemRow.objects.get(name=name).key}/"


def test_the_list_tells_unit_rules_users_and_the_latest_figure(
    page: Client, reported: PlanRow
) -> None:
    text = words(page.get(f"{PLAN}/items/").content.decode())
    assert "2 個數據項，其中 2 個的定義由文字推測" in text
    assert re.search(r"完成清疏長度 推測 每月 期末值 各機關加總 AC1\.1 AC2\.1 60 114年2月", text)
    assert "沒有符合條件的數據項" in page.get(f"{PLAN}/items/?q=不存在").content.decode()
    for asked in ("完成", "%00完成"):  # PostgreSQL refuses a NUL
        found = words(page.get(f"{PLAN}/items/?q={asked}").content.decode())
        assert "完成清疏長度" in found
        assert "應清疏長度" not in found


def test_a_definition_changes_the_results_of_every_user(page: Client, reported: PlanRow) -> None:
    before = dict(ResultRow.objects.values_list("measure__kpi__code", "value"))
    answer = page.post(address_of("完成清疏長度"), {**GIVEN, "over_time": "sum"}, follow=True)
    assert "已儲存「完成清疏長度」的定義" in answer.content.decode()
    shown = words(page.get(address_of("應清疏長度")).content.decode())
    assert "儲存即為確認" in shown
    assert "AC2.1 清疏完成率之2" in shown
    assert "100（114年2月）" in shown
    page.post(address_of("應清疏長度"), GIVEN)
    after = dict(ResultRow.objects.order_by("period").values_list("measure__kpi__code", "value"))
    assert before != after == {"AC1.1": 90.0, "AC2.1": 90.0}
    row = DataItemRow.objects.get(name="完成清疏長度")
    assert (row.unit, row.owner, row.source, row.guessed) == ("公尺", "河川課", "清疏月報", False)
    entry = AuditRow.objects.filter(verb="item.define").order_by("pk").first()
    assert entry
    assert entry.detail["after"]["owner"] == "河川課"
    assert page.get(f"{PLAN}/items/?guessed=1").content.decode().count('<th scope="row">') == 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"unit": "%", "over_time": "sum"}, "逐期合計：百分比不得加總"),
        ({"unit": "%", "over_time": "mean"}, "各機關加總：百分比不得加總"),
        ({"over_org": "last"}, "請由選單選擇"),
        ({"over_time": "often"}, "請由選單選擇"),
        ({"owner": "長" * 201}, "主責至多 200 字"),
    ],
)
def test_what_a_unit_forbids_is_refused_and_kept_in_the_form(
    wrong: dict[str, str], told: str, page: Client, reported: PlanRow
) -> None:
    answer = page.post(address_of("完成清疏長度"), {**GIVEN, **wrong})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert told in words(text)
    assert 'value="清疏月報"' in text
    assert DataItemRow.objects.get(name="完成清疏長度").guessed


def test_a_kpi_shows_the_figures_of_its_items_whoever_entered_them(
    page: Client, reported: PlanRow
) -> None:
    text = page.get(f"{PLAN}/kpis/AC2.1/").content.decode()
    table = re.search(r'<table class="figures">.*?</table>', text, re.S)
    assert table
    assert re.search(r"完成清疏長度 +30 +60 +應清疏長度 +100 +100", words(table[0]))
    assert f'href="{PLAN_QUOTED}/items/?q=' in text


def test_items_of_another_plan_are_not_found(page: Client, reported: PlanRow) -> None:
    assert page.get(f"{PLAN}/items/{reported.key}/").status_code == 404
    assert page.post(f"{PLAN}/items/{reported.key}/", GIVEN).status_code == 404


def test_sql_statements_do_not_grow_with_items(
    page: Client, officer: User, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans.adopt(actor=officer, document=keep(make_plan(2)))
    page.get(f"{PLAN}/items/")
    with CaptureQueriesContext(connection) as few:
        page.get(f"{PLAN}/items/")
    plans.adopt(actor=officer, document=keep(make_plan(40)))
    with CaptureQueriesContext(connection) as many:
        page.get(f"{PLAN}/items/")
    assert len(many) == len(few)
    monkeypatch.setattr(questions, "PAGE", 1)
    text = page.get(f"{PLAN}/items/?page=2").content.decode()
    assert "第 2 頁，共 2 頁" in words(text)
    assert "?page=1" in text


def test_english_is_complete(page: Client, reported: PlanRow) -> None:
    page.post("/language/", {"language": "en", "next": "/"})
    text = words(page.get(f"{PLAN}/items/").content.decode())
    assert "2 data items; the definitions of 2 are guessed" in text
    assert "Over agencies" in words(page.get(address_of("應清疏長度")).content.decode())
