"""Arrows of the map that people added to those the document prints."""

from __future__ import annotations

from django.db import models


class AddedLinkRow(models.Model):
    """A person's statement that one objective brings about another; no revision of the document ends it.

    It follows the objectives, not their codes, and rests while one of them is retired.
    """

    cause = models.ForeignKey(
        "store.ObjectiveRow", on_delete=models.CASCADE, related_name="links_out"
    )
    effect = models.ForeignKey(
        "store.ObjectiveRow", on_delete=models.CASCADE, related_name="links_in"
    )
    made_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cause", "effect"], name="one_added_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cause_id} → {self.effect_id}"
