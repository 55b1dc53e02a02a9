"""A report that every format can write: headings, paragraphs, lists, tables and figures, without style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from hengtu.wording.catalogue import Language
from hengtu.writers.figure import Figure, LightColour, LightMark

Align = Literal["start", "center", "end"]
CellRole = Literal[
    "plain", "head", "band", "done", "unknown", "empty",
    "light-green", "light-yellow", "light-red", "light-white",
]  # fmt: skip
LIGHT_ROLES: dict[LightColour, CellRole] = {
    "green": "light-green",
    "yellow": "light-yellow",
    "red": "light-red",
    "white": "light-white",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or deeper; the report's title is level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``role`` note for small print."""

    text: str
    role: Literal["plain", "note"] = "plain"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure in the text."""

    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table; lines of ``text`` are parted by line feeds, ``spoken`` says a bare mark in words."""

    text: str
    columns: int = 1
    rows: int = 1
    align: Align = "start"
    role: CellRole = "plain"
    spoken: str = ""


def light_cell(light: LightMark | None, rows: int = 1) -> Cell:
    """Return the cell of a light, empty where there is none."""
    if light is None:
        return Cell(text="", rows=rows)
    return Cell(text=light.text, rows=rows, role=LIGHT_ROLES[light.colour])


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; ``share`` of the width, ``group`` the heading above several columns."""

    title: str
    share: float = 1.0
    align: Align = "start"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that begin in a row."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A table; ``bands`` names what its band rows (one cell across the table) tell."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    bands: str = ""

    def is_band(self, row: Row) -> bool:
        """Whether a row is one cell across the table."""
        return len(row.cells) == 1 and row.cells[0].role == "band"


Block = Heading | Paragraph | Listing | TableBlock | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report; ``wide`` wants a sheet on its side (A3 where the format can choose)."""

    title: str
    lang: Language
    subtitle: str = ""
    blocks: tuple[Block, ...] = ()
    wide: bool = False

    @property
    def tables(self) -> tuple[TableBlock, ...]:
        """The tables, the leading one first."""
        return tuple(block for block in self.blocks if isinstance(block, TableBlock))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures."""
        return tuple(block.figure for block in self.blocks if isinstance(block, Picture))


def flatten(table: TableBlock) -> list[list[str]]:
    """Return a table as plain rows, header first: a spanning cell stands in every place it covers.

    A number stands once, so that a column can be summed. Band rows become a first column.
    """
    groups = [f"{column.group} {column.title}".strip() for column in table.columns]
    rows = [[table.bands, *groups] if table.bands else groups]
    band = ""
    for row, filled in zip(table.rows, _spread(table), strict=True):
        if table.is_band(row):
            band = row.cells[0].text
        else:
            rows.append([band, *filled] if table.bands else filled)
    return rows


def _spread(table: TableBlock) -> Iterator[list[str]]:
    width = len(table.columns)
    hanging: dict[int, tuple[int, str]] = {}
    for row in table.rows:
        filled: list[str] = []
        cells = iter(row.cells)
        while len(filled) < width:
            column = len(filled)
            if column in hanging:
                left, text = hanging.pop(column)
                if left > 1:
                    hanging[column] = (left - 1, text)
                filled.append(text)
                continue
            cell = next(cells, Cell(text=""))
            for _ in range(min(cell.columns, width - column)):
                if cell.rows > 1:
                    below = "" if cell.align == "end" else cell.text
                    hanging[len(filled)] = (cell.rows - 1, below)
                filled.append(cell.text)
        yield filled


def merge_groups(columns: Sequence[Column]) -> list[tuple[str, int]]:
    """Return the runs of columns under one group heading as (heading, columns)."""
    runs: list[tuple[str, int]] = []
    for column in columns:
        if runs and column.group and runs[-1][0] == column.group:
            runs[-1] = (column.group, runs[-1][1] + 1)
        else:
            runs.append((column.group, 1))
    return runs
