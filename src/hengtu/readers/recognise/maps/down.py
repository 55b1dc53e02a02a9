"""Maps with a theme per row: perspectives across the page or in a column of their own."""

from __future__ import annotations

import string
from collections import Counter

from hengtu.core.hanzi import has_hanzi
from hengtu.core.paper import Row
from hengtu.core.source import Source
from hengtu.readers.recognise.maps.cells import (
    list_names,
    read_label,
    read_perspective,
    read_theme,
    theme_name,
)
from hengtu.readers.recognise.maps.grid import SHARED, Grid, GridRow
from hengtu.readers.recognise.maps.reading import (
    MapReading,
    Seat,
    add_coded,
    perspective_of,
    seats_of,
)
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.sightings import (
    ObjectiveSighting,
    PerspectiveSighting,
    ThemeSighting,
)

_LETTERS = (*string.ascii_uppercase, "?")


def read_down(grid: Grid, reading: MapReading, notes: Notes) -> None:
    """Read a map that has its themes one under the other."""
    heads = _column_heads(grid.header)
    across = _perspectives_across(grid, reading)
    theme: str | None = None
    for row in grid.rows:
        named = _theme_of_row(row, reading)
        theme = named or (theme if row.coded and not _shared_only(row) else None)
        if row.perspective and not across:
            known = {p.letter: p.name for p in reading.perspectives if p.letter}
            reading.perspectives.append(perspective_of(row.perspective, row, known))
        if row.coded:
            add_coded(row, grid, row.perspective, reading, notes)
            _add_row_seats(row, theme, heads, reading)
        elif named:
            _add_uncoded_row(row, named, across, reading, notes)
            _add_row_seats(row, theme, heads, reading)
    reading.seats[:] = _agreed(reading.seats)


def _perspectives_across(grid: Grid, reading: MapReading) -> dict[int, str]:
    """Read the perspectives that head columns; return column → letter or name."""
    found = {}
    for column, text in enumerate(grid.header.texts if grid.header else ()):
        label = read_perspective(text)
        if label is None or grid.header is None:
            continue
        letter = label.letter or label.known or _column_letter(grid, column)
        source = Source.at(grid.header.place, raw=text)
        reading.perspectives.append(
            PerspectiveSighting(name=label.name, letter=letter, source=source)
        )
        found[column] = letter or label.name
    return found


def _shared_only(row: GridRow) -> bool:
    return all(one.code.theme == SHARED for one in row.printed)


def _add_uncoded_row(
    row: GridRow, theme: str, across: dict[int, str], reading: MapReading, notes: Notes
) -> None:
    notes.claim(row.row)
    for column, perspective in across.items():
        for name in list_names(row.row.text(column)):
            reading.objectives.append(
                ObjectiveSighting(
                    code=None,
                    name=name,
                    place="map",
                    theme=theme,
                    perspective=perspective,
                    source=Source.at(row.row.place, raw=name),
                )
            )


def _agreed(seats: list[Seat]) -> list[Seat]:
    """Return the seats of themes whose rows name one lead: others own single objectives, not themes."""
    leads: dict[str, set[str]] = {}
    for seat in seats:
        if seat.leads:
            leads.setdefault(seat.theme, set()).add(seat.name)
    agreed = [seat for seat in seats if not seat.leads or len(leads[seat.theme]) == 1]
    return list({(seat.theme, seat.name, seat.leads): seat for seat in reversed(agreed)}.values())[
        ::-1
    ]


def _column_heads(header: Row | None) -> dict[int, str]:
    texts = header.texts if header else ()
    return {
        c: kind for c, text in enumerate(texts) if (kind := read_label(text)) in ("lead", "members")
    }


def _column_letter(grid: Grid, column: int) -> str | None:
    seen = Counter(one.code.perspective for row in grid.rows for one in row.cells.get(column, ()))
    return seen.most_common(1)[0][0] if seen else None


def _theme_of_row(row: GridRow, reading: MapReading) -> str | None:
    """Read the theme that a row names; one without letter takes that of the row's codes, or the next."""
    codes = {one.code.theme for one in row.printed} - {SHARED}
    used = {theme.code for theme in reading.themes}
    for _, text in row.labels[:1]:
        if read_label(text) or read_perspective(text) or not has_hanzi(text):
            continue
        label = read_theme(text)
        free = next(letter for letter in _LETTERS if letter not in used)
        code = label.code if label else (free if not row.coded else _only(codes))
        if code:
            name = label.name if label else theme_name(text)
            source = Source.at(row.row.place, raw=text)
            reading.themes.append(ThemeSighting(code=code, name=name, source=source))
        return code
    return None


def _only(codes: set[str]) -> str | None:
    return next(iter(codes)) if len(codes) == 1 else None


def _add_row_seats(
    row: GridRow, theme: str | None, heads: dict[int, str], reading: MapReading
) -> None:
    for column, kind in heads.items():
        if theme and row.row.text(column):
            reading.seats.extend(seats_of(row.row, row.row.text(column), theme, kind == "lead"))
