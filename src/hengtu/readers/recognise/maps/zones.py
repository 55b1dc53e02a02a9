"""Whose map is whose: the stretch of the document that speaks of the parent government's plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hengtu.core.hanzi import squeeze
from hengtu.core.paper import Line, Paper, Table
from hengtu.readers.recognise.maps.cells import read_label, read_objectives
from hengtu.readers.recognise.maps.tables import MapTable, find_map_tables
from hengtu.readers.recognise.title.agency_names import agency_in_title

_TITLE = re.compile(r"策略地圖")
_LISTED = re.compile(
    r"^(?:[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾]{1,3}|\d{1,2})[\s、.．]|^[(（]?[一二三四五六七八九十\d]{1,2}[)）]"
)
_YEARS = re.compile(r"(?:民國|中華民國)?\d{2,4}(?:年度?)?(?:[至\-~～—－]\d{2,4}(?:年度?)?)?")
_WORDS = re.compile(
    r"策略地圖.*$|平衡計分卡.*$|[(（].{0,80}?[)）]|^(?:承接|對應|配合|連結|依據)|年度|整體|府級|市級|縣級|院級|圖$"
)
_GOVERNMENT = re.compile(r"(?:[市縣]政府|^行政院)$")
_FIRST_LINES = 25


@dataclass(frozen=True, slots=True)
class MapZone:
    """A map table with the block at which its page starts, its title and its owner's name."""

    table: MapTable
    start: int
    title: Line | None
    owner: str
    parent: bool

    @property
    def end(self) -> int:
        """The number of the zone's last block."""
        return self.table.last


@lru_cache(maxsize=2)
def find_zones(paper: Paper) -> tuple[MapZone, ...]:
    """Return the maps of the document, each told to be the agency's own or its parent's."""
    tables = find_map_tables(paper)
    own = guess_agency(paper)
    zones: list[MapZone] = []
    for table in tables:
        since = zones[-1].end + 1 if zones else 0
        start, title = _title_of(paper, table, since)
        owner = _owner(title.text) if title else ""
        parent = _is_parent(table, owner, own, alone=len(tables) == 1)
        zones.append(MapZone(table, start, title, owner, parent))
    if zones and all(zone.parent for zone in zones) and not own:
        return tuple(MapZone(z.table, z.start, z.title, z.owner, False) for z in zones)
    return tuple(zones)


def parent_blocks(zones: tuple[MapZone, ...]) -> frozenset[int]:
    """Return the numbers of the blocks that speak of the parent's plan."""
    return frozenset(n for zone in zones if zone.parent for n in range(zone.start, zone.end + 1))


def guess_agency(paper: Paper) -> str:
    """Return the agency that the first lines name, the most particular one; else an empty text."""
    lines = [block for block in paper.blocks[: _FIRST_LINES * 2] if isinstance(block, Line)]
    named = [name for line in lines[:_FIRST_LINES] if (name := _agency(line.text))]
    particular = [name for name in named if not _GOVERNMENT.search(name)]
    return (particular or named or [""])[0]


def _agency(text: str) -> str:
    """Return the agency that a title line names, also where a blank stands before the next words."""
    return (
        agency_in_title(text)
        or agency_in_title(_WORDS.sub("", _YEARS.sub("", squeeze(text))))
        or ""
    )


def _title_of(paper: Paper, table: MapTable, since: int) -> tuple[int, Line | None]:
    """Return the block where the map's page starts and its title line, the nearest one above."""
    for number in range(table.first - 1, max(since, table.first - 40) - 1, -1):
        block = paper.blocks[number]
        if isinstance(block, Table):
            return number + 1, None
        if (
            _TITLE.search(squeeze(block.text))
            and len(block.text) <= 40
            and not _LISTED.match(block.text)
        ):
            return number, block
    return max(since, table.first - 40), None


def _owner(title: str) -> str:
    """Return whose map a title names: what is left without years and the words of the title."""
    left = _WORDS.sub("", _WORDS.sub("", _YEARS.sub("", squeeze(title))))
    return left.strip(" 、：:-－的之")


def _is_parent(table: MapTable, owner: str, own: str, *, alone: bool) -> bool:
    if owner and own:
        return not (_same(own, owner)) and (
            _GOVERNMENT.search(owner) is not None or own not in owner
        )
    if _GOVERNMENT.search(own):
        return False
    return not alone and _looks_like_a_city(table)


def _same(own: str, owner: str) -> bool:
    """Whether a title's owner is the agency itself, perhaps in short or with 本."""
    short = owner.lstrip("本")
    return bool(
        own == owner
        or own.endswith(short)
        or owner.endswith(own)
        or len(short) < 2
        or (
            not _GOVERNMENT.search(owner)
            and (_scattered(short, own) or (len(own) * 2 > len(owner) and _scattered(own, owner)))
        )
    )


def _scattered(short: str, whole: str) -> bool:
    """Whether the characters of a short name stand in the whole name in the same order."""
    letters = iter(whole)
    return all(ch in letters for ch in short)


def _looks_like_a_city(table: MapTable) -> bool:
    """Whether a map has what only a whole government's map has: shared goals, agencies in groups."""
    texts = [text for row in table.rows for text in row.texts if text]
    shared = any(one.code.theme == "T" for text in texts for one in read_objectives(text)[1])
    members = any(read_label(text) == "members" for text in texts)
    return shared or members
