"""Month columns of a schedule: their header, the marks in them, and bars whose lengths were lost."""

from __future__ import annotations

import re

from hengtu.core.hanzi import halve
from hengtu.core.paper import Cell, Row
from hengtu.core.workplan import month_number

MonthColumns = dict[int, tuple[int, ...]]

_MONTH = re.compile(
    r"^(?:\d{2,3}\s?年\s?)?(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月?(?:份)?$"
)
_COUNTS = re.compile(r"^.{0,6}[\d一二三四五六七八九十].{0,6}$|^\s*[上下]\s*半\s*年\s*$")
_QUARTER = re.compile(r"^(?:第\s?)?([1-4一二三四])\s?季$|^Q([1-4])$")
_RANGE = re.compile(r"^(1[0-2]|0?[1-9])月?(?:至|到|[-－–—~～])(1[0-2]|0?[1-9])月$")
_HALF = {"上半年": (1, 2, 3, 4, 5, 6), "下半年": (7, 8, 9, 10, 11, 12)}
_MARK = re.compile(r"^(?:[●○◎■□★☆▲△▼◆◇✓✔√VvXx*※＊ˇ∨@＠#＃━═─▇█▓▒→←↔\-—–－‐﹣_~～]{1,6}|1|是|有)$")
_DASH = re.compile(r"^[\-—–－‐﹣─━_]{1,3}$")
_WORD = re.compile(r"^(?!已|未|尚未|依|按|如期|持續|不)\S{1,6}$")
_NO_FILL = frozenset(
    ("FFFFFF", "#FFFFFF", "FFFFFFFF", "#FFFFFFFF", "NONE", "AUTO", "TRANSPARENT", "")
)
_OPEN = frozenset("□")


def month_columns(row: Row) -> MonthColumns:
    """Return column → months for a header row that counts months or quarters; empty when it counts none."""
    found: MonthColumns = {}
    for column, text in enumerate(row.texts):
        months = _months_of("".join(halve(text).split())) if _COUNTS.search(text) else ()
        if months and (not found or months[0] == max(found.items())[1][-1] % 12 + 1):
            found[column] = months
        elif months and months[0] == 1:
            found = {column: months}
    enough = 2 if any(len(months) > 1 for months in found.values()) else 6
    return found if len(found) >= enough else {}


def _months_of(text: str) -> tuple[int, ...]:
    if found := _MONTH.match(text):
        return (month_number(found[1]),)
    if found := _QUARTER.match(text):
        quarter = month_number(found[1] or found[2])
        return (quarter * 3 - 2, quarter * 3 - 1, quarter * 3)
    if found := _RANGE.match(text):
        return tuple(range(int(found[1]), int(found[2]) + 1))
    return _HALF.get(text, ())


def is_mark(cell: Cell) -> bool:
    """Whether a cell holds a sign such as ● or a dash, or is shaded."""
    return _MARK.match(cell.text.strip()) is not None or is_filled(cell)


def is_dash(cell: Cell) -> bool:
    """Whether a cell holds nothing but a dash."""
    return _DASH.match(cell.text.strip()) is not None


def is_filled(cell: Cell) -> bool:
    """Whether a cell is shaded in another colour than white."""
    return cell.fill is not None and cell.fill.upper() not in _NO_FILL


def is_told(cell: Cell) -> bool:
    """Whether a month cell surely says that work is done: a sign that is no dash, a short word, or shading."""
    text = cell.text.strip()
    if is_filled(cell):
        return True
    return (
        not is_dash(cell) and text not in _OPEN and (is_mark(cell) or _WORD.match(text) is not None)
    )


def dash_run(row: Row) -> tuple[int, int]:
    """Return start and end of the longest run of dash cells; (0, 0) when there is none."""
    best = (0, 0)
    start = None
    for column, cell in enumerate((*row.cells, Cell(""))):
        if is_dash(cell):
            start = column if start is None else start
        elif start is not None:
            best = max(best, (start, column), key=lambda run: run[1] - run[0])
            start = None
    return best


def spread(row: Row) -> tuple[Cell, ...]:
    """Return the cells with merged ones repeated for every column that they cover."""
    return tuple(cell for cell in row.cells for _ in range(min(max(cell.columns, 1), 40)))


def told_months(
    cells: tuple[Cell, ...], columns: MonthColumns, *, dashes_tell: bool
) -> tuple[int, ...] | None:
    """Return the months whose cells are marked, or None when none is."""
    months: list[int] = []
    for column, covered in columns.items():
        cell = cells[column] if 0 <= column < len(cells) else Cell("")
        if is_told(cell) or (dashes_tell and is_dash(cell)):
            months.extend(covered)
    return tuple(dict.fromkeys(months)) or None
