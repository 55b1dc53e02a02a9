"""Rows whose cells stand some columns too far to the left or right of their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hengtu.core.amounts import read_amount, read_missing
from hengtu.core.hanzi import halve, has_hanzi
from hengtu.core.periods import read_roc_year
from hengtu.readers.recognise.indicators.columns import Columns

_FARTHEST = 3
_WORDS = ("goal", "strategy", "indicator", "standard", "method", "owner")


def align(cells: Sequence[str], columns: Columns) -> tuple[list[str], int]:
    """Return the cells under their headings and by how many columns they were moved.

    A row is moved only when a cell contradicts its heading where it stands (a number for a name, a word
    for a value) and none does after the move.
    """
    if sum(map(bool, cells)) < 2 or _misfits(cells, columns) == 0:
        return list(cells), 0
    for distance in range(1, _FARTHEST + 1):
        for moved, by in (
            (_to_right(cells, distance), distance),
            (_to_left(cells, distance), -distance),
        ):
            if moved and len(_trimmed(moved)) <= columns.width and _misfits(moved, columns) == 0:
                return moved, by
    return list(cells), 0


def _to_right(cells: Sequence[str], distance: int) -> list[str]:
    return [""] * distance + list(cells)


def _to_left(cells: Sequence[str], distance: int) -> list[str]:
    return [] if any(cells[:distance]) else list(cells[distance:])


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _misfits(cells: Sequence[str], columns: Columns) -> int:
    def text(column: int | None) -> str:
        return cells[column].strip() if column is not None and column < len(cells) else ""

    wrong = [bool(text(year.column)) and not _is_value(text(year.column)) for year in columns.years]
    wrong += [bool(text(n)) and not _is_number(text(n)) for n in columns.numbers]
    for role in _WORDS:
        words = text(columns.roles.get(role))
        wrong.append(bool(words) and (_is_wordless(words) or read_amount(words) is not None))
    roc_year = text(columns.roles.get("roc_year"))
    wrong.append(bool(roc_year) and read_roc_year(roc_year) is None)
    regime = text(columns.roles.get("regime"))
    wrong.append(len(regime) > 1 and read_amount(regime) is not None)
    return sum(wrong)


def _is_wordless(text: str) -> bool:
    return not has_hanzi(text) and not re.search(r"[A-Za-z]{2}", text)


def _is_value(text: str) -> bool:
    return (
        read_missing(text) is not None
        or read_amount(text) is not None
        or bool(re.search(r"\d", text))
    )


def _is_number(text: str) -> bool:
    return len(text) <= 12 and re.search(r"[\d一二三四五六七八九十]", halve(text)) is not None
