"""The demo: sample agencies, plans and actuals, and accounts whose password everybody may know."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from hengtu.core.access import Role
from hengtu.queries.alignment import find_upper_rows
from hengtu.readers.actuals import read_actuals
from hengtu.readers.items import read_items
from hengtu.services import (
    accounts,
    activation,
    actuals,
    agencies,
    alignments,
    documents,
    items,
    links,
    plans,
)
from hengtu.store.models import AgencyRow, DocumentRow, ObjectiveRow, PlanRow, User

PASSWORD = "hengtu-demo"
PEOPLE: tuple[tuple[str, str, Role], ...] = (
    ("planner", "研考承辦", "planning_officer"),
    ("chief", "課室主管", "section_chief"),
    ("owner", "業務承辦", "data_owner"),
    ("director", "首長", "director"),
    ("auditor", "稽核", "auditor"),
    ("admin", "系統管理者", "administrator"),
)


def fill(folder: Path) -> bool:
    """Import every sample of a folder and make the accounts; False when the demo is there already.

    A sample is ``<name>/plan.txt`` and further documents, with ``actuals.csv``, ``items.csv`` and ``links.csv``
    beside them. The agency is the one printed on the document; the sample named ``revision`` stays open, so
    that its differences can be seen.
    """
    if User.objects.filter(is_demo=True).exists():
        return False
    system = accounts.system_actor()
    for file in list_documents(folder):
        import_sample(system, file)
    make_people(system)
    return True


def list_documents(folder: Path) -> Iterator[Path]:
    """Yield the sample documents: the city first, so that others find the agency above; revisions last."""
    order = {"city": 0, "revision": 2}
    yield from sorted(
        folder.glob("*/*.txt"), key=lambda path: (order.get(path.parent.name, 1), str(path))
    )


def import_sample(system: User, file: Path) -> DocumentRow:
    """Import a document into the agency it names, and what lies beside a plan."""
    content = file.read_bytes()
    agency = find_agency(system, file, content)
    document = documents.upload(actor=system, agency=agency, name=file.name, content=content)
    if file.parent.name == "revision":
        return document
    row = plans.adopt(actor=system, document=document)
    if file.stem == "plan":
        for name, verb in BESIDE.items():
            if (beside := file.parent / name).exists():
                verb(system, row, beside)
    activation.activate(actor=system, key=row.key)
    return document


def import_actuals(system: User, plan: PlanRow, file: Path) -> None:
    """Import the actuals of a sample."""
    rows = read_actuals(file.read_bytes(), file.name)
    actuals.import_rows(actor=system, plan=plan, rows=rows, file=file.name)


def import_items(system: User, plan: PlanRow, file: Path) -> None:
    """Import how the data items of a sample go over time."""
    rules = read_items(file.read_bytes(), file.name)
    items.set_rules(actor=system, plan=plan, rules=rules, file=file.name)


def import_links(system: User, plan: PlanRow, file: Path) -> None:
    """Add the links of a sample; columns ``cause`` and ``effect``."""
    with file.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            links.add(actor=system, key=plan.key, cause=row["cause"], effect=row["effect"])


def import_alignments(system: User, plan: PlanRow, file: Path) -> None:
    """Align objectives of a sample with those above; columns ``objective`` and ``upper``, by code."""
    own = dict(ObjectiveRow.objects.filter(plan=plan, retired_at=None).values_list("code", "key"))
    above = dict(find_upper_rows(plan).values_list("code", "key"))
    with file.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            objective, upper = own[row["objective"]], above[row["upper"]]
            alignments.align(actor=system, key=plan.key, objective=objective, upper=upper)


BESIDE = {
    "items.csv": import_items,
    "actuals.csv": import_actuals,
    "links.csv": import_links,
    "alignments.csv": import_alignments,
}


def find_agency(system: User, file: Path, content: bytes) -> AgencyRow:
    """Return the agency that a document names, made with the one above when they are new."""
    printed = documents.peek(file.name, content).agency
    name = printed.name or file.parent.name
    # The samples are of one city, whether a document prints it or not.
    parent = AgencyRow.objects.filter(parent=None).exclude(name=name).first()
    if printed.parent and printed.parent != name:
        parent = agencies.create_agency(actor=system, name=printed.parent)
    return agencies.create_agency(actor=system, name=name, parent=parent)


def make_people(system: User) -> None:
    """Make one account for each role: planning officers and owners below, an overview above."""
    top = AgencyRow.objects.filter(parent=None).order_by("pk")
    every = AgencyRow.objects.order_by("pk")
    for username, display_name, role in PEOPLE:
        user = accounts.create_user(
            actor=system,
            username=username,
            password=PASSWORD,
            display_name=display_name,
            demo=True,
        )
        homes = every if role in ("planning_officer", "data_owner", "section_chief") else top
        for home in homes:
            accounts.grant_role(actor=system, user=user, agency=home, role=role)
