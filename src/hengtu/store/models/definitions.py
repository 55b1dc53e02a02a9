"""Measures compiled for judging."""

from __future__ import annotations

from django.db import models

from hengtu.store.models.narrow import pointer


class DefinitionRow(models.Model):
    """What judging needs of a live measure, parsed once: ``core.judging.definition.Definition`` as JSON."""

    measure = models.OneToOneField(
        "store.MeasureRow", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    plan = models.ForeignKey("store.PlanRow", on_delete=models.CASCADE, related_name="+")
    content = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"definition of {self.measure_id}"


class ReferenceRow(models.Model):
    """That the formula of a measure takes the value of another measure."""

    pk = models.CompositePrimaryKey("used_id", "measure_id")
    used = pointer("store.MeasureRow")
    measure = pointer("store.MeasureRow")

    class Meta:
        indexes = [models.Index(fields=["measure"], name="reference_by_measure")]

    def __str__(self) -> str:
        return f"{self.measure_id} ← {self.used_id}"
