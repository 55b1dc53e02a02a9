"""Documents of an agency: the list, and one with its source, reading, findings and what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from hengtu.core.adopt import Decision, adopt, can_reword
from hengtu.core.diff import Change, diff_plans
from hengtu.core.draft import Draft
from hengtu.core.exchange import draft_from_json
from hengtu.core.issues import Finding
from hengtu.core.plan import Plan
from hengtu.queries.agencies import NotFoundError, PlanCard
from hengtu.queries.revisions import find_revised, stamp_of
from hengtu.store.loading import load_plan
from hengtu.store.models import AgencyRow, DocumentRow, FindingRow


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A document as the list shows it; ``undecided`` counts errors and warnings nobody decided on."""

    key: UUID
    name: str
    size: int
    state: str
    uploaded_at: datetime
    uploaded_by: str
    findings: int
    undecided: int
    plan_slug: str


@dataclass(frozen=True, slots=True)
class DecidedFinding:
    """A finding with its number in the document and the decision on it, if any."""

    rank: int
    finding: Finding
    verdict: str
    reason: str
    text: str
    decided_by: str
    decided_at: datetime | None
    editable: bool


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line or table row as printed, personal names masked."""

    line: int | None
    cells: tuple[str, ...]
    table: bool


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with everything the import page shows; ``stamp`` marks the state of the plan it revises."""

    row: DocumentRow
    draft: Draft
    lines: tuple[PrintedLine, ...]
    findings: tuple[DecidedFinding, ...]
    revises: PlanCard | None
    changes: tuple[Change, ...]
    stamp: str

    @property
    def undecided(self) -> int:
        """How many errors and warnings wait for a decision."""
        return sum(not f.verdict and f.finding.level != "hint" for f in self.findings)


def list_documents(agency: AgencyRow, *, limit: int = 50) -> tuple[DocumentCard, ...]:
    """Return the agency's latest documents, open ones first; one SQL statement."""
    waiting = Q(findings__verdict="", findings__level__in=("error", "warning"))
    rows = (
        DocumentRow.objects.filter(agency=agency)
        .select_related("uploaded_by", "plan")
        .defer("draft", "paper")
        .annotate(all_findings=Count("findings"), waiting=Count("findings", filter=waiting))
    )
    cards = [_card(row) for row in rows.order_by("-pk")[:limit]]
    return tuple(sorted(cards, key=lambda card: card.state != "open"))


def _card(row: Any) -> DocumentCard:
    return DocumentCard(
        key=row.key,
        name=row.name,
        size=row.size,
        state=row.state,
        uploaded_at=row.uploaded_at,
        uploaded_by=str(row.uploaded_by),
        findings=row.all_findings,
        undecided=row.waiting,
        plan_slug=row.plan.slug if row.plan else "",
    )


def find_document(agency: AgencyRow, key: UUID) -> DocumentRow:
    """Return the document of an address; raise NotFoundError."""
    row = (
        DocumentRow.objects.filter(agency=agency, key=key)
        .select_related("agency", "uploaded_by", "plan")
        .first()
    )
    if row is None:
        raise NotFoundError(str(key))
    return row


def view_document(row: DocumentRow) -> DocumentView:
    """Return a document with its reading; the plan it would revise is loaded only while it is open."""
    draft = draft_from_json(row.draft)
    revised = find_revised(row.agency, draft.plan) if row.state == "open" else None
    changes = diff_plans(load_plan(revised), decided_plan(row, draft)) if revised else ()
    return DocumentView(
        row=row,
        draft=draft,
        lines=tuple(PrintedLine(p["line"], tuple(p["cells"]), p["table"]) for p in row.paper),
        findings=tuple(_decided(row, draft)),
        revises=_plan_card(revised) if revised else None,
        stamp=stamp_of(revised),
        changes=changes,
    )


def decided_plan(row: DocumentRow, draft: Draft) -> Plan:
    """Return the plan of a draft with the decisions on its findings carried out; raise DecisionError."""
    decisions = [
        Decision(
            identity=(found.code, found.subject, found.raw),
            verdict=found.verdict,  # type: ignore[arg-type]
            text=found.text,
            reason=found.reason,
        )
        for found in row.findings.exclude(verdict="")
    ]
    return adopt(draft, decisions)


def _decided(row: DocumentRow, draft: Draft) -> list[DecidedFinding]:
    rows = row.findings.select_related("decided_by")
    # Codes that this version does not know are left out of the draft: match by identity, in order.
    known: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in draft.findings:
        known.setdefault(finding.identity, []).append(finding)
    found = []
    for stored in rows:
        same = known.get((stored.code, stored.subject, stored.raw))
        if same:
            found.append(_join(stored, same.pop(0) if len(same) > 1 else same[0], draft))
    return found


def _join(row: FindingRow, finding: Finding, draft: Draft) -> DecidedFinding:
    return DecidedFinding(
        rank=row.rank,
        finding=finding,
        verdict=row.verdict,
        reason=row.reason,
        text=row.text,
        decided_by=str(row.decided_by) if row.decided_by else "",
        decided_at=row.decided_at,
        editable=finding.level != "hint" and can_reword(draft.plan, finding),
    )


def _plan_card(row: Any) -> PlanCard:
    return PlanCard(row.key, row.slug, row.title, row.kind, row.roc_first, row.roc_last)


def latest_document(card: PlanCard) -> DocumentRow | None:
    """Return the document that a plan was last adopted from."""
    rows = DocumentRow.objects.filter(plan__key=card.key, state="adopted")
    return rows.select_related("agency", "uploaded_by", "plan").order_by("-closed_at").first()
