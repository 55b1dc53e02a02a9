"""Titles that print the agency's own name with characters lost or misread."""

from __future__ import annotations

from collections.abc import Iterator

from hengtu.core.hanzi import squeeze
from hengtu.core.paper import Paper
from hengtu.core.source import Place, Source
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.structure.lookalikes import alike

_LONGEST_TITLE = 60
_SHORTEST_NAME = 6
# Leaving these out is the short form of a name, not damage: 某市民政局, 某市某戶政事務所.
_SHORTENINGS = frozenset(("政府", "區", "鄉", "鎮", "市", "縣", "事務", "政府所屬"))
_VARIANTS = frozenset(("臺台", "台臺", "秘祕", "祕秘", "衛衞", "衞衛"))


def tell_damaged_names(paper: Paper, notes: Notes, agency: str) -> None:
    """Tell titles whose agency name differs from the agency's by a lost or misread character."""
    if len(agency) < _SHORTEST_NAME:
        return
    variants = damaged_forms(agency)
    for place, text in _titles(paper):
        words = squeeze(text)
        printed = next((form for form in variants if words.startswith(form)), None)
        if printed and not words.startswith(agency) and agency not in words:
            raw = text[: _printed_length(text, len(printed))]
            notes.tell("R112", Source.at(place, raw=raw), subject=agency, reading=agency)


def damaged_forms(agency: str) -> list[str]:
    """Return the forms of a name with one or two neighbouring characters lost, longest first.

    The first two characters must stand (a name without its head is a short form); so must enough
    of the rest to know the name again.
    """
    forms = {
        agency[:start] + agency[start + width :]
        for width in (1, 2)
        for start in range(2, len(agency) - width + 1)
        if agency[start : start + width] not in _SHORTENINGS and start + width < len(agency)
    }
    return sorted((form for form in forms if form != agency), key=lambda f: (-len(f), f))


def misread(one: str, other: str) -> bool:
    """Whether two texts of one length differ in one character that looks like the other's."""
    pairs = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return (
        len(one) == len(other)
        and len(pairs) == 1
        and "".join(pairs[0]) not in _VARIANTS
        and alike(*pairs[0])
    )


def _titles(paper: Paper) -> Iterator[tuple[Place, str]]:
    """Yield short lines, and rows with a single filled cell: where titles stand."""
    for line in paper.lines:
        if len(line.text) <= _LONGEST_TITLE and not line.text.endswith(("。", "；")):
            yield line.place, line.text
    for table in paper.tables:
        for row in table.rows:
            filled = [text for text in row.texts if text]
            if len(filled) == 1 and len(filled[0]) <= _LONGEST_TITLE:
                yield row.place, filled[0]


def _printed_length(text: str, letters: int) -> int:
    """Return how far the first so many characters reach in a text that has blanks between them."""
    seen = 0
    for position, ch in enumerate(text):
        seen += not ch.isspace()
        if seen == letters:
            return position + 1
    return len(text)
