"""The measures of the KPIs in a row of an indicator table, with their yearly values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hengtu.core.hanzi import halve, unwrap
from hengtu.core.periods import read_roc_year
from hengtu.core.plan import Measure, PlanValue
from hengtu.core.source import Source
from hengtu.readers.recognise.indicators.columns import YearColumn
from hengtu.readers.recognise.indicators.rows import Entry, Segment
from hengtu.readers.recognise.measures.measures import read_standard
from hengtu.readers.recognise.measures.values import read_values, unit_of
from hengtu.readers.recognise.notes import Notes

Measures = tuple[Measure, ...]
_STAGE = re.compile(
    r"(?:^|[\s；;，,。、])[(（]?\d[.、)）．]\s*[^\d%÷/×*=＝\s][^%÷/×*=＝]{0,30}?(\d{1,3})%"
)


@dataclass(frozen=True, slots=True)
class MeasureReader:
    """Reads the standard and the value cells of rows; ``plan_year`` is the year of undated columns."""

    notes: Notes
    plan_year: int | None

    def read(
        self, segment: Segment, entry: Entry, *, names: tuple[str, ...], subject: str
    ) -> tuple[Measures, ...]:
        """Return for every KPI that the row names its measures with their values."""
        standard = segment.role(entry, "standard")
        where = Source.at(*entry.places, raw=standard)
        cells = [unwrap(entry.text(year.column)) for year in segment.columns.years]
        unit = unwrap(segment.role(entry, "unit")) or unit_of(cells)
        if len(names) == 1 and _is_milestones(standard):
            stages = Measure(formula_raw=unwrap(standard), unit=unit, source=where)
            return (self.add_values((stages,), segment, entry, subject=subject),)
        read = read_standard(
            standard,
            kpi_names=names,
            where=where,
            subject=subject,
            notes=self.notes,
            unit_hint=unit,
        )
        flat = tuple(measure for measures in read for measure in measures)
        return _regrouped(self.add_values(flat, segment, entry, subject=subject), read)

    def add_values(
        self, measures: Measures, segment: Segment, entry: Entry, *, subject: str
    ) -> Measures:
        """Return the measures with the values that the row prints for them."""
        row_year = read_roc_year(segment.role(entry, "roc_year")) or self.plan_year
        for year in segment.columns.years:
            roc_year = year.roc_year or row_year
            if roc_year is not None and year.column < len(entry.cells):
                values = self._values(measures, entry, year, roc_year, subject)
                measures = _with_values(measures, values)
        return measures

    def _values(
        self,
        measures: Sequence[Measure],
        entry: Entry,
        year: YearColumn,
        roc_year: int,
        subject: str,
    ) -> tuple[PlanValue, ...]:
        text = unwrap(entry.text(year.column))
        return read_values(
            text,
            measures=measures,
            roc_year=roc_year,
            kind=year.kind,
            where=Source.at(*entry.places, raw=text),
            subject=subject,
            notes=self.notes,
        )


def _with_values(measures: Measures, values: tuple[PlanValue, ...]) -> Measures:
    if len(values) != len(measures):
        return measures
    return tuple(
        replace(measure, values=(*measure.values, value))
        for measure, value in zip(measures, values, strict=True)
    )


def _regrouped(flat: Measures, like: tuple[Measures, ...]) -> tuple[Measures, ...]:
    """Return the measures in the groups that they came in, one group per KPI."""
    groups, at = [], 0
    for group in like:
        groups.append(flat[at : at + len(group)])
        at += len(group)
    return tuple(groups)


def _is_milestones(standard: str) -> bool:
    """Whether a standard lists the stages of one piece of work: 1.甲30% 2.乙60% 3.丙100%."""
    stages = [int(percent) for percent in _STAGE.findall(halve(standard))]
    return len(stages) > 1 and stages == sorted(set(stages)) and stages[-1] <= 100
