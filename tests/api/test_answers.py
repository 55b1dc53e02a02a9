"""What the API answers: results with their explanation, figures, plans, formulas, errors of one shape."""

import dataclasses
import json
from typing import Any

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.conftest import Keep, make_plan
from tests.web.test_results import give

from hengtu.core.exchange import plan_from_json
from hengtu.core.schema import plan_schema
from hengtu.services import plans
from hengtu.store.models import PlanRow, User

EVALUATE = "/api/v1/formulas/evaluate"


def ask(client: Client, address: str, **given: Any) -> Any:
    answer = client.get(address, given)
    assert answer.status_code == 200, answer.content
    return answer.json()


def work_out(client: Client, **body: Any) -> Any:
    return client.post(EVALUATE, json.dumps(body), content_type="application/json")


def test_a_kpi_explains_its_light(page: Client, base: str) -> None:
    told = ask(page, f"{base}/kpis/AC1.1")
    (result,) = told["results"]
    assert (told["period"], result["period"]) == ("114-03", "114-03")
    assert (result["value"], result["target"], result["light"]) == (95.0, 90.0, "green")
    kinds = [step["kind"] for step in result["explanation"]]
    assert {"operand", "calculated", "target", "achievement", "light", "source"} <= {*kinds}
    operand = next(step for step in result["explanation"] if step["kind"] == "operand")
    assert (operand["item"], operand["value"]) == ("完成清疏長度", 95.0)
    assert "完成清疏長度" in operand["text"]
    figures = {(f["item"], f["period"]): f["value"] for f in told["figures"][0]["figures"]}
    assert figures["完成清疏長度", "114-02"] == 40.0


def test_a_kpi_tells_the_end_of_the_year_or_why_not(page: Client, base: str) -> None:
    (ahead,) = ask(page, f"{base}/kpis/AC1.1")["forecasts"]
    assert (ahead["measure"], ahead["refused"], ahead["target"]) == (1, None, 90.0)
    assert ahead["low"] <= ahead["value"] <= ahead["high"] == 100.0
    assert [one["month"] for one in ahead["months"]] == list(range(4, 13))
    assert ahead["explanation"][0]["method"] == "run_rate"
    (early,) = ask(page, f"{base}/kpis/AC1.1", period="114-02")["forecasts"]
    assert (early["refused"], early["value"]) == ("too_few_months", None)
    assert early["explanation"][0]["text"] == early["text"]


def test_a_month_can_be_chosen(page: Client, base: str) -> None:
    (result,) = ask(page, f"{base}/kpis/AC1.1", period="114-01")["results"]
    assert (result["period"], result["value"]) == ("114-01", 5.0)
    same = ask(page, f"{base}/results", period="114-01")["results"][0]
    assert same == {key: value for key, value in result.items() if key != "explanation"}


def test_what_is_missing_has_its_kind(page: Client, base: str) -> None:
    (result,) = ask(page, f"{base}/kpis/AC2.1")["results"]
    assert (result["value"], result["missing"], result["light"]) == (None, "not_reported", "white")


def test_sentences_follow_the_language(page: Client, base: str) -> None:
    answer = page.get(f"{base}/kpis/AC1.1", headers={"Accept-Language": "en"})
    texts = [step["text"] for step in answer.json()["results"][0]["explanation"]]
    assert any("Target" in text or "target" in text for text in texts)


def test_results_of_a_plan_come_in_pages(page: Client, base: str) -> None:
    whole = ask(page, f"{base}/results")
    assert (whole["period"], whole["total"], len(whole["results"])) == ("114-03", 2, 2)
    assert {light["kind"] for light in whole["lights"]} >= {"kpi", "objective", "plan"}
    second = ask(page, f"{base}/results", limit=1, offset=1)
    assert second["results"] == whole["results"][1:]
    assert second["total"] == 2


def test_before_any_figure_there_is_no_light(page: Client, plan: PlanRow) -> None:
    base = f"/api/v1/agencies/{plan.owning_agency.slug}/plans/{plan.slug}"
    assert ask(page, f"{base}/results") == {"period": None, "total": 0, "results": [], "lights": []}
    assert ask(page, f"{base}/kpis/AC1.1")["results"] == []
    assert ask(page, f"{base}/kpis")["kpis"][0]["light"] is None


def test_kpis_are_found_by_words(page: Client, base: str) -> None:
    told = ask(page, f"{base}/kpis", q="之2")
    assert [(k["code"], k["light"]) for k in told["kpis"]] == [("AC2.1", "white")]
    assert ask(page, f"{base}/kpis", q="沒有這個詞") == {"period": "114-03", "total": 0, "kpis": []}


def test_a_plan_comes_whole(page: Client, base: str) -> None:
    plan = ask(page, base)["plan"]
    jsonschema.validate({"plan": plan, "findings": []}, plan_schema())
    assert [kpi.code for kpi in plan_from_json(plan).kpis] == ["AC1.1", "AC2.1"]


def test_han_characters_are_not_escaped(page: Client, base: str) -> None:
    assert "清疏完成率之1" in page.get(f"{base}/kpis").content.decode()


def test_lists_name_what_the_next_address_needs(page: Client, reported: PlanRow) -> None:
    agencies = ask(page, "/api/v1/agencies")["agencies"]
    assert [one["name"] for one in agencies] == ["雲湖市水利局"]
    inside = ask(page, f"/api/v1/agencies/{agencies[0]['agency']}")
    assert inside["plans"][0]["plan"] == reported.slug
    assert inside["plans"][0]["roc_years"] == {"first": 114, "last": 116}


@pytest.mark.parametrize("tail", ["kpis", "results", "kpis/AC1.1", ""])
def test_statements_do_not_grow_with_the_plan(
    tail: str, page: Client, officer: User, reported: PlanRow, keep: Keep, base: str
) -> None:
    with CaptureQueriesContext(connection) as small:
        ask(page, f"{base}/{tail}".rstrip("/"))
    large = dataclasses.replace(make_plan(12), title="水利局大計畫")
    row = plans.adopt(actor=officer, document=keep(large))
    give(officer, row, "AC1.1", 3, 95.0)
    address = f"/api/v1/agencies/{row.owning_agency.slug}/plans/{row.slug}/{tail}".rstrip("/")
    with CaptureQueriesContext(connection) as many:
        ask(page, address)
    assert len(many) <= len(small)


@pytest.mark.parametrize(
    ("tail", "status", "code", "where"),
    [
        ("/kpis/none", 404, "not_found", "/kpis/none"),
        ("/results?period=114-13", 422, "bad_period", "query.period"),
        ("/results?limit=0", 422, "invalid", "query.limit"),
        ("/results?limit=501", 422, "invalid", "query.limit"),
        ("/results?offset=x", 422, "invalid", "query.offset"),
        (f"/kpis?q={'長' * 101}", 422, "invalid", "query.q"),
        ("/nowhere", 404, "not_found", "/nowhere"),
    ],
)
def test_errors_have_one_shape(
    tail: str, status: int, code: str, where: str, page: Client, base: str
) -> None:
    answer = page.get(base + tail)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert {*error} == {"code", "message", "where", "hint"}
    assert error["where"].endswith(where)
    assert error["message"]


def test_a_formula_is_worked_out(page: Client) -> None:
    body = {"text": "[（收件數－錯件數）÷收件數]×100%≥95%", "values": {"收件數": 200, "錯件數": 3}}
    told = work_out(page, **body).json()
    assert (told["value"], told["met"], told["error"]) == (98.5, True, None)
    assert told["threshold"] == {"op": ">=", "value": 95.0, "unit": "%"}
    assert told["steps"][-1]["value"] == 98.5


def test_what_is_not_given_is_missing(page: Client) -> None:
    told = work_out(page, text="甲數÷乙數", values={"甲數": 5, "乙數": "no_data"}).json()
    assert (told["value"], told["missing"]) == (None, "no_data")


def test_a_formula_that_cannot_be_read_tells_where(page: Client) -> None:
    told = work_out(page, text="甲數÷÷乙數").json()
    assert told["error"]["position"] == 3
    assert told["error"]["message"]
    assert told["error"]["hint"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ('{"text": "甲數", "values": {"丙數": 1}}', 422, "unknown_item"),
        ('{"text": "甲數", "values": {"甲數": "lost"}}', 422, "invalid"),
        ('{"text": ""}', 422, "invalid"),
        ('{"text": "甲數"', 400, "bad_request"),
        ("[]", 422, "invalid"),
        (json.dumps({"text": "甲" * 100_001}), 422, "invalid"),
    ],
)
def test_what_cannot_be_worked_out_is_refused(
    body: str, status: int, code: str, page: Client
) -> None:
    answer = page.post(EVALUATE, body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


ANYTHING = st.text(max_size=40)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=ANYTHING, name=ANYTHING, value=st.floats() | st.integers() | ANYTHING, unit=ANYTHING)
def test_no_formula_breaks_it(
    text: str, name: str, value: float | str, unit: str, page: Client
) -> None:
    answer = work_out(page, text=text, values={name: value}, unit=unit)
    assert answer.status_code in (200, 400, 422)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    tail=st.sampled_from(["/kpis", "/results", "/kpis/AC1.1"]),
    given_=st.dictionaries(st.sampled_from(["q", "period", "limit", "offset"]), ANYTHING),
)
def test_no_parameter_breaks_it(tail: str, given_: dict[str, str], page: Client, base: str) -> None:
    answer = page.get(base + tail, given_)
    assert answer.status_code in (200, 422)


@pytest.mark.parametrize(
    ("body", "status", "hint"),
    [
        ({"text": "件" * 3000}, 422, "至多 2000 個字。"),
        ({"text": ""}, 422, "至少 1 個字。"),
        ({}, 422, "缺少這個參數。"),
        ({"text": "件" * 6_000_000}, 413, "請減少檔案大小後再試。"),
    ],
)
def test_a_body_that_is_not_right_is_told_in_words(
    page: Client, body: dict[str, str], status: int, hint: str
) -> None:
    answer = page.post(EVALUATE, json.dumps(body), content_type="application/json")
    assert answer.status_code == status
    assert answer.json()["error"]["hint"] == hint


def test_the_document_of_the_api_is_open_and_names_every_refusal(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    for path in answer.json()["paths"].values():
        for operation in path.values():
            assert {"200", "400", "401", "403", "404", "422"} <= {*operation["responses"]}
            assert operation["summary"]
