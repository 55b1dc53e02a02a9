"""Committee tables: seats by role and position, with their tasks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from hengtu.core.hanzi import unwrap
from hengtu.core.paper import Line, Paper, Row, Table
from hengtu.core.plan import Committee, Member, Text
from hengtu.core.source import Source
from hengtu.readers.recognise.columns import header_roles
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.persons.cells import MASK
from hengtu.readers.recognise.persons.positions import (
    ends_with_position,
    is_org_unit,
    is_position,
    is_role,
    signs_only,
)
from hengtu.readers.recognise.service.cell_statements import split_numbered
from hengtu.readers.recognise.service.committee_lines import read_lines
from hengtu.readers.recognise.service.sheets import Sheet, find_sheets

_SEAT = (
    r"職別|職務|職稱|編組|任務編組|委員會?(?:別|職務|職稱)?|身[分份]|組別|角色|擔任職務|工作職稱|"
    r"(?:小組|編組|任務)職[稱務]|成員|組成"
)
_WORDS = {
    "name": re.compile(r"姓名|^名單$"),
    "tasks": re.compile(
        r"任務(?:分配|分工|內容|職掌|說明)?$|分工|職掌|工作(?:內容|分配|項目|任務|執掌|職掌)|執掌|負責(?:工作|事項|業務|項目)|辦理事項|工作事項|權責"
    ),
    "unit": re.compile(
        r"^(?:服務|所屬|任職|現職)?(?:單位|機關|課室|科室|處室|部門)(?:名稱)?$|^(?:課|科|組)別$"
    ),
    "seat": re.compile(rf"^(?:{_SEAT})(?:[(（].*)?$"),
    "post": re.compile(r"職稱|現職|本職|級職|職位|人員|成員|主管|擔任者|由.*擔任"),
    "remark": re.compile(r"^備[註考]$|^說明$"),
}
_NUMBER = re.compile(r"^(?:編號|項次|序號|人數)$")
_TITLE_WORDS = re.compile(r"委員會|小組|編組|工作圈|會報|團隊|組織|推動會|執行會")
_TITLE_TAIL = re.compile(
    r"(?:委員|成員|組織|編組|工作|任務)*(?:名單|名冊|一覽表|編組表|組織表|成員表|分工表|任務分配表|分配表|架構表)$"
)
_AGENCY = re.compile(
    r"^[\u4e00-\u9fff]{2,16}?(?:公所|政府|事務所|衛生所|分局|[局處署部](?!理|置|長|分))(?=[\u4e00-\u9fff]{4,}$)"
)
_PEOPLE = re.compile(r"職|姓名|名單|成員|人員|委員|編組|身[分份]|角色|組別")
_COUNT = re.compile(r"[(（]?共?\s?(\d{1,2}|[一二三四五六七八九十]{1,2})\s?(?:人|名|位)[)）]?$")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column tells what."""

    seat: int | None
    post: int | None
    unit: int | None
    tasks: int | None
    name: int | None


def read_committee(paper: Paper, notes: Notes) -> Committee | None:
    """Return the committee of the document, or None; empty approval blocks are understood and left out."""
    _claim_signatures(paper, notes)
    for sheet in find_sheets(
        paper, lambda row: _columns(row) is not None, hint=_PEOPLE, continues=_continues
    ):
        columns = _settle(sheet)
        if columns is None:
            continue
        members = _members(sheet, columns)
        if members:
            _claim(sheet, notes)
            return Committee(name=_name(sheet.title), members=members, source=_source(sheet))
    return read_lines(paper, notes)


def _claim_signatures(paper: Paper, notes: Notes) -> None:
    """Claim tables that only name who signs, their other cells empty or masked."""
    for table in paper.tables:
        filled = any(text.strip(MASK) for row in table.rows[1:] for text in row.texts)
        if not filled and signs_only(table.rows[0].texts):
            notes.claim(*table.rows)


def _continues(table: Table, header: Row) -> bool:
    """A page without header goes on with a committee when its rows name seats or begin blank."""
    seats = sum(1 for row in table.rows if not row.text(0) or any(map(is_role, row.texts)))
    return seats * 2 >= len(table.rows) and max(len(row.cells) for row in table.rows) <= len(
        header.cells
    )


def _columns(row: Row) -> _Columns | None:
    """Return the columns that a header row names, or None when it heads no committee."""
    roles = header_roles(row, _WORDS)
    at: dict[str, int] = {}
    for column, role in roles.items():
        if role in at and role in ("seat", "post"):
            role = "post" if role == "seat" else "seat"
        at.setdefault(role, column)
    people = [role for role in ("seat", "post", "name") if role in at]
    if not people or len(people) + sum(role in at for role in ("tasks", "unit")) < 2:
        return None
    if any(_ALIEN.search(text) for text in row.texts):
        return None
    return _Columns(**{role: at.get(role) for role in ("seat", "post", "unit", "tasks", "name")})


_ALIEN = re.compile(r"指標|目標|衡量|構面|經費|預算|月份|策略|計畫項目|期程|執行(?:狀|情|方)|要領")


def _settle(sheet: Sheet) -> _Columns | None:
    """Let the cells decide which people column holds seats and which positions."""
    columns = _columns(sheet.header)
    if columns is None:
        return None
    rows = sheet.body
    people = [c for c in (columns.seat, columns.post, columns.name) if c is not None]
    seats = max(people, key=lambda c: (_share(rows, c, is_role), -c))
    if not _share(rows, seats, is_role):
        return None
    others = [c for c in people if c != seats]
    post = max(others, key=lambda c: _share(rows, c, _is_post), default=None)
    return _Columns(
        seat=seats, post=post, unit=columns.unit, tasks=columns.tasks, name=columns.name
    )


def _share(rows: tuple[Row, ...], column: int, test: Callable[[str], bool]) -> float:
    texts = [text for row in rows if (text := row.text(column))]
    return sum(map(test, texts)) / len(texts) if texts else 0.0


def _is_post(text: str) -> bool:
    words = unwrap(text).replace(MASK, "").strip()
    return is_position(words) or ends_with_position(words) is not None


def _members(sheet: Sheet, columns: _Columns) -> tuple[Member, ...]:
    members: list[Member] = []
    for row in sheet.body:
        seat, post, tasks = (_text(row, c) for c in (columns.seat, columns.post, columns.tasks))
        if not seat and not post and tasks and members:
            members[-1] = _with_tasks(members[-1], row, columns)
        elif seat or post or tasks:
            role = seat or (members[-1].role if members else "")
            members.append(_member(row, columns, role))
    return tuple(members)


def _text(row: Row, column: int | None) -> str:
    return unwrap(row.text(column)) if column is not None else ""


def _member(row: Row, columns: _Columns, role: str) -> Member:
    position, unit = _position(_text(row, columns.post))
    unit = _text(row, columns.unit) or unit
    return Member(
        role=_COUNT.sub("", role).strip() or role,
        position=position,
        org_unit=unit.replace(MASK, "").strip() or None,
        tasks=_tasks(row, columns.tasks),
        source=Source.at(row.place, raw=row.raw),
    )


def _position(text: str) -> tuple[str, str]:
    """Return position and org unit of a cell such as ``企劃課○○○課長``; a bare name leaves nothing.

    >>> _position("企劃課○○○課長")
    ('課長', '企劃課')
    """
    words = re.sub(r"\s+", " ", text.replace(MASK, " ")).strip()
    found = ends_with_position(words)
    if not found:
        return words, ""
    before, position = found
    if before and not (is_org_unit(before) and before[-1] != "會"):
        return (before + position).replace(" ", ""), ""
    return position, before


def _tasks(row: Row, column: int | None) -> tuple[Text, ...]:
    if column is None or not row.text(column):
        return ()
    where = Source.at(row.place, raw=row.text(column))
    return tuple(Text(text=part, source=where) for part in split_numbered(row.text(column)))


def _with_tasks(member: Member, row: Row, columns: _Columns) -> Member:
    """Return the member with the tasks of a row that continues it."""
    more = _tasks(row, columns.tasks)
    return Member(
        role=member.role,
        position=member.position,
        org_unit=member.org_unit,
        tasks=(*member.tasks, *more),
        source=member.source.join(Source.at(row.place)),
    )


def _name(title: Line | None) -> str:
    """Return the committee's own name from the title above the table: agency, year and list words taken off.

    >>> _name(Line("東港區公所115年度服務品質推動小組成員名單"))
    '服務品質推動小組'
    """
    if title is None or not _TITLE_WORDS.search(title.text):
        return ""
    words = unwrap(title.text)
    words = (
        re.sub(r"^(?:附件|附表)?\s?[一二三四五六七八九十\d]*\s?[：:、]?\s?", "", words)
        if words.startswith("附")
        else words
    )
    words = re.split(r"\d{2,3}\s?年度?", words)[-1].strip()
    words = _AGENCY.sub("", words)
    return _TITLE_TAIL.sub("", words) or words


def _claim(sheet: Sheet, notes: Notes) -> None:
    notes.claim(*sheet.headers, *sheet.body)
    if sheet.title is not None and _TITLE_WORDS.search(sheet.title.text):
        notes.claim(sheet.title, *sheet.labels)


def _source(sheet: Sheet) -> Source:
    places = [row.place for row in (sheet.header, *sheet.body)]
    title = sheet.title
    if title is not None and _TITLE_WORDS.search(title.text):
        return Source.at(title.place, *places, raw=title.text)
    return Source.at(*places, raw=sheet.header.raw)
