"""Links that people add: they outlive revisions, close no circle and leave a trace."""

import uuid
from pathlib import Path

import pytest

from hengtu.core.draft import Draft
from hengtu.core.plan import Kpi, Link, Objective, Plan, RocYears
from hengtu.queries.links import list_added
from hengtu.services import accounts, agencies, documents, items, links, plans
from hengtu.services.actuals import UnknownCodeError
from hengtu.services.demo import BESIDE
from hengtu.services.permission import NotAllowedError
from hengtu.store.models import AddedLinkRow, AgencyRow, AuditRow, DataItemRow, PlanRow, User

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PRINTED = (Link(from_="F1", to="L1"),)


@pytest.fixture
def system(db: None) -> User:
    return accounts.system_actor()


@pytest.fixture
def bureau(system: User) -> AgencyRow:
    return agencies.create_agency(actor=system, name="雲湖市水利局")


def adopt(
    actor: User, agency: AgencyRow, *codes: str, arrows: tuple[Link, ...] = PRINTED
) -> PlanRow:
    names = {
        "F1": "節省支出",
        "L1": "訓練同仁",
        "P1": "縮短流程",
        "X9": "縮短流程",
        "C1": "服務市民",
    }
    plan = Plan(
        title="試辦計畫",
        roc_years=RocYears(first=114, last=114),
        objectives=tuple(Objective(code=code, name=names[code]) for code in codes),
        kpis=(Kpi(code="K1", name="受理件數", objective=codes[0]),),
        links=arrows,
    )
    file = documents.ReadFile("計畫.txt", uuid.uuid4().hex, 1)
    document = documents.keep_draft(actor=actor, agency=agency, file=file, draft=Draft(plan=plan))
    return plans.adopt(actor=actor, document=document)


@pytest.fixture
def plan(system: User, bureau: AgencyRow) -> PlanRow:
    return adopt(system, bureau, "F1", "L1", "P1", "C1")


def test_a_link_is_added_and_taken_back_with_a_trace(system: User, plan: PlanRow) -> None:
    links.add(actor=system, key=plan.key, cause="L1", effect="P1")
    assert list_added(plan.key) == (("L1", "P1"),)
    links.remove(actor=system, key=plan.key, cause="L1", effect="P1")
    links.remove(actor=system, key=plan.key, cause="L1", effect="P1")
    assert list_added(plan.key) == ()
    verbs = AuditRow.objects.filter(verb__contains="link").values_list("verb", "detail__effect")
    assert list(verbs) == [("plan.unlink", "P1 縮短流程"), ("plan.link", "P1 縮短流程")]


def test_what_no_map_can_hold_is_refused(system: User, plan: PlanRow) -> None:
    links.add(actor=system, key=plan.key, cause="L1", effect="P1")
    with pytest.raises(links.SelfLinkError):
        links.add(actor=system, key=plan.key, cause="P1", effect="P1")
    for known in (("F1", "L1"), ("L1", "P1")):
        with pytest.raises(links.KnownLinkError):
            links.add(actor=system, key=plan.key, cause=known[0], effect=known[1])
    with pytest.raises(links.NoSuchObjectiveError):
        links.add(actor=system, key=plan.key, cause="P1", effect="Z9")
    with pytest.raises(links.PrintedLinkError):
        links.remove(actor=system, key=plan.key, cause="F1", effect="L1")
    assert AddedLinkRow.objects.count() == 1


def test_a_circle_is_refused_and_its_way_named(system: User, plan: PlanRow) -> None:
    links.add(actor=system, key=plan.key, cause="L1", effect="P1")
    with pytest.raises(links.CircleError) as refusal:
        links.add(actor=system, key=plan.key, cause="P1", effect="F1")
    assert refusal.value.path == ("F1", "L1", "P1")


def test_added_links_outlive_a_revision_and_follow_the_objective(
    system: User, bureau: AgencyRow, plan: PlanRow
) -> None:
    links.add(actor=system, key=plan.key, cause="L1", effect="P1")
    links.add(actor=system, key=plan.key, cause="P1", effect="C1")
    revised = adopt(system, bureau, "L1", "X9", "F1", arrows=())
    assert revised.pk == plan.pk
    assert list_added(plan.key) == (("L1", "X9"),)
    adopt(system, bureau, "F1", "L1", "X9", "C1", arrows=())
    assert ("L1", "X9") in list_added(plan.key)


@pytest.mark.parametrize("role", ["data_owner", "section_chief", "director", "auditor"])
def test_only_planning_officers_change_links_and_items(
    role: str, system: User, bureau: AgencyRow, plan: PlanRow
) -> None:
    other = accounts.create_user(actor=system, username=role, password="x", demo=True)
    accounts.grant_role(actor=system, user=other, agency=bureau, role=role)  # type: ignore[arg-type]
    with pytest.raises(NotAllowedError):
        links.add(actor=other, key=plan.key, cause="L1", effect="P1")
    with pytest.raises(NotAllowedError):
        links.remove(actor=other, key=plan.key, cause="L1", effect="P1")
    with pytest.raises(NotAllowedError):
        items.set_rules(actor=other, plan=plan, rules={("K1", 1, "件數"): "sum"})


def test_the_last_rule_of_an_item_holds(system: User, plan: PlanRow) -> None:
    items.set_rules(actor=system, plan=plan, rules={("K1", 1, "件數"): "sum"})
    items.set_rules(actor=system, plan=plan, rules={("K1", 1, "件數"): "last"})
    assert DataItemRow.objects.get().over_time == "last"
    with pytest.raises(UnknownCodeError):
        items.set_rules(actor=system, plan=plan, rules={("K9", 1, "件數"): "sum"})


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the samples are not in this checkout")
@pytest.mark.parametrize("name", ["bureau", "office"])
def test_samples_come_with_links_over_every_perspective(
    name: str, system: User, bureau: AgencyRow
) -> None:
    file = EXAMPLES / name / "plan.txt"
    document = documents.upload(
        actor=system, agency=bureau, name=file.name, content=file.read_bytes()
    )
    row = plans.adopt(actor=system, document=document)
    for beside in ("items.csv", "actuals.csv", "links.csv"):
        BESIDE[beside](system, row, file.parent / beside)
    added = list_added(row.key)
    assert {cause[1] for cause, _ in added} == {"F", "L", "P"}
    assert DataItemRow.objects.filter(plan=row).exists()
