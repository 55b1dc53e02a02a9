"""By which rules an agency is judged, and what the parts of a plan weigh; both from a ROC year on."""

from __future__ import annotations

import uuid

from django.db import models


class RulebookChoiceRow(models.Model):
    """A rulebook that an agency takes for ROC years; of several that cover a year the one chosen last holds.

    ``content`` is the rulebook as it was chosen, so that a later release of a preset changes no past year.
    Without a code the rulebook of the agency above holds again.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(
        "store.AgencyRow", on_delete=models.PROTECT, related_name="rulebook_choices"
    )
    code = models.CharField(max_length=80, blank=True)
    content = models.JSONField(default=dict)
    first_roc_year = models.PositiveSmallIntegerField()
    last_roc_year = models.PositiveSmallIntegerField(null=True, blank=True)
    chosen_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.first_roc_year}–{self.last_roc_year or ''}"


class WeightRow(models.Model):
    """What an objective or a KPI weighs under its parent, in percent, from a ROC year on.

    The weights of a plan for a year are those of the latest ROC year that has any, up to it.
    """

    plan = models.ForeignKey("store.PlanRow", on_delete=models.CASCADE, related_name="weights")
    part_key = models.UUIDField()
    roc_year = models.PositiveSmallIntegerField()
    weight = models.DecimalField(max_digits=7, decimal_places=4)
    set_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["roc_year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "roc_year", "part_key"], name="one_weight_per_part_and_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_key} {self.roc_year}: {self.weight}"
