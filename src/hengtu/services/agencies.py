"""Agencies: made once, found by name."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from hengtu.services.permission import NotAllowedError
from hengtu.services.trail import record
from hengtu.store.models import AgencyRow, User
from hengtu.store.shapes import clean

LONGEST_NAME = 200


class AgencyNameError(ValueError):
    """A name that no agency can have: blank, too long, or with characters that no database takes."""


@transaction.atomic
def create_agency(*, actor: User, name: str, parent: AgencyRow | None = None) -> AgencyRow:
    """Return the agency of this name, made when it is new; only the system actor makes agencies."""
    if not name.strip() or len(name) > LONGEST_NAME or clean(name) != name:
        raise AgencyNameError(clean(name[:LONGEST_NAME]))
    found = AgencyRow.objects.filter(name=name).first()
    if found:
        return found
    agency = AgencyRow(name=name, slug=make_slug(name), parent=parent)
    if not actor.is_system:
        raise NotAllowedError("account.manage", agency)
    agency.save()
    record(actor=actor, verb="agency.create", subject=agency, agency=agency)
    return agency


def make_slug(name: str) -> str:
    """Return an unused address word for a name, Chinese kept."""
    word = slugify(name, allow_unicode=True)[:100] or "agency"
    taken = set(AgencyRow.objects.filter(slug__startswith=word).values_list("slug", flat=True))
    number = 2
    slug = word
    while slug in taken:
        slug, number = f"{word}-{number}", number + 1
    return slug
