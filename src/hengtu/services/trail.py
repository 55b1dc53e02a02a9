"""Writing the trail: every verb leaves one entry, in the transaction of its change."""

from __future__ import annotations

from django.db import models

from hengtu.store.models import AgencyRow, AuditRow, User


def record(
    *,
    actor: User | None,
    verb: str,
    subject: models.Model,
    agency: AgencyRow | None = None,
    **detail: object,
) -> None:
    """Add an entry; ``subject`` is the row that the verb was done to."""
    AuditRow.objects.create(
        actor=actor,
        actor_name=str(actor) if actor else "",
        verb=verb,
        agency=agency,
        object_kind=type(subject).__name__,
        object_key=str(getattr(subject, "key", subject.pk)),
        object_name=str(subject),
        detail=detail,
    )
