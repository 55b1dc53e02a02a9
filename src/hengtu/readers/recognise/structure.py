"""One map from many sightings: what each code's name, theme and perspective are."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.core.paper import Paper
from hengtu.core.plan import Action, Kpi, Objective, Perspective, Theme
from hengtu.readers.recognise.indicators import Indicators
from hengtu.readers.recognise.maps import Maps
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecard import Scorecards


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The reconciled structure of the plan."""

    themes: tuple[Theme, ...] = ()
    perspectives: tuple[Perspective, ...] = ()
    objectives: tuple[Objective, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    actions: tuple[Action, ...] = ()


def build_structure(
    paper: Paper, notes: Notes, *, maps: Maps, scorecards: Scorecards, indicators: Indicators
) -> Structure:
    """Return themes, perspectives and objectives that all sightings agree on, with findings where they differ."""
    return Structure(
        perspectives=indicators.perspectives,
        objectives=indicators.objectives,
        kpis=scorecards.kpis,
        actions=scorecards.actions,
    )
