"""Codes printed on the wrong objective: one code for two names while the right one is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from hengtu.core.codes import Code
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.sightings import ObjectiveSighting
from hengtu.readers.recognise.structure.naming import letters


def repair_codes(
    sightings: Sequence[ObjectiveSighting], notes: Notes
) -> tuple[list[ObjectiveSighting], dict[int, tuple[str, str]]]:
    """Return the sightings with wrong codes repaired, and line → (printed code, right code).

    Only a code that one place prints twice for different names is doubted. The other name gets the
    code that it has elsewhere, or that its namesakes of other themes have, when that code is free in
    that place; else the code is told to be printed twice.
    """
    found, moved = list(sightings), dict[int, tuple[str, str]]()
    for listed in _lists(sightings):
        for code, numbers in _doubled(found, listed).items():
            _settle(found, listed, code, numbers, moved, notes)
    return found, moved


def split_lists(sightings: Sequence[ObjectiveSighting]) -> list[list[int]]:
    """Return the positions of each list of nodes: a list ends where one of its objectives comes again.

    A code that comes again with quite another name is a wrong code, not a new list.
    """
    lists: list[list[int]] = [[]]
    for number, one in enumerate(sightings):
        again = (n for n in lists[-1] if _code(sightings[n]) == _code(one))
        if any(not _unlike(sightings[n], one) for n in again):
            lists.append([])
        lists[-1].append(number)
    return [listed for listed in lists if listed]


def _code(sighting: ObjectiveSighting) -> str:
    return sighting.code.text if sighting.code else letters(sighting.name)


def _lists(sightings: Sequence[ObjectiveSighting]) -> list[list[int]]:
    """Return the positions of the sightings that stand together: each list of nodes, each other place."""
    lists = []
    for place in dict.fromkeys(s.place for s in sightings):
        numbers = [n for n, s in enumerate(sightings) if s.place == place]
        if place == "nodes":
            parts = split_lists([sightings[n] for n in numbers])
            lists += [[numbers[k] for k in part] for part in parts]
        else:
            lists.append(numbers)
    return lists


def _doubled(found: Sequence[ObjectiveSighting], listed: Sequence[int]) -> dict[str, list[int]]:
    by_code: dict[str, list[int]] = defaultdict(list)
    for number in listed:
        if code := found[number].code:
            by_code[code.text].append(number)
    return {
        code: numbers
        for code, numbers in by_code.items()
        if any(_unlike(found[a], found[b]) for a in numbers for b in numbers if a < b)
    }


def _unlike(one: ObjectiveSighting, other: ObjectiveSighting) -> bool:
    """Whether two names have so little in common that they cannot be one objective."""
    a, b = set(letters(one.name)), set(letters(other.name))
    return len(a & b) * 2 < min(len(a), len(b))


def _settle(
    found: list[ObjectiveSighting],
    listed: Sequence[int],
    code: str,
    numbers: list[int],
    moved: dict[int, tuple[str, str]],
    notes: Notes,
) -> None:
    for number in numbers:
        sighting = found[number]
        right = _right_code(found, number, listed)
        if right is None or right.text == code:
            continue
        found[number] = replace(
            sighting,
            code=replace(right, raw=code),
            theme=right.theme,
            perspective=right.perspective,
        )
        moved |= dict.fromkeys(sighting.source.all_lines(), (code, right.text))
        notes.tell("R102", sighting.source, subject=code, reading=right.text)
        return
    last = found[numbers[-1]]
    where = found[numbers[0]].source.join(last.source)
    raw = "／".join(dict.fromkeys(found[n].name for n in numbers))
    notes.tell("R103", where, subject=code, raw=raw)


def _right_code(
    found: Sequence[ObjectiveSighting], number: int, listed: Sequence[int]
) -> Code | None:
    """Return the code that a name has elsewhere in its theme, or by its namesakes in other themes."""
    mine = found[number]
    name, printed = letters(mine.name), mine.code
    namesakes = [
        other.code
        for n, other in enumerate(found)
        if n != number and other.code and letters(other.name) == name
    ]
    if printed is None:
        return None
    taken = {_code(found[n]) for n in listed}
    same = [c for c in namesakes if c.theme == printed.theme and c.text != printed.text]
    if same and not any(c.text == printed.text for c in namesakes):
        free = [c for c in same if c.text not in taken]
        return free[0] if free else None
    ends = Counter((c.perspective, c.serial) for c in namesakes if c.theme != printed.theme)
    if len(ends) != 1 or sum(ends.values()) < 2:
        return None
    (perspective, serial), _ = ends.most_common(1)[0]
    code = Code(printed.theme, perspective, serial)
    return code if code.text not in taken else None
