"""A drawing that every format can draw: boxes, words, arrows and cards in user units, y downwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hengtu.wording.catalogue import Language

Anchor = Literal["start", "middle", "end"]
LightColour = Literal["green", "yellow", "red", "white"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle; ``role`` names its look (see ``palette``)."""

    x: float
    y: float
    width: float
    height: float
    role: str
    radius: float = 0

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One line of text; ``y`` is the baseline."""

    x: float
    y: float
    text: str
    size: float
    role: str
    bold: bool = False
    anchor: Anchor = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A line with a head at its last point, from a cause to its effect (codes)."""

    cause: str
    effect: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An objective: its box, what stands on it, and one sentence for those who cannot see it.

    ``key`` is unique in the figure even where a document uses ``code`` twice.
    """

    key: str
    code: str
    label: str
    box: Box
    parts: tuple[Box | Words, ...]
    light: LightColour | None = None


Part = Box | Words | Arrow | Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing; ``parts`` stand in drawing order, the first at the back."""

    title: str
    description: str
    lang: Language
    width: float
    height: float
    parts: tuple[Part, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards in reading order."""
        return tuple(part for part in self.parts if isinstance(part, Card))

    @property
    def arrows(self) -> tuple[Arrow, ...]:
        """The arrows."""
        return tuple(part for part in self.parts if isinstance(part, Arrow))


@dataclass(frozen=True, slots=True)
class LightMark:
    """A light as shown: always a colour, a shape and a word."""

    colour: LightColour
    shape: str
    word: str

    @property
    def text(self) -> str:
        """Shape and word, as printed."""
        return f"{self.shape} {self.word}"


LightMarks = Mapping[str, LightMark]
