"""The units of an organisation: charts given as lists, and what kind a unit's name tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengtu.core.hanzi import squeeze
from hengtu.core.paper import Line, Paper, Row, Table
from hengtu.core.plan import OrgUnit
from hengtu.core.source import Place, Source
from hengtu.readers.recognise.notes import Notes

_CHART = re.compile(
    r"^(?:[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾\d]{1,3}[、.．]?)?(?:本[所處局府館中心]{1,2}|機關)?(?:組織|行政)(?:架構|系統|編制|概況)?(?:圖|表)?$"
)
_HEAD = re.compile(
    r"^(?:主任|處長|局長|所長|館長|區長|鄉長|鎮長|市長|縣長|院長|校長|署長|部長|司長|隊長|大隊長|分局長|園長|場長|廠長|主任委員|董事長|總經理|台長|臺長)$"
)
_DEPUTY = re.compile(
    r"^(?:副.{1,6}|秘書|主任秘書|祕書|專門委員|副首長|技正|參事|簡任.{0,4}|總工程司|秘書長|襄閱.{0,4})$"
)
_STAFF = re.compile(
    r"^(?:人事|主計|會計|政風|統計|資訊|歲計|公關|研考|新聞|法制)(?:機構|室|處|組|單位|科|員|管理員|人員)$"
)
_SECTION = re.compile(r"^.{1,10}(?:課|科|組|股|室|隊|班)$")
_UNIT = re.compile(r"^.{1,12}(?:中心|處|局|所|會|館|站|廠|場|園|小組|辦公室|分處|分隊|機構)$")
_LONGEST = 14
_KPI_UNIT = re.compile(
    r"[(（]([\u4e00-\u9fff]{1,8}?[科課組股室處])(?=業務|承辦|主辦|辦理|負責|場次|[)）])"
)


def unit_kind(name: str) -> str | None:
    """Return what kind of unit a name tells, None when it is no unit's name.

    >>> unit_kind("主任"), unit_kind("土地登記課"), unit_kind("會計室"), unit_kind("以上說明")
    ('head', 'section', 'staff_office', None)
    """
    kinds = (
        ("head", _HEAD), ("deputy", _DEPUTY), ("staff_office", _STAFF), ("section", _SECTION), ("unit", _UNIT),
    )  # fmt: skip
    return next((kind for kind, pattern in kinds if pattern.match(name)), None)


def read_org_units(paper: Paper, notes: Notes) -> tuple[OrgUnit, ...]:
    """Return the units that organisation charts of the document list."""
    units: dict[str, OrgUnit] = {}
    for start, block in enumerate(paper.blocks):
        if not isinstance(block, Line) or not _CHART.match(squeeze(block.text)):
            continue
        listed = list(_listed(paper, start + 1))
        if len(listed) < 2:
            continue
        notes.claim(block)
        for place, name, kind in listed:
            notes.claim(place)
            units.setdefault(name, OrgUnit(name=name, kind=kind, source=Source.at(place, raw=name)))
    return tuple(units.values())


def units_in_kpi(name: str) -> list[str]:
    """Return the units that brackets in a KPI's name speak of.

    >>> units_in_kpi("參加研討會（企劃科業務場次）人員之滿意度")
    ['企劃科']
    """
    return [
        found
        for found in _KPI_UNIT.findall(squeeze(name))
        if not found.startswith(("各", "全", "本", "含", "每"))
    ]


def _listed(paper: Paper, start: int) -> Iterator[tuple[Place, str, str]]:
    """Yield the units after a chart's title, up to the first line that names none."""
    for block in paper.blocks[start:]:
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in _cells(row))
            return
        found = list(_names(block.text))
        if not found:
            return
        yield from ((block.place, name, kind) for name, kind in found)


def _cells(row: Row) -> Iterator[tuple[Place, str, str]]:
    for text in row.texts:
        yield from ((row.place, name, kind) for name, kind in _names(text))


def _names(text: str) -> list[tuple[str, str]]:
    """Return the units of a line; none when any piece of it is no unit's name."""
    pieces = [squeeze(piece) for piece in re.split(r"[、，,／/|｜]", text) if piece.strip()]
    named = [
        (piece, kind) for piece in pieces if len(piece) <= _LONGEST and (kind := unit_kind(piece))
    ]
    return named if len(named) == len(pieces) else []
