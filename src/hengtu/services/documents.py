"""Documents: uploaded and read, then adopted or discarded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hengtu.core.draft import Draft
from hengtu.core.exchange import draft_to_json
from hengtu.core.issues import Finding
from hengtu.core.plan import Plan
from hengtu.readers import ReadError, read_bytes
from hengtu.readers.paper_lines import PrintedLine, list_lines
from hengtu.services.limits import require_fit
from hengtu.services.permission import require
from hengtu.services.trail import record
from hengtu.store.models import AgencyRow, DocumentRow, FindingRow, User
from hengtu.store.shapes import clean

BATCH = 500


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read: what is kept of it."""

    name: str
    sha256: str
    size: int
    lines: Sequence[PrintedLine] = ()


class ClosedError(Exception):
    """A document that was adopted or discarded already; ``state`` says which."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


def upload(*, actor: User, agency: AgencyRow, name: str, content: bytes) -> DocumentRow:
    """Read a document and keep its draft and findings; raise ReadError when it cannot be read.

    An open upload of the same bytes is returned instead of a second one. Decisions to overrule made on
    earlier documents of the agency hold for the same findings.
    """
    require(actor, "document.upload", agency)
    name = clean(PurePath(name.replace("\\", "/")).name[-255:]) or "document"
    limit = settings.MAX_DOCUMENT_BYTES
    if len(content) > limit:
        raise ReadError("too_large", file=name, limit=str(limit // (1024 * 1024)))
    draft = read_bytes(content, name)
    require_fit(draft.plan, name)
    file = ReadFile(name, hash_bytes(content), len(content), list_lines(content, name))
    return keep_draft(actor=actor, agency=agency, file=file, draft=draft)


def peek(name: str, content: bytes) -> Plan:
    """Return the plan that a document holds without keeping anything; raise ReadError."""
    return read_bytes(content, name).plan


@transaction.atomic
def keep_draft(*, actor: User, agency: AgencyRow, file: ReadFile, draft: Draft) -> DocumentRow:
    """Keep the draft of a document; the actor's permission was checked."""
    lock_agency(agency)
    same = DocumentRow.objects.filter(agency=agency, sha256=file.sha256, state="open").first()
    if same:
        return same
    document = DocumentRow.objects.create(
        agency=agency,
        name=clean(file.name),
        sha256=file.sha256,
        size=file.size,
        paper=clean(list(file.lines)),
        draft=clean(draft_to_json(draft)),
        uploaded_by=actor,
    )
    rows = [_finding_row(document, rank, f) for rank, f in enumerate(draft.findings)]
    FindingRow.objects.bulk_create(rows, batch_size=BATCH)
    kept = _carry_overrules(document)
    record(
        actor=actor,
        verb="document.upload",
        subject=document,
        agency=agency,
        sha256=file.sha256,
        findings=len(rows),
        overrules_kept=kept,
    )
    return document


@transaction.atomic
def discard(*, actor: User, document: DocumentRow) -> None:
    """Put an open document aside; raise ClosedError when it is not open."""
    require(actor, "document.discard", document.agency)
    document = lock_open(document)
    document.state, document.closed_at = "discarded", timezone.now()
    document.save(update_fields=["state", "closed_at"])
    record(actor=actor, verb="document.discard", subject=document, agency=document.agency)


def lock_agency(agency: AgencyRow) -> None:
    """Let what is brought into one agency happen one after the other until this transaction ends.

    Two documents adopted at once would else both make the plan, or both write its rows.
    """
    AgencyRow.objects.select_for_update(no_key=True).get(pk=agency.pk)


def lock_open(document: DocumentRow) -> DocumentRow:
    """Return the document locked for this transaction; raise ClosedError when it is not open."""
    locked = (
        DocumentRow.objects.select_for_update(of=("self",))
        .select_related("agency")
        .get(pk=document.pk)
    )
    if locked.state != "open":
        raise ClosedError(locked.state)
    return locked


def hash_bytes(content: bytes) -> str:
    """Return the SHA-256 of the bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _finding_row(document: DocumentRow, rank: int, finding: Finding) -> FindingRow:
    return FindingRow(
        document=document,
        rank=rank,
        code=finding.code,
        level=finding.level,
        subject=clean(finding.subject),
        raw=clean(finding.raw),
    )


def _carry_overrules(document: DocumentRow) -> int:
    """Repeat earlier overrules of the agency on findings of the same identity."""
    earlier = FindingRow.objects.filter(
        document__agency=document.agency, verdict="overrule"
    ).exclude(document=document)
    decided = {(row.code, row.subject, row.raw): row for row in earlier.order_by("decided_at")}
    touched = []
    for row in document.findings.all():
        if before := decided.get((row.code, row.subject, row.raw)):
            row.verdict, row.reason = "overrule", before.reason
            row.decided_by_id, row.decided_at = before.decided_by_id, before.decided_at
            touched.append(row)
    FindingRow.objects.bulk_update(
        touched, ["verdict", "reason", "decided_by", "decided_at"], batch_size=BATCH
    )
    return len(touched)
