"""Schedule-control tables: section, item, task, twelve months, status, note."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from hengtu.core.hanzi import squeeze
from hengtu.core.numbering import read_mark
from hengtu.core.paper import Paper, Row, Table
from hengtu.core.plan import OrgUnit, WorkItem
from hengtu.core.source import Source
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.persons.positions import is_org_unit
from hengtu.readers.recognise.service.cell_statements import wraps_often
from hengtu.readers.recognise.service.items import Items
from hengtu.readers.recognise.service.layout import (
    Layout,
    has_signs,
    is_sub_header,
    months_are_lost,
    overruns,
    read_layout,
)
from hengtu.readers.recognise.service.months import dash_run, is_mark
from hengtu.readers.recognise.service.rows import ScheduleRow, read_row
from hengtu.readers.recognise.service.sheets import Sheet, find_sheets

_PLANNED = re.compile(r"項目|內容|計畫|工作|作法|做法|措施|事項|重點|步驟")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The work items and the org units that do them."""

    work_items: tuple[WorkItem, ...] = ()
    org_units: tuple[OrgUnit, ...] = ()


def read_schedule(paper: Paper, notes: Notes) -> Schedule:
    """Return the work items of the schedule-control table."""
    items = Items(notes)
    for sheet in find_sheets(paper, _heads, hint=_PLANNED, continues=_continues):
        layout = read_layout(sheet.header, sheet.body)
        if layout is not None and not notes.claimed(sheet.header):
            _read_sheet(sheet, layout, items, notes)
    return Schedule(work_items=tuple(items.made), org_units=tuple(items.units.values()))


def _heads(row: Row) -> bool:
    """Whether a row can head a schedule, its month numbers being in it or not."""
    return read_layout(row, ()) is not None


def _continues(table: Table, header: Row) -> bool:
    """A page without header goes on with a schedule when it is as wide, or most of its rows hold runs of dashes."""
    width = max(len(row.cells) for row in table.rows)
    wide = len(header.cells) - 3 <= width <= len(header.cells)
    runs = sum(1 for row in table.rows if (run := dash_run(row))[1] - run[0] >= 8)
    return wide or runs * 2 > len(table.rows)


def _read_sheet(sheet: Sheet, layout: Layout, items: Items, notes: Notes) -> None:
    subs = tuple(row for row in sheet.body if is_sub_header(row))
    counted = {row.place for row in subs}
    pages = [
        page
        for whole in sheet.pages
        if (page := tuple(row for row in whole if row.place not in counted))
    ]
    rows = tuple(row for page in pages for row in page)
    lost = months_are_lost(rows, layout)
    dashes_tell = not lost and not has_signs(rows, layout)
    items.begin(
        layout,
        section=_heading_section(sheet, layout),
        wraps=wraps_often(row.texts for row in rows),
    )
    made = len(items.made)
    for page in pages:
        _read_page(page, layout, items, notes, lost=lost, dashes_tell=dashes_tell)
    if len(items.made) == made:
        return
    items.end()
    notes.claim(*sheet.headers, *subs)
    if sheet.title is not None:
        notes.claim(sheet.title, *sheet.labels)
    told_in = pages if lost else [bad for page in pages if (bad := _overrun(page, layout))]
    if told_in:
        _tell_lost(sheet, subs, told_in, notes)
    _tell_repeats(sheet, notes)


def _read_page(
    page: tuple[Row, ...],
    layout: Layout,
    items: Items,
    notes: Notes,
    *,
    lost: bool,
    dashes_tell: bool,
) -> None:
    shift = 0
    reads: list[ScheduleRow] = []
    for index, row in enumerate(page):
        read = read_row(row, layout, lost=lost, dashes_tell=dashes_tell, last_shift=shift)
        if items.add(read, after_break=index == 0):
            notes.claim(row)
            reads.append(read)
        if read.no or not read.content:
            shift = read.shift
    _tell_shifts(reads, notes)


def _tell_shifts(reads: list[ScheduleRow], notes: Notes) -> None:
    """Tell once about every run of rows that slipped by as many columns."""
    for shift, group in groupby(reads, key=lambda read: read.shift):
        run = list(group)
        if shift:
            first = run[0]
            notes.tell(
                "R124",
                Source.at(*(read.row.place for read in run), raw=first.row.raw.rstrip("\t")),
                subject=first.no or first.content[:12],
                raw="｜".join(
                    cell.text.strip()
                    for cell in first.row.cells
                    if not (cell.empty or is_mark(cell))
                ),
                reading=str(shift),
                columns=str(shift),
            )


def _overrun(page: tuple[Row, ...], layout: Layout) -> tuple[Row, ...]:
    """Return the rows of a page whose bars were lost, where other pages tell their months."""
    return tuple(row for row in page if overruns(row, layout))


def _tell_lost(
    sheet: Sheet, subs: tuple[Row, ...], pages: list[tuple[Row, ...]], notes: Notes
) -> None:
    """Tell that no month can be recovered: the header, its month numbers and the first row of every page."""
    firsts = [page[0].place for page in pages]
    places = [row.place for row in (sheet.header, *subs)] + firsts
    words = sheet.title.text if sheet.title is not None else sheet.header.raw.strip()
    notes.tell("R161", Source.at(*places, raw=pages[0][0].raw.rstrip("\t")), subject=words)


def _tell_repeats(sheet: Sheet, notes: Notes) -> None:
    if sheet.repeats:
        words = "｜".join(text for text in sheet.header.texts if text)
        notes.tell(
            "R132",
            Source.at(*(row.place for row in sheet.headers), raw=sheet.header.raw),
            subject=words,
        )


def _heading_section(sheet: Sheet, layout: Layout) -> OrgUnit | None:
    """Return the org unit named by the line above a table without a column for it."""
    if "section" in layout.roles or sheet.title is None:
        return None
    mark = read_mark(sheet.title.text)
    words = squeeze(mark.rest if mark is not None else sheet.title.text).strip(
        "：:【】[]〔〕()（）"
    )
    if not is_org_unit(words) or len(words) > 12:
        return None
    return OrgUnit(
        name=words, kind="section", source=Source.at(sheet.title.place, raw=sheet.title.text)
    )
