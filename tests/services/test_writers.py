"""Several people entering figures of one city at the same time: no deadlock, nothing lost, nothing stale."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from hengtu.core.actuals import Actual
from hengtu.core.draft import Draft
from hengtu.core.plan import Kpi, Measure, Objective, Plan, PlanValue, RocYears
from hengtu.queries.trees import AGENCY
from hengtu.services import accounts, actuals, agencies, documents, plans, recomputing
from hengtu.store.models import ActualRow, AgencyRow, NodeResultRow, PlanRow, User

ROUNDS = 6


def make_plan(formula: str) -> Plan:
    target = PlanValue(roc_year=114, kind="target", value=100.0, raw="100")
    measure = Measure(formula=formula, unit="件", direction="higher", values=(target,))
    return Plan(
        title="試辦計畫",
        roc_years=RocYears(first=114, last=114),
        objectives=(Objective(code="A1", name="提升品質"),),
        kpis=(Kpi(code="K1", name="受理情形", objective="A1", measures=(measure,)),),
    )


def adopt(actor: User, agency: AgencyRow, plan: Plan) -> PlanRow:
    file = documents.ReadFile("計畫.txt", uuid.uuid4().hex, 1)
    document = documents.keep_draft(actor=actor, agency=agency, file=file, draft=Draft(plan=plan))
    return plans.adopt(actor=actor, document=document)


def enter(plan: PlanRow, item: str) -> None:
    """Enter a figure a month, as one person does."""
    try:
        actor = accounts.system_actor()
        for month in range(1, ROUNDS + 1):
            row = Actual(code="K1", item=item, period=f"114-{month:02d}", value=10.0 * month)
            actuals.import_rows(actor=actor, plan=plan, rows=[row])
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_figures_entered_at_once_all_count() -> None:
    system = accounts.system_actor()
    city = agencies.create_agency(actor=system, name="雲湖市政府")
    names = ("雲湖市水利局", "雲湖市工務局", "雲湖市山區公所")
    below = [agencies.create_agency(actor=system, name=name, parent=city) for name in names]
    upper = adopt(system, city, make_plan("子機關加總(受理申請件數)+總收件次數"))
    own = [adopt(system, agency, make_plan("受理申請件數")) for agency in below]
    jobs = [*((plan, "受理申請件數") for plan in own), (upper, "總收件次數")]
    with ThreadPoolExecutor(len(jobs)) as people:
        for job in [people.submit(enter, *job) for job in jobs]:
            job.result(timeout=120)
    assert ActualRow.objects.count() == len(jobs) * ROUNDS
    assert recomputing.audit().count == 0
    light = NodeResultRow.objects.filter(kind=AGENCY, plan=upper).order_by("period").last()
    assert light
    assert (light.period, light.green, light.coverage) == (114 * 19 + ROUNDS - 1, 4, 1.0)
