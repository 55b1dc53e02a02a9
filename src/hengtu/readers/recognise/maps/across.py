"""Maps with their themes across the page: a row is a perspective, and labels may slip."""

from __future__ import annotations

from hengtu.core.codes import PERSPECTIVE_NAMES
from hengtu.core.hanzi import squeeze
from hengtu.core.source import Source
from hengtu.readers.recognise.maps.cells import (
    PerspectiveLabel,
    list_names,
    read_label,
    read_perspective,
)
from hengtu.readers.recognise.maps.grid import Grid, GridRow
from hengtu.readers.recognise.maps.reading import (
    MapReading,
    add_coded,
    letter_of,
    perspective_of,
    seats_of,
)
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.sightings import ObjectiveSighting, ThemeSighting


def read_across(grid: Grid, reading: MapReading, notes: Notes) -> None:
    """Read a map whose header names the themes, with findings for slipped and lost rows."""
    for theme in grid.themes.values():
        if grid.header is not None:
            source = Source.at(grid.header.place, raw=f"{theme.name} {theme.code}")
            reading.themes.append(ThemeSighting(code=theme.code, name=theme.name, source=source))
    known = _known_letters(grid)
    label: PerspectiveLabel | None = None
    for row in grid.rows:
        label = row.perspective or label
        if row.coded:
            add_coded(row, grid, label, reading, notes)
            _tell_slip(row, known, notes)
        elif row.kind in ("lead", "members"):
            _add_seats(grid, row, reading, notes)
        elif row.perspective:
            _add_uncoded(grid, row, reading, notes)
        if row.perspective and row.kind not in ("lead", "members"):
            reading.perspectives.append(perspective_of(row.perspective, row, known))
    _tell_lost_row(grid, notes)


def _known_letters(grid: Grid) -> dict[str, str]:
    """Return perspective letter → printed name, from the label cells of the map."""
    names: dict[str, str] = {}
    for row in grid.rows:
        label = row.perspective
        if label and (letter := letter_of(label, row)):
            names.setdefault(letter, label.name)
    return names


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
    for column, theme in _by_theme(grid, contents):
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
    for column, theme in _by_theme(grid, contents):
        reading.seats.extend(seats_of(row.row, row.row.text(column), theme, row.kind == "lead"))


def _by_theme(grid: Grid, contents: list[tuple[int, str]]) -> list[tuple[int, str]]:
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
