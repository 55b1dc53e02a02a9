"""Which objectives of a plan serve which objectives of the plan above."""

from __future__ import annotations

from django.db import models


class AlignmentRow(models.Model):
    """A person's statement that an objective serves one above; codes are never compared for it."""

    objective = models.ForeignKey(
        "store.ObjectiveRow", on_delete=models.CASCADE, related_name="serves"
    )
    upper = models.ForeignKey(
        "store.ObjectiveRow", on_delete=models.CASCADE, related_name="served_by"
    )
    made_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["objective", "upper"], name="one_alignment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.objective_id} → {self.upper_id}"
