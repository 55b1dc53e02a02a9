"""The chapters of a narrative plan as a tree, and the goals that it lists in prose."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.core.paper import Paper
from hengtu.core.plan import Section
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.sightings import ObjectiveSighting


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The chapters, and the goals found in them with their strategies."""

    sections: tuple[Section, ...] = ()
    goals: tuple[ObjectiveSighting, ...] = ()


def read_outline(paper: Paper, notes: Notes) -> Outline:
    """Return the chapters of the document."""
    return Outline()
