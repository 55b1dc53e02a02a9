"""Scorecards and KSF/KPI slides: objectives, KPIs, measures, values, actions, budgets, filling rules."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.core.paper import Paper
from hengtu.core.plan import Action, Kpi, Rule
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.sightings import ObjectiveSighting, PerspectiveSighting, ThemeSighting


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecards:
    """What scorecards and slides say."""

    themes: tuple[ThemeSighting, ...] = ()
    perspectives: tuple[PerspectiveSighting, ...] = ()
    objectives: tuple[ObjectiveSighting, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    actions: tuple[Action, ...] = ()
    rules: tuple[Rule, ...] = ()


def read_scorecards(paper: Paper, notes: Notes) -> Scorecards:
    """Return what the scorecards and KSF/KPI slides of the document say."""
    return Scorecards()
