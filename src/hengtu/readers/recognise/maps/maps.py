"""Strategy maps: themes × perspectives as a table or as nodes, own and parent; who leads and joins."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.core.hanzi import bare
from hengtu.core.paper import Paper
from hengtu.core.plan import Link, OrgUnit, Plan
from hengtu.readers.recognise.maps.agency_readings import read_seats
from hengtu.readers.recognise.maps.nodes import read_nodes
from hengtu.readers.recognise.maps.org_units import read_org_units, unit_kind
from hengtu.readers.recognise.maps.parents import build_parent
from hengtu.readers.recognise.maps.reading import MapReading, Seat
from hengtu.readers.recognise.maps.rows import read_map_table
from hengtu.readers.recognise.maps.zones import find_zones
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.sightings import (
    ObjectiveSighting,
    PerspectiveSighting,
    ThemeSighting,
)


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
    zones = find_zones(paper)
    themes: list[ThemeSighting] = []
    perspectives: list[PerspectiveSighting] = []
    objectives: list[ObjectiveSighting] = []
    seats: list[Seat] = []
    parent: Plan | None = None
    for zone in zones:
        reading = read_map_table(zone.table, notes)
        zone_seats = read_seats(reading.seats, notes)
        if zone.title is not None:
            notes.claim(zone.title)
        if zone.parent:
            parent = build_parent(paper, notes, zone, reading, zone_seats, above=parent)
            continue
        themes += _with_seats(reading, zone_seats)
        perspectives += reading.perspectives
        objectives += reading.objectives
        seats += zone_seats
    nodes = read_nodes(paper, notes, zones, frozenset(o.code.theme for o in objectives if o.code))
    return Maps(
        themes=(*themes, *nodes.themes),
        perspectives=(*perspectives, *nodes.perspectives),
        objectives=(*objectives, *nodes.objectives),
        links=nodes.links,
        org_units=(*read_org_units(paper, notes), *_leading_units(seats)),
        parent_plan=parent,
    )


def _with_seats(reading: MapReading, seats: list[Seat]) -> list[ThemeSighting]:
    """Return the themes of a map with who leads them and who joins."""
    known = {sighting.code for sighting in reading.themes}
    missing = dict.fromkeys(seat.theme for seat in seats if seat.theme not in known)
    first = {seat.theme: seat.source for seat in reversed(seats)}
    unnamed = [ThemeSighting(code=code, name="", source=first[code]) for code in missing]
    return [seat_theme(theme, seats) for theme in (*reading.themes, *unnamed)]


def seat_theme(theme: ThemeSighting, seats: list[Seat]) -> ThemeSighting:
    """Return a theme with its lead and members among the seats of its map."""
    mine = [seat for seat in seats if seat.theme == theme.code]
    leads = dict.fromkeys(seat.name for seat in mine if seat.leads)
    members = tuple(
        OrgUnit(name=seat.name, kind=unit_kind(seat.name), source=seat.source)
        for seat in mine
        if not seat.leads
    )
    source = theme.source
    for seat in mine:
        source = source.join(seat.source)
    return ThemeSighting(
        code=theme.code,
        name=theme.name,
        lead="、".join(leads) or None,
        members=members,
        source=source,
    )


def _leading_units(seats: list[Seat]) -> list[OrgUnit]:
    """Return the units that lead or join the agency's own themes."""
    first = {bare(seat.name): seat for seat in reversed(seats)}
    return [
        OrgUnit(name=seat.name, kind=unit_kind(seat.name), source=seat.source)
        for seat in reversed(first.values())
    ]
