"""Every operation × every role: an answer or nothing, and nothing that tells hidden from absent."""

import json
import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from tests.web.test_matrix import make_person

from hengtu.api.site import api
from hengtu.core.access import ROLES, permits
from hengtu.services import agencies
from hengtu.store.models import AgencyRow, PlanRow, User

HERE = "/api/v1/agencies/{agency}"
PLAN = f"{HERE}/plans/{{plan}}"
INSIDE = {
    "list_plans": HERE,
    "read_plan": PLAN,
    "list_kpis": f"{PLAN}/kpis",
    "read_kpi": f"{PLAN}/kpis/AC1.1",
    "list_results": f"{PLAN}/results",
}
# What belongs to no agency: everybody who is signed in.
FREE = {"list_agencies": "/api/v1/agencies"}
POSTED = {"evaluate_formula": "/api/v1/formulas/evaluate"}
BODY = json.dumps({"text": "甲÷乙×100%", "values": {"甲": 1, "乙": 2}})


@pytest.fixture
def places(reported: PlanRow) -> dict[str, str]:
    return {"agency": reported.owning_agency.slug, "plan": reported.slug}


def list_operations() -> set[str]:
    paths = api.get_openapi_schema()["paths"].values()
    return {operation["operationId"] for path in paths for operation in path.values()}


def test_every_operation_is_in_a_table() -> None:
    assert {*INSIDE, *FREE, *POSTED} == list_operations()


def test_nothing_else_is_served() -> None:
    served = [p for p in get_resolver().url_patterns if str(p.pattern) == "api/v1/"]
    names = {pattern.name for pattern in served[0].url_patterns}
    # The root answers 404: it is only there so that addresses can be made from it.
    assert len(names - {"openapi-json", "api-root"}) == len(list_operations())


@pytest.mark.parametrize("where", ["here", "above", "elsewhere"])
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(
    role: Any, where: str, client: Client, system: User, bureau: AgencyRow, places: dict[str, str]
) -> None:
    other = agencies.create_agency(actor=system, name="遠山縣政府")
    agency = {"here": bureau, "above": bureau.parent, "elsewhere": other}[where]
    assert agency
    client.force_login(make_person(system, role, agency))
    here, above = ([role] if where == place else [] for place in ("here", "above"))
    right = 200 if permits("plan.view", here=here, above=above) else 404
    given = {name: client.get(a.format(**places)).status_code for name, a in INSIDE.items()}
    assert given == dict.fromkeys(INSIDE, right)
    listed = client.get(FREE["list_agencies"]).json()["agencies"]
    assert (bureau.slug in {one["agency"] for one in listed}) == (right == 200)


def test_strangers_are_refused(client: Client, places: dict[str, str]) -> None:
    for name, address in {**INSIDE, **FREE}.items():
        answer = client.get(address.format(**places))
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_signed_in"), name
    answer = client.post(POSTED["evaluate_formula"], BODY, content_type="application/json")
    assert answer.status_code == 401


def test_who_must_change_the_password_is_told_so(
    page: Client, officer: User, places: dict[str, str]
) -> None:
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    for address in (*INSIDE.values(), *FREE.values()):
        answer = page.get(address.format(**places))
        assert answer.status_code == 403
        assert answer.json()["error"]["code"] == "password_change_required"


def test_hidden_and_absent_read_alike(client: Client, system: User, places: dict[str, str]) -> None:
    other = agencies.create_agency(actor=system, name="遠山縣政府")
    client.force_login(make_person(system, "planning_officer", other))
    absent = {"agency": uuid.uuid4().hex, "plan": "114-other"}
    for name, address in INSIDE.items():
        told = [
            re.sub(r'"where": "[^"]*"', "", client.get(address.format(**p)).content.decode())
            for p in (places, absent, {**places, "agency": other.slug})
        ]
        expected = told[:1] if name == "list_plans" else told
        assert len({*told[:2], *expected}) == 1, name


def test_reading_never_writes(page: Client, places: dict[str, str]) -> None:
    for address in (*INSIDE.values(), *FREE.values()):
        with CaptureQueriesContext(connection) as queries:
            page.get(address.format(**places))
        written = [q for q in queries if re.match(r"\s*(INSERT|UPDATE|DELETE)", q["sql"], re.I)]
        assert not written


def test_a_formula_needs_no_token_for_it_stores_nothing(officer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(POSTED["evaluate_formula"], BODY, content_type="application/json")
    assert answer.status_code == 200
    assert not [q for q in queries if re.match(r"\s*(INSERT|UPDATE|DELETE)", q["sql"], re.I)]
