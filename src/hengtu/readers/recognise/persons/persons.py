"""Personal names are masked before anything else reads the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hengtu.core.hanzi import squeeze
from hengtu.core.paper import Cell, Line, Paper, Row, Table
from hengtu.core.source import Source
from hengtu.readers.recognise.columns import header_roles
from hengtu.readers.recognise.persons.cells import (
    MASK,
    bare_person,
    fused_name,
    names_in,
    split_people,
)
from hengtu.readers.recognise.persons.positions import POSITION
from hengtu.readers.recognise.persons.surnames import SURNAMES, is_name, may_be_name

_COLUMNS = {
    "name": re.compile(
        r"^(?:委員|人員|成員|組員|幹事|承辦人員?|聯絡人|現職人員)?姓名(?:[(（/及暨、與].*)?$|^名單$|^職稱?(?:[/及暨、與])?姓名$|^姓名職稱$"
    ),
    "post": re.compile(
        r"^(?:單位)?(?:及|暨|/|、)?(?:職稱|職位|(?:現職|現任|擔任|參與|組成|工作|編組)?人員|現職|本職|級職|職別|職務|成員|委員)(?:[(（].*)?$|^單位職稱$"
    ),
    "holder": re.compile(
        r"(?:承辦|主辦|經辦|負責|聯絡|連絡|填表|協辦)人員?$|^窗口$|^(?:召集人|主持人|講師|講座)$"
    ),
}
_LABEL = re.compile(
    r"(?:召集人|主任委員|委員|執行秘書|秘書|總?幹事|執行長|主席|主持人|(?:聯絡|連絡|承辦|負責|填表|製表|經辦|校對|核稿)(?:人員?|窗口)?|"
    r"主管|首長|局長|處長|所長|主任|科長|課長|組長|股長|組員|成員|講師|講座|窗口|姓名)\s?[：:]\s?(?=([^。；;：:]{2,60}))"
)
_EDGE = r"(?=$|[\s、，,；;。：:）)」]|擔任|兼任|為召|為主|等|及|與|負責|綜理|主持|率)"
_BEFORE_POST = re.compile(
    rf"(?:^|(?<=[\s、，,；;。：:（(「由請與及和為]))([\u4e00-\u9fff]{{3,4}}?)\s?(?:{POSITION.pattern}){_EDGE}"
)
_AFTER_POST = re.compile(rf"(?:{POSITION.pattern})\s?([\u4e00-\u9fff]{{3,4}}?){_EDGE}")
_SHORT_BEFORE = r"(?:(?<![\u4e00-\u9fff])|(?<=[由請及與和長任員書記士佐正官師理事]))"
_SHORT_AFTER = (
    r"(?=$|[^\u4e00-\u9fff]|擔任|兼|等|及|與|負責|辦理|主持|督導|協助|綜理|先生|女士|小姐|"
    rf"{POSITION.pattern})"
)


@dataclass(frozen=True, slots=True)
class Masking:
    """Where names were taken out; ``fused`` when they stood in one word with the position."""

    source: Source
    fused: bool = True


@dataclass(slots=True)
class _Roll:
    """The names found so far and the places whose whole words are known to be names."""

    names: set[str] = field(default_factory=set)
    maskings: list[Masking] = field(default_factory=list)


def mask_persons(paper: Paper) -> tuple[Paper, tuple[Masking, ...]]:
    """Return the paper with every personal name as ○○○, and where names were taken out."""
    roll = _Roll()
    columns: dict[int, str] = {}
    width = 0
    for block in paper.blocks:
        if isinstance(block, Table):
            columns, width = _read_table(block, roll, columns, width)
        else:
            _read_line(block, roll)
    if not roll.names:
        return paper, ()
    pattern = _pattern(roll.names)
    masked = _mask(paper, roll.names, pattern)
    return masked, tuple(_shown(masking, pattern) for masking in roll.maskings)


def _read_table(
    table: Table, roll: _Roll, columns: dict[int, str], width: int
) -> tuple[dict[int, str], int]:
    """Find the names of a table; a table without header continues the one before when it is as wide."""
    header: Row | None = None
    size = max(len(row.cells) for row in table.rows)
    if size != width:
        columns = {}
    found: dict[str, list[Cell]] = {"fused": [], "alone": []}
    body: list[Row] = []
    for index, row in enumerate(table.rows):
        roles = header_roles(row, _COLUMNS) if header is None and index < 3 else {}
        if roles and not _holds_name(row):
            header, columns = row, roles
        else:
            body.append(row)
    for column in range(size):
        _read_column(
            [row.cells[column] for row in body if column < len(row.cells)],
            columns.get(column),
            roll,
            found,
        )
    for kind, cells in found.items():
        if cells:
            places = ([header.place] if header else []) + [cell.place for cell in cells]
            raw = "、".join(dict.fromkeys(squeeze(cell.text) for cell in cells))
            roll.maskings.append(Masking(Source.at(*places, raw=raw), fused=kind == "fused"))
    return columns, size


def _holds_name(row: Row) -> bool:
    return any(is_name(text) or bool(fused_name(text)) for text in row.texts)


def _read_column(
    cells: list[Cell], role: str | None, roll: _Roll, found: dict[str, list[Cell]]
) -> None:
    """Find the names of a column; where most cells hold one, the others are read with less doubt."""
    filled = [cell for cell in cells if len(cell.text) > 1 and len(cell.text) <= 120]
    if role is None:
        filled = [cell for cell in filled if POSITION.search(cell.text)]
    held = {id(cell): list(names_in(cell.text, role)) for cell in filled}
    sure = sum(1 for names in held.values() if names)
    for cell in filled:
        names = held[id(cell)]
        if not names and role in ("post", None) and sure and sure * 2 >= len(filled):
            names = list(names_in(cell.text, "name" if role else "post"))
        if names:
            roll.names.update(names)
            alone = all(bare_person(piece) in names for piece in split_people(cell.text))
            found["alone" if alone else "fused"].append(cell)


def _read_line(line: Line, roll: _Roll) -> None:
    names = [*_labelled(line.text), *_in_prose(line.text)]
    if names:
        roll.names.update(names)
        roll.maskings.append(Masking(Source.at(line.place, raw=line.text), fused=False))


def _labelled(text: str) -> Iterator[str]:
    """Yield the names after labels such as 聯絡人：."""
    for found in _LABEL.finditer(text):
        for piece in re.split(r"[、，,\s(（/]+", found[1]):
            words = bare_person(piece)
            if is_name(words) or (len(words) == 3 and words[0] in SURNAMES and may_be_name(words)):
                yield words
            elif name := fused_name(words):
                yield name


def _in_prose(text: str) -> Iterator[str]:
    """Yield names of three characters or more that stand beside a position in running text."""
    for pattern in (_BEFORE_POST, _AFTER_POST):
        yield from (found[1] for found in pattern.finditer(text) if is_name(found[1]))


def _mask(paper: Paper, names: set[str], pattern: re.Pattern[str]) -> Paper:
    def clean(text: str) -> str:
        return pattern.sub(MASK, text)

    blocks = tuple(
        replace(block, text=clean(block.text))
        if isinstance(block, Line)
        else _clean_table(block, pattern, names)
        for block in paper.blocks
    )
    return replace(paper, blocks=blocks)


def _clean_table(table: Table, pattern: re.Pattern[str], names: set[str]) -> Table:
    def clean(cell: Cell) -> Cell:
        if bare_person(cell.text) in names:
            return replace(cell, text=MASK)
        text = pattern.sub(MASK, cell.text)
        return cell if text == cell.text else replace(cell, text=text)

    return replace(
        table, rows=tuple(replace(row, cells=tuple(map(clean, row.cells))) for row in table.rows)
    )


def _pattern(names: set[str]) -> re.Pattern[str]:
    """Return a pattern for all names, blanks inside allowed; two-character names need an edge on both sides."""
    forms = []
    for name in sorted(names, key=len, reverse=True):
        letters = (
            r"[ \u3000]?".join(map(re.escape, name.replace(" ", "")))
            if not name.isascii()
            else re.escape(name)
        )
        if name.isascii():
            forms.append(rf"\b{letters}\b")
        elif len(name) > 2:
            forms.append(letters)
        else:
            forms.append(_SHORT_BEFORE + letters + _SHORT_AFTER)
    return re.compile("|".join(forms))


def _shown(masking: Masking, pattern: re.Pattern[str]) -> Masking:
    source = masking.source
    raw = "、".join(dict.fromkeys(pattern.sub(MASK, part) for part in source.raw.split("、")))
    return replace(masking, source=replace(source, raw=raw[:200]))
