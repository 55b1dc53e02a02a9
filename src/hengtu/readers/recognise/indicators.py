"""Indicator tables of multi-year plans: goal, indicator, regime, method, standard, yearly targets."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.core.paper import Paper
from hengtu.core.plan import Footnote, Kpi, Objective, Perspective
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.outline import Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators:
    """What the indicator tables say; codes K1, K1-1, S1, S1-1 are ours where none is printed."""

    perspectives: tuple[Perspective, ...] = ()
    objectives: tuple[Objective, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    footnotes: tuple[Footnote, ...] = ()


def read_indicators(paper: Paper, notes: Notes, outline: Outline) -> Indicators:
    """Return the indicators of a multi-year plan."""
    return Indicators()
