"""From text to paper: tab tables, list marks and emphasis of common converters."""

from __future__ import annotations

import hashlib
import re

from hengtu.core.paper import Block, Cell, Line, Paper, Row, Table
from hengtu.core.source import Place
from hengtu.readers.failure import ReadError
from hengtu.readers.txt.decode import decode

# A plan of a thousand pages; larger texts are no plan and would keep the reader busy.
MAX_PLAN_BYTES = 2_000_000

_ARROWS = "➢➤►▶▷▸‣⮚✓✔☑❖❑❏•▪◾⬤\uf06c\uf06e\uf0d8\uf0fc\uf0b2\uf0a7\uf0b7"
_SIGNS = "●■◆◇◎★☆‧·∙・･"
_BULLET = re.compile(
    rf"^(?:[-*+○□\u2013{_ARROWS}{_SIGNS}][ \t\u3000]+|[{_ARROWS}]|[{_SIGNS}](?=[\u4e00-\u9fff「（]))"
)
_RULE = re.compile(r"^[\s\t|:+\-=_—─]*$")
_PIPES = re.compile(r"^[ \ufeff]*\|[^\t]*\|[^\t]*\|[ ]*$")
_CHAPTER = re.compile(
    r"^\s*(?:[壹貳參叁肆伍陸柒捌玖拾]{1,3}[、.．]|第[一二三四五六七八九十]{1,3}[章節])"
)
_EMPHASIS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_HEADING = re.compile(r"^#{1,6}\s+")
# Hazard: patterns with blanks in them take the square of a run's length and more.
_LONG_BLANK = re.compile(r"([^\S\n\t]{40})[^\S\n\t]+")


def read(data: bytes, file: str = "") -> Paper:
    """Return the paper of a text file; ReadError when it is no readable text."""
    if len(data) > MAX_PLAN_BYTES:
        raise ReadError("too_large", limit=str(MAX_PLAN_BYTES // 1_000_000))
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    text = _LONG_BLANK.sub(r"\1", re.sub("[\x0b\x0c\x85\u2028]", "\n", text))
    return Paper(
        blocks=tuple(_blocks(text.split("\n"))),
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        format="txt",
    )


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    rows: list[Row] = []
    gap = table_gap = 0
    for number, text in enumerate(lines, 1):
        if _is_row(text, lines, number, in_table=rows[0] if rows else None):
            if not rows:
                table_gap = gap
            if not _RULE.match(text):
                rows.append(_row(text, number))
            gap = 0
            continue
        if rows:
            blocks.append(Table(tuple(rows), gap_before=table_gap))
            rows, gap = [], 0
        if not text.strip(" \t\u3000\ufeff\u200b"):
            gap += 1
            continue
        if not _RULE.match(text):
            blocks.append(_line(text, number, gap))
        gap = 0
    if rows:
        blocks.append(Table(tuple(rows), gap_before=table_gap))
    return blocks


def _is_row(text: str, lines: list[str], number: int, *, in_table: Row | None) -> bool:
    """Whether a line is a row; ``in_table`` is the first row of the table above."""
    if _PIPES.match(text):
        return True
    if "\t" in text.strip(" ") and text.strip():
        return True
    following = lines[number] if number < len(lines) else ""
    if in_table is not None and _CHAPTER.match(text) and _heads_another(following, in_table):
        return False
    goes_on = ("\t" in following and bool(following.strip())) or _PIPES.match(following) is not None
    return in_table is not None and bool(text.strip()) and goes_on


def _heads_another(text: str, header: Row) -> bool:
    """Whether a row below a chapter's title is the header of another table: a few short words.

    A row one cell short is rather one whose last, blank cell was cut off.
    """
    cells = [cell.strip() for cell in text.rstrip("\t ").split("\t")]
    if _PIPES.match(text):
        cells = [cell.strip() for cell in text.strip("| ").split("|")]
    width = max((n for n, words in enumerate(header.texts, 1) if words), default=0)
    words = all(re.fullmatch(r"[^\W\d_]{1,6}", cell) for cell in cells)
    return words and not 0 <= width - len(cells) <= 1


def _row(text: str, number: int) -> Row:
    if _PIPES.match(text):
        text = "\t".join(cell.strip() for cell in text.strip("\ufeff ")[1:-1].split("|"))
    cells = text.removeprefix("\ufeff").split("\t")
    place = Place(line=number)
    return Row(tuple(Cell(_plain(cell), place) for cell in cells), place)


def _plain(text: str) -> str:
    return _EMPHASIS.sub("", text)


def _line(text: str, number: int, gap: int) -> Line:
    body = text.removeprefix("\ufeff").expandtabs(1).rstrip()
    indent = len(body) - len(body.lstrip(" \u3000"))
    body = _HEADING.sub("", body.strip(" \u3000"))
    bullet = _BULLET.match(body)
    if bullet:
        body = body[bullet.end() :]
    return Line(
        text=_plain(body).strip(),
        place=Place(line=number),
        indent=indent,
        bullet=bool(bullet),
        bold="**" in body,
        gap_before=gap,
    )
