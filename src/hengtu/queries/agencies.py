"""Agencies: which a person sees, and what stands in one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from hengtu.core.access import Verb
from hengtu.queries.people import Standing
from hengtu.store.models import AgencyRow, DocumentRow, PlanRow, User


class NotFoundError(LookupError):
    """Nothing of this name that the person may see."""


@dataclass(frozen=True, slots=True)
class AgencyCard:
    """An agency as the list of agencies shows it."""

    name: str
    slug: str
    parent: str
    plans: int
    open_documents: int


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan as lists and menus show it."""

    key: UUID
    slug: str
    title: str
    kind: str
    roc_first: int | None
    roc_last: int | None
    state: str = "adopted"

    @property
    def roc_years(self) -> str:
        """The plan's years, such as ``114`` or ``111–114``."""
        ends = [str(end) for end in (self.roc_first, self.roc_last) if end is not None]
        return "–".join(dict.fromkeys(ends))


@dataclass(frozen=True, slots=True)
class Place:
    """An agency with what is above it, its plans, and what the person may do there."""

    row: AgencyRow
    above: tuple[tuple[str, str], ...]
    verbs: frozenset[Verb]
    plans: tuple[PlanCard, ...]
    open_documents: int

    @property
    def name(self) -> str:
        """The agency's name."""
        return self.row.name

    @property
    def slug(self) -> str:
        """The agency's word in addresses."""
        return self.row.slug

    def may(self, verb: Verb) -> bool:
        """Tell whether the person may do the verb here."""
        return verb in self.verbs

    def find_plan(self, slug: str) -> PlanCard:
        """Return the plan of an address; raise NotFoundError."""
        for card in self.plans:
            if card.slug == slug:
                return card
        raise NotFoundError(slug)


def list_agencies(user: User) -> tuple[AgencyCard, ...]:
    """Return the agencies whose plans the person may see; three SQL statements."""
    standing = Standing(user)
    visible = {row.pk: row for row in standing.visible()}
    counted = AgencyRow.objects.filter(pk__in=visible).annotate(
        plan_count=Count("plans", filter=Q(plans__printed_in=None), distinct=True),
        open_count=Count("documents", filter=Q(documents__state="open"), distinct=True),
    )
    return tuple(
        AgencyCard(
            name=row.name,
            slug=row.slug,
            parent=standing.agencies[row.parent_id].name if row.parent_id else "",
            plans=row.plan_count,
            open_documents=row.open_count,
        )
        for row in counted
    )


def find_place(user: User, slug: str) -> Place:
    """Return the agency of an address; four SQL statements. Raises NotFoundError."""
    standing = Standing(user)
    row = next((row for row in standing.agencies.values() if row.slug == slug), None)
    if row is None or not standing.may("plan.view", row):
        raise NotFoundError(slug)
    return Place(
        row=row,
        above=tuple((up.name, up.slug) for up in standing.above(row))[::-1],
        verbs=standing.verbs(row),
        plans=tuple(list_plans(row)),
        open_documents=DocumentRow.objects.filter(agency=row, state="open").count(),
    )


def list_plans(agency: AgencyRow) -> list[PlanCard]:
    """Return the agency's plans, the newest first."""
    columns = ("key", "slug", "title", "kind", "roc_first", "roc_last", "state")
    rows = PlanRow.objects.filter(owning_agency=agency, printed_in=None)
    return [PlanCard(*row) for row in rows.values_list(*columns)]


def find_agency(name: str) -> AgencyRow:
    """Return the agency of a name or address word; raise NotFoundError."""
    found = AgencyRow.objects.filter(Q(name=name) | Q(slug=name)).first()
    if found is None:
        raise NotFoundError(name)
    return found
