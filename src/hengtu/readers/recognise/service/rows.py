"""Rows of a schedule-control table, whatever columns slipped on their way out of the document."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hengtu.core.hanzi import halve, squeeze, unwrap
from hengtu.core.numbering import FORMAL, PLAIN, numeral, read_mark
from hengtu.core.paper import Cell, Row
from hengtu.readers.recognise.persons.cells import MASK
from hengtu.readers.recognise.persons.positions import is_org_unit
from hengtu.readers.recognise.service.layout import Layout, overruns
from hengtu.readers.recognise.service.months import dash_run, is_mark, spread, told_months

_NUMBER = re.compile(
    r"^(?:[(（]?\d{1,3}[)）]?|\d{1,2}(?:[-－.]\d{1,2}){1,2}|[A-Za-z]\d{1,3}|[一二三四五六七八九十]{1,3}|[壹貳參肆伍陸柒捌玖拾]{1,2})\s?[、.．]?$"
)
_STATUS = re.compile(
    r"^(?:已|未|尚未|依|按|如期|持續|賡續|常態|正常|進行|辦理|執行|落後|超前|符合|完成|停止|暫停|暫緩|取消|終止|解除|列管|逾期|延[期後]|展期|開始|"
    r"規劃|籌備|結案|部分完成|待|無進度|不適用).{0,9}$"
)


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One row as it must be read; ``shift`` counts the columns it had slipped to the left."""

    row: Row
    section: str = ""
    no: str = ""
    item: str = ""
    content: str = ""
    content_raw: str = ""
    months: tuple[int, ...] | None = None
    timing: str = ""
    status: str = ""
    note: str = ""
    partners: str = ""
    shift: int = 0
    marked: bool = False


def read_row(
    row: Row, layout: Layout, *, lost: bool, dashes_tell: bool, last_shift: int
) -> ScheduleRow:
    """Return what a row says; ``last_shift`` is the shift of the row above."""
    cells = spread(row)
    band = _section_band(row)
    if band:
        return ScheduleRow(row, section=band)
    start, end = dash_run(row)
    if (lost and end - start >= 8) or overruns(row, layout):
        return _read_lost(row, cells, layout, start, end)
    return _read_aligned(row, cells, layout, dashes_tell=dashes_tell, last_shift=last_shift)


def _section_band(row: Row) -> str:
    """Return the org unit of a row that holds nothing else, or nothing."""
    texts = [text for text in row.texts if text]
    if len(texts) != 1 or len(texts[0]) > 20:
        return ""
    mark = read_mark(texts[0])
    words = squeeze(mark.rest if mark is not None else texts[0]).strip("：:【】[]〔〕()（）")
    return words if is_org_unit(words) else ""


def _read_lost(
    row: Row, cells: tuple[Cell, ...], layout: Layout, start: int, end: int
) -> ScheduleRow:
    """Read a row by its run of dashes: texts before it, status and note after it."""
    shift = max(layout.lead - start, 0)
    texts = [""] * shift + [cell.text.strip() for cell in cells[:start]]
    status, note = _tail_fields([cell.text.strip() for cell in cells[end:] if not cell.empty])
    return replace(_lead(row, texts, layout, shift), status=status, note=note, marked=True)


def _read_aligned(
    row: Row, cells: tuple[Cell, ...], layout: Layout, *, dashes_tell: bool, last_shift: int
) -> ScheduleRow:
    """Read a row by the header's columns, moved when its number stands further left."""
    texts = [cell.text.strip() for cell in cells]
    shift = _shift(texts, layout, last_shift)
    texts = [""] * shift + texts
    columns = {column - shift: months for column, months in layout.months.items()}
    told = told_months(cells, columns, dashes_tell=dashes_tell)
    status, note = _settle_status(_at(texts, layout, "status"), _at(texts, layout, "note"), layout)
    status, note = _with_stray_tail(status, note, texts, layout)
    timing = _at(texts, layout, "timing")
    return replace(
        _lead(row, texts, layout, shift),
        months=told,
        status=status,
        note=note,
        partners=squeeze(_at(texts, layout, "partners")),
        timing=unwrap(timing or ("" if layout.months else _at(texts, layout, "months"))),
        marked=any(0 <= c < len(cells) and is_mark(cells[c]) for c in columns),
    )


def _with_stray_tail(status: str, note: str, texts: list[str], layout: Layout) -> tuple[str, str]:
    """Take in what stands right of the months in columns without a header: status and note that moved."""
    known = {*layout.roles.values(), *layout.others}
    first = max(layout.months, default=len(texts)) + 1
    stray = [
        text
        for column, text in enumerate(texts)
        if column >= first and column not in known and text
    ]
    if stray and not status and is_status(stray[0]):
        status = unwrap(stray.pop(0))
    return status, "；".join(part for part in (note, *map(unwrap, stray)) if part)


def _at(texts: list[str], layout: Layout, role: str, *, left: int = 0) -> str:
    """Return the text in the column of a role, or ``left`` columns further left."""
    column = layout.roles.get(role, -1) - left
    return texts[column] if 0 <= column < len(texts) else ""


def _shift(texts: list[str], layout: Layout, last_shift: int) -> int:
    """Return by how many columns the number stands left of its place; as above for rows without number."""
    no = layout.roles.get("no", 0)
    if _number(_at(texts, layout, "no")) or not any(texts[: layout.lead]):
        return 0
    for shift in range(1, no + 1):
        if _number(texts[no - shift] if no - shift < len(texts) else "") and _at(
            texts, layout, "item", left=shift
        ):
            return shift
    content = layout.roles.get("content", layout.lead)
    if content >= layout.lead:
        return 0
    only = [c for c, text in enumerate(texts[: layout.lead]) if text and not is_mark(Cell(text))]
    if last_shift and only == [content - last_shift]:
        return last_shift
    left = content - only[0] if len(only) == 1 else 0
    return left if left > 0 and _status_stands_left(texts, layout, left) else 0


def _status_stands_left(texts: list[str], layout: Layout, by: int) -> bool:
    """Whether the state of work stands so many columns left of its place, and none in its place."""
    if layout.roles.get("status", 0) <= layout.lead:
        return False
    moved, own = _at(texts, layout, "status", left=by), _at(texts, layout, "status")
    return is_status(moved) and not is_status(own)


def _number(text: str) -> str:
    words = halve(squeeze(text))
    return words if _NUMBER.match(words) else ""


def _lead(row: Row, texts: list[str], layout: Layout, shift: int) -> ScheduleRow:
    """Return the row with its section, number, item and content, and the shift that was really found."""
    found = {role: _at(texts, layout, role) for role in ("section", "no", "item", "content")}
    stray = _stray(texts, layout)
    if stray is not None:
        found = dict.fromkeys(found, "") | {"content": texts[stray]}
        shift += layout.roles["content"] - stray
    return ScheduleRow(
        row,
        section=squeeze(found["section"]).replace(MASK, ""),
        no=_serial(found["no"]),
        item=unwrap(found["item"]),
        content=unwrap(found["content"]),
        content_raw=found["content"],
        shift=shift,
    )


def _serial(text: str) -> str:
    """Return a serial number in digits: ``三`` and ``３.`` are 3; others as printed.

    >>> _serial("十二"), _serial("（３）"), _serial("1-2")
    ('12', '3', '1-2')
    """
    words = halve(squeeze(text)).strip("()（）、.． ")
    if words and all(ch in PLAIN + FORMAL for ch in words):
        return str(numeral(words))
    return words


def _stray(texts: list[str], layout: Layout) -> int | None:
    """Return the column of a row's only text when it stands for a section or a number and is neither."""
    roles = layout.roles
    lead = [column for column, text in enumerate(texts[: layout.lead]) if text]
    if len(lead) != 1 or not lead[0] < roles.get("content", -1) < layout.lead:
        return None
    column, text = lead[0], texts[lead[0]]
    fits = (
        column == roles.get("item")
        or (column == roles.get("no") and _number(text))
        or (column == roles.get("section") and is_org_unit(text))
    )
    return None if fits else column


def _tail_fields(texts: list[str]) -> tuple[str, str]:
    """Return status and note from the words after the month cells."""
    if not texts:
        return "", ""
    if len(texts) == 1 and not is_status(texts[0]) and len(texts[0]) > 10:
        return "", unwrap(texts[0])
    return unwrap(texts[0]), "；".join(unwrap(text) for text in texts[1:])


def _settle_status(status: str, note: str, layout: Layout) -> tuple[str, str]:
    """A long text in a status column is a note when the note column is empty or absent."""
    if (
        status
        and not note
        and len(status) > 12
        and not is_status(status)
        and "note" not in layout.roles
    ):
        return "", unwrap(status)
    return unwrap(status), unwrap(note)


def is_status(text: str) -> bool:
    """Whether words are a state of work such as 已完成 or 依期執行."""
    return _STATUS.match(squeeze(text)) is not None
