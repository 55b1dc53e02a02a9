"""The agencies beside the themes of a map: roles and names that were misread, told once each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hengtu.core.source import Certainty, Source
from hengtu.readers.recognise.maps.agencies import (
    is_agency,
    is_known,
    leads,
    read_agency,
    read_role,
)
from hengtu.readers.recognise.maps.reading import Seat
from hengtu.readers.recognise.notes import Notes

_LOCAL_LENGTH = 3


def read_seats(seats: list[Seat], notes: Notes) -> list[Seat]:
    """Return the seats with roles understood and misread names repaired, each repair told once."""
    seated = _with_roles(seats, notes)
    printed = frozenset(seat.name for seat in seated)
    if not _lists_agencies(printed):
        return seated
    readings = {}
    for name in dict.fromkeys(seat.name for seat in seated):
        if is_known(name) or not is_agency(name) or len(name) != _LOCAL_LENGTH:
            continue
        places = [seat.source for seat in seated if seat.name == name]
        themes = {seat.theme for seat in seated if seat.name == name}
        beside = frozenset(seat.name for seat in seated if seat.theme in themes)
        found = read_agency(name, printed, beside)
        where = _joined(places, name)
        if found is None:
            notes.tell("R115", where, subject=name, raw=name, certainty="open")
            continue
        if found.alike:
            readings[name] = found.name
        certainty: Certainty = "certain" if found.certain else "inferred"
        notes.tell(
            "R111", where, subject=name, raw=name, reading=found.name, certainty=certainty
        )  # fmt: skip
    return [replace(seat, name=readings.get(seat.name, seat.name)) for seat in seated]


def _lists_agencies(printed: frozenset[str]) -> bool:
    """Whether the names are mostly those of a local government's agencies, so that odd ones stand out."""
    known = sum(1 for name in printed if is_known(name) and len(name) <= 4)
    return known >= 4 and known * 2 >= len(printed)


def _with_roles(seats: list[Seat], notes: Notes) -> list[Seat]:
    roles = {seat.role: read_role(seat.role) for seat in seats if seat.role}
    repeated = Counter(seat.role for seat in seats if seat.role)
    themes = {seat.theme for seat in seats}
    for printed, right in roles.items():
        if right is None or right != printed:
            _tell_role(printed, right, [s for s in seats if s.role == printed], notes)
    # A bracket that stands in every theme's cell marks the lead, whatever its word was.
    marks = {role for role, n in repeated.items() if role and n >= max(2, len(themes))}
    return [
        replace(seat, leads=seat.leads or leads(roles.get(seat.role)) or seat.role in marks)
        if seat.role
        else seat
        for seat in seats
    ]


def _tell_role(printed: str, right: str | None, seats: list[Seat], notes: Notes) -> None:
    if right is None:
        return
    where = _joined([seat.source for seat in seats], f"{seats[0].name}({printed})")
    notes.tell("R111", where, subject=printed, raw=where.raw, reading=right, repair="character")


def _joined(places: list[Source], raw: str) -> Source:
    where = replace(places[0], raw=raw)
    for place in places[1:]:
        where = where.join(place)
    return where
