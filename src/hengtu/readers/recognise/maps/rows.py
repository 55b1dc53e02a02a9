"""A map table, whichever way its themes run."""

from __future__ import annotations

from hengtu.core.paper import Row
from hengtu.readers.recognise.maps.across import read_across
from hengtu.readers.recognise.maps.cells import read_label
from hengtu.readers.recognise.maps.down import read_down
from hengtu.readers.recognise.maps.grid import lay_grid
from hengtu.readers.recognise.maps.reading import MapReading
from hengtu.readers.recognise.maps.tables import MapTable
from hengtu.readers.recognise.notes import Notes


def read_map_table(table: MapTable, notes: Notes) -> MapReading:
    """Return what a map table says, with findings for slipped and lost rows."""
    grid = lay_grid(table)
    reading = MapReading()
    if grid.header is not None:
        notes.claim(grid.header)
    if grid.direction == "across":
        read_across(grid, reading, notes)
    else:
        read_down(grid, reading, notes)
    for row in table.rows:
        repeated = row is not grid.header and _texts(row) == _texts(grid.header)
        if repeated or all(map(read_label, _texts(row))):
            notes.claim(row)
    return reading


def _texts(row: Row | None) -> list[str]:
    return [text for text in row.texts if text] if row else []
