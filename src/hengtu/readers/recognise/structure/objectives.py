"""One objective per code from all its sightings, with findings where they print it differently."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Protocol

from hengtu.core.hanzi import bare
from hengtu.core.plan import Objective, ObjectiveStrategy, Perspective, Text
from hengtu.core.source import Source
from hengtu.readers.recognise.maps.cells import perspective_letter, read_perspective
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.sightings import ObjectiveSighting
from hengtu.readers.recognise.structure.naming import choose_name, compare_names, letters

_WEIGHTS = {"scorecard": 5, "slide": 4, "outline": 3, "map": 2, "nodes": 1}
_CODES = {"added": "R113", "dropped": "R114", "misread": "R111", "wording": "X101"}


class Named(Protocol):
    """Anything printed with a name and a place."""

    @property
    def name(self) -> str: ...

    @property
    def source(self) -> Source: ...


def merge_objectives(
    sightings: Sequence[ObjectiveSighting], perspectives: Sequence[Perspective], notes: Notes
) -> tuple[Objective, ...]:
    """Return the objectives in the order of their first sighting; codes are made where none is printed."""
    groups: dict[str, list[ObjectiveSighting]] = {}
    for one in sightings:
        groups.setdefault(one.code.text if one.code else "?" + letters(one.name), []).append(one)
    _adopt_uncoded(groups)
    free = (code for n in count(1) if (code := f"S{n}") not in groups)
    return tuple(
        _merged(next(free) if key.startswith("?") else key, seen, perspectives, notes)
        for key, seen in groups.items()
    )


def _adopt_uncoded(groups: dict[str, list[ObjectiveSighting]]) -> None:
    """Join sightings without a code to the one coded objective of the same name."""
    coded: dict[str, list[str]] = {}
    for key, seen in groups.items():
        if not key.startswith("?"):
            for name in {letters(one.name) for one in seen}:
                coded.setdefault(name, []).append(key)
    for key in [key for key in groups if key.startswith("?")]:
        owners = coded.get(key[1:], [])
        if len(owners) == 1:
            groups[owners[0]] += groups.pop(key)


def _merged(
    code: str,
    seen: Sequence[ObjectiveSighting],
    perspectives: Sequence[Perspective],
    notes: Notes,
) -> Objective:
    name = choose_name([(one.name, _WEIGHTS[one.place]) for one in seen])
    tell_differences(code, name, seen, notes)
    source = seen[0].source
    for one in seen[1:]:
        source = source.join(one.source)
    return Objective(
        code=code,
        name=name,
        theme=next((one.theme for one in seen if one.theme), None),
        perspective=_perspective(seen, perspectives),
        kind=next((one.kind for one in seen if one.kind), None),
        success_factors=_factors(seen),
        strategies=_strategies(seen),
        source=source,
    )


def tell_differences(code: str, name: str, seen: Sequence[Named], notes: Notes) -> None:
    """Tell where a name is printed otherwise than chosen: damage as such, wording as a hint."""
    attested = sum(1 for one in seen if letters(one.name) == letters(name))
    told: dict[str, list[Named]] = {}
    for one in seen:
        if compare_names(one.name, name, attested=attested):
            told.setdefault(one.name, []).append(one)
    for printed, places in told.items():
        difference = compare_names(printed, name, attested=attested)
        where = places[0].source
        for place in places[1:]:
            where = where.join(place.source)
        if difference:
            notes.tell(_CODES[difference], where, subject=code, raw=printed, reading=name)


def _perspective(
    seen: Sequence[ObjectiveSighting], perspectives: Sequence[Perspective]
) -> str | None:
    """Return the perspective's code: the second letter where a code is printed, else the name's."""
    known = {p.code for p in perspectives}
    by_name = {bare(p.name): p.code for p in perspectives}
    coded = next((one.code for one in seen if one.code and one.code.perspective), None)
    if coded and (coded.perspective in known or not perspectives):
        return coded.perspective
    for one in seen:
        if one.perspective:
            label = read_perspective(one.perspective)
            name = label.name if label else one.perspective
            return by_name.get(bare(name)) or (
                name if name in known else perspective_letter(name) or name
            )
    return coded.perspective if coded else None


def _factors(seen: Sequence[ObjectiveSighting]) -> tuple[Text, ...]:
    found = {
        bare(text.text): text for one in reversed(seen) for text in reversed(one.success_factors)
    }
    return tuple(found.values())[::-1]


def _strategies(seen: Sequence[ObjectiveSighting]) -> tuple[ObjectiveStrategy, ...]:
    return next((one.strategies for one in seen if one.strategies), ())
