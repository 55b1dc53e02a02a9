"""Documents that no column could hold, and several people at once."""

import json
import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from hengtu.core.draft import Draft
from hengtu.core.issues import Finding
from hengtu.core.plan import Objective, Plan, RocYears
from hengtu.core.source import Source
from hengtu.queries.documents import view_document
from hengtu.queries.revisions import stamp_of
from hengtu.readers import ReadError
from hengtu.services import accounts, agencies, documents, findings, plans
from hengtu.store.loading import load_plan
from hengtu.store.models import AgencyRow, AuditRow, DocumentRow, ObjectiveRow, PlanRow, User


@pytest.fixture
def system(db: None) -> User:
    return accounts.system_actor()


@pytest.fixture
def bureau(system: User) -> AgencyRow:
    return agencies.create_agency(actor=system, name="雲湖市水利局")


def plan_json(**fields: Any) -> str:
    return json.dumps(
        {"title": "試", "objectives": [{"code": "AC1", "name": "縮短等候"}], **fields}
    )


KPI = {"code": "K1", "name": "件數"}
MISFITS = {
    "long code": plan_json(kpis=[{**KPI, "code": "K" * 200}]),
    "far year": plan_json(roc_years={"first": 10**9, "last": 10**9}),
    "endless year": plan_json(roc_years={"first": 10**40, "last": None}),
    "negative year": plan_json(roc_years={"first": -5, "last": 3}),
    "much money": plan_json(
        actions=[{"code": "A", "text": "t", "budgets": [{"roc_year": 114, "amount": 10**30}]}]
    ),
    "digits": '{"kpis": [], "x": ' + "9" * 5000 + "}",
    "not a number": plan_json().replace(r'"\u8a66"', "NaN"),
    "infinite": plan_json().replace(r'"\u8a66"', "1e999"),
    "deep": "[" * 100_000,
    "list": "[]",
}


@pytest.mark.parametrize("content", MISFITS.values(), ids=MISFITS.keys())
def test_what_no_column_holds_is_refused_when_it_comes_in(
    content: str, system: User, bureau: AgencyRow
) -> None:
    with pytest.raises(ReadError):
        documents.upload(actor=system, agency=bureau, name="p.json", content=content.encode())
    assert not DocumentRow.objects.exists()


ODD = "縮短\0等候\ud800"


def test_characters_that_no_database_takes_are_dropped(system: User, bureau: AgencyRow) -> None:
    content = plan_json(
        title=ODD,
        mission={"text": ODD},
        objectives=[{"code": "AC1", "name": ODD, "success_factors": [{"text": ODD}]}],
    ).encode()
    document = documents.upload(
        actor=system, agency=bureau, name="a\0\ud800b.json", content=content
    )
    row = plans.adopt(actor=system, document=document)
    assert row.title == "縮短等候?"
    assert ObjectiveRow.objects.get().name == "縮短等候?"


def test_codes_that_come_twice_are_kept_twice(system: User, bureau: AgencyRow) -> None:
    twice = [{"code": "AC1", "name": "甲"}, {"code": "AC1", "name": "乙"}]
    for name in ("1.json", "2.json"):
        content = plan_json(title=name, objectives=twice).encode()
        document = documents.upload(actor=system, agency=bureau, name=name, content=content)
        row = plans.adopt(actor=system, document=document)
        assert [o.name for o in load_plan(row).objectives] == ["甲", "乙"]
    assert ObjectiveRow.objects.count() == 2


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "C:\\a\\b.txt", "/", "名" * 400 + ".txt"])
def test_names_of_files_lose_their_path(name: str, system: User, bureau: AgencyRow) -> None:
    content = "策略地圖\n".encode()
    document = documents.upload(actor=system, agency=bureau, name=name, content=content)
    assert "/" not in document.name
    assert "\\" not in document.name
    assert 0 < len(document.name) <= 255


def test_parts_that_come_back_get_rows_that_are_alive(system: User, bureau: AgencyRow) -> None:
    for count in (2, 1, 2):
        objectives = tuple(Objective(code=f"AC{n}", name=f"目標{n}") for n in range(count))
        plan = Plan(roc_years=RocYears(first=114, last=114), objectives=objectives)
        row = plans.adopt(actor=system, document=keep(system, bureau, Draft(plan=plan)))
        assert load_plan(row).objectives == objectives
    assert PlanRow.objects.count() == 1
    assert ObjectiveRow.objects.filter(retired_at=None).count() == 2


def keep(actor: User, agency: AgencyRow, draft: Draft) -> DocumentRow:
    file = documents.ReadFile("plan.json", uuid.uuid4().hex, 1)
    return documents.keep_draft(actor=actor, agency=agency, file=file, draft=draft)


def test_the_difference_shown_is_the_one_adopted(system: User, bureau: AgencyRow) -> None:
    years = RocYears(first=114, last=116)
    old = Plan(roc_years=years, objectives=(Objective(code="AC1", name="縮短等候"),))
    new = Plan(roc_years=years, objectives=(Objective(code="AC1", name="縮短等侯"),))
    finding = Finding(
        code="R111",
        level="warning",
        where=Source(line=1),
        subject="AC1",
        raw="縮短等候",
        reading="縮短等侯",
    )
    plans.adopt(actor=system, document=keep(system, bureau, Draft(plan=old)))
    document = keep(system, bureau, Draft(plan=new, findings=(finding,)))
    assert [change.new for change in view_document(document).changes] == ["縮短等侯"]
    findings.decide(actor=system, document=document, rank=0, verdict="overrule", reason="原文如此")
    assert view_document(document).changes == ()
    row = plans.adopt(actor=system, document=document)
    assert load_plan(row).objectives == old.objectives


def run_at_once(deeds: list[Callable[[], object]]) -> list[object]:
    """Do several things at the same time and return what each returned or raised."""
    done: list[object] = [None] * len(deeds)
    start = threading.Barrier(len(deeds))

    def run(place: int) -> None:
        start.wait()
        try:
            done[place] = deeds[place]()
        except Exception as failure:
            done[place] = failure
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_document_adopted_by_several_makes_one_plan() -> None:
    system = accounts.system_actor()
    bureau = agencies.create_agency(actor=system, name="雲湖市水利局")
    plan = Plan(objectives=(Objective(code="AC1", name="縮短等候"),))
    document = keep(system, bureau, Draft(plan=plan))
    done = run_at_once([lambda: plans.adopt(actor=system, document=document)] * 4)
    assert sorted(type(result).__name__ for result in done) == ["ClosedError"] * 3 + ["PlanRow"]
    assert AuditRow.objects.filter(verb="plan.adopt").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_several_documents_adopted_at_once_are_one_plan() -> None:
    system = accounts.system_actor()
    bureau = agencies.create_agency(actor=system, name="雲湖市水利局")
    plan = Plan(objectives=(Objective(code="AC1", name="縮短等候"),))
    papers = [keep(system, bureau, Draft(plan=plan)) for _ in range(4)]
    done = run_at_once([lambda d=d: plans.adopt(actor=system, document=d) for d in papers])  # type: ignore[misc]
    assert {type(result).__name__ for result in done} == {"PlanRow"}
    assert PlanRow.objects.count() == 1
    assert ObjectiveRow.objects.filter(retired_at=None).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_file_sent_twice_at_once_is_kept_once() -> None:
    system = accounts.system_actor()
    bureau = agencies.create_agency(actor=system, name="雲湖市水利局")
    content = "策略地圖\n".encode()

    def send() -> DocumentRow:
        return documents.upload(actor=system, agency=bureau, name="a.txt", content=content)

    assert {type(result).__name__ for result in run_at_once([send] * 4)} == {"DocumentRow"}
    assert DocumentRow.objects.count() == 1


def test_a_plan_that_moved_after_its_differences_were_shown_is_not_overwritten(
    system: User, bureau: AgencyRow
) -> None:
    first = plans.adopt(actor=system, document=keep(system, bureau, draft_named("縮短等候")))
    seen = stamp_of(first)
    plans.adopt(actor=system, document=keep(system, bureau, draft_named("縮短等候時間")), seen=seen)
    late = keep(system, bureau, draft_named("縮短排隊"))
    with pytest.raises(plans.MovedError):
        plans.adopt(actor=system, document=late, seen=seen)
    late.refresh_from_db()
    assert late.state == "open"


def draft_named(name: str) -> Draft:
    return Draft(plan=Plan(objectives=(Objective(code="AC1", name=name),)))
