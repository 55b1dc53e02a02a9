"""A page as anyone sees it: lines, headings, bullets and tables with their places, no meaning yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from hengtu.core.source import Place

FileFormat = Literal[
    "txt", "docx", "odt", "xlsx", "ods", "xls", "csv", "pptx", "odp", "pdf", "html"
]


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; ``text`` keeps inner blanks, because they may be line wraps."""

    text: str
    place: Place = field(default_factory=Place)
    columns: int = 1
    rows: int = 1
    fill: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing but white space is printed."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Row:
    """One table row."""

    cells: tuple[Cell, ...]
    place: Place = field(default_factory=Place)

    @property
    def texts(self) -> tuple[str, ...]:
        """The stripped text of every cell."""
        return tuple(cell.text.strip() for cell in self.cells)

    def text(self, column: int) -> str:
        """Return the stripped text of a column, empty when the row is shorter."""
        return self.cells[column].text.strip() if 0 <= column < len(self.cells) else ""

    @property
    def raw(self) -> str:
        """The row as printed, cells joined by tabs."""
        return "\t".join(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand together; a page break may have split what was one table."""

    rows: tuple[Row, ...]
    gap_before: int = 0

    @property
    def place(self) -> Place:
        """The place of the first row."""
        return self.rows[0].place


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line outside tables, its list mark and emphasis taken off the text."""

    text: str
    place: Place = field(default_factory=Place)
    indent: int = 0
    bullet: bool = False
    bold: bool = False
    gap_before: int = 0


Block = Line | Table


@dataclass(frozen=True, slots=True, eq=False)
class Paper:
    """A document as blocks in reading order; two papers are the same only when they are one."""

    blocks: tuple[Block, ...]
    file: str = ""
    sha256: str = ""
    format: FileFormat = "txt"

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines outside tables."""
        return tuple(block for block in self.blocks if isinstance(block, Line))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def texts(self) -> Iterator[tuple[Place, str]]:
        """Yield every printed line and table row with its place, in reading order."""
        for block in self.blocks:
            if isinstance(block, Line):
                yield block.place, block.text
            else:
                for row in block.rows:
                    yield row.place, row.raw
