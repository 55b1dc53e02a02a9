"""Maps and cause–effect diagrams given as lists of nodes: themes, perspectives, codes and names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengtu.core.codes import Code, read_code
from hengtu.core.hanzi import has_hanzi, squeeze, unwrap
from hengtu.core.paper import Line, Paper
from hengtu.core.plan import Link
from hengtu.core.source import Source
from hengtu.readers.recognise.maps.cells import (
    ThemeLabel,
    clean_name,
    fold_code,
    read_label,
    read_perspective,
    read_theme,
)
from hengtu.readers.recognise.maps.diagrams import (
    holds_arrow,
    read_links,
    tell_lost_edges,
    tell_stray_nodes,
)
from hengtu.readers.recognise.maps.zones import MapZone, parent_blocks
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.sightings import (
    ObjectiveSighting,
    PerspectiveSighting,
    ThemeSighting,
)

_LETTER = re.compile(r"^[(（【]?([A-Z])[)）】]?$")
_THEME_LABEL = re.compile(
    r"^(?:.{0,4}級)?(?:年度)?(?:策略)?主題(?:一覽|總覽|說明|名稱|代號|如下|列表)*"
    r"\s*(?:(?:[A-Z一二三四五六七八九十\d]{0,2}\s*[:：]|[(（][一二三四五六七八九十\d]{1,2}[)）])\s*(?P<rest>.*))?$"
)
_LONGEST_NODE = 60
_LONGEST_THEME = 24
_MOST_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Nodes:
    """What the lists of nodes say."""

    themes: tuple[ThemeSighting, ...] = ()
    perspectives: tuple[PerspectiveSighting, ...] = ()
    objectives: tuple[ObjectiveSighting, ...] = ()
    links: tuple[Link, ...] = ()


def read_nodes(
    paper: Paper, notes: Notes, zones: tuple[MapZone, ...], letters: frozenset[str]
) -> Nodes:
    """Return the nodes outside tables; ``letters`` are theme letters already known from maps."""
    stretches = list(_stretches(paper, parent_blocks(zones)))
    groups = [group for stretch in stretches for group in _groups(stretch)]
    objectives = _objectives(groups, notes)
    known = letters | {o.code.theme for o in objectives if o.code}
    themes = list(_themes(groups, known, notes))
    wanted = known - {theme.code for theme in themes}
    themes += [t for stretch in stretches for t in _loose_themes(stretch, wanted, notes)]
    links = read_links([line for group in groups for line in group], notes)
    tell_lost_edges(groups, objectives, links, notes)
    tell_stray_nodes(objectives, notes)
    return Nodes(
        themes=tuple(themes),
        perspectives=tuple(_perspectives(groups, notes)) if objectives else (),
        objectives=tuple(objectives),
        links=tuple(links),
    )


def _stretches(paper: Paper, foreign: frozenset[int]) -> Iterator[list[Line]]:
    """Yield the lines between two tables, outside the parent's map."""
    stretch: list[Line] = []
    for number, block in enumerate(paper.blocks):
        if isinstance(block, Line) and number not in foreign:
            stretch.append(block)
            continue
        if stretch:
            yield stretch
        stretch = []
    if stretch:
        yield stretch


def _groups(stretch: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of a stretch that no blank line parts."""
    group: list[Line] = []
    for line in stretch:
        if group and line.gap_before:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _node_code(line: Line) -> tuple[Code, str] | None:
    plain = len(line.text) <= _LONGEST_NODE and not holds_arrow(line.text)
    found = read_code(fold_code(line.text)) if plain else None
    return found if found and found[0].level == "objective" else None


def _objectives(groups: Sequence[Sequence[Line]], notes: Notes) -> list[ObjectiveSighting]:
    found: list[ObjectiveSighting] = []
    for number, group in enumerate(groups):
        for start, line in enumerate(group):
            node = _node_code(line)
            if node is None:
                continue
            code, first = node
            lines = [line, *_hanging(group[start + 1 :])]
            name = clean_name(" ".join((first, *(one.text for one in lines[1:]))))
            if not has_hanzi(name) and start == len(group) - 1:
                lines, name = _next_group(lines, groups[number + 1 : number + 2])
            if has_hanzi(name):
                found.append(_sighting(code, name, lines, notes))
    return found


def _hanging(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that go on with a node's name: up to the next code, label, item or sentence."""
    for line in lines:
        text = line.text.strip()
        if (
            read_code(fold_code(text))
            or line.bullet
            or read_label(text)
            or read_perspective(text)
            or read_theme(text)
            or re.search(r"[:：。]|→", text)
            or len(text) > _LONGEST_THEME
            or not has_hanzi(text)
        ):
            return
        yield line


def _next_group(lines: list[Line], following: Sequence[Sequence[Line]]) -> tuple[list[Line], str]:
    """Take the name of a bare code from the next group, when that is nothing but a name."""
    hanging = list(_hanging(following[0])) if following else []
    if not hanging or len(hanging) != len(following[0]):
        return lines, ""
    return [*lines, *hanging], clean_name(" ".join(one.text for one in hanging))


def _sighting(code: Code, name: str, lines: Sequence[Line], notes: Notes) -> ObjectiveSighting:
    notes.claim(*lines)
    raw = " ".join(line.text for line in lines)
    source = Source.at(*(line.place for line in lines), raw=raw)
    return ObjectiveSighting(
        code=code, name=name, place="nodes", theme=code.theme, perspective=code.perspective, source=source
    )  # fmt: skip


def _themes(
    groups: Sequence[Sequence[Line]], letters: frozenset[str] | set[str], notes: Notes
) -> Iterator[ThemeSighting]:
    """Yield the themes named on lines of their own; a letter counts when codes use it or 策略主題 is near."""
    announced = False
    for group in groups:
        titled = [line for line in group if _THEME_LABEL.match(squeeze(line.text))]
        announced = announced or any(map(_opens, titled))
        found = list(_themes_of(group))
        for lines, code, name in found:
            if code in letters or announced or lines[0] in titled:
                notes.claim(*lines)
                raw = unwrap(" ".join(line.text for line in lines))
                source = Source.at(*(line.place for line in lines), raw=raw)
                yield ThemeSighting(code=code, name=name, source=source)
        announced = announced and (bool(found) or bool(titled))
        notes.claim(*filter(_opens, titled))


def _loose_themes(
    lines: Sequence[Line], wanted: frozenset[str] | set[str], notes: Notes
) -> Iterator[ThemeSighting]:
    """Yield the themes whose letter closes a name where blank lines part everything or nothing."""
    announced = next((n for n, line in enumerate(lines) if _opens(line)), len(lines))
    for end in range(announced, len(lines)):
        letter = _LETTER.match(lines[end].text.strip())
        start = end
        while start > announced and end - start < _MOST_LINES and _may_be_name(lines[start - 1]):
            start -= 1
        name = clean_name(" ".join(one.text for one in lines[start:end]))
        if letter and letter[1] in wanted and name and len(name) <= _LONGEST_THEME:
            notes.claim(*lines[start : end + 1])
            raw = unwrap(" ".join(one.text for one in lines[start : end + 1]))
            source = Source.at(*(one.place for one in lines[start : end + 1]), raw=raw)
            yield ThemeSighting(code=letter[1], name=name, source=source)


def _may_be_name(line: Line) -> bool:
    text = line.text.strip()
    other = _THEME_LABEL.match(squeeze(text)) or read_label(text) or read_perspective(text)
    plain = has_hanzi(text) and not re.search(r"[:：。]", text) and not line.bullet
    return plain and len(text) <= _LONGEST_THEME // 2 and not other and _node_code(line) is None


def _opens(line: Line) -> bool:
    """Whether a line announces themes and names none itself."""
    found = _THEME_LABEL.match(squeeze(line.text))
    return found is not None and not found["rest"]


def _themes_of(group: Sequence[Line]) -> Iterator[tuple[Sequence[Line], str, str]]:
    """Yield (lines, letter, name): a line each, or a name over several lines with its letter beside."""
    first, last = (_LETTER.match(line.text.strip()) for line in (group[0], group[-1]))
    letter = last or first
    if letter and len(group) in (2, 3, 4):
        named = group[:-1] if last else group[1:]
        name = clean_name(" ".join(line.text for line in named))
        if has_hanzi(name) and len(name) <= _LONGEST_THEME and not any(map(_node_code, named)):
            yield group, letter[1], name
        return
    for line in group:
        yield from (([line], label.code, label.name) for label in _labels_of(line))


def _labels_of(line: Line) -> list[ThemeLabel]:
    """Return the themes that a line names: one, or several behind 主題： with marks between."""
    text = squeeze(line.text)
    announced = _THEME_LABEL.match(text)
    words = announced["rest"] if announced and announced["rest"] else text
    parts = re.split(r"[、，,；;]", words)
    listed = [label for part in parts if (label := read_theme(part))] if announced else []
    if len(listed) == len(parts):
        return listed
    long = len(words) > _LONGEST_THEME + 8 or re.search(r"[。；;]", words)
    label = None if long or read_perspective(words) else read_theme(words) or read_theme(text)
    return [label] if label else []


def _perspectives(groups: Sequence[Sequence[Line]], notes: Notes) -> Iterator[PerspectiveSighting]:
    for line in (line for group in groups for line in group):
        label = read_perspective(line.text)
        if label:
            notes.claim(line)
            yield PerspectiveSighting(
                name=label.name,
                letter=label.letter or label.known,
                source=Source.at(line.place, raw=line.text),
            )
