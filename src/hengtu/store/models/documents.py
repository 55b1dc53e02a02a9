"""Uploaded documents, their reading and what a person decided about each finding."""

from __future__ import annotations

import uuid

from django.db import models

STATES = ("open", "adopted", "discarded")
VERDICTS = ("accept", "edit", "overrule")


class DocumentRow(models.Model):
    """A document as it was read, with its draft; nothing of it counts until it is adopted.

    ``paper`` holds its lines and table rows with every personal name masked; the file itself is not kept.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(
        "store.AgencyRow", on_delete=models.PROTECT, related_name="documents"
    )
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    paper = models.JSONField(default=list)
    draft = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, default="open", choices=[(state, state) for state in STATES]
    )
    plan = models.ForeignKey(
        "store.PlanRow", on_delete=models.SET_NULL, null=True, blank=True, related_name="documents"
    )
    uploaded_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["agency", "state"], name="document_by_state")]

    def __str__(self) -> str:
        return self.name


class FindingRow(models.Model):
    """A finding of a document and the decision on it; code + subject + raw are its identity."""

    document = models.ForeignKey(DocumentRow, on_delete=models.CASCADE, related_name="findings")
    rank = models.PositiveIntegerField()
    code = models.CharField(max_length=8)
    level = models.CharField(max_length=8)
    subject = models.TextField(blank=True)
    raw = models.TextField(blank=True)
    verdict = models.CharField(
        max_length=10, blank=True, choices=[(verdict, verdict) for verdict in VERDICTS]
    )
    reason = models.TextField(blank=True)
    text = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        "store.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["document", "rank"], name="finding_rank_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.subject}"
