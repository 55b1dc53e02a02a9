"""Agencies and who stands above whom."""

from __future__ import annotations

import uuid

from django.db import models


class AgencyRow(models.Model):
    """An agency; ``slug`` stands in addresses and may be Chinese."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
