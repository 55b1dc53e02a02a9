"""What one map table says, and how its cells become sightings."""

from __future__ import annotations

from dataclasses import dataclass, field

from hengtu.core.hanzi import has_hanzi
from hengtu.core.paper import Row
from hengtu.core.source import Source
from hengtu.readers.recognise.maps.agencies import read_members
from hengtu.readers.recognise.maps.cells import PerspectiveLabel, Printed
from hengtu.readers.recognise.maps.grid import SHARED, Grid, GridRow
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.sightings import (
    ObjectiveSighting,
    PerspectiveSighting,
    ThemeSighting,
)


@dataclass(frozen=True, slots=True)
class Seat:
    """An agency or unit beside a theme: as printed, with the role printed in brackets."""

    theme: str
    name: str
    role: str | None
    leads: bool
    source: Source


@dataclass(slots=True)
class MapReading:
    """Everything one map table says, in the order of its rows."""

    themes: list[ThemeSighting] = field(default_factory=list)
    perspectives: list[PerspectiveSighting] = field(default_factory=list)
    objectives: list[ObjectiveSighting] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)


def add_coded(
    row: GridRow,
    grid: Grid,
    label: PerspectiveLabel | None,
    reading: MapReading,
    notes: Notes,
) -> None:
    """Add the objectives of a row; ``label`` is the perspective named last, merged cells apart."""
    notes.claim(row.row)
    letters = {theme.code for theme in grid.themes.values()}
    printed = (label.letter or label.known or label.name) if label else None
    for one in row.printed:
        if has_hanzi(one.name):
            reading.objectives.append(_sighting(one, row.row, letters, printed))


def _sighting(one: Printed, row: Row, letters: set[str], label: str | None) -> ObjectiveSighting:
    """Take theme and perspective from the code; of a plain code (``C1``) the row tells the latter."""
    code = one.code
    of_theme = code.theme != SHARED if code.perspective else code.theme in letters
    return ObjectiveSighting(
        code=code,
        name=one.name,
        place="map",
        theme=code.theme if of_theme else None,
        perspective=code.perspective or label,
        source=Source.at(row.place, raw=one.raw),
    )


def perspective_of(
    label: PerspectiveLabel, row: GridRow, known: dict[str, str]
) -> PerspectiveSighting:
    """Return the sighting of a perspective; ``known`` are the names of letters in this map."""
    letter = letter_of(label, row)
    name = known.get(letter, label.name) if letter else label.name
    return PerspectiveSighting(
        name=name, letter=letter, source=Source.at(row.row.place, raw=label.name)
    )


def letter_of(label: PerspectiveLabel, row: GridRow) -> str | None:
    """Return the letter of a label: printed, of general use, or that of the row's codes."""
    return label.letter or label.known or row.letter


def seats_of(row: Row, text: str, theme: str, leads: bool) -> list[Seat]:
    """Return the agencies that a cell lists beside a theme."""
    return [
        Seat(theme, member.name, member.role, leads, Source.at(row.place, raw=member.name))
        for member in read_members(text)
    ]
