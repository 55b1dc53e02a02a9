"""The plan of the parent government, as far as its map in this document tells it."""

from __future__ import annotations

import re

from hengtu.core.codes import PERSPECTIVE_LETTERS
from hengtu.core.hanzi import bare, unwrap
from hengtu.core.paper import Line, Paper
from hengtu.core.plan import (
    Adoption,
    Agency,
    Document,
    Objective,
    OrgUnit,
    Perspective,
    Plan,
    RocYears,
    Theme,
)
from hengtu.core.source import Source
from hengtu.readers.recognise.maps.reading import MapReading, Seat
from hengtu.readers.recognise.maps.zones import MapZone
from hengtu.readers.recognise.narrative.statement_lines import read_statement_blocks
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.sightings import ObjectiveSighting
from hengtu.readers.recognise.structure.lookalikes import read_terms
from hengtu.readers.recognise.structure.wrong_codes import repair_codes
from hengtu.readers.recognise.title.acts import read_adoption

_YEAR = re.compile(r"(?<!\d)(\d{2,3})\s*年")


def build_parent(
    paper: Paper,
    notes: Notes,
    zone: MapZone,
    reading: MapReading,
    seats: list[Seat],
    *,
    above: Plan | None = None,
) -> Plan:
    """Return the parent's plan: agency, year, statements, themes with lead and members, objectives."""
    blocks = paper.blocks[zone.start : zone.end + 1]
    statements = read_statement_blocks(blocks, notes)
    title = unwrap(zone.title.text) if zone.title else ""
    year = _YEAR.search(title)
    roc_year = int(year[1]) if year else None
    objectives, _ = repair_codes(reading.objectives, notes)
    return Plan(
        agency=Agency(name=zone.owner, source=_title_source(zone)),
        title=title,
        kind="strategy_map",
        roc_years=RocYears(first=roc_year, last=roc_year),
        document=Document(adopted=_adopted([b for b in blocks if isinstance(b, Line)], notes)),
        mission=statements.mission,
        vision=statements.vision,
        core_values=statements.core_values,
        themes=_themes(reading, seats),
        perspectives=_perspectives(reading),
        objectives=tuple(_objective(one, notes) for one in _first_of_each(objectives)),
        parent_plan=above,
    )


def _title_source(zone: MapZone) -> Source:
    return Source.at(zone.title.place, raw=zone.owner) if zone.title else Source()


def _adopted(lines: list[Line], notes: Notes) -> Adoption | None:
    for line in lines:
        if meeting := read_adoption(line.text):
            notes.claim(line)
            return Adoption(
                roc_date=meeting.roc_date,
                meeting=meeting.meeting,
                status=meeting.status,
                source=Source.at(line.place, raw=meeting.raw),
            )
    return None


def _themes(reading: MapReading, seats: list[Seat]) -> tuple[Theme, ...]:
    named = {theme.code: theme for theme in reversed(reading.themes)}
    themes = []
    for code in sorted(named):
        mine = [seat for seat in seats if seat.theme == code]
        leads = dict.fromkeys(seat.name for seat in mine if seat.leads)
        source = named[code].source
        for seat in mine:
            source = source.join(seat.source)
        members = tuple(OrgUnit(name=s.name, source=s.source) for s in mine if not s.leads)
        themes.append(
            Theme(
                code=code,
                name=named[code].name,
                lead="、".join(leads) or None,
                members=members,
                source=source,
            )
        )
    return tuple(themes)


def _perspectives(reading: MapReading) -> tuple[Perspective, ...]:
    found: dict[str, Perspective] = {}
    for one in reading.perspectives:
        code = one.letter or one.name
        found.setdefault(code, Perspective(code=code, name=one.name, source=one.source))
    order = {letter: n for n, letter in enumerate(PERSPECTIVE_LETTERS)}
    return tuple(sorted(found.values(), key=lambda p: order.get(p.code, len(order))))


def _first_of_each(objectives: list[ObjectiveSighting]) -> list[ObjectiveSighting]:
    first = {(o.code.text if o.code else bare(o.name)): o for o in reversed(objectives)}
    return list(first.values())[::-1]


def _objective(one: ObjectiveSighting, notes: Notes) -> Objective:
    code = one.code.text if one.code else one.name
    name = one.name
    if misread := read_terms(name):
        name, printed, right = misread
        notes.tell(
            "R111",
            one.source,
            subject=code,
            raw=printed,
            reading=right,
            repair="character",
            certainty="inferred",
        )
    return Objective(
        code=code, name=name, theme=one.theme, perspective=one.perspective, source=one.source
    )
