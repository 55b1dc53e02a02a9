"""What the document is: agency, title, kind, years, date, adoption, revisions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from hengtu.core.hanzi import unwrap
from hengtu.core.paper import Line, Paper, Table
from hengtu.core.plan import Adoption, Agency, Document, PlanKind, Revision, RocYears, Text
from hengtu.core.source import Place, Source
from hengtu.readers.recognise.narrative.outline import split_title
from hengtu.readers.recognise.narrative.tree import Node, grow_tree
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.title.acts import (
    Act,
    Meeting,
    read_adoption,
    read_made,
    read_revision,
)
from hengtu.readers.recognise.title.agency_names import (
    agency_in_title,
    attested,
    is_government,
    most_named,
    parent_of,
)
from hengtu.readers.recognise.title.page import (
    content_kind,
    head_lines,
    head_years,
    is_title,
    title_kind,
)
from hengtu.readers.recognise.title.years import target_years

_YEAR_LINE = re.compile(r"^(?:(?:中華)?民國)?\s*\d{2,3}(?:\s*[-~－至到]\s*\d{2,3})?\s*年度?$")
_SPAN_LINE = re.compile(
    r"^[(（]\s*(?:(?:中華)?民國)?\s*\d{2,4}\s*(?:年度?)?\s*(?:[-~～－—–至到]\s*\d{2,4}\s*)?年度?(?:版)?\s*[)）]$"
)
_MAKER = re.compile(r"^(?:報告|編製|製作|提報|主辦|填報)(?:單位|機關|人員?)\s*[:：]")
_ANNEX = re.compile(r"^附[件表錄]\s*[\d一二三四五六七八九十]{0,2}\s*[:：]?$")
_BASIS = re.compile(
    r"^(?:壹|貳|參|一|二|三)?[、.]?\s*(?:計畫|法令|法規|訂定|辦理|編製)?(?:依據|緣起及依據|法源依據)$"
)

Spot = tuple[Place, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The title page."""

    agency: Agency = field(default_factory=Agency)
    title: str = ""
    kind: PlanKind = "strategy_map"
    roc_years: RocYears = field(default_factory=RocYears)
    document: Document = field(default_factory=Document)
    revisions: tuple[Revision, ...] = ()


def read_identity(paper: Paper, notes: Notes) -> Identity:
    """Return what the document says about itself."""
    head = list(head_lines(_own_pages(paper)))
    agency = _agency(paper, head, notes)
    _claim_makers(head, notes)
    revisions = tuple(_revisions(head, notes))
    return Identity(
        agency=agency,
        title=_title(head, notes),
        kind=title_kind(paper) or content_kind(paper),
        roc_years=_years(paper),
        document=_document(paper, head, revisions, notes),
        revisions=revisions,
    )


def _own_pages(paper: Paper) -> Paper:
    """Return the paper from the title of the one office on, where the map of its government stands first."""
    titles = [
        (at, name)
        for at, block in enumerate(paper.blocks)
        if isinstance(block, Line) and is_title(block.text)
        if (name := agency_in_title(block.text))
    ]
    first = titles[0][1] if titles else ""
    if not is_government(first) or any(isinstance(b, Table) for b in paper.blocks[: titles[0][0]]):
        return paper
    offices = {name: at for at, name in reversed(titles) if name != first}
    if len(offices) != 1 or not next(iter(offices)).startswith(first):
        return paper
    return replace(paper, blocks=paper.blocks[next(iter(offices.values())) :])


def _agency(paper: Paper, head: Sequence[Spot], notes: Notes) -> Agency:
    texts = [text for _, text in paper.texts()]
    name, places = _agency_of_head(head, notes)
    if not name:
        name = most_named(texts) or ""
        places = [place for place, text in paper.texts() if name and name in unwrap(text)][:1]
    if not name:
        return Agency()
    name = attested(name, texts)
    return Agency(name=name, parent=parent_of(name, texts), source=Source.at(*places, raw=name))


def _agency_of_head(head: Sequence[Spot], notes: Notes) -> tuple[str, list[Place]]:
    """Return the agency that the head names; a government and its office may stand on two lines."""
    for at, (place, text) in enumerate(head):
        name = agency_in_title(text)
        if name is None:
            continue
        if _only(text, name):
            notes.claim(place)
            below = head[at + 1] if at + 1 < len(head) else None
            office = agency_in_title(below[1]) if below else None
            if is_government(name) and below and office and not is_government(office[:6]):
                if _only(below[1], office):
                    notes.claim(below[0])
                return name + office, [place, below[0]]
        return name, [place]
    return "", []


def _only(text: str, name: str) -> bool:
    return re.sub(r"\s", "", text) == name


def _title(head: Sequence[Spot], notes: Notes) -> str:
    """Return the title; a line that prints only the year belongs to the title below it."""
    before: Spot | None = None
    for at, (place, text) in enumerate(head):
        if is_title(text) and not read_revision(text) and not read_adoption(text):
            notes.claim(place)
            below = head[at + 1] if at + 1 < len(head) else None
            if below and _SPAN_LINE.match(below[1]):
                notes.claim(below[0])
                return f"{text}{below[1]}"
            if before and not re.search(r"\d\s*年", text):
                notes.claim(before[0])
                return f"{before[1]}{text}"
            return text
        if not _only(text, agency_in_title(text) or ""):
            before = (place, text) if _YEAR_LINE.match(text) else None
    return next((text for _, text in head if agency_in_title(text)), "")


def _years(paper: Paper) -> RocYears:
    """Return the years of the plan: a span in the title, else those with targets, else the title's."""
    named, targets = head_years(paper), target_years(paper)
    chosen = named if len(named) > 1 else (targets or named)
    return RocYears(first=min(chosen), last=max(chosen)) if chosen else RocYears()


def _claim_makers(head: Sequence[Spot], notes: Notes) -> None:
    notes.claim(*(place for place, text in head if _MAKER.match(text) or _ANNEX.match(text)))


def _revisions(head: Sequence[Spot], notes: Notes) -> Iterator[Revision]:
    for place, text in head:
        for part in re.split(r"[、；;]\s*|(?<=[訂定正布])\s+(?=\S*\d)", text):
            act = read_revision(part)
            if act:
                notes.claim(place)
                yield Revision(date=act.roc_date, act=act.act, source=Source.at(place, raw=act.raw))


def _document(
    paper: Paper, head: Sequence[Spot], revisions: Sequence[Revision], notes: Notes
) -> Document:
    made = _first_made(paper, head, notes)
    adopted = _adoption(head, notes)
    date, source = (made[1].roc_date, Source.at(made[0], raw=made[1].raw)) if made else (None, None)
    if date is None and revisions:
        last = max(revisions, key=lambda revision: _sortable(revision.date))
        date, source = last.date, last.source
    basis = tuple(_basis(paper))
    return Document(
        date=date, based_on=basis, adopted=adopted, **({"source": source} if source else {})
    )


def _sortable(roc_date: str) -> tuple[int, ...]:
    return tuple(int(part) for part in roc_date.split("-"))


def _first_made(paper: Paper, head: Sequence[Spot], notes: Notes) -> tuple[Place, Act] | None:
    """Return the line that dates the document: in its head, else the last line."""
    last = [(line.place, line.text) for line in paper.lines[-2:]]
    for place, text in (*head, *last):
        act = read_made(text)
        if act:
            notes.claim(place)
            return place, act
    return None


def _adoption(head: Sequence[Spot], notes: Notes) -> Adoption | None:
    """Return the meeting that adopted the document itself; that of a parent's map is not in the head."""
    for place, text in head:
        meeting: Meeting | None = read_adoption(text)
        if meeting:
            notes.claim(place)
            return Adoption(
                roc_date=meeting.roc_date,
                meeting=meeting.meeting,
                status=meeting.status,
                source=Source.at(place, raw=meeting.raw),
            )
    return None


def _basis(paper: Paper) -> Iterator[Text]:
    for node in grow_tree(paper):
        for chapter in (node, *node.children):
            title, words = split_title(chapter.text)
            if not _BASIS.match(re.sub(r"\s", "", title)):
                continue
            if words:
                where = Source.at(*(line.place for line in chapter.lines), raw=unwrap(words))
                yield Text(text=words.rstrip("。；"), source=where)
            yield from _listed(chapter)


def _listed(chapter: Node) -> Iterator[Text]:
    for paragraph in chapter.paragraphs if not chapter.children else ():
        places = [line.place for line in paragraph.lines]
        yield Text(
            text=paragraph.text.rstrip("。；"), source=Source.at(*places, raw=paragraph.text)
        )
    for child in chapter.children:
        where = Source.at(*(line.place for line in child.lines), raw=unwrap(child.lines[0].text))
        yield Text(text=child.text.rstrip("。；"), source=where)
