"""What the rows of a map say: objectives, perspectives, who leads and who joins, and what slipped."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from hengtu.core.codes import PERSPECTIVE_NAMES
from hengtu.core.hanzi import has_hanzi, squeeze
from hengtu.core.paper import Row
from hengtu.core.source import Source
from hengtu.readers.recognise.agencies import read_members
from hengtu.readers.recognise.map_cells import (
    PerspectiveLabel,
    Printed,
    clean_name,
    list_names,
    read_label,
    read_perspective,
    read_theme,
)
from hengtu.readers.recognise.map_grid import SHARED, Grid, GridRow, lay_grid
from hengtu.readers.recognise.map_tables import MapTable
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


def read_map_table(table: MapTable, notes: Notes) -> MapReading:
    """Return what a map table says, with findings for slipped and lost rows."""
    grid = lay_grid(table)
    reading = MapReading()
    if grid.header is not None:
        notes.claim(grid.header)
    if grid.direction == "across":
        _read_across(grid, reading, notes)
    else:
        _read_down(grid, reading, notes)
    for row in table.rows:
        if row is not grid.header and [t for t in row.texts if t] == _texts(grid.header):
            notes.claim(row)
    return reading


def _texts(row: Row | None) -> list[str]:
    return [text for text in row.texts if text] if row else []


def _read_across(grid: Grid, reading: MapReading, notes: Notes) -> None:
    for label in grid.themes.values():
        if grid.header is not None:
            source = Source.at(grid.header.place, raw=f"{label.name} {label.code}")
            reading.themes.append(ThemeSighting(code=label.code, name=label.name, source=source))
    known = _known_letters(grid)
    for row in grid.rows:
        if row.coded:
            _add_coded(row, grid, reading, notes)
            _tell_slip(row, known, notes)
        elif row.kind in ("lead", "members"):
            _add_seats(grid, row, reading, notes)
        elif row.perspective:
            _add_uncoded(grid, row, reading, notes)
        if row.perspective and row.kind not in ("lead", "members"):
            reading.perspectives.append(_perspective(row.perspective, row, known))
    _tell_lost_row(grid, notes)


def _known_letters(grid: Grid) -> dict[str, str]:
    """Return perspective letter → printed name, from the label cells of the map."""
    names: dict[str, str] = {}
    for row in grid.rows:
        label = row.perspective
        if label and (letter := _letter(label, row)):
            names.setdefault(letter, label.name)
    return names


def _letter(label: PerspectiveLabel, row: GridRow) -> str | None:
    return label.letter or label.known or row.letter


def _perspective(
    label: PerspectiveLabel, row: GridRow, known: dict[str, str]
) -> PerspectiveSighting:
    letter = _letter(label, row)
    name = known.get(letter, label.name) if letter else label.name
    return PerspectiveSighting(
        name=name, letter=letter, source=Source.at(row.row.place, raw=label.name)
    )


def _add_coded(row: GridRow, grid: Grid, reading: MapReading, notes: Notes) -> None:
    notes.claim(row.row)
    letters = {label.code for label in grid.themes.values()}
    label = row.perspective
    for one in row.printed:
        if has_hanzi(one.name):
            printed = (label.letter or label.known or label.name) if label else None
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


def _tell_slip(row: GridRow, known: dict[str, str], notes: Notes) -> None:
    """Tell a label that belongs to another row: the second letter of the codes is the right one."""
    label = row.perspective
    printed = (label.letter or label.known) if label else None
    slipped = label is not None and printed is not None and row.letter not in (None, printed)
    if not slipped and not (row.kind in ("lead", "members") and row.letter):
        return
    words = row.labels[-1][1] if row.labels else ""
    letter = row.letter or ""
    name = known.get(letter) or PERSPECTIVE_NAMES.get(letter, "")
    notes.tell(
        "R121",
        Source.at(row.row.place, raw=f"{words}\t{row.printed[0].raw}"),
        subject=squeeze(words),
        raw=words,
        reading=f"{name} {letter}".strip(),
    )


def _tell_lost_row(grid: Grid, notes: Notes) -> None:
    """Tell a perspective whose label stands on another perspective's row and whose codes stand nowhere."""
    coded = [row for row in grid.rows if row.coded]
    present = {one.code.perspective for row in coded for one in row.printed}
    if len(grid.columns) < 2:
        return
    for n, row in enumerate(coded):
        label = row.perspective
        letter = (label.letter or label.known) if label else None
        if label is None or letter is None or letter in present or row.letter in (None, letter):
            continue
        after = coded[n + 1] if n + 1 < len(coded) else row
        where = Source.at(row.row.place, after.row.place, raw=f"{label.name} {letter}")
        notes.tell("R123", where, subject=label.name, reading=where.raw)


def _add_uncoded(grid: Grid, row: GridRow, reading: MapReading, notes: Notes) -> None:
    """Read the objectives of a perspective row that prints no codes, cell by cell."""
    label = row.perspective
    notes.claim(row.row)
    if label is None or grid.columns:
        return
    contents = [(c, t) for c, t in row.labels if not read_perspective(t) and not read_label(t)]
    for column, theme in _by_theme(grid, row, contents):
        text = row.row.text(column)
        for name in list_names(text):
            source = Source.at(row.row.place, raw=name)
            reading.objectives.append(
                ObjectiveSighting(
                    code=None,
                    name=name,
                    place="map",
                    theme=theme,
                    perspective=label.letter or label.name,
                    source=source,
                )
            )


def _add_seats(grid: Grid, row: GridRow, reading: MapReading, notes: Notes) -> None:
    notes.claim(row.row)
    at = next(
        n for n, (_, text) in enumerate(row.labels) if read_label(text) in ("lead", "members")
    )
    contents = list(row.labels[at + 1 :])
    _tell_column_shift(grid, row, row.labels[at], contents, notes)
    for column, theme in _by_theme(grid, row, contents):
        reading.seats.extend(_seats(row.row, row.row.text(column), theme, row.kind == "lead"))


def _seats(row: Row, text: str, theme: str, leads: bool) -> list[Seat]:
    return [
        Seat(theme, member.name, member.role, leads, Source.at(row.place, raw=member.name))
        for member in read_members(text)
    ]


def _by_theme(grid: Grid, row: GridRow, contents: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return (column, theme letter) for the content cells of a row without codes."""
    order = [label.code for _, label in sorted(grid.themes.items())] or sorted(
        grid.columns, key=lambda theme: grid.columns[theme]
    )
    if len(contents) == len(order):
        return [(column, theme) for (column, _), theme in zip(contents, order, strict=True)]
    starts = grid.columns or {label.code: column for column, label in grid.themes.items()}
    shift = _shift(grid, contents)
    by_column = {column - shift: theme for theme, column in starts.items()}
    return [(column, by_column[column]) for column, _ in contents if column in by_column]


def _shift(grid: Grid, contents: list[tuple[int, str]]) -> int:
    """Return by how many columns the contents of a row stand too far left."""
    first = min((column for column, _ in contents), default=grid.body)
    return max(grid.body - first, 0) if grid.columns else 0


def _tell_column_shift(
    grid: Grid, row: GridRow, label: tuple[int, str], contents: list[tuple[int, str]], notes: Notes
) -> None:
    if contents and _shift(grid, contents):
        words = f"{label[1]}\t{contents[0][1]}"
        order = "".join(sorted(grid.columns, key=lambda theme: grid.columns[theme]))
        notes.tell(
            "R122", Source.at(row.row.place, raw=words), subject=squeeze(label[1]), reading=order
        )


def _read_down(grid: Grid, reading: MapReading, notes: Notes) -> None:
    heads = _column_heads(grid.header)
    for column, text in enumerate(grid.header.texts if grid.header else ()):
        if label := read_perspective(text):
            letter = label.letter or label.known or _column_letter(grid, column)
            source = Source.at(
                grid.header.place if grid.header else grid.rows[0].row.place, raw=text
            )
            reading.perspectives.append(
                PerspectiveSighting(name=label.name, letter=letter, source=source)
            )
    for row in grid.rows:
        theme = _theme_of_row(row, reading)
        if row.coded or theme:
            _add_coded(row, grid, reading, notes)
            _add_row_seats(row, theme, heads, reading)


def _column_heads(header: Row | None) -> dict[int, str]:
    texts = header.texts if header else ()
    return {
        c: kind for c, text in enumerate(texts) if (kind := read_label(text)) in ("lead", "members")
    }


def _column_letter(grid: Grid, column: int) -> str | None:
    seen = Counter(one.code.perspective for row in grid.rows for one in row.cells.get(column, ()))
    return seen.most_common(1)[0][0] if seen else None


def _theme_of_row(row: GridRow, reading: MapReading) -> str | None:
    """Read the theme that a row names; a name without letter takes that of the row's codes."""
    codes = {one.code.theme for one in row.printed} - {SHARED}
    for _, text in row.labels[:2]:
        if read_label(text) or not has_hanzi(text):
            continue
        label = read_theme(text)
        code = label.code if label else (codes.pop() if len(codes) == 1 else None)
        name = label.name if label else clean_name(text)
        if code:
            source = Source.at(row.row.place, raw=text)
            reading.themes.append(ThemeSighting(code=code, name=name, source=source))
        return code
    return None


def _add_row_seats(
    row: GridRow, theme: str | None, heads: dict[int, str], reading: MapReading
) -> None:
    for column, kind in heads.items():
        if theme and row.row.text(column):
            reading.seats.extend(_seats(row.row, row.row.text(column), theme, kind == "lead"))
