"""People, agencies and plans that the page tests share."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from hengtu.core.draft import Draft
from hengtu.core.issues import Finding
from hengtu.core.plan import (
    Action,
    Budget,
    Kpi,
    Link,
    Measure,
    Objective,
    Perspective,
    Plan,
    PlanValue,
    RocYears,
    Task,
    Theme,
    Threshold,
    Timing,
    WorkItem,
)
from hengtu.core.source import Source
from hengtu.services import accounts, agencies, documents, plans
from hengtu.store.models import AgencyRow, DocumentRow, PlanRow, User

PASSWORD = "a-long-test-word-9"
AGENCY = "/agencies/雲湖市水利局"


@pytest.fixture
def system(db: None) -> User:
    return accounts.system_actor()


@pytest.fixture
def bureau(system: User) -> AgencyRow:
    city = agencies.create_agency(actor=system, name="雲湖市政府")
    return agencies.create_agency(actor=system, name="雲湖市水利局", parent=city)


@pytest.fixture
def officer(system: User, bureau: AgencyRow) -> User:
    user = accounts.create_user(actor=system, username="officer", password=PASSWORD)
    accounts.grant_role(actor=system, user=user, agency=bureau, role="planning_officer")
    return user


@pytest.fixture
def page(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def make_plan(size: int = 2) -> Plan:
    """Return an invented plan with ``size`` objectives, each with a KPI, an action and a work item."""
    numbers = range(1, size + 1)
    return Plan(
        title="水利局策略地圖",
        roc_years=RocYears(first=114, last=116),
        themes=(Theme(code="A", name="安全水岸", lead="河川課"),),
        perspectives=(Perspective(code="C", name="顧客"),),
        objectives=tuple(
            Objective(code=f"AC{n}", name=f"減少淹水點之{n}", theme="A", perspective="C")
            for n in numbers
        ),
        links=tuple(Link(from_=f"AC{n}", to=f"AC{n - 1}") for n in numbers if n > 1),
        kpis=tuple(make_kpi(n) for n in numbers),
        actions=tuple(
            Action(
                code=f"AC{n}.1.1",
                kpi=f"AC{n}.1",
                text="清疏雨水下水道",
                budgets=(Budget(roc_year=114, amount=1_200_000, raw="1200000"),),
            )
            for n in numbers
        ),
        work_items=tuple(make_work_item(n) for n in numbers),
    )


def make_kpi(n: int) -> Kpi:
    values = (
        PlanValue(roc_year=113, kind="actual", value=81.5, raw="81.5"),
        PlanValue(roc_year=113, kind="target", missing="no_data", raw="無資料"),
        PlanValue(roc_year=114, kind="target", value=90, raw="90"),
        PlanValue(roc_year=115, kind="target", value=92, raw="92"),
    )
    measure = Measure(
        formula="完成清疏長度÷應清疏長度×100%",
        unit="%",
        threshold=Threshold(op=">=", value=90, unit="%"),
        items=("完成清疏長度", "應清疏長度"),
        values=values,
    )
    name = f"清疏完成率之{n}"
    return Kpi(code=f"AC{n}.1", name=name, objective=f"AC{n}", owner="河川課", measures=(measure,))


def make_work_item(n: int) -> WorkItem:
    tasks = (
        Task(content="按季巡查抽水站", timing=Timing(raw="按季", months=(3, 6, 9, 12))),
        Task(content="辦理防汛演練", months=(4, 5), status="辦理中"),
        Task(content="整理圖資"),
    )
    return WorkItem(no=str(n), name="防汛整備", section="河川課", tasks=tasks)


FINDING = Finding(
    code="R111",
    level="warning",
    where=Source(line=3, raw="減少淹水點之l"),
    subject="AC1",
    raw="減少淹水點之l",
    reading="減少淹水點之1",
)
Keep = Callable[..., DocumentRow]


@pytest.fixture
def keep(officer: User, bureau: AgencyRow) -> Keep:
    def keep_plan(
        plan: Plan | None = None, findings: tuple[Finding, ...] = (FINDING,)
    ) -> DocumentRow:
        lines = [documents.PrintedLine(line=3, cells=["AC1", "減少淹水點之l"], table=True)]
        file = documents.ReadFile("計畫.txt", uuid.uuid4().hex, 12, lines)
        draft = Draft(plan=plan or make_plan(), findings=findings)
        return documents.keep_draft(actor=officer, agency=bureau, file=file, draft=draft)

    return keep_plan


@pytest.fixture
def plan(officer: User, keep: Keep) -> PlanRow:
    return plans.adopt(actor=officer, document=keep())
