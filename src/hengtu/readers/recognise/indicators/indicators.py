"""Indicator tables of multi-year plans: goal, indicator, regime, method, standard, yearly targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengtu.core.hanzi import unwrap
from hengtu.core.paper import Paper
from hengtu.core.plan import Footnote, Kpi, Objective, Perspective
from hengtu.core.source import Source
from hengtu.readers.recognise.indicators.footnotes import read_footnotes
from hengtu.readers.recognise.indicators.goal_register import Goals
from hengtu.readers.recognise.indicators.kpis import KpiReader
from hengtu.readers.recognise.indicators.multi_year import is_multi_year
from hengtu.readers.recognise.indicators.rows import Segment, find_segments
from hengtu.readers.recognise.narrative.outline import Outline
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.title.page import head_years


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators:
    """What the indicator tables say; codes K1, K1-1, S1, S1-1 are ours where none is printed."""

    perspectives: tuple[Perspective, ...] = ()
    objectives: tuple[Objective, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    footnotes: tuple[Footnote, ...] = ()


def read_indicators(paper: Paper, notes: Notes, outline: Outline) -> Indicators:
    """Return the indicators of a multi-year plan."""
    segments = list(find_segments(paper, notes, midterm=is_multi_year(paper)))
    goals = Goals(notes)
    goals.admit(outline.goals)
    years = head_years(paper)
    reader = KpiReader(goals, notes, years[0] if len(years) == 1 else None)
    for segment in segments:
        reader.read(segment)
    _tell_repairs(segments, notes)
    return Indicators(
        perspectives=tuple(goals.perspectives.values()),
        objectives=tuple(goals.objectives.values()),
        kpis=tuple(reader.kpis),
        footnotes=read_footnotes(paper, notes),
    )


def _tell_repairs(segments: Sequence[Segment], notes: Notes) -> None:
    """Tell once per kind of trouble that headers were printed again or rows had slipped."""
    inner = [row for s in segments for entry in s.entries for row in entry.inner_headers]
    repeated = [row for segment in segments for row in segment.repeated]
    shifted = [row for segment in segments for row in segment.shifted]
    for code, rows in (("R133", inner), ("R132", repeated), ("R124", shifted)):
        if rows:
            where = Source.at(*(row.place for row in rows), raw=unwrap(rows[0].raw))
            notes.tell(code, where, subject=next(filter(None, rows[0].texts), ""))
