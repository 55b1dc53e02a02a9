"""The cell that says how a KPI is measured: formula, unit, threshold, rules, for one or several measures."""

from __future__ import annotations

from hengtu.core.plan import Measure
from hengtu.core.source import Source
from hengtu.readers.recognise.notes import Notes


def read_standard(
    text: str, *, kpi_names: tuple[str, ...], where: Source, subject: str, notes: Notes, unit_hint: str | None = None
) -> tuple[tuple[Measure, ...], ...]:
    """Return for every KPI of the row its measures, from the one printed cell that serves them all.

    ``kpi_names`` has one name per KPI of the row; ``unit_hint`` is a unit printed elsewhere (a unit column,
    the value cells). Values are not filled. A KPI without a printed formula gets one measure without formula.
    """
    return tuple((Measure(unit=unit_hint, source=where),) for _ in kpi_names)
