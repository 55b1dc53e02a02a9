"""The codes in scorecard cells: lettered (AC1.1), plain (1-1, A1-1) or none, and what they name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from hengtu.core.codes import Code, CodeLevel, find_codes, read_code
from hengtu.core.hanzi import halve, has_hanzi

Style = Literal["lettered", "plain", "deep", "none"]
DEPTHS: dict[CodeLevel, int] = {"objective": 0, "kpi": 1, "action": 2}
_DASHED = re.compile(
    r"(?<![A-Za-z0-9])([A-Z]{2}[\dI]\d?)((?:\s?[-－–—.‧·]\s?\d{1,2}){1,2})(?![\d.])"
)
_PLAIN = re.compile(
    r"(?<![A-Za-z\d.\-])([A-Z]?\d{1,2})((?:[-.]\d{1,2}){0,3})(?![\d%]|[-.]\d)[\s:：、.．]*"
)
_SMALL = re.compile(r"(?<![A-Za-z0-9])[a-z][cplf](?=\d{1,2}(?:[.\-]\d|[\s\u4e00-\u9fff]))")
_NUMBER_DASH = re.compile(r"(?<=\d)[－–](?=\d)")
_PLAIN_STYLES: tuple[Style, ...] = ("plain", "deep")
_ENDS = " \t\u3000:：、.,，;；\n"


@dataclass(frozen=True, slots=True)
class Part:
    """A named thing in a cell: its code, None where none is printed, and its words."""

    code: str | None
    words: str
    raw_code: str = ""
    lettered: Code | None = None

    @property
    def misread(self) -> bool:
        """Whether the printed code had to be read otherwise."""
        return (
            self.lettered is not None
            and self.lettered.repaired
            and bool(re.search("[Il]", self.raw_code))
        )

    def above(self, steps: int = 1) -> str | None:
        """Return the code of what stands so many levels above."""
        return parent(self.code, steps) if self.code else None


def parent(code: str, steps: int = 1) -> str | None:
    """Return the code that a code belongs to, so many levels above, or None.

    >>> parent("AC1.2.1"), parent("1-2-1", 2), parent("AC1")
    ('AC1.2', '1', None)
    """
    parts = re.split(r"([-.])", code)
    left = parts[: max(len(parts) - 2 * steps, 0)]
    return "".join(left) or None


def tidy(text: str) -> str:
    """Return a cell with half-width codes, their parts joined by dots."""
    capital = _SMALL.sub(lambda found: found[0].upper(), halve(text))
    return _DASHED.sub(_dotted, _NUMBER_DASH.sub("-", capital))


def _dotted(found: re.Match[str]) -> str:
    return found[1] + re.sub(r"\s?[-－–—‧·]\s?", ".", found[2])


def codes_in(text: str) -> list[tuple[int, Code]]:
    """Return the codes of a tidied text; the word KPI is none, although it looks like KP1 misread."""
    return [(start, code) for start, code in find_codes(text) if code.raw.strip() != "KPI"]


def style_of(kpi_cells: Iterable[str], objective_cells: Iterable[str]) -> Style:
    """Return how a document writes its codes, from the cells where they should stand."""
    kpis = [tidy(text) for text in kpi_cells if text]
    cells = [*kpis, *(tidy(text) for text in objective_cells if text)]
    if sum(1 for text in cells if codes_in(text)) * 3 >= max(len(cells), 1):
        return "lettered"
    for style in _PLAIN_STYLES:
        fitting = sum(1 for text in kpis if _plain_at(text, "kpi", style))
        if fitting and fitting * 2 >= len(kpis):
            return style
    return "none"


def split(text: str, level: CodeLevel, style: Style) -> list[Part]:
    """Return the things that a cell names; words before the first code stay with it.

    >>> [(p.code, p.words) for p in split("AC1.1 辦理件數 AC1.2 辦結率", "kpi", "lettered")]
    [('AC1.1', '辦理件數'), ('AC1.2', '辦結率')]
    """
    cell = tidy(text).strip()
    if not cell:
        return []
    if style == "lettered":
        return _split_lettered(cell, level)
    if style == "none":
        return [Part(None, cell)]
    return _split_plain(cell, level, style)


def _split_lettered(cell: str, level: CodeLevel) -> list[Part]:
    found = [(start, code) for start, code in codes_in(cell) if code.level == level]
    starts = [start for start, _ in found]
    if (
        found
        and starts[0] > 0
        and not cell[starts[-1] + len(found[-1][1].raw) :].strip(_ENDS + ")）】]")
    ):
        return _names_before(cell, found)
    if not found or has_hanzi(cell[: starts[0]]):
        return [_uncoded(cell, level)]
    starts[0] = 0
    parts = []
    for (start, code), begin, end in zip(found, starts, [*starts[1:], len(cell)], strict=True):
        words = cell[begin:start] + cell[start + len(code.raw) : end]
        parts.append(Part(code.text, words.strip(_ENDS), code.raw, code))
    return parts


def _names_before(cell: str, found: list[tuple[int, Code]]) -> list[Part]:
    parts, begin = [], 0
    for start, code in found:
        parts.append(Part(code.text, cell[begin:start].strip(_ENDS + "(（[【"), code.raw, code))
        begin = start + len(code.raw)
    return parts


def _uncoded(cell: str, level: CodeLevel) -> Part:
    """Return the words of a cell that repeats the code of another level, or has none."""
    read = read_code(cell)
    if read is None:
        return Part(None, cell)
    code, words = read
    return Part(
        None, words.strip(_ENDS), code.raw, code if DEPTHS[code.level] < DEPTHS[level] else None
    )


def _plain_at(text: str, level: CodeLevel, style: Style) -> re.Match[str] | None:
    found = _PLAIN.match(text)
    if not found or not text[found.end() :].strip():
        return None
    return found if _depth(found) == _expected(level, style) else None


def _depth(found: re.Match[str]) -> int:
    return len(re.findall(r"[-.]", found[2]))


def _expected(level: CodeLevel, style: Style) -> int:
    """Return how many parts follow the first; in the deep style the perspective counts first."""
    return DEPTHS[level] + (1 if style == "deep" else 0)


def _split_plain(cell: str, level: CodeLevel, style: Style) -> list[Part]:
    if not _plain_at(cell, level, style):
        return [Part(None, cell)]
    depth = _expected(level, style)
    found = [
        match
        for match in _PLAIN.finditer(cell)
        if _depth(match) == depth
        and (match.start() == 0 or (cell[match.start() - 1].isspace() and depth > 0))
    ]
    ends = [match.start() for match in found[1:]] + [len(cell)]
    return [
        Part(match[1] + match[2], cell[match.end() : end].strip(_ENDS), match[0])
        for match, end in zip(found, ends, strict=True)
    ]


def code_object(text: str) -> Code:
    """Return the objective code for a text that need not follow the lettered grammar.

    >>> code_object("S12").objective, code_object("3").objective, code_object("AC1").perspective
    ('S12', '3', 'C')
    >>> code_object("1-2").objective
    '1-2'
    """
    read = read_code(text)
    if read and read[0].objective == text:
        return read[0]
    found = re.fullmatch(r"(.*?)(\d+)", text)
    head, serial = (found[1], int(found[2])) if found else (text, 1)
    return Code(theme=head, perspective="", serial=serial, raw=text)
