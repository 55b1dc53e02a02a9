"""What is printed, line by line, with every personal name masked: the source that people see beside a reading."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from hengtu.core.paper import Line, Paper
from hengtu.readers.files import read_paper
from hengtu.readers.recognise.persons.persons import mask_persons


class PrintedLine(TypedDict):
    """A line or table row: its line number where it has one, and its cells (one for a plain line)."""

    line: int | None
    cells: list[str]
    table: bool


def list_lines(content: bytes, name: str) -> list[PrintedLine]:
    """Return the printed lines of a document; none for the JSON of a plan. Raises ReadError."""
    if Path(name).suffix.lower() == ".json":
        return []
    masked, _places = mask_persons(read_paper(content, name))
    return paper_lines(masked)


def paper_lines(paper: Paper) -> list[PrintedLine]:
    """Return the lines and table rows of a paper in reading order."""
    found: list[PrintedLine] = []
    for block in paper.blocks:
        if isinstance(block, Line):
            found.append(PrintedLine(line=block.place.line, cells=[block.text], table=False))
            continue
        for row in block.rows:
            cells = [cell.text for cell in row.cells]
            found.append(PrintedLine(line=row.place.line, cells=cells, table=True))
    return found
