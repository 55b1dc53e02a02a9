"""The columns of indicator tables in multi-year plans, told from one or two header rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hengtu.core.amounts import read_missing
from hengtu.core.hanzi import halve, has_hanzi
from hengtu.core.paper import Row
from hengtu.core.periods import read_roc_year
from hengtu.core.plan import ValueKind
from hengtu.readers.recognise.heading_words import (
    ABOVE,
    DUTY,
    GOAL,
    INDICATOR,
    OWNER,
    PERSPECTIVE,
    STANDARD,
    UNIT,
    WEIGHT,
    word,
)

_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("regime", re.compile(r"^評估體[制系]")),
    ("method", re.compile(r"^(?:評估|調查|資料蒐集|評核)(?:方式|方法)")),
    ("weight", word(WEIGHT)),
    ("standard", word(STANDARD)),
    ("unit", word(UNIT)),
    ("owner", word(rf"{OWNER}|^(?:KPI|指標).*{DUTY}$")),
    ("perspective", word(PERSPECTIVE)),
    (
        "number",
        re.compile(
            r"^(?:項次|序號?|編號|號次|次序|(?:KPI|指標|目標)(?:編號|代[號碼])|代[號碼]|NO\.?)$",
            re.I,
        ),
    ),
    ("roc_year", re.compile(r"^(?:年度|年別|年份|年)$")),
    ("indicator", word(INDICATOR)),
    ("goal", word(GOAL)),
    ("strategy", re.compile(r"^(?:執行|推動|實施|因應|達成)?策略(?:名稱|作為)?$")),
    ("note", re.compile(r"^(?:備註|說明|備考)$")),
)
_ABOVE = word(ABOVE)
_TARGET = re.compile(r"目標值?|預定|預期|預計|計畫值")
_ACTUAL = re.compile(
    r"實際|實績|現況|執行(?:值|情形|結果|成果)|達成(?:值|情形|情況)|績效值|基準值|前年度"
)
_OTHER_FIGURE = re.compile(r"達成[率度]|執行率|預算|經費|金額|概算|燈號|分數")
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class YearColumn:
    """A column of values; ``roc_year`` None where a row or the title tells the year."""

    column: int
    kind: ValueKind
    roc_year: int | None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column says what; ``unknown`` are headed columns that no role covers."""

    roles: dict[str, int] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()
    years: tuple[YearColumn, ...] = ()
    unknown: dict[int, str] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    width: int = 0

    @property
    def goal_number(self) -> int | None:
        """The number column left of the goal: the serial of the goal."""
        goal = self.roles.get("goal", self.roles.get("perspective", -1))
        return next((n for n in self.numbers if n < goal), None)

    @property
    def kpi_number(self) -> int | None:
        """The number column of the indicator."""
        rest = [n for n in self.numbers if n != self.goal_number]
        return rest[0] if rest else None

    def text(self, row: Row, role: str) -> str:
        """Return the printed text of a role in a row, empty where there is no such column."""
        column = self.roles.get(role)
        return row.text(column) if column is not None else ""


_SERIAL = re.compile(r"^[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[甲乙丙丁])[)）.．、]?$")


def settled(columns: Columns, rows: Sequence[Row]) -> Columns:
    """Return the columns after a look at the rows below, which tell what headings leave open."""
    return _with_serials(_with_goal(columns, rows), rows)


def _with_goal(columns: Columns, rows: Sequence[Row]) -> Columns:
    """「績效目標」 may head goals or their values: where words stand below, it heads goals."""
    if "goal" in columns.roles:
        return columns
    for year in columns.years:
        cells = [c[year.column] for row in rows if len(c := spread(row)) > year.column]
        if year.roc_year is None and _are_words([text for text in cells if text]):
            left = tuple(other for other in columns.years if other != year)
            return replace(columns, roles={**columns.roles, "goal": year.column}, years=left)
    return columns


def _are_words(texts: Sequence[str]) -> bool:
    plain = (has_hanzi(t) and not re.search(r"\d", t) and read_missing(t) is None for t in texts)
    return bool(texts) and all(plain)


def _with_serials(columns: Columns, rows: Sequence[Row]) -> Columns:
    """Return the columns where a heading stands over a serial and, without a heading, the name itself."""
    roles, numbers, headings = dict(columns.roles), list(columns.numbers), list(columns.headings)
    for role in ("goal", "indicator"):
        at = roles.get(role, -1)
        if at < 0 or at + 1 in roles.values() or at + 1 >= columns.width:
            continue
        blank = at + 1 < len(headings) and not headings[at + 1]
        serials = [cells[at] for row in rows if len(cells := spread(row)) > at and cells[at]]
        if blank and serials and all(_SERIAL.match(text) for text in serials):
            roles[role] = at + 1
            numbers.append(at)
            headings[at + 1] = headings[at]
    return replace(columns, roles=roles, numbers=tuple(sorted(numbers)), headings=tuple(headings))


def spread(row: Row) -> list[str]:
    """Return the texts of a row, one for every column it spans."""
    texts: list[str] = []
    for cell in row.cells:
        texts += [cell.text.strip(), *[""] * (max(cell.columns, 1) - 1)]
    return texts


def read_header(rows: Sequence[Row], at: int) -> tuple[Columns, int] | None:
    """Return the columns that the header at ``rows[at]`` names and how many rows it takes, or None."""
    if "標" not in rows[at].raw and "KPI" not in rows[at].raw:
        return None
    first = spread(rows[at])
    if sum(1 for text in first if _role(text) or value_kind(text)) < 2:
        return None
    depth = 1
    if at + 1 < len(rows) and _details(first, spread(rows[at + 1])):
        depth = 2
    second = spread(rows[at + 1]) if depth == 2 else []
    columns = _columns(first, second)
    useful = "indicator" in columns.roles and (
        columns.years or {"goal", "standard", "regime"} & columns.roles.keys()
    )
    return (columns, depth) if useful else None


def value_kind(text: str) -> ValueKind | None:
    """Return whether a heading speaks of targets or of actuals, or None."""
    words = _words(text)
    if _OTHER_FIGURE.search(words):
        return None
    if _ACTUAL.search(words):
        return "actual"
    return "target" if _TARGET.search(words) else None


def _columns(first: Sequence[str], second: Sequence[str]) -> Columns:
    roles: dict[str, int] = {}
    numbers: list[int] = []
    years: list[YearColumn] = []
    unknown: dict[int, str] = {}
    group = ""
    for column in range(max(len(first), len(second))):
        own = first[column] if column < len(first) else ""
        below = second[column] if column < len(second) else ""
        group = own or group
        role = _role(below) or _role(own)
        if year := _year(column, own, below, group):
            years.append(year)
        elif role == "number":
            numbers.append(column)
        elif role and (role not in roles or _is_below(role, roles, first, own)):
            roles[role] = column
        elif own or below:
            unknown[column] = below or own
    headings = tuple(_words(text) for text in first)
    return Columns(
        roles, tuple(numbers), tuple(years), unknown, headings, max(len(first), len(second))
    )


def _is_below(role: str, roles: dict[str, int], first: Sequence[str], own: str) -> bool:
    """Whether a heading names the agency's own goals behind those of the plan above."""
    return (
        role == "goal"
        and _ABOVE.search(_words(first[roles[role]])) is not None
        and not _ABOVE.search(_words(own))
    )


def _year(column: int, own: str, below: str, group: str) -> YearColumn | None:
    """Return what a value column holds; a second line inherits the kind of the heading above it."""
    heading = own if own or not below else group
    words = _words(f"{heading}{below}")
    if _OTHER_FIGURE.search(words) or (not below and _role(own)):
        return None
    roc_year = read_roc_year(_words(below)) or read_roc_year(_words(own))
    roc_year = roc_year or read_roc_year(re.sub(r"\D", "", words) if len(words) <= _LONGEST else "")
    kind = value_kind(below) or value_kind(heading)
    if roc_year is not None and (kind or below or re.fullmatch(r"(?:民國)?\d+年?度?", words)):
        return YearColumn(column, kind or "target", roc_year)
    if kind and re.fullmatch(
        r"(?:年度)?(?:績效)?(?:目標|預[定期]目標|預期|實際|實績|達成)值?", _words(below or own)
    ):
        return YearColumn(column, kind, None)
    return None


def _details(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a row only details the headings above it: years, or actual and target."""
    filled = [(column, text) for column, text in enumerate(second) if text]
    known = [text for _, text in filled if _is_detail(text)]
    return (
        bool(filled)
        and (len(known) == len(filled) or _is_rest(first, second, known=len(known)))
        and any(
            column >= len(first) or not first[column] or value_kind(first[column])
            for column, _ in filled
        )
    )


def _is_rest(first: Sequence[str], second: Sequence[str], *, known: int) -> bool:
    """Whether a row names the columns that a spanning heading left blank, some in words of its own."""
    filled = [(column, text) for column, text in enumerate(second) if text]
    plain = all(
        (column >= len(first) or not first[column])
        and len(_words(text)) <= _LONGEST // 2
        and not re.search(r"\d", text)
        for column, text in filled
    )
    return plain and known >= 3 and known * 2 > len(filled)


def _is_detail(text: str) -> bool:
    words = _words(text)
    if len(words) > _LONGEST:
        return False
    plain = re.fullmatch(
        r"(?:民國)?(\d{2,4})(?:年度?)?(?:\W*(?:績效)?(?:目標|實際|實績|預定|預期)值?\W*)?", words
    )
    if plain:
        return read_roc_year(plain[1]) is not None and int(plain[1]) >= 60
    return _role(text) is not None or (value_kind(text) is not None and not re.search(r"\d", words))


def _words(text: str) -> str:
    return re.sub(r"[\s\u3000]", "", halve(text))


def _role(text: str) -> str | None:
    words = re.split(r"[(（【\[〔:：※]", _words(text))[0] or _words(text)
    if not words or len(words) > _LONGEST:
        return None
    return next((role for role, pattern in _ROLES if pattern.search(words)), None)
