"""Codes in scorecards whose serial was read as a letter: API for AP1."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hengtu.core.codes import Code
from hengtu.core.source import Place, Source
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecards.codes import Style, codes_in, tidy
from hengtu.readers.recognise.scorecards.columns import texts_of
from hengtu.readers.recognise.scorecards.tables import Sheet

_ROLES = ("objective", "factor", "kpi", "action")


def tell_misread_codes(sheets: Sequence[Sheet], style: Style, notes: Notes) -> None:
    """Tell each misread code once, with every row that prints it."""
    if style != "lettered":
        return
    found: dict[str, tuple[Code, list[Place]]] = {}
    for sheet in sheets:
        columns = [column for role in _ROLES if (column := sheet.columns.of(role)) is not None]
        for score in sheet.rows:
            texts = texts_of(score.row)
            for text in (texts[column] for column in columns if column < len(texts)):
                for code in _misread(text):
                    _, places = found.setdefault(code.raw, (code, []))
                    places.append(score.row.place)
    for raw, (code, places) in found.items():
        notes.tell(
            "R101", Source.at(*places, raw=raw), subject=code.text, raw=raw, reading=code.text
        )


def _misread(text: str) -> list[Code]:
    """Return the misread codes of a cell; inside its words only those of KPIs and actions are codes."""
    cell = tidy(text)
    return [
        code
        for start, code in codes_in(cell)
        if code.repaired
        and re.search("[Il]", code.raw)
        and (start == 0 or code.level != "objective")
    ]
