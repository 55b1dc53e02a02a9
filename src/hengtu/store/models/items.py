"""Data items: what is entered once and serves every formula that names it."""

from __future__ import annotations

import uuid

from django.db import models

from hengtu.store.models.narrow import pointer


class DataItemRow(models.Model):
    """A variable of formulas, or with an empty name a measure's own value.

    Without a KPI it is an item of the whole plan; with a KPI and no measure it serves the measures of that
    KPI; with both it belongs to one measure. While ``guessed`` its unit, frequency and rules are read from
    words, and every formula that uses it goes by its own words.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey("store.PlanRow", on_delete=models.CASCADE, related_name="data_items")
    kpi = models.ForeignKey(
        "store.KpiRow", on_delete=models.CASCADE, null=True, blank=True, related_name="data_items"
    )
    measure_index = models.PositiveSmallIntegerField(null=True, blank=True)
    name = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    frequency = models.CharField(max_length=12, default="month")
    over_time = models.CharField(max_length=8, default="sum")
    over_org = models.CharField(max_length=8, default="sum")
    owner = models.TextField(blank=True)
    source = models.TextField(blank=True)
    guessed = models.BooleanField(default=True)
    set_by = models.ForeignKey(
        "store.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "name"],
                condition=models.Q(kpi=None),
                name="one_item_of_plan",
            ),
            models.UniqueConstraint(
                fields=["kpi", "name"],
                condition=models.Q(kpi__isnull=False, measure_index=None),
                name="one_item_of_kpi",
            ),
            models.UniqueConstraint(
                fields=["kpi", "measure_index", "name"],
                condition=models.Q(measure_index__isnull=False),
                name="one_item_of_measure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.over_time}"


class ItemUseRow(models.Model):
    """That a measure's definition reads an item, its own plan's or, by children(), one of a plan below."""

    pk = models.CompositePrimaryKey("item_id", "measure_id")
    item = pointer("store.DataItemRow")
    measure = pointer("store.MeasureRow")

    class Meta:
        indexes = [models.Index(fields=["measure"], name="use_by_measure")]

    def __str__(self) -> str:
        return f"{self.measure_id} ← {self.item_id}"
