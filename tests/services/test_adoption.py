"""From a document to rows and back: nothing is lost, keys outlive revisions, every verb leaves a trace."""

import uuid
from dataclasses import replace
from pathlib import Path

import pytest

from hengtu.core.adopt import DecisionError
from hengtu.core.draft import Draft
from hengtu.core.issues import Finding
from hengtu.core.plan import Kpi, Measure, Objective, Plan, PlanValue, RocYears
from hengtu.core.source import Source
from hengtu.readers import ReadError, read_file
from hengtu.services import accounts, agencies, documents, findings, plans
from hengtu.services.permission import NotAllowedError
from hengtu.store.loading import load_plan
from hengtu.store.models import AgencyRow, AuditRow, DocumentRow, FindingRow, KpiRow, User

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DOCUMENTS = sorted(EXAMPLES.glob("*/*.txt"))


@pytest.fixture
def system(db: None) -> User:
    return accounts.system_actor()


@pytest.fixture
def bureau(system: User) -> AgencyRow:
    return agencies.create_agency(actor=system, name="雲湖市水利局")


@pytest.fixture
def officer(system: User, bureau: AgencyRow) -> User:
    user = accounts.create_user(actor=system, username="officer", password="x", demo=True)
    accounts.grant_role(actor=system, user=user, agency=bureau, role="planning_officer")
    return user


def make_plan(*, kpi: str = "K1", name: str = "全年受理件數", target: float = 90) -> Plan:
    value = PlanValue(roc_year=114, kind="target", value=target, raw=str(target))
    measure = Measure(formula="全年受理件數", items=("全年受理件數",), values=(value,))
    return Plan(
        title="試辦計畫",
        roc_years=RocYears(first=114, last=116),
        objectives=(Objective(code="AC1", name="縮短等候"),),
        kpis=(Kpi(code=kpi, name=name, objective="AC1", measures=(measure,)),),
    )


def keep(actor: User, agency: AgencyRow, draft: Draft) -> DocumentRow:
    file = documents.ReadFile("plan.json", uuid.uuid4().hex, 1)
    return documents.keep_draft(actor=actor, agency=agency, file=file, draft=draft)


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.parent.name + "-" + file.stem)
def test_what_is_adopted_is_what_was_read(file: Path, officer: User, bureau: AgencyRow) -> None:
    read = read_file(file)
    document = documents.upload(
        actor=officer, agency=bureau, name=file.name, content=file.read_bytes()
    )
    row = plans.adopt(actor=officer, document=document)
    assert load_plan(row) == read.plan


@pytest.mark.documents
def test_plans_of_the_shared_documents_survive_the_store(
    seeds: list[Path], officer: User, bureau: AgencyRow
) -> None:
    for file in seeds:
        document = documents.upload(
            actor=officer, agency=bureau, name=file.name, content=file.read_bytes()
        )
        row = plans.adopt(actor=officer, document=document, as_new=True)
        assert load_plan(row) == read_file(file).plan


def test_a_revision_keeps_keys_where_code_or_name_is_the_same(
    officer: User, bureau: AgencyRow
) -> None:
    first = plans.adopt(actor=officer, document=keep(officer, bureau, Draft(plan=make_plan())))
    before = KpiRow.objects.get(plan=first)
    revised = make_plan(name="全年受理案件數", target=95)
    second = plans.adopt(actor=officer, document=keep(officer, bureau, Draft(plan=revised)))
    after = KpiRow.objects.get(plan=second, retired_at=None)
    assert second.pk == first.pk
    assert after.key == before.key
    assert load_plan(second) == revised


def test_parts_that_are_gone_are_retired_not_deleted(officer: User, bureau: AgencyRow) -> None:
    plan = plans.adopt(actor=officer, document=keep(officer, bureau, Draft(plan=make_plan())))
    other = make_plan(kpi="K9", name="平均等候分鐘數")
    plans.adopt(actor=officer, document=keep(officer, bureau, Draft(plan=other)))
    assert KpiRow.objects.filter(plan=plan).count() == 2
    assert load_plan(plan) == other


def test_adopting_as_new_leaves_the_other_plan_alone(officer: User, bureau: AgencyRow) -> None:
    first = plans.adopt(actor=officer, document=keep(officer, bureau, Draft(plan=make_plan())))
    other = keep(officer, bureau, Draft(plan=make_plan(target=1)))
    second = plans.adopt(actor=officer, document=other, as_new=True)
    assert (first.slug, second.slug) == ("114-116-map", "114-116-map-2")


def test_a_document_is_adopted_once(officer: User, bureau: AgencyRow) -> None:
    document = keep(officer, bureau, Draft(plan=make_plan()))
    plans.adopt(actor=officer, document=document)
    with pytest.raises(documents.ClosedError):
        plans.adopt(actor=officer, document=document)
    with pytest.raises(documents.ClosedError):
        documents.discard(actor=officer, document=document)


def test_an_empty_reading_is_no_plan(officer: User, bureau: AgencyRow) -> None:
    with pytest.raises(plans.NothingToAdoptError):
        plans.adopt(actor=officer, document=keep(officer, bureau, Draft(plan=Plan())))


def test_decisions_change_the_adopted_plan(officer: User, bureau: AgencyRow) -> None:
    finding = Finding(
        code="R111",
        level="warning",
        where=Source(line=1),
        subject="AC1",
        raw="縮短等侯",
        reading="縮短等候",
    )
    document = keep(officer, bureau, Draft(plan=make_plan(), findings=(finding,)))
    with pytest.raises(DecisionError):
        findings.decide(actor=officer, document=document, rank=0, verdict="overrule")
    findings.decide(actor=officer, document=document, rank=0, verdict="overrule", reason="原文如此")
    row = plans.adopt(actor=officer, document=document)
    assert load_plan(row).objectives[0].name == "縮短等侯"


def test_a_code_is_edited_to_a_code(officer: User, bureau: AgencyRow) -> None:
    finding = Finding(
        code="R101", level="warning", where=Source(line=1), subject="AC1", raw="ACI", reading="AC1"
    )
    document = keep(officer, bureau, Draft(plan=make_plan(), findings=(finding,)))
    for text in ("甲乙", "AC1 縮短等候", "AC1."):
        with pytest.raises(DecisionError, match="edit_needs_code"):
            findings.decide(actor=officer, document=document, rank=0, verdict="edit", text=text)
    findings.decide(actor=officer, document=document, rank=0, verdict="edit", text="AC2")
    row = plans.adopt(actor=officer, document=document)
    assert load_plan(row).objectives[0].code == "AC2"


def test_a_code_is_not_edited_to_that_of_another(officer: User, bureau: AgencyRow) -> None:
    finding = Finding(
        code="R101", level="warning", where=Source(line=1), subject="AC1", raw="ACI", reading="AC1"
    )
    plan = replace(
        make_plan(), objectives=(*make_plan().objectives, Objective(code="AC2", name="他"))
    )
    document = keep(officer, bureau, Draft(plan=plan, findings=(finding,)))
    with pytest.raises(DecisionError, match="edit_code_taken"):
        findings.decide(actor=officer, document=document, rank=0, verdict="edit", text="AC2")
    assert FindingRow.objects.get(document=document).verdict == ""


def test_an_overrule_survives_the_next_import(officer: User, bureau: AgencyRow) -> None:
    finding = Finding(code="R171", level="warning", where=Source(line=2), subject="指標", raw="5項")
    first = keep(officer, bureau, Draft(plan=make_plan(), findings=(finding,)))
    findings.decide(actor=officer, document=first, rank=0, verdict="overrule", reason="含附件")
    plans.adopt(actor=officer, document=first)
    second = keep(officer, bureau, Draft(plan=make_plan(target=91), findings=(finding,)))
    row = FindingRow.objects.get(document=second)
    assert (row.verdict, row.reason) == ("overrule", "含附件")


def test_the_same_open_bytes_are_kept_once(officer: User, bureau: AgencyRow) -> None:
    content = "策略地圖\n".encode()
    one = documents.upload(actor=officer, agency=bureau, name="a.txt", content=content)
    two = documents.upload(actor=officer, agency=bureau, name="a.txt", content=content)
    assert one.pk == two.pk


def test_an_unreadable_upload_leaves_nothing_behind(officer: User, bureau: AgencyRow) -> None:
    with pytest.raises(ReadError):
        documents.upload(actor=officer, agency=bureau, name="a.exe", content=b"MZ")
    assert not DocumentRow.objects.exists()


@pytest.mark.parametrize("role", ["data_owner", "section_chief", "director", "auditor"])
def test_only_planning_officers_bring_plans_in(role: str, system: User, bureau: AgencyRow) -> None:
    other = accounts.create_user(actor=system, username=role, password="x", demo=True)
    accounts.grant_role(actor=system, user=other, agency=bureau, role=role)  # type: ignore[arg-type]
    with pytest.raises(NotAllowedError):
        documents.upload(actor=other, agency=bureau, name="a.txt", content=b"a")


def test_every_verb_leaves_one_entry(officer: User, bureau: AgencyRow) -> None:
    plans.adopt(actor=officer, document=keep(officer, bureau, Draft(plan=make_plan())))
    documents.discard(
        actor=officer, document=keep(officer, bureau, Draft(plan=make_plan(target=3)))
    )
    verbs = list(AuditRow.objects.filter(actor=officer).values_list("verb", flat=True))
    assert verbs == ["document.discard", "document.upload", "plan.adopt", "document.upload"]
