"""How the data items of formulas go over time, as people said it."""

from __future__ import annotations

from django.db import models


class DataItemRow(models.Model):
    """The rule over time of a data item of a measure; with an empty item that of the measure itself.

    What has no row goes by the guess from its words.
    """

    kpi = models.ForeignKey("store.KpiRow", on_delete=models.CASCADE, related_name="data_items")
    measure_index = models.PositiveSmallIntegerField(default=1)
    item = models.CharField(max_length=300, blank=True)
    over_time = models.CharField(max_length=8)
    set_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["kpi", "measure_index", "item"]
        constraints = [
            models.UniqueConstraint(fields=["kpi", "measure_index", "item"], name="one_item_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.over_time}"
