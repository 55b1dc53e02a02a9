"""The tree that outline marks make of the lines of a narrative document, before any meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from hengtu.core.hanzi import unwrap
from hengtu.core.numbering import FORMAL, PLAIN, Mark, numeral, read_mark
from hengtu.core.paper import Line, Paper, Table

_DECK = re.compile(r"^(?:簡報|報告)大綱$|^簡報(?:結束|完畢)|^敬請指教$|^簡報結束")
_CONTENTS = re.compile(r"^(?:目[錄次]|大綱)$")
_LEADER = re.compile(r"(?:…+|[.．·‧]{3,}|\s{3,})\s*\d{1,3}$")
_FORMAL_GUARD = re.compile(rf"^[{FORMAL}]{{1,3}}\s*[、.．:：\s\u3000]")
_CHAPTER = re.compile(rf"^第\s*([{PLAIN}\d]{{1,3}})\s*([章編篇節])\s*[、:：]?\s*")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_FINE = re.compile(rf"^(?:([{_STEMS}])\s*[、.．]|[(（]([{_STEMS}])[)）]|([{_CIRCLED}]))\s*")
_PAGE = re.compile(
    r"^[-–—－\s]*(?:第\s*)?\d{1,3}\s*(?:頁|/\s*\d{1,3})?(?:\s*[，,/]?\s*共\s*\d{1,3}\s*頁)?[-–—－\s]*$"
)
_NOTE = re.compile(
    r"^(?:註|附註|備註|說明|填表說明|填寫說明|編製說明|附件|附表|附錄)\s*(?:\d{0,2}|[一二三四五]?)\s*(?:[:：]|$)"
    r"|^.{0,16}(?:代號|代碼|符號).{0,8}(?:說明|意義|如下|定義).{0,6}[:：]$"
)
_FINAL = re.compile(r"[。！？；：:;!?」』）)】.]$")
_SENTENCE = 30


@dataclass(slots=True)
class Paragraph:
    """A paragraph with the lines it was printed on; ``text`` joined over page breaks."""

    text: str
    lines: list[Line]


@dataclass(slots=True)
class Node:
    """A marked line with what stands below it; ``depth`` 1 is 壹, 0 第一節, -1 第一章."""

    depth: int
    no: str
    number: int
    text: str
    lines: list[Line]
    printed: str = ""
    children: list[Node] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    has_table: bool = False

    @property
    def leaf(self) -> bool:
        """Whether nothing stands below the marked line."""
        return not (self.children or self.paragraphs or self.has_table)


def is_page_number(text: str) -> bool:
    """Whether a line prints nothing but the number of the page."""
    return _PAGE.match(text) is not None


def is_deck(paper: Paper) -> bool:
    """Whether the document is a set of slides: its outline slide is no outline of chapters."""
    return any(_DECK.match(unwrap(line.text)) for line in paper.lines)


def is_note(text: str) -> bool:
    """Whether a line opens a note (註：, 填表說明, 附件一)."""
    return _NOTE.match(text) is not None


def chapter_mark(text: str) -> Mark | None:
    """Return the outline mark of a line; a formal numeral counts only with a mark or blank after it.

    >>> chapter_mark("陸續辦理說明會") is None
    True
    >>> chapter_mark("第二章 現況").depth
    -1
    """
    stripped = text.strip()
    if found := _CHAPTER.match(stripped):
        number = int(found[1]) if found[1].isdigit() else numeral(found[1])
        return Mark(0 if found[2] == "節" else -1, found[1], number, stripped[found.end() :])
    if found := _FINE.match(stripped):
        no = next(filter(None, found.groups()))
        depth = 7 if found[2] else 6
        return Mark(
            depth, no, (_STEMS if no in _STEMS else _CIRCLED).index(no) + 1, stripped[found.end() :]
        )
    mark = read_mark(stripped)
    if mark is None or (mark.depth == 1 and not _FORMAL_GUARD.match(stripped)):
        return None
    return mark


def grow_tree(paper: Paper, taken: Callable[[Line], bool] = lambda line: False) -> list[Node]:
    """Return the marked lines of the document as a forest; lines that are ``taken`` are passed over."""
    if is_deck(paper):
        return []
    grower = _Grower(_wrap_width(paper.lines))
    blocks = list(_without_contents(paper))
    for place, block in enumerate(blocks):
        if isinstance(block, Table):
            grower.see_table()
        elif not taken(block) and not is_page_number(block.text):
            following = blocks[place + 1] if place + 1 < len(blocks) else None
            grower.see_line(block, before_table=isinstance(following, Table))
    return grower.roots


class _Grower:
    """Hangs line after line into the forest."""

    def __init__(self, width: int | None) -> None:
        self.roots: list[Node] = []
        self._open: list[Node] = []
        self._last: Line | None = None
        self._width = width
        self._note: Mark | None = None
        self._in_note = False

    def see_table(self) -> None:
        """Note that a table stands below the open heading."""
        if self._open:
            self._open[-1].has_table = True
        self._last = None

    def see_line(self, line: Line, *, before_table: bool) -> None:
        """Hang a line below the headings that are open."""
        mark = chapter_mark(line.text)
        if self._passes_as_note(line, mark):
            return
        if mark and mark.rest:
            self._hang(line, mark)
        elif self._open:
            self._write(line, before_table=before_table)
        self._last = line

    def _passes_as_note(self, line: Line, mark: Mark | None) -> bool:
        if mark is None and is_note(line.text):
            self._in_note = bool(re.search(r"[:：]$|如下|說明$|註$", line.text.strip()))
            self._note = None
            self._last = None
            return True
        if not self._in_note:
            return False
        if mark is None:
            return True
        follows = mark.number == 1 if self._note is None else mark.number == self._note.number + 1
        same = self._note is None or mark.depth == self._note.depth
        deeper = self._note is not None and mark.depth > self._note.depth
        if mark.depth > 1 and (deeper or (same and follows)):
            self._note = self._note if deeper else mark
            return True
        self._in_note = False
        return False

    def _hang(self, line: Line, mark: Mark) -> None:
        node = Node(mark.depth, mark.no, mark.number, unwrap(mark.rest), [line], line.text)
        while self._open and self._open[-1].depth >= mark.depth:
            self._open.pop()
        (self._open[-1].children if self._open else self.roots).append(node)
        self._open.append(node)

    def _write(self, line: Line, *, before_table: bool) -> None:
        node = self._open[-1]
        text = unwrap(line.text)
        if before_table and len(text) < _SENTENCE * 2 and not _FINAL.search(text):
            self._open.clear()
        elif node.paragraphs and self._continues(node.paragraphs[-1].text):
            _extend(node.paragraphs[-1], line)
        elif not node.paragraphs and not node.children and self._continues(node.printed):
            node.text = unwrap(f"{node.text} {line.text}")
            node.lines.append(line)
            node.printed = line.text
        else:
            node.paragraphs.append(Paragraph(text, [line]))

    def _continues(self, text: str) -> bool:
        """Whether a printed text was broken off by a page or a line end."""
        if self._last is None or _FINAL.search(text.strip()):
            return False
        least = self._width - 4 if self._width else _SENTENCE
        return len(self._last.text) >= least


def _extend(paragraph: Paragraph, line: Line) -> None:
    paragraph.text = unwrap(f"{paragraph.text} {line.text}")
    paragraph.lines.append(line)


def _wrap_width(lines: Iterable[Line]) -> int | None:
    """Return at how many characters the file breaks its lines, None when paragraphs are whole."""
    lengths = sorted((len(line.text) for line in lines), reverse=True)
    if len(lengths) < 8 or not 20 <= lengths[0] <= 60:
        return None
    return lengths[0] if lengths[min(5, len(lengths) - 1)] >= lengths[0] - 4 else None


def contents_lines(paper: Paper) -> tuple[Line, ...]:
    """Return the lines of a table of contents: its chapters come a second time."""
    found: list[Line] = []
    entries: set[str] | None = None
    for block in paper.blocks:
        text = re.sub(r"\s", "", block.text) if isinstance(block, Line) else ""
        if isinstance(block, Line) and _CONTENTS.match(text):
            entries = set()
            found.append(block)
        elif isinstance(block, Line) and entries is not None:
            entry = re.sub(r"\s", "", _LEADER.sub("", block.text))
            if entry in entries or not (chapter_mark(block.text) or _LEADER.search(block.text)):
                entries = None
                continue
            entries.add(entry)
            found.append(block)
        else:
            entries = None
    return tuple(found)


def _without_contents(paper: Paper) -> Iterator[Line | Table]:
    skipped = {line.place for line in contents_lines(paper)}
    for block in paper.blocks:
        if not (isinstance(block, Line) and block.place in skipped):
            yield block
