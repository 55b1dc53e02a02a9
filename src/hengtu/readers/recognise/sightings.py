"""Where objectives were seen: one objective is named in a map, on slides, in a scorecard, each a sighting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hengtu.core.codes import Code
from hengtu.core.plan import GoalKind, ObjectiveStrategy, OrgUnit, Text
from hengtu.core.source import Source

SightingPlace = Literal["map", "nodes", "scorecard", "slide", "outline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveSighting:
    """One printed mention of an objective.

    ``code`` None where none is printed; ``name`` unwrapped; ``theme`` a theme code and ``perspective`` a
    perspective name or letter where this very place tells them.
    """

    code: Code | None
    name: str
    place: SightingPlace
    theme: str | None = None
    perspective: str | None = None
    kind: GoalKind | None = None
    success_factors: tuple[Text, ...] = ()
    strategies: tuple[ObjectiveStrategy, ...] = ()
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSighting:
    """One printed mention of a theme; ``lead`` where this place names the unit in charge."""

    code: str
    name: str
    lead: str | None = None
    members: tuple[OrgUnit, ...] = ()
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class PerspectiveSighting:
    """One printed mention of a perspective; ``letter`` where it is printed beside the name."""

    name: str
    letter: str | None = None
    source: Source
