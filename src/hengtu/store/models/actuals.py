"""Values that come in after the plan was adopted: as typed, and as judging reads them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from hengtu.store.models.narrow import code, number, pointer


class ActualRow(models.Model):
    """What was typed for a data item and a period such as 114-03.

    ``value`` computes; ``decimal`` is what was typed; ``kpi`` and ``measure_index`` tell under which measure,
    so that figures of two meanings can be told apart when they come to differ.
    """

    item = models.ForeignKey("store.DataItemRow", on_delete=models.CASCADE, related_name="actuals")
    period = models.CharField(max_length=12)
    value = models.FloatField(null=True, blank=True)
    decimal = models.CharField(max_length=60, blank=True)
    missing = models.CharField(max_length=24, blank=True)
    note = models.TextField(blank=True)
    kpi = models.ForeignKey(
        "store.KpiRow", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    measure_index = models.PositiveSmallIntegerField(null=True, blank=True)
    entered_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["period", "item"]
        constraints = [
            models.UniqueConstraint(fields=["item", "period"], name="one_actual_per_period"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.decimal or self.missing}"


class FigureRow(models.Model):
    """An approved figure: ``period`` is ``Period.code``, ``missing`` 0 or the code of the kind, 1–9."""

    pk = models.CompositePrimaryKey("item_id", "period")
    item = pointer("store.DataItemRow")
    period = code()
    value = number()
    missing = code()

    def __str__(self) -> str:
        return f"{self.item_id} {self.period}: {self.value}"
