"""Plans: one row each, with what is printed once."""

from __future__ import annotations

import uuid

from django.db import models

from hengtu.core.lifecycle import STATES
from hengtu.store.models.parts import list_field, optional_json, text_field


class PlanRow(models.Model):
    """An adopted plan of an agency, or the parent's plan that it printed (``printed_in``).

    ``judged_first`` and ``judged_last`` are the ``Period.code`` of the months between which it has results.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owning_agency = models.ForeignKey(
        "store.AgencyRow", on_delete=models.PROTECT, related_name="plans"
    )
    printed_in = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="parent_row"
    )
    slug = models.SlugField(max_length=80)
    title = text_field()
    kind = models.CharField(max_length=24)
    roc_first = models.PositiveSmallIntegerField(null=True, blank=True)
    roc_last = models.PositiveSmallIntegerField(null=True, blank=True)
    agency = models.JSONField(default=dict)
    document = models.JSONField(default=dict)
    mission = optional_json()
    vision = optional_json()
    committee = optional_json()
    core_values = list_field()
    revisions = list_field()
    org_units = list_field()
    rules = list_field()
    footnotes = list_field()
    claims = list_field()
    unread = list_field()
    file = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default="adopted", choices=[(s, s) for s in STATES])
    activated_at = models.DateTimeField(null=True, blank=True)
    judged_first = models.SmallIntegerField(null=True, blank=True)
    judged_last = models.SmallIntegerField(null=True, blank=True)
    adopted_at = models.DateTimeField(auto_now_add=True)
    revised_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-roc_last", "-roc_first", "kind", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["owning_agency", "slug"], name="plan_slug_in_agency"),
        ]

    def __str__(self) -> str:
        return self.title or self.slug
