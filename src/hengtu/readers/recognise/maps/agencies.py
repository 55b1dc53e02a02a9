"""Short names of local government agencies: how a member list is read and what is likely misread in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hengtu.core.hanzi import squeeze
from hengtu.readers.recognise.structure.lookalikes import alike, differing

_SUFFIX = re.compile(r"(?:局|處|會|署|部|所|室|科|課|組|股|隊|中心|公司|公所|學校|館|院|廠|站)$")
_ROLES = ("主政", "主辦", "主責", "主管", "協辦", "召集", "統籌", "主持", "配合")
_LEAD_ROLES = ("主政", "主辦", "主責", "主管", "召集", "統籌", "主持")
_MARKED = re.compile(
    r"^(?P<name>[^()（）]{2,14})[(（]\s*(?P<role>[^()（）]{2,4})\s*[)）]\s*(?P<rest>.*)$", re.S
)

# General knowledge: the first-level agencies that most Taiwanese cities and counties have, as they
# are called in short. A misread name is only ever read as one of these.
_COMMON_AGENCIES_TEXT = """
    民政局 財政局 教育局 經發局 工務局 水利局 農業局 社會局 勞工局 勞動局 警察局 消防局
    衛生局 環保局 都發局 文化局 交通局 地政局 觀光局 產業局 捷運局 體育局 運動局 兵役局
    法務局 法制局 資訊局 新聞局 海洋局 城鄉局 青年局 水務局 環境局 數位局 秘書處 主計處
    人事處 政風處 行政處 計畫處 民政處 財政處 教育處 建設處 工務處 農業處 社會處 勞工處
    勞動處 地政處 城鄉處 文化處 新聞處 法制處 交通處 觀光處 水利處 客委會 原民會 研考會
    都發處
"""
COMMON_AGENCIES = frozenset(_COMMON_AGENCIES_TEXT.split())
# Names that only some places have: known when printed, never the reading of another name.
_RARE_AGENCIES_TEXT = """
    觀傳局 觀旅局 產發局 農漁局 農糧局 翡管局 養工局 住宅局 智慧局 客家局 原民局 稅務局
    稅捐處 自來水處 公訓處 都更處 動保處 港務局 航港局 水資處 環保處 產業處 經濟處 經發處 消保室 人發中心
    捷運公司 客家會 毒防局 風管處 公管中心 捷工局 運發局
"""
RARE_AGENCIES = frozenset(_RARE_AGENCIES_TEXT.split())

# One place has one agency for each of these duties, under one of the names.
_SAME_DUTY = tuple(
    frozenset(names.split("/"))
    for names in (
        "經發局/產業局/產發局/經濟處/建設處/產業處",
        "勞工局/勞動局/勞工處/勞動處",
        "都發局/城鄉局/城鄉處/都發處",
        "法務局/法制局/法制處",
        "環保局/環境局/環保處",
        "體育局/運動局/運發局",
        "觀光局/觀傳局/觀旅局/觀光處",
        "水利局/水務局/水利處",
        "資訊局/數位局/智慧局",
        "研考會/計畫處",
        "民政局/民政處",
        "財政局/財政處",
        "教育局/教育處",
        "社會局/社會處",
        "地政局/地政處",
        "農業局/農業處/農漁局/農糧局",
        "工務局/工務處",
        "交通局/交通處",
        "文化局/文化處",
        "新聞局/新聞處",
    )
)


@dataclass(frozen=True, slots=True)
class Member:
    """An agency in a cell as printed, and the role printed in brackets behind it."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a printed name is read.

    ``certain`` when the right name stands elsewhere in the same list; ``alike`` when the characters
    that differ look alike, without which the reading is a suggestion only.
    """

    name: str
    certain: bool
    alike: bool


def read_members(text: str) -> list[Member]:
    """Return the agencies that a cell lists, in order.

    >>> [m.name for m in read_members("環境局(主政) 工務局、水利局")]
    ['環境局', '工務局', '水利局']
    """
    members = []
    for part in re.split(r"[、，,；;/／\n]", text):
        rest = part.strip()
        while found := _MARKED.match(rest):
            members.append(Member(_name(found["name"]), re.sub(r"\s", "", found["role"])))
            rest = found["rest"].strip()
        members.extend(Member(name) for name in _parted(rest))
    return [member for member in members if member.name]


def _parted(text: str) -> list[str]:
    """Part a run of names at blanks, where every piece is a whole name; else the blanks are wraps."""
    pieces = text.split()
    whole = all(len(piece) >= 3 and _SUFFIX.search(piece) for piece in pieces)
    return [_name(piece) for piece in pieces] if whole else [_name(text)]


def _name(text: str) -> str:
    return squeeze(text).strip(" 、。.,，()（）")


def is_agency(name: str) -> bool:
    """Whether a name ends as names of agencies or units do."""
    return 2 <= len(name) <= 20 and _SUFFIX.search(name) is not None


def read_role(printed: str) -> str | None:
    """Return the role that a bracket behind an agency prints, its one misread character repaired.

    >>> read_role("主政"), read_role("主功"), read_role("新增")
    ('主政', '主政', None)
    """
    if printed in _ROLES:
        return printed
    near = [role for role in _ROLES if len(differing(printed, role)) == 1]
    likely = [role for role in near if alike(*differing(printed, role)[0])]
    return likely[0] if len(likely) == 1 else None


def leads(role: str | None) -> bool:
    """Whether a role is that of the agency in charge."""
    return role in _LEAD_ROLES


def is_known(name: str) -> bool:
    """Whether a name is one of those that places use."""
    return name in COMMON_AGENCIES or name in RARE_AGENCIES or len(name) > 4


def read_agency(
    name: str, printed: frozenset[str], beside: frozenset[str] = frozenset()
) -> Reading | None:
    """Return the reading of a name that no place uses, or None when it is known or stays open.

    A name one character away from exactly one common name is read as that; it is certain where the
    right name is ``printed`` elsewhere in the same list. A name that stands ``beside`` it in one
    cell, or whose duty another printed agency has, cannot be meant.

    >>> read_agency("産安局", frozenset()) is None
    True
    >>> read_agency("產案局", frozenset({"產業局"}))
    Reading(name='產業局', certain=True, alike=True)
    """
    if is_known(name):
        return None
    near = [
        other
        for other in COMMON_AGENCIES
        if len(differing(name, other)) == 1 and other not in beside and not _done(other, printed)
    ]
    similar = [other for other in near if alike(*differing(name, other)[0])]
    known = [other for other in similar if other in printed]
    chosen = known if len(known) == 1 else similar or near
    if len(chosen) != 1:
        return None
    return Reading(chosen[0], certain=bool(known), alike=bool(similar))


def _done(name: str, printed: frozenset[str]) -> bool:
    """Whether another agency printed in the list has the duty of this one."""
    return any(name in same and (same - {name}) & printed for same in _SAME_DUTY)
