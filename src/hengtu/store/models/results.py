"""What judging answers, month by month: derived, and rebuilt from figures and definitions at any time."""

from __future__ import annotations

from django.db import models

from hengtu.store.models.narrow import code, number, pointer


class ResultRow(models.Model):
    """A measure at the end of a month; ``period`` is the ``Period.code`` of the month.

    ``light``, ``reason`` and ``band`` are the codes of ``engines.lights``, ``missing`` that of
    ``engines.columns``. ``achievement`` is in percent, ``score`` 0–100, ``coverage`` 0–1.
    """

    pk = models.CompositePrimaryKey("measure_id", "period")
    measure = pointer("store.MeasureRow")
    period = code()
    value = number()
    planned = number()
    achievement = number()
    score = number()
    coverage = models.FloatField(default=1.0)
    missing = code()
    light = code(-1)
    reason = code()
    band = code(-1)

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period}: {self.light}"


class NodeResultRow(models.Model):
    """A rolled-up light; ``kind`` is 0 KPI, 1 objective, 2 theme, 3 perspective, 4 plan, 5 agency and below.

    ``part_id`` is the row of the part, 0 for the plan and the agency. ``green`` to ``white`` count the
    lights of the children.
    """

    pk = models.CompositePrimaryKey("plan_id", "period", "kind", "part_id")
    plan = pointer("store.PlanRow")
    kind = code()
    part_id = models.BigIntegerField(default=0)
    period = code()
    score = number()
    coverage = models.FloatField(default=1.0)
    light = code(-1)
    reason = code()
    green = models.IntegerField(default=0)
    yellow = models.IntegerField(default=0)
    red = models.IntegerField(default=0)
    white = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.kind}/{self.part_id} {self.period}: {self.light}"
