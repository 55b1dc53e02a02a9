"""What every row of a plan has: a stable key, its place in the order, where it was read."""

from __future__ import annotations

import uuid

from django.db import models


class PartRow(models.Model):
    """A part of a plan. Its key outlives codes and wording; a retired row is kept for its history."""

    plan = models.ForeignKey("store.PlanRow", on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rank = models.PositiveIntegerField()
    source = models.JSONField(default=dict)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["rank"]
        indexes = [models.Index(fields=["plan", "retired_at", "rank"], name="%(class)s_live")]

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.key}"


def code_field() -> models.CharField[str, str]:
    """Return a column for a code such as ``AC1.1``."""
    return models.CharField(max_length=80, blank=True)


def text_field() -> models.TextField[str, str]:
    """Return a column for printed words."""
    return models.TextField(blank=True)


def optional_text() -> models.TextField[str | None, str | None]:
    """Return a column for words that may be absent: absent is not empty."""
    return models.TextField(null=True, blank=True)


def list_field() -> models.JSONField[list[object], list[object]]:
    """Return a column for a short list that is always read and written whole."""
    return models.JSONField(default=list, blank=True)


def optional_json() -> models.JSONField[object, object]:
    """Return a column for a small structure that may be absent."""
    return models.JSONField(null=True, blank=True)
