"""Rulebooks: taken by an agency for ROC years, from a preset or from a file of its own."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from hengtu.core.judging.rulebook import Rulebook
from hengtu.readers.rulebooks import build_rulebook, preset_document, read_document
from hengtu.services.documents import lock_agency
from hengtu.services.permission import require
from hengtu.services.results import follow_rulebook
from hengtu.services.trail import record
from hengtu.store.models import AgencyRow, DefinitionRow, RulebookChoiceRow, User
from hengtu.store.shapes import clean

FIRST_ROC, LAST_ROC = 1, 199
MOST_AT_ONCE = 5_000  # measures that are judged again while somebody waits for the page


class YearsError(ValueError):
    """ROC years that a rulebook cannot be taken for; ``rulebook`` where its own validity is the reason."""

    def __init__(self, first: int, last: int | None, rulebook: Rulebook | None = None) -> None:
        super().__init__(f"{first}–{last or ''}")
        self.first = first
        self.last = last
        self.rulebook = rulebook


@transaction.atomic
def choose(
    *,
    actor: User,
    agency: AgencyRow,
    first_roc_year: int,
    last_roc_year: int | None = None,
    code: str = "",
    content: bytes | None = None,
    file: str = "",
) -> RulebookChoiceRow:
    """Let an agency be judged by a rulebook from a ROC year on: a preset, or the file ``content``.

    Without either the rulebook of the agency above holds again. Results here and below follow at once, unless
    there are so many that ``hengtu recompute`` has to. Raises ReadError for what is no rulebook, and YearsError.
    """
    require(actor, "rulebook.choose", agency)
    document = _document(code, content, file)
    _check_years(document, first_roc_year, last_roc_year)
    lock_agency(agency)
    row = RulebookChoiceRow.objects.create(
        agency=agency,
        code=clean(str(document.get("code", "")))[:80],
        content=clean(document),
        first_roc_year=first_roc_year,
        last_roc_year=last_roc_year,
        chosen_by=actor,
    )
    record(
        actor=actor,
        verb="rulebook.choose",
        subject=row,
        agency=agency,
        code=row.code,
        first_roc_year=first_roc_year,
        last_roc_year=last_roc_year,
        file=clean(file),
    )
    if not is_much(agency):
        follow_rulebook(agency)
    return row


def is_much(agency: AgencyRow) -> bool:
    """Tell whether an agency and those below have more measures than are judged again while somebody waits."""
    parents = dict(AgencyRow.objects.order_by().values_list("pk", "parent_id"))
    found = {agency.pk}
    while more := {pk for pk, above in parents.items() if above in found} - found:
        found |= more
    owned = DefinitionRow.objects.filter(plan__owning_agency__in=found)
    return len(owned.values_list("pk")[: MOST_AT_ONCE + 1]) > MOST_AT_ONCE


def _document(code: str, content: bytes | None, file: str) -> dict[str, Any]:
    if content is not None:
        return read_document(content, file)
    return preset_document(code) if code else {}


def _check_years(document: dict[str, Any], first: int, last: int | None) -> None:
    within = FIRST_ROC <= first <= LAST_ROC and (last is None or first <= last <= LAST_ROC)
    if not within:
        raise YearsError(first, last)
    if not document:
        return
    book = build_rulebook(document, str(document["code"]))
    ends_open = last is None and book.valid_to is not None
    if ends_open or not book.valid_in(first) or not book.valid_in(last or first):
        raise YearsError(first, last, book)
