"""Values that come in after the plan was adopted."""

from __future__ import annotations

from django.db import models


class ActualRow(models.Model):
    """One figure of a KPI, or of a data item of its formula (``item``), for a period such as 114-03.

    ``value`` computes; ``decimal`` is what was typed.
    """

    kpi = models.ForeignKey("store.KpiRow", on_delete=models.CASCADE, related_name="actuals")
    measure_index = models.PositiveSmallIntegerField(default=1)
    item = models.CharField(max_length=300, blank=True)
    period = models.CharField(max_length=12)
    value = models.FloatField(null=True, blank=True)
    decimal = models.CharField(max_length=60, blank=True)
    missing = models.CharField(max_length=24, blank=True)
    note = models.TextField(blank=True)
    entered_by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["period", "measure_index", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["kpi", "measure_index", "item", "period"], name="one_actual_per_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.item} {self.decimal or self.missing}"
