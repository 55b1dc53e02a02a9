"""Every address × every role: who may read, who may write, and what strangers are told."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from tests.web.conftest import Keep

from hengtu.core.access import ROLES, TABLE, Verb, permits
from hengtu.services import accounts, agencies
from hengtu.store.models import AgencyRow, AuditRow, DataItemRow, DocumentRow, PlanRow, User

HERE = "/agencies/{agency}"
DESK = f"{HERE}/import/{{document}}"
PLAN = f"{HERE}/plans/{{plan}}"


@dataclass(frozen=True)
class Door:
    """An address: who may know of it (``seen``), who may do it (``verb``), and what is sent there."""

    address: str
    seen: Verb = "plan.view"
    verb: Verb | None = None
    form: dict[str, str] = field(default_factory=dict)
    answer: tuple[int, ...] = (200, 302)


OPEN = {
    "healthz": Door("/healthz"),
    "readyz": Door("/readyz"),
    "front": Door("/"),
    "sign-in": Door("/sign-in/"),
}
OWN = {"password": Door("/password/"), "formulas": Door("/formulas/")}
PAGES = {
    "agency": Door(f"{HERE}/"),
    "import": Door(f"{HERE}/import/", "document.view"),
    "document": Door(f"{DESK}/", "document.view"),
    "plan": Door(f"{PLAN}/"),
    "map": Door(f"{PLAN}/map/"),
    "dashboard": Door(f"{PLAN}/dashboard/"),
    "dashboard-table": Door(f"{PLAN}/dashboard/trend.csv", answer=(200, 404)),
    "scorecard": Door(f"{PLAN}/scorecard/"),
    "kpis": Door(f"{PLAN}/kpis/"),
    "kpi": Door(f"{PLAN}/kpis/AC1.1/"),
    "items": Door(f"{PLAN}/items/"),
    "item": Door(f"{PLAN}/items/{{item}}/"),
    "schedule": Door(f"{PLAN}/schedule/"),
    "alignment": Door(f"{PLAN}/alignment/"),
    "rulebooks": Door(f"{HERE}/rulebooks/"),
    "weights": Door(f"{PLAN}/weights/"),
    "activation": Door(f"{PLAN}/activation/"),
    "whole": Door(f"{PLAN}/contents/"),
    "checkup": Door(f"{PLAN}/check-up/", "document.view"),
    "export": Door(f"{PLAN}/scorecard.csv"),
}
WAITING = f"{HERE}/import/{{waiting}}"
DEEDS = {
    "import": Door(f"{HERE}/import/", "document.view", "document.upload", answer=(302, 422)),
    "decide": Door(
        f"{WAITING}/findings/0/", "document.view", "finding.decide", {"verdict": "accept"}
    ),
    "accept": Door(f"{WAITING}/accept/warning/", "document.view", "finding.decide"),
    "adopt": Door(f"{WAITING}/adopt/", "document.view", "plan.adopt"),
    "discard": Door(f"{WAITING}/discard/", "document.view", "document.discard"),
    "align": Door(
        f"{PLAN}/align/",
        "plan.view",
        "plan.align",
        {"objective": str(uuid.uuid4()), "upper": str(uuid.uuid4())},
        (404,),
    ),
    "rulebooks": Door(
        f"{HERE}/rulebooks/",
        "plan.view",
        "rulebook.choose",
        {"code": "default", "first": "114"},
        (302,),
    ),
    "weights": Door(f"{PLAN}/weights/", "plan.view", "plan.weigh", {"year": "114"}, (302,)),
    "activation": Door(f"{PLAN}/activation/", "plan.view", "plan.activate", answer=(302,)),
    "item": Door(
        f"{PLAN}/items/{{item}}/",
        "plan.view",
        "item.define",
        {"frequency": "month", "over_time": "last", "over_org": "sum"},
        (302,),
    ),
    "link": Door(
        f"{PLAN}/links/", "plan.view", "plan.link", {"cause": "AC2", "effect": "AC9"}, (302, 404)
    ),
}
# What belongs to whoever asks, and is tried by tests of its own.
PERSONAL = {"sign-out", "set_language"}


def list_patterns(resolver: URLResolver | None = None) -> Iterator[str]:
    """Yield the name of every address, or its route where it has none."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace == "api":
            continue  # has a table of its own in tests/api
        if isinstance(pattern, URLResolver):
            yield from list_patterns(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)


NAMES = set(list_patterns())
DEEDS = {name: door for name, door in DEEDS.items() if name in NAMES}


def test_every_address_is_in_a_table() -> None:
    assert {*OPEN, *OWN, *PAGES, *DEEDS, *PERSONAL} >= NAMES


@pytest.fixture
def places(
    bureau: AgencyRow, plan: PlanRow, keep: Keep, officer: User, system: User
) -> dict[str, str]:
    document = DocumentRow.objects.get(plan=plan)
    return {
        "agency": bureau.slug,
        "plan": plan.slug,
        "document": str(document.key),
        "item": str(DataItemRow.objects.filter(plan=plan).first().key),  # type: ignore[union-attr]
        "waiting": str(keep().key),
    }


@pytest.fixture
def elsewhere(system: User) -> AgencyRow:
    return agencies.create_agency(actor=system, name="遠山縣政府")


def make_person(system: User, role: str, agency: AgencyRow) -> User:
    user = accounts.create_user(actor=system, username="person", password="x", demo=True)
    accounts.grant_role(actor=system, user=user, agency=agency, role=role)  # type: ignore[arg-type]
    return user


def send(client: Client, door: Door, places: dict[str, str], *, post: bool) -> Any:
    """Ask, and take back whatever that did."""
    with transaction.atomic():
        address = door.address.format(**places)
        answer = client.post(address, door.form) if post else client.get(address)
        transaction.set_rollback(True)
    return answer


def expect(door: Door, *, here: list[Any], above: list[Any]) -> tuple[int, ...]:
    """Return the answers that are right for somebody with these roles."""
    if not permits(door.seen, here=here, above=above):
        return (404,)
    if door.verb and not permits(door.verb, here=here, above=above):
        return (403, 404) if door.answer == (404,) else (403,)
    return door.answer


@pytest.mark.parametrize("where", ["here", "above", "elsewhere"])
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(
    role: Any,
    where: str,
    client: Client,
    system: User,
    bureau: AgencyRow,
    places: dict[str, str],
    elsewhere: AgencyRow,
) -> None:
    agency = {"here": bureau, "above": bureau.parent, "elsewhere": elsewhere}[where]
    assert agency
    client.force_login(make_person(system, role, agency))
    roles = {"here": [role] if where == "here" else [], "above": [role] if where == "above" else []}
    wrong = []
    for post, table in ((False, PAGES), (True, DEEDS)):
        for name, door in table.items():
            answer = send(client, door, places, post=post)
            if answer.status_code not in expect(door, **roles):
                wrong.append((name, post, answer.status_code))
    assert not wrong


def test_strangers_are_sent_to_the_form(client: Client, places: dict[str, str]) -> None:
    for post, table in ((False, {**PAGES, **OWN}), (True, DEEDS)):
        for name, door in table.items():
            answer = send(client, door, places, post=post)
            assert (answer.status_code, answer["Location"][:9]) == (302, "/sign-in/"), name
    for door in OPEN.values():
        assert client.get(door.address).status_code == 200


def test_who_must_change_the_password_sees_nothing_before(
    page: Client, officer: User, places: dict[str, str]
) -> None:
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    for post, table in ((False, {**PAGES, "front": OPEN["front"]}), (True, DEEDS)):
        for name, door in table.items():
            answer = send(page, door, places, post=post)
            assert (answer.status_code, answer["Location"]) == (302, "/password/"), name


def test_forms_from_elsewhere_are_refused(officer: User, places: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    entries = AuditRow.objects.count()
    for name, door in {**DEEDS, "password": OWN["password"], "out": Door("/sign-out/")}.items():
        answer = client.post(door.address.format(**places), door.form)
        assert answer.status_code == 403, name
    assert client.post("/language/", {"language": "en"}).status_code == 403
    assert AuditRow.objects.count() == entries
    assert client.get(f"/agencies/{places['agency']}/").status_code == 200


def test_reading_never_writes(page: Client, places: dict[str, str]) -> None:
    for name, door in {**PAGES, **OWN, **OPEN, "decide": DEEDS["decide"]}.items():
        for ask in (page.get, page.head):
            with CaptureQueriesContext(connection) as queries:
                ask(door.address.format(**places))
            written = [
                q["sql"] for q in queries if re.match(r"\s*(INSERT|UPDATE|DELETE)", q["sql"], re.I)
            ]
            assert not written, name


def test_addresses_of_deeds_cannot_be_read(page: Client, places: dict[str, str]) -> None:
    for name, door in DEEDS.items():
        if name not in PAGES:
            assert page.get(door.address.format(**places)).status_code == 405, name
    assert page.get("/sign-out/").status_code == 405


def told(answer: Any) -> tuple[int, str]:
    """Return what an answer tells, without its tokens and its own address."""
    text = answer.content.decode()
    text = re.sub(r'name="(csrfmiddlewaretoken|next)" value="[^"]*"', "", text)
    return answer.status_code, text


def test_what_belongs_to_others_is_as_unknown_as_what_does_not_exist(
    client: Client,
    system: User,
    places: dict[str, str],
    elsewhere: AgencyRow,
    bureau: AgencyRow,
) -> None:
    client.force_login(make_person(system, "planning_officer", elsewhere))
    nothing = {key: str(uuid.uuid4()) for key in ("document", "waiting", "item")}
    nothing |= {"plan": "114-other", "agency": elsewhere.slug}
    inside = {**places, "agency": elsewhere.slug}
    for post, table in ((False, PAGES), (True, DEEDS)):
        for name, door in table.items():
            if name in {"agency", "import", "rulebooks"}:
                continue
            known = told(send(client, door, places, post=post))
            assert known[0] == 404, name
            assert told(send(client, door, inside, post=post)) == known, name
            assert told(send(client, door, nothing, post=post)) == known, name


def test_a_data_owner_cannot_tell_documents_apart(
    client: Client, system: User, bureau: AgencyRow, places: dict[str, str]
) -> None:
    assert "document.view" not in TABLE["data_owner"]
    client.force_login(make_person(system, "data_owner", bureau))
    for name in ("decide", "accept", "adopt", "discard"):
        known = told(send(client, DEEDS[name], places, post=True))
        missing = {**places, "waiting": str(uuid.uuid4())}
        assert told(send(client, DEEDS[name], missing, post=True)) == known, name
        assert known[0] == 404


ODD = (
    "agencies/%00/",
    "agencies/%F0%9F%92%A9/",
    "agencies/..%2f..%2fetc/",
    "agencies/{agency}/plans/%00/map/",
    "agencies/{agency}/plans/{plan}/kpis/%00/",
    "agencies/{agency}/plans/{plan}/kpis/../../x/",
    "agencies/{agency}/plans/{plan}/%0d%0aSet-Cookie:a=b.csv",
    "agencies/{agency}/plans/{plan}/map/?objective=%00%ed%a0%80",
    "agencies/{agency}/plans/{plan}/scorecard/?q=%00&theme=%00&owner=%ff&group=x&sort=y",
    "agencies/{agency}/plans/{plan}/scorecard/?light=%00&sort=achievement&month=%00",
    "agencies/{agency}/plans/{plan}/dashboard/?theme=%00&section=%ff&month=%ed%a0%80",
    "agencies/{agency}/plans/{plan}/dashboard/%00.csv",
    "agencies/{agency}/plans/{plan}/schedule/?section=%00&q=%00&unknown=9",
    "agencies/{agency}/import/{document}/?show=%00",
    "sign-in/?next=%00",
)


@pytest.mark.parametrize("address", ODD)
def test_odd_addresses_are_answered(address: str, page: Client, places: dict[str, str]) -> None:
    answer = page.get(f"/{address.format(**places)}")
    assert answer.status_code in (200, 302, 404)
    assert "Set-Cookie:a" not in str(answer.headers)


@pytest.mark.parametrize("rank", [10**30, 2**63, 2**31])
def test_numbers_beyond_every_column_are_not_found(
    rank: int, page: Client, places: dict[str, str]
) -> None:
    address = f"/agencies/{places['agency']}/import/{places['waiting']}/findings/{rank}/"
    assert page.post(address, {"verdict": "accept"}).status_code == 404


def test_an_unknown_level_is_not_found(page: Client, places: dict[str, str]) -> None:
    address = f"/agencies/{places['agency']}/import/{places['waiting']}/accept/all/"
    assert page.post(address).status_code == 404


def test_adopting_twice_makes_one_plan(page: Client, places: dict[str, str]) -> None:
    address = DEEDS["adopt"].address.format(**places)
    assert "/plans/" in page.post(address)["Location"]
    again = page.post(address)
    assert again.status_code == 302
    assert "/import/" in again["Location"]
    assert PlanRow.objects.filter(printed_in=None).count() == 1
    verbs = AuditRow.objects.filter(verb__in=("plan.adopt", "plan.revise"))
    assert verbs.count() == 2
