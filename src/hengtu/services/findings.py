"""Decisions on findings."""

from __future__ import annotations

import re

from django.db import transaction
from django.utils import timezone

from hengtu.core.adopt import DecisionError, Verdict
from hengtu.core.amounts import read_number
from hengtu.core.exchange import draft_from_json
from hengtu.core.plan import Plan
from hengtu.queries.documents import decided_plan
from hengtu.services.documents import lock_open
from hengtu.services.permission import require
from hengtu.services.trail import record
from hengtu.store.models import DocumentRow, FindingRow, User
from hengtu.store.shapes import clean

VERDICTS: tuple[Verdict, ...] = ("accept", "edit", "overrule")
MISPRINTED_CODE = "R101"
BROKEN_NUMBER = "R141"
_CODE = re.compile(r"[A-Z]+\d+(?:[.-]\d+)*")


class UnknownFindingError(LookupError):
    """A document has no finding of this number."""


@transaction.atomic
def decide(
    *,
    actor: User,
    document: DocumentRow,
    rank: int,
    verdict: Verdict,
    reason: str = "",
    text: str = "",
) -> FindingRow:
    """Decide on one finding of an open document; a later decision replaces an earlier one.

    Raises DecisionError for an overrule without a reason, an edit without text or a code edited to
    what is no code or the code of something else, a number edited to what is none, ClosedError and
    UnknownFindingError.
    """
    require(actor, "finding.decide", document.agency)
    check_decision(verdict, reason, text)
    document = lock_open(document)
    row = document.findings.filter(rank=rank).first()
    if row is None:
        raise UnknownFindingError(rank)
    if verdict == "edit" and row.code == MISPRINTED_CODE and not _CODE.fullmatch(text.strip()):
        raise DecisionError("edit_needs_code")
    if verdict == "edit" and row.code == BROKEN_NUMBER and not is_number(text):
        raise DecisionError("edit_needs_number")
    row.verdict, row.reason, row.text = verdict, clean(reason.strip()), clean(text.strip())
    row.decided_by, row.decided_at = actor, timezone.now()
    row.save()
    if verdict == "edit" and row.code == MISPRINTED_CODE:
        _check_codes(document)
    record(
        actor=actor,
        verb=f"finding.{verdict}",
        subject=document,
        agency=document.agency,
        code=row.code,
        finding=row.subject,
        reason=row.reason,
        text=row.text,
    )
    return row


@transaction.atomic
def accept_rest(*, actor: User, document: DocumentRow, levels: tuple[str, ...]) -> int:
    """Accept every finding of the given levels that nobody decided on; return how many."""
    require(actor, "finding.decide", document.agency)
    document = lock_open(document)
    number = document.findings.filter(verdict="", level__in=levels).update(
        verdict="accept", decided_by=actor, decided_at=timezone.now()
    )
    if number:
        record(
            actor=actor,
            verb="finding.accept_rest",
            subject=document,
            agency=document.agency,
            levels=list(levels),
            number=number,
        )
    return number


def is_number(text: str) -> bool:
    """Tell whether a text is one whole printed number."""
    read = read_number(text)
    return read is not None and not read[1]


def _check_codes(document: DocumentRow) -> None:
    draft = draft_from_json(document.draft)
    if _count_repeated(decided_plan(document, draft)) > _count_repeated(draft.plan):
        raise DecisionError("edit_code_taken")


def _count_repeated(plan: Plan) -> int:
    codes = [part.code for parts in (plan.objectives, plan.kpis) for part in parts]
    return len(codes) - len(set(codes))


def check_decision(verdict: Verdict, reason: str, text: str) -> None:
    """Raise DecisionError when the decision lacks what it needs."""
    if verdict not in VERDICTS:
        raise DecisionError("unknown_verdict")
    if verdict == "overrule" and not reason.strip():
        raise DecisionError("overrule_needs_reason")
    if verdict == "edit" and not text.strip():
        raise DecisionError("edit_needs_text")
