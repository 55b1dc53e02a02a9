"""KPIs, how they are measured and the values the plan prints."""

from __future__ import annotations

from django.db import models

from hengtu.store.models.parts import (
    PartRow,
    code_field,
    list_field,
    optional_json,
    optional_text,
    text_field,
)


class KpiRow(PartRow):
    """A key performance indicator; its objective by code."""

    code = code_field()
    name = text_field()
    objective = optional_text()
    owner = optional_text()
    kind = models.CharField(max_length=12, null=True, blank=True)
    assessment_regime = optional_text()
    assessment_method = optional_text()


class MeasureRow(PartRow):
    """One measurement standard of a KPI."""

    kpi = models.ForeignKey(KpiRow, on_delete=models.CASCADE, related_name="+")
    index = models.PositiveSmallIntegerField(default=1)
    label = optional_text()
    formula = optional_text()
    formula_raw = optional_text()
    unit = optional_text()
    direction = models.CharField(max_length=12, null=True, blank=True)
    threshold = optional_json()
    items = list_field()
    target_rule = optional_text()
    condition = optional_text()
    notes = list_field()


class ValueRow(PartRow):
    """A printed actual or target; exactly one of value and missing."""

    measure = models.ForeignKey(MeasureRow, on_delete=models.CASCADE, related_name="+")
    roc_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)
    value = models.FloatField(null=True, blank=True)
    missing = models.CharField(max_length=24, null=True, blank=True)
    raw = text_field()
    note = optional_text()
    period = models.CharField(max_length=12, null=True, blank=True)
    unit = optional_text()
    since = optional_text()
    state = optional_text()
