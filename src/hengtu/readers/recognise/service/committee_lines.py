"""Committees listed in lines instead of a table: 召集人：主任。委員三人，由各課課長擔任。"""

from __future__ import annotations

import re

from hengtu.core.hanzi import unwrap
from hengtu.core.numbering import read_mark
from hengtu.core.paper import Line, Paper
from hengtu.core.plan import Committee, Member, Text
from hengtu.core.source import Source
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.persons.cells import MASK
from hengtu.readers.recognise.persons.positions import is_role

_LABEL = re.compile(r"^([\u4e00-\u9fff]{2,8}?)(?:[(（][^()（）]*[)）])?\s?[：:]\s?(\S.*)$")
_HELD = re.compile(
    r"^(?:置|設)?([\u4e00-\u9fff]{2,6}?)(?:[\d一二三四五六七八九十]{1,3}[人名位])?\s?[，,：:]?\s?由(.{2,30}?)(?:擔任|兼任|充任)(?:之)?(?:[，,；;](.+?))?[。；;]?$"
)
_TASKS = re.compile(r"^(.{2,20}?)[，,；;。](.+)$")
_HEAD = re.compile(r"召集人|委員|主席|主持人|隊長|組長")
_TITLE = re.compile(r"委員會|小組|工作圈|編組|推動組織|團隊")


def read_lines(paper: Paper, notes: Notes) -> Committee | None:
    """Return the committee that two or more lines in a row list by seat, or None."""
    run: list[tuple[Line, Member]] = []
    title: Line | None = None
    for block in paper.blocks:
        member = _member(block) if isinstance(block, Line) else None
        if member is not None and isinstance(block, Line):
            run.append((block, member))
            continue
        if len(run) > 1:
            break
        run = []
        if isinstance(block, Line) and len(block.text) <= 60 and _TITLE.search(block.text):
            title = block
    if len(run) < 2 or not any(_HEAD.search(member.role) for _, member in run):
        return None
    notes.claim(*(line for line, _ in run))
    source = Source.at(*(line.place for line, _ in run), raw=run[0][0].text)
    return Committee(name=_name(title), members=tuple(member for _, member in run), source=source)


def _name(title: Line | None) -> str:
    """Return the name that a heading above the lines gives, when it ends like one."""
    if title is None:
        return ""
    mark = read_mark(title.text)
    words = unwrap(mark.rest if mark is not None else title.text)
    return words if words.endswith(("會", "小組", "圈", "團隊", "編組")) else ""


def _member(line: Line) -> Member | None:
    """Return the seat of a line such as ``召集人：主任，綜理業務`` or ``委員3人，由各課課長兼任``."""
    mark = read_mark(line.text)
    words = unwrap(mark.rest if mark is not None else line.text)
    if len(words) > 120:
        return None
    held = _HELD.match(words)
    if held and is_role(held[1]):
        return _made(line, held[1], held[2], held[3] or "")
    label = _LABEL.match(words)
    if label and is_role(label[1]):
        parts = _TASKS.match(label[2])
        return _made(line, label[1], parts[1] if parts else label[2], parts[2] if parts else "")
    return None


def _made(line: Line, role: str, position: str, tasks: str) -> Member:
    source = Source.at(line.place, raw=line.text)
    told = tuple(Text(text=part, source=source) for part in (tasks.strip(),) if part)
    words = position.replace(MASK, "").strip(" 。；;，,")
    return Member(role=role, position=words, tasks=told, source=source)
