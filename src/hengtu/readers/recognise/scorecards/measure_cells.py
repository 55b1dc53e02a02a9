"""The measures of a scorecard row: what the formula and unit cells say, with the values of every year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hengtu.core.hanzi import squeeze
from hengtu.core.plan import Direction, Measure, PlanValue
from hengtu.readers.recognise.measures.measures import read_standard
from hengtu.readers.recognise.measures.values import read_values, unit_of
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecards.columns import ValueColumn, year_of
from hengtu.readers.recognise.scorecards.records import Record

_LOWER = re.compile(r"望小|越[低小少]越|愈[低小少]愈|[負反逆]向|遞減|↓")
_HIGHER = re.compile(r"望大|越[高大多]越|愈[高大多]愈|正向|遞增|↑")


@dataclass(frozen=True, slots=True)
class Years:
    """The ROC year that a column without one stands for, where the title tells it."""

    default: int | None = None


def read_measures(
    record: Record,
    names: Sequence[str],
    *,
    subject: str,
    years: Years,
    notes: Notes,
    formulas: Sequence[str] = (),
) -> list[tuple[Measure, ...]]:
    """Return the measures of every KPI of a row, values filled in.

    ``formulas`` has one text per KPI where formulas are printed beside the names.
    """
    if any(formulas):
        pairs = zip(names, formulas, strict=True)
        sets = [_standards(record, [name], subject, notes, text)[0] for name, text in pairs]
    else:
        sets = _standards(record, names, subject, notes, record.text("formula"))
    flat = [measure for measures in sets for measure in measures]
    series: list[list[PlanValue]] = [[] for _ in flat]
    for column in record.columns.values:
        for values, value in zip(
            series, _cell(record, column, flat, subject, years, notes), strict=False
        ):
            values.append(value)
    filled = iter([_filled(m, values) for m, values in zip(flat, series, strict=True)])
    return [tuple(next(filled) for _ in measures) for measures in sets]


def _filled(measure: Measure, values: Sequence[PlanValue]) -> Measure:
    """Return a measure with its values, and with their unit where nothing else tells one."""
    units = {value.unit for value in values if value.missing is None}
    if measure.unit is not None or len(units) != 1 or None in units:
        return replace(measure, values=tuple(values))
    plain = tuple(replace(value, unit=None) for value in values)
    return replace(measure, unit=units.pop(), values=plain)


def _standards(
    record: Record, names: Sequence[str], subject: str, notes: Notes, standard: str
) -> list[tuple[Measure, ...]]:
    unit = squeeze(record.text("unit"))
    units = unit.replace("、", " ").split() if unit else []
    cells = [record.at(column.column) for column in record.columns.values]
    sets = read_standard(
        standard,
        kpi_names=tuple(names),
        where=record.where(standard or record.text("kpi")),
        subject=subject,
        notes=notes,
        unit_hint=unit or unit_of(cells),
    )
    if len(units) == len(sets) > 1:
        sets = tuple(
            tuple(replace(measure, unit=own) for measure in measures)
            for measures, own in zip(sets, units, strict=True)
        )
    elif len(units) == 1:
        sets = tuple(tuple(replace(m, unit=unit) for m in measures) for measures in sets)
    if printed := _direction(record.text("direction")):
        sets = tuple(tuple(_turned(m, printed) for m in measures) for measures in sets)
    return [*sets, *[() for _ in names[len(sets) :]]]


def _turned(measure: Measure, printed: Direction) -> Measure:
    return replace(measure, direction=measure.direction or printed)


def _cell(
    record: Record,
    column: ValueColumn,
    measures: list[Measure],
    subject: str,
    years: Years,
    notes: Notes,
) -> tuple[PlanValue, ...]:
    text = record.at(column.column)
    roc_year = column.roc_year or year_of(record.text("year")) or years.default
    if roc_year is None:
        if text:
            notes.tell("R149", record.where(text), subject=subject, raw=text)
        return ()
    return read_values(
        text,
        measures=measures,
        roc_year=roc_year,
        kind=column.kind,
        where=record.where(text),
        subject=subject,
        notes=notes,
        period=f"{roc_year}{column.part}" if column.part else None,
    )


def _direction(text: str) -> Direction | None:
    words = squeeze(text)
    if _LOWER.search(words):
        return "lower"
    return "higher" if _HIGHER.search(words) else None
