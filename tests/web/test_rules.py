"""The pages of rulebooks, weights and activation: what they show, take, refuse and cost."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import AGENCY, Keep, make_plan

from hengtu.core.actuals import Actual
from hengtu.queries.rules import rulebook_of, weights_of
from hengtu.services import actuals, plans
from hengtu.store.models import AgencyRow, PlanRow, RulebookChoiceRow, User, WeightRow

PLAN = f"{AGENCY}/plans/114-116-map"
BOOKS, WEIGHTS, LIFE = f"{AGENCY}/rulebooks/", f"{PLAN}/weights/", f"{PLAN}/activation/"
OWN = """
code: own
title: 本局燈號
title_en: Lights of our own
source: {instrument: 本局績效要點, article: 第5點, covers: [bands]}
bands: [{at_least: 40, light: green}, {at_least: 0, light: red}]
"""


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))


@pytest.fixture
def reported(officer: User, plan: PlanRow) -> PlanRow:
    rows = [
        Actual(code=code, period="114-12", item=item, value=value)
        for code, done in (("AC1.1", 95.0), ("AC2.1", 45.0))
        for item, value in (("完成清疏長度", done), ("應清疏長度", 100.0))
    ]
    actuals.import_rows(actor=officer, plan=plan, rows=rows)
    return plan


def fields(text: str) -> dict[str, str]:
    """Return the name and value of every weight field, by the code beside it."""
    found = re.findall(
        r'class="code">([^<]*)</td>.*?name="(w-[^"]+)"[^>]* value="([^"]*)"', text, re.S
    )
    return {code: name for code, name, _ in found}


def test_the_page_of_rulebooks_shows_what_holds_and_where_it_stands(
    page: Client, plan: PlanRow
) -> None:
    told = words(read(page, f"{BOOKS}?year=114"))
    assert "114 年度適用：一般燈號" in told
    assert "沒有機關選定規則集" in told
    assert "農村社區建設績效獎勵辦法 第3條" in told
    assert "不適用於 114 年度" in told
    english = words(page.get(BOOKS, headers={"accept-language": "en"}).content.decode())
    assert "Plain lights" in english
    assert "no official source" in english


def test_a_rulebook_is_chosen_for_years_and_explained_with_its_source(
    page: Client, reported: PlanRow
) -> None:
    file = SimpleUploadedFile("own.yaml", OWN.encode())
    form = {"code": "file", "first": "114", "last": "", "file": file}
    assert page.post(BOOKS, form).status_code == 302
    assert rulebook_of(reported, 114).code == "own"
    assert rulebook_of(reported, 113).code == "default"
    told = words(read(page, f"{BOOKS}?year=114"))
    assert "由 雲湖市水利局 選定" in told
    assert "本局績效要點 第5點" in told
    assert "本局績效要點" in words(read(page, f"{PLAN}/kpis/AC2.1/?month=114-12"))
    page.post(BOOKS, {"code": "above", "first": "115"})
    assert [rulebook_of(reported, y).code for y in (114, 115)] == ["own", "default"]


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"code": "default", "first": ""}, "須為民國年"),
        ({"code": "default", "first": "114", "last": "x"}, "須為民國年"),
        ({"code": "default", "first": "114", "last": "113"}, "訖年不得早於起年"),
        ({"first": "114"}, "請選擇一個規則集"),
        ({"code": "file", "first": "114"}, "請附上檔案"),
        ({"code": "no-such", "first": "114"}, "no-such"),
        ({"code": "green-purchasing-111", "first": "114"}, "適用 111至111年度"),
    ],
)
def test_what_cannot_be_chosen_is_told(
    page: Client, plan: PlanRow, form: dict[str, str], told: str
) -> None:
    answer = page.post(BOOKS, form)
    assert answer.status_code == 422
    assert told in words(answer.content.decode())
    assert not RulebookChoiceRow.objects.exists()


@pytest.mark.parametrize("content", [b"[1]", b"\xff\xfe", b"code: x", b"x" * 300_000])
def test_a_file_that_is_no_rulebook_is_told(page: Client, plan: PlanRow, content: bytes) -> None:
    file = SimpleUploadedFile("own.yaml", content)
    answer = page.post(BOOKS, {"code": "file", "first": "114", "file": file})
    assert answer.status_code == 422
    assert "規則集的" in words(answer.content.decode())


def test_another_rulebook_can_be_tried_before(page: Client, reported: PlanRow) -> None:
    told = words(read(page, f"{BOOKS}?year=114&preview=grades-90-80-70"))
    assert "改採「優甲乙丙（90／80／70）」後" in told
    assert "沒有燈號會改變" in told
    page.post(
        BOOKS, {"code": "file", "first": "116", "file": SimpleUploadedFile("o.yaml", OWN.encode())}
    )
    told = words(read(page, f"{BOOKS}?year=114&preview=own"))
    assert "★ 達成12" in told
    assert "1 個衡量標準的燈號不同" in told
    assert "AC2.1清疏完成率之2● 落後★ 達成" in told
    assert page.get(f"{BOOKS}?preview=nothing").status_code == 404


def test_weights_are_shown_stored_and_hold_from_their_year(page: Client, plan: PlanRow) -> None:
    names = fields(read(page, f"{WEIGHTS}?year=115"))
    assert list(names) == ["AC1", "AC2"]
    form = {"year": "115", names["AC1"]: "３０", names["AC2"]: "70%"}
    answer = page.post(WEIGHTS, form)
    assert (answer.status_code, answer["Location"][-8:]) == (302, "year=115")
    assert weights_of(plan, 115) == {"AC1": 30, "AC2": 70}
    assert weights_of(plan, 114) == {}
    text = read(page, f"{WEIGHTS}?year=116")
    assert "116 年度沿用 115 年度所訂的權數" in words(text)
    assert 'value="30"' in text


def test_what_is_no_weight_is_shown_again_with_what_was_typed(page: Client, plan: PlanRow) -> None:
    names = fields(read(page, WEIGHTS))
    answer = page.post(WEIGHTS, {"year": "114", names["AC1"]: "三成", names["AC2"]: "70"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "AC1 的權數須為 0 至 100 的數字：三成" in words(text)
    assert 'value="三成"' in text
    assert text.count('aria-invalid="true"') == 1
    for typed in ("33.33333", "101", "-1", "1e3"):
        assert page.post(WEIGHTS, {"year": "114", names["AC1"]: typed}).status_code == 422
    assert not WeightRow.objects.exists()


def test_shares_are_made_even_without_being_stored(page: Client, plan: PlanRow) -> None:
    text = page.post(WEIGHTS, {"year": "114", "even": ""}).content.decode()
    assert text.count('value="50"') == 2
    assert not WeightRow.objects.exists()


def test_three_shares_of_a_hundred_are_made_whole(page: Client, officer: User, keep: Keep) -> None:
    plans.adopt(actor=officer, document=keep(make_plan(3)))
    text = page.post(WEIGHTS, {"year": "114", "even": ""}).content.decode()
    assert re.findall(r'value="(33\.\d+)"', text) == ["33.34", "33.33", "33.33"]


def test_a_plan_is_activated_once_nothing_stands_in_its_way(page: Client, plan: PlanRow) -> None:
    names = fields(read(page, f"{WEIGHTS}?year=114"))
    page.post(WEIGHTS, {"year": "114", names["AC1"]: "30", names["AC2"]: "60"})
    told = words(read(page, LIFE))
    assert "計畫（各策略目標） 之下的權數合計為 90，應為 100" in told
    assert "啟用這份計畫" not in told
    assert page.post(LIFE).status_code == 422
    page.post(WEIGHTS, {"year": "114", names["AC1"]: "30", names["AC2"]: "70"})
    assert "啟用這份計畫" in words(read(page, LIFE))
    assert page.post(LIFE).status_code == 302
    assert "啟用中" in words(read(page, f"{PLAN}/scorecard/"))
    answer = page.post(WEIGHTS, {"year": "114", names["AC1"]: "30"})
    assert answer.status_code == 422
    assert "計畫已啟用，水利局策略地圖 之下的權數合計須為 100，現為 30。" in words(
        answer.content.decode()
    )


def test_hints_name_the_kpi(page: Client, plan: PlanRow) -> None:
    assert "建議留意" not in words(read(page, LIFE))
    english = page.get(LIFE, headers={"accept-language": "en"}).content.decode()
    assert "Ready to be activated" in words(english)


def count_statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("address", [BOOKS, f"{BOOKS}?preview=grades-95-85", WEIGHTS, LIFE])
def test_no_page_asks_more_of_a_larger_plan(
    address: str, page: Client, officer: User, plan: PlanRow, keep: Keep, bureau: AgencyRow
) -> None:
    small = count_statements(page, address)
    plans.adopt(actor=officer, document=keep(make_plan(12)))
    assert count_statements(page, address) == small <= 30


@pytest.mark.parametrize("year", ["113", "117", "5", "199"])
def test_weights_of_a_year_that_the_plan_does_not_speak_of_are_not_found(
    page: Client, plan: PlanRow, year: str
) -> None:
    assert page.get(f"{WEIGHTS}?year={year}").status_code == 404
    assert page.post(WEIGHTS, {"year": year}).status_code == 404


@pytest.mark.parametrize("year", ["", "x", "0199999", "2025", "-1", "１１４"])
def test_what_is_no_year_shows_the_year_that_comes_nearest(
    page: Client, plan: PlanRow, year: str
) -> None:
    assert "年度" in words(read(page, f"{WEIGHTS}?year={year}"))
    assert "年度適用" in words(read(page, f"{BOOKS}?year={year}"))
