"""Plans: adopted from documents, revised by later ones."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from hengtu.core.exchange import draft_from_json
from hengtu.core.plan import Plan
from hengtu.queries.documents import decided_plan
from hengtu.queries.revisions import find_revised, stamp_of
from hengtu.services.activation import settle
from hengtu.services.documents import lock_agency, lock_open
from hengtu.services.permission import require
from hengtu.services.plan_rows import Tally, write_parts
from hengtu.services.results import follow_definitions
from hengtu.services.trail import record
from hengtu.store.models import DocumentRow, PlanRow, User
from hengtu.store.shapes import plan_to_columns

SLUG_WORDS = {"strategy_map": "map", "midterm": "midterm", "service_quality": "service"}


class NothingToAdoptError(Exception):
    """A draft without any plan content."""


class MovedError(Exception):
    """The plan was revised by somebody else after its differences were shown."""


@transaction.atomic
def adopt(
    *, actor: User, document: DocumentRow, as_new: bool = False, seen: str | None = None
) -> PlanRow:
    """Make the draft of a document, with its decisions, the agency's plan.

    It revises the plan of the same kind and years, unless ``as_new``: rows of parts that are still there
    keep their keys. ``seen`` is the stamp of the plan whose differences the actor saw. Raises ClosedError,
    DecisionError, NothingToAdoptError, MovedError, and CycleError where KPIs need each other.
    """
    require(actor, "plan.adopt", document.agency)
    lock_agency(document.agency)
    document = lock_open(document)
    plan = read_decided(document)
    if not has_content(plan):
        raise NothingToAdoptError(document.name)
    row = None if as_new else find_revised(document.agency, plan)
    if seen is not None and not as_new and seen != stamp_of(row):
        raise MovedError(document.name)
    revised = row is not None
    row, tally = _write(document, plan, row)
    follow_definitions(row)
    document.state, document.plan, document.closed_at = "adopted", row, timezone.now()
    document.save(update_fields=["state", "plan", "closed_at"])
    record(
        actor=actor,
        verb="plan.revise" if revised else "plan.adopt",
        subject=row,
        agency=document.agency,
        document=str(document.key),
        added=tally.added,
        changed=tally.changed,
        retired=tally.retired,
    )
    settle(actor=actor, plan=row)
    return row


def read_decided(document: DocumentRow) -> Plan:
    """Return the plan of a document's draft with the decisions carried out; raise DecisionError."""
    return decided_plan(document, draft_from_json(document.draft))


def has_content(plan: Plan) -> bool:
    """Tell whether there is anything to show: objectives, KPIs, work, guidelines, themes or chapters."""
    return bool(
        plan.objectives
        or plan.kpis
        or plan.work_items
        or plan.guidelines
        or plan.themes
        or plan.sections
    )


def _write(document: DocumentRow, plan: Plan, row: PlanRow | None) -> tuple[PlanRow, Tally]:
    if row is None:
        row = PlanRow(owning_agency=document.agency, slug=_make_slug(document, plan))
    _save(row, plan)
    tally = write_parts(row, plan)
    _write_parent(row, plan.parent_plan)
    return row, tally


def _save(row: PlanRow, plan: Plan) -> None:
    for name, value in plan_to_columns(plan).items():
        setattr(row, name, value)
    row.save()


def _write_parent(row: PlanRow, parent: Plan | None) -> None:
    """Keep the parent's plan as this document prints it, beside the plan."""
    known = PlanRow.objects.filter(printed_in=row).first()
    if parent is None:
        if known:
            known.delete()
        return
    upper = known or PlanRow(
        owning_agency=row.owning_agency, printed_in=row, slug=f"{row.slug}-parent"
    )
    _save(upper, parent)
    write_parts(upper, parent)


def _make_slug(document: DocumentRow, plan: Plan) -> str:
    years = [str(end) for end in (plan.roc_years.first, plan.roc_years.last) if end is not None]
    word = "-".join([*dict.fromkeys(years), SLUG_WORDS[plan.kind]])
    taken = set(
        PlanRow.objects.filter(owning_agency=document.agency, slug__startswith=word).values_list(
            "slug", flat=True
        )
    )
    slug, number = word, 2
    while slug in taken:
        slug, number = f"{word}-{number}", number + 1
    return slug
