"""Alignment shows how far those above are supported: lights rolled up, what is missing as coverage."""

from __future__ import annotations

import re
import uuid
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import AGENCY

from hengtu.core.actuals import Actual
from hengtu.core.amounts import MissingKind
from hengtu.core.draft import Draft
from hengtu.core.plan import Objective, Plan, RocYears, Theme
from hengtu.services import accounts, actuals, alignments, documents, plans
from hengtu.store.models import AgencyRow, ObjectiveRow, PlanRow, User

PAGE = f"{AGENCY}/plans/114-116-map/alignment/"
CITY_PAGE = "/agencies/雲湖市政府/plans/114-116-map/alignment/"


@pytest.fixture
def city_plan(system: User, bureau: AgencyRow) -> PlanRow:
    city = bureau.parent
    assert city
    plan = Plan(
        title="雲湖市策略地圖",
        roc_years=RocYears(first=114, last=116),
        themes=(Theme(code="T", name="韌性城市"),),
        objectives=(
            Objective(code="TC1", name="不淹水的城市", theme="T"),
            Objective(code="TC2", name="便利的城市", theme="T"),
        ),
    )
    file = documents.ReadFile("市.txt", uuid.uuid4().hex, 1)
    document = documents.keep_draft(actor=system, agency=city, file=file, draft=Draft(plan=plan))
    return plans.adopt(actor=system, document=document)


def key_of(plan: PlanRow, code: str) -> UUID:
    return ObjectiveRow.objects.get(plan=plan, code=code, retired_at=None).key


@pytest.fixture
def aligned(officer: User, plan: PlanRow, city_plan: PlanRow) -> PlanRow:
    for code in ("AC1", "AC2"):
        alignments.align(
            actor=officer,
            key=plan.key,
            objective=key_of(plan, code),
            upper=key_of(city_plan, "TC1"),
        )
    return plan


def report(actor: User, plan: PlanRow, code: str, done: float | None) -> None:
    """Enter a KPI's figures of a year; one that is not reported keeps it from taking another KPI's."""
    missing: MissingKind | None = "not_reported" if done is None else None
    rows = [
        Actual(code=code, period="114", item="完成清疏長度", value=done, missing=missing),
        Actual(code=code, period="114", item="應清疏長度", value=100.0),
    ]
    actuals.import_rows(actor=actor, plan=plan, rows=rows)


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_without_figures_no_light_is_shown(page: Client, aligned: PlanRow) -> None:
    told = words(page, PAGE)
    assert "TC1 不淹水的城市" in told
    assert not re.search("[★▲●□]", told)


def test_those_who_serve_roll_up_and_gaps_are_coverage(
    page: Client, officer: User, aligned: PlanRow
) -> None:
    report(officer, aligned, "AC1.1", 95)
    report(officer, aligned, "AC2.1", None)
    told = words(page, PAGE)
    assert "燈號為114年12月" in told
    assert re.search(
        r"TC1 不淹水的城市 ★ 100% 涵蓋 50%|TC1 不淹水的城市 ★ 達成[^涵]*涵蓋 50%", told
    )
    report(officer, aligned, "AC2.1", 45)
    told = words(page, PAGE)
    assert "涵蓋" not in told
    assert re.search(r"TC1 不淹水的城市 ●", told)
    assert re.search(r"TC2 便利的城市 尚無目標支持", told)


def test_the_city_sees_who_serves_it(
    client: Client, system: User, officer: User, aligned: PlanRow, city_plan: PlanRow
) -> None:
    mayor = accounts.create_user(actor=system, username="mayor", password="x", demo=True)
    city = city_plan.owning_agency
    accounts.grant_role(actor=system, user=mayor, agency=city, role="director")
    client.force_login(mayor)
    report(officer, aligned, "AC1.1", 95)
    report(officer, aligned, "AC2.1", None)
    told = words(client, CITY_PAGE)
    assert "2 項目標中，1 項尚無下級計畫支持" in told
    assert "雲湖市水利局：AC1 減少淹水點之1 ★" in told
    assert "雲湖市水利局：AC2 減少淹水點之2 □" in told
    assert "對齊" in words(client, "/agencies/雲湖市政府/plans/114-116-map/map/?view=list")


def count_statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lights_cost_the_same_for_one_and_for_two(
    page: Client, officer: User, aligned: PlanRow
) -> None:
    report(officer, aligned, "AC1.1", 95)
    one = count_statements(page, PAGE)
    report(officer, aligned, "AC2.1", 95)
    assert count_statements(page, PAGE) == one <= 30
