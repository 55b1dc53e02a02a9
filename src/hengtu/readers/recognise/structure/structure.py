"""One map from many sightings: what each code's name, theme and perspective are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from hengtu.core.codes import PERSPECTIVE_LETTERS
from hengtu.core.hanzi import bare
from hengtu.core.plan import Action, Kpi, Objective, OrgUnit, Perspective, Theme
from hengtu.core.source import Source
from hengtu.readers.recognise.indicators.indicators import Indicators
from hengtu.readers.recognise.maps.cells import perspective_letter, read_perspective
from hengtu.readers.recognise.maps.maps import Maps
from hengtu.readers.recognise.maps.org_units import unit_kind, units_in_kpi
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecards.scorecard import Scorecards
from hengtu.readers.recognise.sightings import (
    ObjectiveSighting,
    PerspectiveSighting,
    ThemeSighting,
)
from hengtu.readers.recognise.structure.moved_codes import move_codes
from hengtu.readers.recognise.structure.naming import choose_name
from hengtu.readers.recognise.structure.objectives import merge_objectives, tell_differences
from hengtu.readers.recognise.structure.wrong_codes import repair_codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The reconciled structure of the plan."""

    themes: tuple[Theme, ...] = ()
    perspectives: tuple[Perspective, ...] = ()
    objectives: tuple[Objective, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    actions: tuple[Action, ...] = ()
    org_units: tuple[OrgUnit, ...] = ()


def build_structure(
    notes: Notes, *, maps: Maps, scorecards: Scorecards, indicators: Indicators
) -> Structure:
    """Return themes, perspectives and objectives that all sightings agree on, with findings where they differ."""
    seen_themes = _unstuck((*maps.themes, *scorecards.themes))
    printed = _one_code_each(seen_themes)
    seen = _distinct(_retold((*maps.objectives, *scorecards.objectives), printed))
    _tell_misread_codes(seen, notes)
    sightings, moved = repair_codes(seen, notes)
    perspectives = _perspectives(
        (*maps.perspectives, *scorecards.perspectives), sightings, indicators.perspectives
    )
    objectives = merge_objectives(_themed(sightings, maps, scorecards), perspectives, notes)
    themes = _themes(
        [replace(theme, code=printed.get(theme.code, theme.code)) for theme in seen_themes],
        sightings,
        notes,
    )
    kpis, actions = move_codes(scorecards.kpis, scorecards.actions, moved)
    return Structure(
        themes=themes,
        perspectives=perspectives,
        objectives=(*objectives, *_others(indicators.objectives, objectives)),
        kpis=kpis,
        actions=actions,
        org_units=_units(kpis),
    )


def _unstuck(themes: tuple[ThemeSighting, ...]) -> tuple[ThemeSighting, ...]:
    """Take a letter off a name it is stuck to, where another place prints them apart."""
    known = {f"{theme.code}{bare(theme.name)}" for theme in themes if len(theme.code) == 1}
    return tuple(
        replace(theme, name=theme.name[1:].strip())
        if len(theme.code) > 1 and bare(theme.name) in known
        else theme
        for theme in themes
    )


def _one_code_each(themes: tuple[ThemeSighting, ...]) -> dict[str, str]:
    """Return code → the code to use, where two places made different codes for one unlettered theme."""
    codes: dict[str, list[str]] = {}
    for theme in themes:
        if theme.name:
            codes.setdefault(bare(theme.name), []).append(theme.code)
    return {
        code: seen[0]
        for seen in codes.values()
        for code in seen
        if code != seen[0] and (len(code) > 1 or len(seen[0]) > 1)
    }


def _retold(
    sightings: tuple[ObjectiveSighting, ...], codes: dict[str, str]
) -> list[ObjectiveSighting]:
    return [replace(one, theme=codes.get(one.theme or "", one.theme)) for one in sightings]


def _themed(
    sightings: list[ObjectiveSighting], maps: Maps, scorecards: Scorecards
) -> list[ObjectiveSighting]:
    """Take the theme from the code where its letter is that of a printed theme."""
    letters = {theme.code for theme in (*maps.themes, *scorecards.themes)}
    return [
        replace(one, theme=one.code.theme)
        if one.code and one.code.perspective and one.code.theme in letters
        else one
        for one in sightings
    ]


def _distinct(sightings: list[ObjectiveSighting]) -> list[ObjectiveSighting]:
    """Drop the second sighting of the same printed line; the whole name and the factors are kept."""
    found: dict[tuple[str, int | None, str | None, str], ObjectiveSighting] = {}
    for one in sightings:
        code = one.code.text if one.code else ""
        own = one.name if one.code is None or one.source.line is None else ""
        key = (code, one.source.line, one.source.cell, own)
        known = found.get(key)
        found[key] = _same_line(known, one) if known else one
    return list(found.values())


def _same_line(known: ObjectiveSighting, other: ObjectiveSighting) -> ObjectiveSighting:
    """Merge two readings of one line; a name that begins the other was cut at a line's end."""
    name = max((known.name, other.name), key=len)
    if not name.startswith(min((known.name, other.name), key=len)):
        name = known.name
    return replace(
        known,
        name=name,
        theme=known.theme or other.theme,
        perspective=known.perspective or other.perspective,
        success_factors=known.success_factors or other.success_factors,
        source=known.source.join(other.source),
    )


def _tell_misread_codes(sightings: list[ObjectiveSighting], notes: Notes) -> None:
    """Tell repaired codes of maps and nodes; those of scorecards and slides are told where they are read."""
    for one in sightings:
        if one.code and one.code.repaired and one.place in ("map", "nodes"):
            notes.tell(
                "R101", one.source, subject=one.code.text, raw=one.code.raw, reading=one.code.text
            )


def _themes(
    printed: list[ThemeSighting], objectives: list[ObjectiveSighting], notes: Notes
) -> tuple[Theme, ...]:
    by_code: dict[str, list[ThemeSighting]] = {}
    for one in printed:
        by_code.setdefault(one.code, []).append(one)
    unnamed = {o.theme: o.source for o in reversed(objectives) if o.theme}
    for code in unnamed:
        by_code.setdefault(code, [])
    return tuple(
        _theme(code, by_code[code], unnamed.get(code, Source()), notes) for code in by_code
    )


def _theme(code: str, printed: list[ThemeSighting], fallback: Source, notes: Notes) -> Theme:
    """Merge the sightings of a theme; one that is named nowhere carries its letter."""
    named = [one for one in printed if one.name]
    name = choose_name([(one.name, 1) for one in named]) if named else code
    tell_differences(code, name, named, notes)
    source = printed[0].source if printed else replace(fallback, certainty="inferred")
    for one in printed[1:]:
        source = source.join(one.source)
    return Theme(
        code=code,
        name=name,
        lead=next((one.lead for one in printed if one.lead), None),
        members=next((one.members for one in printed if one.members), ()),
        source=source,
    )


def _perspectives(
    printed: tuple[PerspectiveSighting, ...],
    objectives: list[ObjectiveSighting],
    others: tuple[Perspective, ...],
) -> tuple[Perspective, ...]:
    """Return the perspectives by letter, in the usual order, then those known by name alone."""
    by_code: dict[str, list[PerspectiveSighting]] = {}
    for one in _named(printed, objectives):
        by_code.setdefault(one.letter or one.name, []).append(one)
    found = [_perspective(code, seen) for code, seen in by_code.items()]
    order = {letter: n for n, letter in enumerate(PERSPECTIVE_LETTERS)}
    if all(p.code in order for p in found):
        found.sort(key=lambda p: order[p.code])
    known = {p.code for p in found} | {p.name for p in found}
    return (*found, *(p for p in others if p.code not in known and p.name not in known))


def _named(
    printed: tuple[PerspectiveSighting, ...], objectives: list[ObjectiveSighting]
) -> list[PerspectiveSighting]:
    """Return the sightings with plain names, and letters where general use or the codes tell them."""
    letters = {one.name: one.letter for one in printed if one.letter}
    counted: dict[str, Counter[str]] = {}
    for one in objectives:
        if one.code and one.perspective and len(one.perspective) > 1:
            counted.setdefault(_plain(one.perspective), Counter())[one.code.perspective] += 1
    named = []
    for sighting in printed:
        name = _plain(sighting.name)
        by_codes = counted[name].most_common(1)[0][0] if name in counted else None
        letter = sighting.letter or letters.get(name) or by_codes or perspective_letter(name)
        named.append(replace(sighting, name=name, letter=letter))
    return named


def _plain(name: str) -> str:
    label = read_perspective(name)
    return label.name if label else name


def _perspective(code: str, printed: list[PerspectiveSighting]) -> Perspective:
    source = printed[0].source
    for one in printed[1:]:
        source = source.join(one.source)
    return Perspective(code=code, name=choose_name([(p.name, 1) for p in printed]), source=source)


def _others(more: tuple[Objective, ...], known: tuple[Objective, ...]) -> tuple[Objective, ...]:
    codes = {objective.code for objective in known}
    return tuple(objective for objective in more if objective.code not in codes)


def _units(kpis: tuple[Kpi, ...]) -> tuple[OrgUnit, ...]:
    """Return the units that own KPIs or that KPI names speak of."""
    units: dict[str, OrgUnit] = {}
    for kpi in kpis:
        owner = (
            (kpi.owner,)
            if kpi.owner and unit_kind(kpi.owner) in ("section", "unit", "staff_office")
            else ()
        )
        for name in (*owner, *units_in_kpi(kpi.name)):
            source = replace(kpi.source, raw=name, lines=())
            units.setdefault(bare(name), OrgUnit(name=name, kind=unit_kind(name), source=source))
    return tuple(units.values())
