"""Service plans: guideline, strategy, method."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hengtu.core.hanzi import halve, squeeze, unwrap
from hengtu.core.numbering import read_mark
from hengtu.core.paper import Paper, Row
from hengtu.core.plan import Guideline, Method, Strategy, Timing
from hengtu.core.source import Source
from hengtu.core.workplan import read_target, read_timing
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.service.broken_rows import Columns, Entry, read_entries
from hengtu.readers.recognise.service.cell_statements import split_numbered, split_sentences
from hengtu.readers.recognise.service.prose import read_prose
from hengtu.readers.recognise.service.sheets import Sheet, find_sheets

_RANKS: tuple[re.Pattern[str], ...] = (
    re.compile(r"要領$|要項$|面向$|構面$|(?:推動|實施|執行|工作|辦理)重點$|主軸$|大項$"),
    re.compile(r"策略$|推動項目$|執行項目$|實施項目$|工作項目$|子項$|中項$"),
    re.compile(r"作法$|做法$|措施$|行動方案$"),
    re.compile(r"方法$|方式$|步驟$|(?:執行|實施|推動|辦理|具體|工作|服務)內容$"),
)
_TIMING = re.compile(r"期程|期限|時程|頻率|(?:完成|辦理|執行)(?:日期|時間|時機)")
_FIRM = re.compile(
    r"要領|要項|實施項目|(?:實施|推動|服務)(?:主軸|面向|構面)|(?:執行|推動|實施)重點|(?:執行|推動|實施|服務|精進)(?:策略|作法|做法|措施|方法)|具體(?:作法|做法|措施)"
)
_HINT = re.compile(rf"{_FIRM.pattern}|構面|面向|主軸|重點")
_ALIEN = re.compile(
    r"指標|目標|衡量|實績|經費|預算|金額|月份|^\d{1,2}月?$|^[一二三四五六七八九十]{1,2}月份?$|進度|^編號$|狀態|狀況|情形|計畫項目|成功因素|KPI|KSF"
)


def read_guidelines(paper: Paper, notes: Notes) -> tuple[Guideline, ...]:
    """Return the guidelines of a service plan."""
    guidelines: list[Guideline] = []
    for sheet in find_sheets(paper, lambda row: _columns(row) is not None, hint=_HINT):
        columns = _columns(sheet.header)
        if columns is not None:
            _read_sheet(sheet, columns, guidelines, notes)
    return tuple(guidelines) or read_prose(paper)


def _columns(row: Row) -> Columns | None:
    """Return which column holds guidelines, strategies and methods, or None when the row heads no such table."""
    words = [halve(re.sub(r"\s", "", squeeze(text))) for text in row.texts]
    ranks = {column: rank for column, w in enumerate(words) if (rank := _rank(w)) is not None}
    firm = any(map(_FIRM.search, words)) or {0, 1} < set(ranks.values())
    if not firm or any(_ALIEN.search(w) for w in words):
        return None
    _settle_by_place(ranks, words)
    order = sorted(set(ranks.values()))
    if len(order) < 2:
        return None
    timing = next((c for c, w in enumerate(words) if c not in ranks and _TIMING.search(w)), None)
    others = tuple(c for c, w in enumerate(words) if w and c not in ranks and c != timing)
    by_rank = [next(c for c, rank in ranks.items() if rank == wanted) for wanted in order[:3]]
    if len(order) == 2 and (twice := _shared_rank(ranks)):
        by_rank = twice
    if len(by_rank) == 3:
        return Columns(by_rank[0], by_rank[1], by_rank[2], timing, others)
    if order[0] == 0:
        return Columns(by_rank[0], by_rank[1], None, timing, others)
    return Columns(None, by_rank[0], by_rank[1], timing, others)


def _settle_by_place(ranks: dict[int, int], words: list[str]) -> None:
    """Rank 項目 and 重點 left to right, because either may hold the other."""
    upper = [column for column, rank in ranks.items() if rank <= 1]
    if len(upper) == 2 and all(re.search(r"重點$|項目$", words[column]) for column in upper):
        ranks[upper[0]], ranks[upper[1]] = 0, 1
    if len(ranks) == 2 and all(rank == 0 for rank in ranks.values()):
        ranks[max(ranks)] = 1


def _shared_rank(ranks: dict[int, int]) -> list[int] | None:
    """Return three columns where the first two have headings of one rank (實施要領, 工作重點), left to right."""
    upper = [column for column, rank in ranks.items() if rank <= 1]
    lower = [column for column, rank in ranks.items() if rank > 1]
    alike = len(upper) == 2 and ranks[upper[0]] == ranks[upper[1]]
    return [*upper, lower[0]] if alike and lower else None


def _rank(words: str) -> int | None:
    return next(
        (rank for rank, pattern in enumerate(_RANKS) if words and pattern.search(words)), None
    )


def _read_sheet(sheet: Sheet, columns: Columns, guidelines: list[Guideline], notes: Notes) -> None:
    entries = read_entries(sheet, columns)
    if not entries:
        return
    notes.claim(*sheet.headers, *sheet.body)
    _tell_headers(sheet, notes)
    teller = _Teller(notes)
    made = [_guideline(entry, sheet, teller) for entry in entries]
    teller.finish()
    for guideline in made:
        _add(guideline, guidelines)
    if columns.guideline is None and sheet.title is not None:
        notes.claim(sheet.title)


def _tell_headers(sheet: Sheet, notes: Notes) -> None:
    if sheet.repeats:
        words = "｜".join(text for text in sheet.header.texts if text)
        places = [row.place for row in sheet.headers]
        notes.tell("R132", Source.at(*places, raw=sheet.header.raw), subject=words)


@dataclass(slots=True)
class _Teller:
    """Tells what was repaired: split cells one by one, lost line breaks once for the table."""

    notes: Notes
    _packed: list[Entry] = field(default_factory=list)

    def split(self, entry: Entry, name: str, subject: str) -> None:
        """Tell that a cell was cut by a page break."""
        if len(entry.parts) > 1:
            raw = " ⏎ ".join(text for text, _ in entry.parts)
            self.notes.tell("R131", entry.source(raw), subject=subject, raw=raw, reading=name)

    def packed(self, entry: Entry) -> None:
        """Note a cell that holds several statements without numbers."""
        self._packed.append(entry)

    def finish(self) -> None:
        """Tell once about all cells with several statements."""
        if not self._packed:
            return
        first = self._packed[0]
        places = [place for entry in self._packed for place in entry.places]
        reading = str(len(split_sentences(first.text)))
        self.notes.tell(
            "R164",
            Source.at(*places, raw=first.text),
            subject=first.text[:12],
            raw=first.text,
            reading=reading,
        )


def _guideline(entry: Entry, sheet: Sheet, teller: _Teller) -> Guideline:
    text, source = entry.name, entry.source()
    if not text and sheet.title is not None:
        text, source = sheet.title.text, Source.at(sheet.title.place, raw=sheet.title.text)
    no, name = _numbered(text)
    teller.split(entry, text, no or name)
    strategies = tuple(_strategy(part, no, teller) for part in entry.children)
    for part in entry.children:
        source = source if source.all_lines() else part.source()
    return Guideline(no=no, name=name, strategies=strategies, source=source)


def _strategy(entry: Entry, guideline_no: str, teller: _Teller) -> Strategy:
    no, name = _numbered(entry.name)
    teller.split(entry, entry.name, guideline_no + no or name[:12])
    methods = tuple(
        m for cell in entry.children for m in _methods(cell, guideline_no + no or name[:12], teller)
    )
    return Strategy(no=no, name=name, methods=methods, source=entry.source())


def _methods(cell: Entry, subject: str, teller: _Teller) -> list[Method]:
    teller.split(cell, cell.name, subject)
    parts = split_numbered(cell.text)
    if len(parts) == 1:
        sentences = split_sentences(cell.text)
        if len(sentences) > 1:
            teller.packed(cell)
            parts = sentences
        else:
            parts = [_numbered(parts[0])[1] or parts[0]]
    source = cell.source(cell.text)
    return [
        Method(
            text=part, timing=_timing(part, cell.timing), target=read_target(part), source=source
        )
        for part in parts
    ]


def _timing(text: str, printed: str) -> Timing | None:
    """Return when a method is due: by its own column where there is one, else by its words."""
    if not printed:
        return read_timing(text)
    return read_timing(printed) or Timing(raw=unwrap(printed))


def _numbered(text: str) -> tuple[str, str]:
    """Return the printed number and the words after it.

    >>> _numbered("(二) 簡化流程。"), _numbered("一、便民")
    (('(二)', '簡化流程。'), ('一', '便民'))
    """
    mark = read_mark(text)
    if mark is None:
        return "", text.strip()
    return (f"({mark.no})" if mark.depth in (3, 5) else mark.no), mark.rest.strip()


def _add(guideline: Guideline, guidelines: list[Guideline]) -> None:
    """Add a guideline; one that a later table goes on with grows."""
    last = guidelines[-1] if guidelines else None
    if last is None or (guideline.no, guideline.name) != (last.no, last.name):
        guidelines.append(guideline)
        return
    guidelines[-1] = Guideline(
        no=last.no,
        name=last.name,
        strategies=(*last.strategies, *guideline.strategies),
        source=last.source,
    )
