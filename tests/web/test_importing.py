"""From a dropped file to an adopted plan, through the pages only."""

from dataclasses import replace

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.conftest import AGENCY, Keep, make_plan

from hengtu.services import plans
from hengtu.store.models import DocumentRow, FindingRow, PlanRow, User

TEXT = """雲湖市水利局114年度策略地圖

使命	守護水岸安全
願景	與水共生的城市
構面	安全水岸 A	潔淨水源 B
顧客 C	AC1 減少淹水點	BC1 提升用水品質
財務 F	AF1 提高預算執行	BF1 增加水費收入
"""


def test_a_dropped_file_becomes_a_map(page: Client) -> None:
    answer = page.post(f"{AGENCY}/import/", {"file": SimpleUploadedFile("計畫.txt", TEXT.encode())})
    assert answer.status_code == 302
    shown = page.get(f"{answer['Location']}?show=reading").content.decode()
    assert "減少淹水點" in shown
    assert 'id="L6"' in shown
    adopted = page.post(f"{answer['Location']}adopt/", follow=True)
    assert adopted.status_code == 200
    assert "map-card" in adopted.content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [("計畫.exe", b"MZ"), ("空的.txt", b""), ("壞的.txt", b"\x00\x01\x02" * 50), ("x.json", b"{")],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    name: str, content: bytes, page: Client
) -> None:
    answer = page.post(f"{AGENCY}/import/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not DocumentRow.objects.exists()


def test_no_file_and_too_large_a_file_are_refused(page: Client, settings: LazySettings) -> None:
    assert page.post(f"{AGENCY}/import/", {}).status_code == 422
    settings.MAX_DOCUMENT_BYTES = 10
    file = SimpleUploadedFile("a.txt", TEXT.encode())
    assert page.post(f"{AGENCY}/import/", {"file": file}).status_code == 422


def test_findings_are_accepted_edited_and_overruled(page: Client, keep: Keep) -> None:
    document = keep()
    address = f"{AGENCY}/import/{document.key}"
    page.post(f"{address}/findings/0/", {"verdict": "overrule"})
    assert FindingRow.objects.get().verdict == ""
    page.post(f"{address}/findings/0/", {"verdict": "overrule", "reason": "原文如此"})
    assert FindingRow.objects.get().verdict == "overrule"
    page.post(f"{address}/findings/0/", {"verdict": "edit", "text": "減少淹水點一"})
    assert FindingRow.objects.get().text == "減少淹水點一"
    page.post(f"{address}/adopt/")
    assert "減少淹水點一" in page.get(f"{AGENCY}/plans/114-116-map/map/").content.decode()
    assert page.post(f"{address}/findings/9/", {"verdict": "accept"}).status_code in (302, 404)


def test_the_rest_is_accepted_at_once(page: Client, keep: Keep) -> None:
    document = keep()
    page.post(f"{AGENCY}/import/{document.key}/accept/warning/")
    assert FindingRow.objects.get().verdict == "accept"


def test_kpis_that_need_each_other_are_refused_with_their_path(page: Client, keep: Keep) -> None:
    plan = make_plan()
    formulas = ("服務效率指數×2", "服務品質指數÷2")
    names = ("服務品質指數", "服務效率指數")
    kpis = tuple(
        replace(kpi, name=name, measures=(replace(kpi.measures[0], formula=formula),))
        for kpi, name, formula in zip(plan.kpis, names, formulas, strict=True)
    )
    document = keep(replace(plan, kpis=kpis))
    answer = page.post(f"{AGENCY}/import/{document.key}/adopt/", follow=True)
    assert "AC1.1 → AC2.1 → AC1.1" in answer.content.decode()
    assert not PlanRow.objects.exists()
    document.refresh_from_db()
    assert document.state == "open"


def test_a_revision_shows_its_difference_before_it_is_adopted(
    page: Client, officer: User, keep: Keep, plan: PlanRow
) -> None:
    document = keep(make_plan(3))
    shown = page.get(f"{AGENCY}/import/{document.key}/?show=changes").content.decode()
    assert "清疏完成率之3" in shown
    assert plans.adopt(actor=officer, document=document).pk == plan.pk


def test_words_of_a_document_are_escaped(page: Client) -> None:
    content = TEXT.replace("減少淹水點", "<script>alert(1)</script>").encode()
    answer = page.post(f"{AGENCY}/import/", {"file": SimpleUploadedFile("a.txt", content)})
    for tab in ("findings", "reading"):
        text = page.get(f"{answer['Location']}?show={tab}").content.decode()
        assert "<script>alert" not in text
    assert (
        "<script>alert"
        not in page.post(f"{answer['Location']}adopt/", follow=True).content.decode()
    )


def test_discarding_closes_a_document(page: Client, keep: Keep) -> None:
    document = keep()
    page.post(f"{AGENCY}/import/{document.key}/discard/")
    document.refresh_from_db()
    assert document.state == "discarded"
