"""What no recogniser understood: kept and shown, never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hengtu.core.hanzi import has_hanzi, unwrap
from hengtu.core.paper import Block, Line, Paper, Row, Table
from hengtu.core.plan import Plan, Text
from hengtu.core.source import Place, Source
from hengtu.readers.recognise.cut_end import LOST
from hengtu.readers.recognise.narrative.tree import is_page_number
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.title.page import is_title

_DECORATION = re.compile(
    r"^[\W_]*$|^(?:簡報|報告)?(?:結束|完畢|完竣)[\s，,]*(?:敬請指教|謝謝聆聽)?$|^(?:敬請|恭請)指[教正]$"
    r"|^(?:謝謝|感謝)(?:聆聽|指教)?$|^THANK ?YOU!?$|^(?:THE )?END$|^續(?:上|下)頁$|^[(（]?[接續][上下]?頁?[)）]?$",
    re.I,
)
_LONGEST_RAW = 80


@dataclass(frozen=True, slots=True)
class _Piece:
    """One printed line or row that nobody understood; ``block`` numbers what stands together."""

    place: Place
    text: str
    block: int


def read_leftovers(plan: Plan, paper: Paper, notes: Notes) -> Plan:
    """Return the plan with every line and row that nobody claimed under ``unread``."""
    pieces = list(_unclaimed(paper, notes))
    _tell_losses(paper, notes)
    if not is_understood(plan):
        _tell_nothing(paper, pieces, notes)
    else:
        for run in _runs(pieces):
            raw = _shortened(" ".join(piece.text for piece in run))
            notes.tell("R004", Source.at(*(piece.place for piece in run), raw=raw))
    unread = (
        Text(text=piece.text, source=Source.at(piece.place, raw=piece.text)) for piece in pieces
    )
    return replace(plan, unread=(*plan.unread, *unread))


def is_understood(plan: Plan) -> bool:
    """Whether the document gave anything a plan is made of."""
    return bool(
        plan.objectives
        or plan.kpis
        or plan.themes
        or plan.actions
        or plan.guidelines
        or plan.work_items
        or plan.committee
        or plan.parent_plan
        or (plan.agency.name and plan.title and _has_chapters(plan))
        or (plan.mission and plan.vision)
    )


def _has_chapters(plan: Plan) -> bool:
    """Whether chapters were read: they count only under the title page of an agency's plan."""
    return any(section.paragraphs or section.sections for section in plan.sections)


def _unclaimed(paper: Paper, notes: Notes) -> Iterator[_Piece]:
    number = 0
    before_claimed = True
    following: Sequence[Block | None] = [*paper.blocks[1:], None]
    for block, after in zip(paper.blocks, following, strict=False):
        rows: Sequence[Line | Row] = block.rows if isinstance(block, Table) else (block,)
        for thing in rows:
            text = unwrap(thing.text if isinstance(thing, Line) else _row_text(thing))
            titles = isinstance(thing, Line) and _titles_table(text, after, notes)
            if notes.claimed(thing) or titles or _is_decoration(text):
                before_claimed = True
                continue
            number += before_claimed
            before_claimed = False
            yield _Piece(thing.place, text, number)


def _titles_table(text: str, after: Block | None, notes: Notes) -> bool:
    """Whether a line is the title of a table that was understood."""
    return isinstance(after, Table) and notes.claimed(after.rows[0]) and is_title(text)


def _row_text(row: Row) -> str:
    return " | ".join(text for text in row.texts if text)


def _is_decoration(text: str) -> bool:
    """Whether a line says nothing about the plan: page numbers, rules, thanks, Latin logo text."""
    if _DECORATION.match(text.strip()) or is_page_number(text):
        return True
    return (
        len(text) <= 60 and not has_hanzi(text) and not re.search(r"\d", text) and LOST not in text
    )


def _runs(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    run: list[_Piece] = []
    for piece in pieces:
        if run and run[-1].block != piece.block:
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_RAW else text[: _LONGEST_RAW - 1] + "…"


def _tell_nothing(paper: Paper, pieces: Sequence[_Piece], notes: Notes) -> None:
    first = next(iter(paper.texts()), None)
    place = pieces[0].place if pieces else (first[0] if first else Place())
    raw = _shortened(pieces[0].text if pieces else unwrap(first[1]) if first else "")
    notes.tell("R002", Source.at(place, raw=raw))


def _tell_losses(paper: Paper, notes: Notes) -> None:
    """Tell where characters came out as U+FFFD: the file was damaged or in another encoding."""
    broken = [(place, text) for place, text in paper.texts() if LOST in text]
    if broken:
        where = Source.at(*(place for place, _ in broken), raw=_shortened(unwrap(broken[0][1])))
        notes.tell("R005", where, count=str(sum(text.count(LOST) for _, text in broken)))
