"""Strategy maps: themes × perspectives as a table or as nodes, own and parent; who leads and joins."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.core.paper import Paper
from hengtu.core.plan import Link, OrgUnit, Plan
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.sightings import ObjectiveSighting, PerspectiveSighting, ThemeSighting


@dataclass(frozen=True, slots=True, kw_only=True)
class Maps:
    """What the maps of a document say; ``parent_plan`` holds the map of the parent government."""

    themes: tuple[ThemeSighting, ...] = ()
    perspectives: tuple[PerspectiveSighting, ...] = ()
    objectives: tuple[ObjectiveSighting, ...] = ()
    links: tuple[Link, ...] = ()
    org_units: tuple[OrgUnit, ...] = ()
    parent_plan: Plan | None = None


def read_maps(paper: Paper, notes: Notes) -> Maps:
    """Return the strategy maps of the document."""
    return Maps()
