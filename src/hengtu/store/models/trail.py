"""Who did what to which object, and when."""

from __future__ import annotations

from typing import Any

from django.db import models


class TrailError(RuntimeError):
    """An attempt to change or delete an entry of the trail."""


class AuditRow(models.Model):
    """An entry of the trail. Entries are added, never changed or deleted; times are UTC."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(
        "store.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    actor_name = models.CharField(max_length=120)
    verb = models.CharField(max_length=40)
    agency = models.ForeignKey(
        "store.AgencyRow", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    object_kind = models.CharField(max_length=24)
    object_key = models.CharField(max_length=80)
    object_name = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["agency", "-at"], name="trail_by_agency")]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_kind} {self.object_key}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; raise TrailError when it is there already."""
        if self.pk is not None:
            raise TrailError("the trail is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raise TrailError."""
        raise TrailError("the trail is append-only")
