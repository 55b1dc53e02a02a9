"""A map table as a grid: which way its themes run, its header, and what each row prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from hengtu.core.hanzi import has_hanzi
from hengtu.core.paper import Row
from hengtu.readers.recognise.maps.cells import (
    LabelKind,
    PerspectiveLabel,
    Printed,
    ThemeLabel,
    read_label,
    read_objectives,
    read_perspective,
    read_theme,
    theme_name,
)
from hengtu.readers.recognise.maps.tables import MapTable, is_map_header

Direction = Literal["across", "down"]
SHARED = "T"


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: the objectives by column, and the label cells before them."""

    row: Row
    cells: dict[int, list[Printed]]
    labels: tuple[tuple[int, str], ...]

    @property
    def coded(self) -> bool:
        """Whether any objective with a code is printed in the row."""
        return bool(self.cells)

    @property
    def first(self) -> int:
        """The first column that prints an objective."""
        return min(self.cells)

    @property
    def printed(self) -> list[Printed]:
        """The objectives of the row, from left to right."""
        return [one for column in sorted(self.cells) for one in self.cells[column]]

    @property
    def letter(self) -> str | None:
        """The perspective letter that nearly all codes of the row carry, or None."""
        counted = Counter(one.code.perspective for one in self.printed)
        letter, most = counted.most_common(1)[0] if counted else (None, 0)
        return letter or None if most * 5 >= len(self.printed) * 4 else None

    @property
    def perspective(self) -> PerspectiveLabel | None:
        """The perspective that the label cells name."""
        return next((found for _, text in self.labels if (found := read_perspective(text))), None)

    @property
    def kind(self) -> LabelKind | None:
        """What the last speaking label cell announces."""
        kinds = [found for _, text in self.labels if (found := read_label(text))]
        speaking = [kind for kind in kinds if kind not in ("objective", "theme", "perspective")]
        named = speaking or kinds
        return named[-1] if named else None


@dataclass(frozen=True, slots=True)
class Grid:
    """A map table that is understood: the way its themes run, its header and its other rows."""

    direction: Direction
    header: Row | None
    themes: dict[int, ThemeLabel]
    rows: tuple[GridRow, ...] = ()
    columns: dict[str, int] = field(default_factory=dict)

    @property
    def body(self) -> int:
        """The first column in which objectives of single themes stand, 1 when none tells."""
        return min(self.columns.values(), default=1)


def lay_grid(table: MapTable) -> Grid:
    """Return a map table as a grid."""
    header = table.header
    rows = tuple(_grid_row(row) for row in table.rows if row is not header)
    rows = tuple(r for r in rows if r.coded or not is_map_header(r.row))
    direction = _direction(rows, header)
    columns = _columns(rows) if direction == "across" else {}
    themes = _themes_across(header, columns) if direction == "across" and header else {}
    return Grid(direction, header, themes, rows, columns)


def _grid_row(row: Row) -> GridRow:
    cells: dict[int, list[Printed]] = {}
    labels: list[tuple[int, str]] = []
    for column, text in enumerate(row.texts):
        head, found = read_objectives(text)
        if found and not cells and head:
            labels.append((column, head))
        if found:
            cells[column] = found
        elif text and not cells:
            labels.append((column, text))
    return GridRow(row, cells, tuple(labels))


def _direction(rows: Iterable[GridRow], header: Row | None) -> Direction:
    """Tell by the codes along which side the themes stay the same; without codes, by the header."""
    by_column: dict[int, Counter[str]] = {}
    by_row: list[Counter[str]] = []
    for row in rows:
        by_row.append(Counter())
        for column, printed in row.cells.items():
            for theme in (one.code.theme for one in printed if _of_theme(one)):
                by_column.setdefault(column, Counter())[theme] += 1
                by_row[-1][theme] += 1
    pure_columns, pure_rows = _purity(by_column.values()), _purity(by_row)
    if pure_columns != pure_rows:
        return "across" if pure_columns > pure_rows else "down"
    perspectives = sum(1 for text in header.texts if read_perspective(text)) if header else 0
    return "down" if perspectives >= 2 else "across"


def _of_theme(one: Printed) -> bool:
    """Whether a code tells its theme: not a shared one, nor one without perspective letter."""
    return one.code.theme != SHARED and bool(one.code.perspective)


def _purity(counters: Iterable[Counter[str]]) -> int:
    return sum(counter.most_common(1)[0][1] for counter in counters if counter)


def _columns(rows: Iterable[GridRow]) -> dict[str, int]:
    """Return theme letter → the column in which most of its codes stand."""
    seen: dict[str, Counter[int]] = {}
    for row in rows:
        for column, printed in row.cells.items():
            for one in printed:
                if _of_theme(one):
                    seen.setdefault(one.code.theme, Counter())[column] += 1
    return {theme: counter.most_common(1)[0][0] for theme, counter in seen.items()}


def _themes_across(header: Row, columns: dict[str, int]) -> dict[int, ThemeLabel]:
    lettered = {
        column: theme
        for column, text in enumerate(header.texts)
        if not read_perspective(text) and (theme := read_theme(text))
    }
    if lettered:
        return lettered
    named = [
        (column, theme_name(text))
        for column, text in enumerate(header.texts)
        if has_hanzi(text) and not read_label(text) and not read_perspective(text)
    ]
    letters = sorted(columns, key=lambda theme: columns[theme])
    if len(letters) != len(named):
        letters = [chr(ord("A") + n) for n in range(len(named))] if not letters else []
    return {
        column: ThemeLabel(letter, name)
        for (column, name), letter in zip(named, letters, strict=False)
    }
