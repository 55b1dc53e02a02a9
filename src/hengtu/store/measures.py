"""The live measures of a plan with the rows that they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from hengtu.core.plan import Kpi, Measure, PlanValue
from hengtu.store.models import KpiRow, MeasureRow, PlanRow, ValueRow
from hengtu.store.shapes import SHAPES, Shape, row_to_part


@dataclass(frozen=True, slots=True)
class StoredMeasure:
    """A measure with its KPI, and the rows of both."""

    kpi_id: int
    measure_id: int
    kpi: Kpi
    measure: Measure


def _shape(field: str, shapes: Iterable[Shape]) -> Shape:
    return next(shape for shape in shapes if shape.field == field)


_KPIS = _shape("kpis", SHAPES)
_MEASURES = _shape("measures", _KPIS.inside)
_VALUES = _shape("values", _MEASURES.inside)


def load_measures(plan: PlanRow) -> list[StoredMeasure]:
    """Return the live measures of a plan in its order; three SQL statements."""
    values: dict[int, list[PlanValue]] = defaultdict(list)
    for value in ValueRow.objects.filter(plan=plan, retired_at=None).order_by("rank"):
        values[value.measure_id].append(row_to_part(_VALUES, value, {}))
    measures: dict[int, list[tuple[int, Measure]]] = defaultdict(list)
    for row in MeasureRow.objects.filter(plan=plan, retired_at=None).order_by("rank"):
        inside = {"values": values[row.pk]}
        measures[row.kpi_id].append((row.pk, row_to_part(_MEASURES, row, inside)))
    found = []
    for shown in KpiRow.objects.filter(plan=plan, retired_at=None).order_by("rank"):
        own = measures[shown.pk]
        kpi: Kpi = row_to_part(_KPIS, shown, {"measures": [measure for _, measure in own]})
        found += [StoredMeasure(shown.pk, pk, kpi, measure) for pk, measure in own]
    return found
