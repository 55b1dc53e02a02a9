"""The columns of a scorecard, told from one or two header rows in any order and wording."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hengtu.core.hanzi import halve
from hengtu.core.paper import Row
from hengtu.core.plan import ValueKind
from hengtu.readers.recognise.heading_words import (
    ABOVE,
    DUTY,
    GOAL,
    INDICATOR,
    OFFICE,
    OWNER,
    PERSPECTIVE,
    STANDARD,
    UNIT,
    WEIGHT,
    word,
)

_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("foreign", re.compile(r"評估(?:體制|方式)|共同性(?:目標|指標)")),
    ("ignored", re.compile(r"達成[率度]|執行率|燈號|得分|分數|落後原因|改善|佐證")),
    ("partner", word(rf"(?:協辦|配合|協同|會辦){OFFICE}")),
    ("owner_action", word(rf"(?:行動|方案|計畫|工作).*{DUTY}")),
    ("owner_kpi", word(rf"(?:KPI|指標).*{DUTY}")),
    ("owner", word(OWNER)),
    ("formula", word(STANDARD)),
    ("code_kpi", re.compile(r"^(?:KPI|指標)(?:編號|代[號碼])$", re.I)),
    ("code_objective", re.compile(r"^(?:策略)?目標(?:編號|代[號碼])$")),
    ("code_action", re.compile(r"^(?:行動)?方案(?:編號|代[號碼])$")),
    ("unit", word(UNIT)),
    ("number", re.compile(r"^(?:項次|序號|編號|號次|項目編號|代[號碼]|NO\.?)$", re.I)),
    ("weight", word(WEIGHT)),
    ("factor", re.compile(r"^(?:KSF|CSF|(?:關鍵成功|成功關鍵|成功)(?:因[素子]|要素))+$", re.I)),
    ("kpi", word(INDICATOR)),
    (
        "action",
        re.compile(
            r"^(?:行動|執行|推動|實施|工作|具體|主要|重要|年度|因應|推展|施政|業務|策略性?)*"
            r"(?:方案|計畫|作為|作法|做法|措施|策略|工作|行動)(?:[/／、及與或](?:方案|計畫|措施|作為|作法))?"
            r"(?:名稱|內容|項目|重點)?$"
        ),
    ),
    ("objective", word(rf"{GOAL}|^(?:年度|績效)目標$")),
    ("theme", re.compile(r"^(?:[市府院縣局處所課科]級)?(?:策略|施政)(?:主題|議題|主軸)$|^主題$")),
    ("perspective", word(PERSPECTIVE)),
    ("year", re.compile(r"^(?:年度|年別|年份|年度別)$")),
    ("direction", re.compile(r"^(?:指標|KPI)?(?:方向|極性|屬性|性質|趨勢|方向性)$", re.I)),
    ("note", re.compile(r"^(?:備註|說明|備考)$")),
)
_BUDGET = re.compile(r"預算|經費|金額|概算")
_NO_BUDGET = re.compile(r"率|指標|目標|來源|科目|說明|編號")
_TARGET = re.compile(r"目標|預定|預期|預計|計畫值")
_ACTUAL = re.compile(
    r"實際|實績|現況|執行(?:值|情形|結果|數|成果)|達成(?:值|情形|數|情況)|績效值|基準值|決算"
)
_REACHED = re.compile(r"目標值?(?:達成|執行)|達成目標")
_ROC = re.compile(r"(?<!\d)(?:民國)?([6-9]\d|1\d\d)(?:學?年度?|(?![\d%件次人元分萬千家場.]))")
_TITLE_YEAR = re.compile(r"(?<!\d)(?:民國)?([6-9]\d|1\d\d)學?年")
_CE = re.compile(r"(?<!\d)(20\d\d)年?度?(?!\d)")
_ABOVE = word(ABOVE)
_BARE_YEAR = re.compile(r"(?:民國)?(?:\d{2,3}|20\d\d)年度?")
_PART = re.compile(r"第?([1-4一二三四])季|Q([1-4])|(上|下)半年|H([12])", re.I)
_UNITS = (
    ("百萬元", 1_000_000),
    ("萬元", 10_000),
    ("千元", 1_000),
    ("仟元", 1_000),
    ("億元", 100_000_000),
)
# Most rows are no header: these words, which every header has, are looked for first.
_HINT = re.compile(r"[KＫｋk]\s*[PＰpｐ]\s*[IＩiｉ]|指\s*標|(?:衡\s*量|績\s*效|評\s*核)\s*項\s*目")
_FOREIGN_HINT = re.compile(r"評\s*估|共\s*同")
_LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of actuals or targets; ``roc_year`` None where the header does not tell.

    ``part`` is the part of the year, ``Q1`` or ``H2``.
    """

    column: int
    kind: ValueKind
    roc_year: int | None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class BudgetColumn:
    """A column of money; ``factor`` turns its numbers into 元."""

    column: int
    roc_year: int | None
    factor: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table says what."""

    roles: dict[str, int] = field(default_factory=dict)
    values: tuple[ValueColumn, ...] = ()
    budgets: tuple[BudgetColumn, ...] = ()
    width: int = 0
    names: tuple[str, ...] = ()

    @property
    def formula_beside_name(self) -> bool:
        """Whether the KPI's own header says that its cells print the formula too."""
        column = self.roles.get("kpi")
        return column is not None and "公式" in "".join(self.names[column : column + 1])

    def of(self, role: str) -> int | None:
        """Return the column of a role, or None."""
        return self.roles.get(role)

    def moved(self, roles: dict[str, int]) -> Columns:
        """Return the same columns with other roles."""
        return replace(self, roles=roles)


def texts_of(row: Row) -> list[str]:
    """Return the texts of a row, one for every column that it spans."""
    texts: list[str] = []
    for cell in row.cells:
        texts += [cell.text.strip(), *[""] * (max(cell.columns, 1) - 1)]
    return texts


def read_columns(rows: Sequence[Row], at: int) -> tuple[Columns, int] | None:
    """Return the columns that a header at ``rows[at]`` names and how many rows it takes, or None."""
    if not any(_HINT.search(row.raw) for row in rows[at : at + 2]):
        return None
    first = texts_of(rows[at])
    if not _may_be_header(first):
        return None
    if at + 1 < len(rows):
        second = texts_of(rows[at + 1])
        if _is_second_line(first, second):
            columns = _columns(_joined(first, second))
            if columns:
                return columns, 2
    columns = _columns(first)
    return (columns, 1) if columns else None


def is_foreign(rows: Sequence[Row], at: int) -> bool:
    """Whether a header belongs to the form of multi-year plans, which others read."""
    if not _FOREIGN_HINT.search(rows[at].raw):
        return False
    texts = texts_of(rows[at])
    return _may_be_header(texts) and any(_role(text) == "foreign" for text in texts)


def kind_of(text: str) -> ValueKind | None:
    """Return whether a header cell speaks of targets or actuals, or None."""
    words = _words(text)
    if _TARGET.search(words) and not _REACHED.search(words):
        return "target"
    return "actual" if _ACTUAL.search(words) else None


def title_year(text: str) -> int | None:
    """Return the ROC year that a title writes out with 年, if it is only one."""
    years = {int(year) for year in _TITLE_YEAR.findall(_words(text))}
    return years.pop() if len(years) == 1 else None


def year_of(text: str) -> int | None:
    """Return the one ROC year that a header cell names, or None.

    >>> year_of("民國105年度 目標值"), year_of("2016年"), year_of("105至107年")
    (105, 105, None)
    """
    years = _years(_words(text))
    return years.pop() if len(years) == 1 else None


def _years(words: str) -> set[int]:
    return {int(year) for year in _ROC.findall(words)} | {
        int(year) - 1911 for year in _CE.findall(words)
    }


def _words(text: str) -> str:
    return re.sub(r"\s", "", halve(text))


def _main(text: str) -> str:
    """Return the name in a header cell, without the explanations in and after its brackets."""
    words = _words(text)
    head = re.split(r"[(（【\[〔※]", words)[0]
    if re.search(r"[:：]", head) and words != head:
        return words
    return head.rstrip(":：") or re.sub(r"[()（）【】\[\]〔〕]", "", words)


def _may_be_header(texts: Sequence[str]) -> bool:
    named = [_main(text) for text in texts if text]
    return len(named) >= 2 and not any(
        re.match(r"(?!KPI)[A-Z]{2}[\dI]", halve(text)) for text in texts
    )


def _role(text: str) -> str | None:
    main = _main(text)
    if not main or len(main) > _LONGEST_NAME:
        return None
    return next((role for role, pattern in _NAMES if pattern.search(main)), None)


def _columns(texts: Sequence[str]) -> Columns | None:
    roles: dict[str, int] = {}
    values: list[ValueColumn] = []
    budgets: list[BudgetColumn] = []
    for column, text in enumerate(texts):
        value = _value(column, text)
        budget = None if value else _budget(column, text)
        role = None if value or budget else _role(text)
        if value:
            values.append(value)
        elif budget:
            budgets.append(budget)
        elif (
            role == "objective"
            and _is_above(texts, roles.get(role))
            and not _is_above(texts, column)
        ):
            roles[role] = column
        elif role:
            roles.setdefault(_owner(role, roles), column)
    _name_both(texts, roles)
    values = sorted([*values, *_bare_years(texts, values)], key=lambda value: value.column)
    found = Columns(roles, tuple(values), tuple(budgets), len(texts), tuple(texts))
    return found if _is_scorecard(found) else None


def _is_above(texts: Sequence[str], column: int | None) -> bool:
    """Whether a column names the objectives of the plan above, which these serve."""
    return column is not None and _ABOVE.search(_main(texts[column])) is not None


def _bare_years(texts: Sequence[str], named: Sequence[ValueColumn]) -> list[ValueColumn]:
    """Return the columns headed by a mere year: actuals before the first target, targets after the last actual."""
    targets = [v.roc_year for v in named if v.kind == "target" and v.roc_year]
    actuals = [v.roc_year for v in named if v.kind == "actual" and v.roc_year]
    found = []
    for column, text in enumerate(texts):
        roc_year = year_of(text) if _BARE_YEAR.fullmatch(_words(text)) else None
        if roc_year and targets and roc_year < min(targets):
            found.append(ValueColumn(column, "actual", roc_year))
        elif roc_year and actuals and roc_year > max(actuals):
            found.append(ValueColumn(column, "target", roc_year))
    return found


def _name_both(texts: Sequence[str], roles: dict[str, int]) -> None:
    """Take 「KPI及計算公式」 for the KPI where no other column is."""
    column = roles.get("formula")
    if (
        "kpi" not in roles
        and column is not None
        and re.match(r"KPI|.{0,4}指標", _main(texts[column]), re.I)
    ):
        roles["kpi"] = roles.pop("formula")


def _owner(role: str, roles: dict[str, int]) -> str:
    """Tell a bare 「主責單位」 by where it stands: a second one behind the actions is theirs."""
    if role != "owner":
        return role
    return "owner_action" if {"owner_kpi", "action"} <= roles.keys() else "owner_kpi"


def _is_scorecard(columns: Columns) -> bool:
    if "foreign" in columns.roles or not {"kpi", "code_kpi"} & columns.roles.keys():
        return False
    others = {
        "objective",
        "action",
        "formula",
        "owner_kpi",
        "factor",
        "perspective",
        "theme",
        "unit",
    }
    return len(others & columns.roles.keys()) + bool(columns.values) + bool(columns.budgets) >= 1


def _value(column: int, text: str) -> ValueColumn | None:
    words = _words(text)
    kind = kind_of(words)
    if (
        not kind
        or len(words) > _LONGEST_NAME
        or re.search(r"率$|(?<!年)度$|策略|方案|預算|經費", _main(words))
    ):
        return None
    if len(_years(words)) > 1:
        return None
    year = year_of(words)
    if (
        year is None
        and not _PART.search(words)
        and not re.search(r"[值數]$|現況|實際|實績", _main(words))
    ):
        return None
    return ValueColumn(column, kind, year, _part(words))


def _part(words: str) -> str | None:
    found = _PART.search(words)
    if not found:
        return None
    quarter = found[1] or found[2]
    if quarter:
        return f"Q{'一二三四'.find(quarter) + 1 or quarter}"
    half = found[4] or ("1" if found[3] == "上" else "2")
    return f"H{half}"


def _budget(column: int, text: str) -> BudgetColumn | None:
    words = _words(text)
    if (
        not _BUDGET.search(words)
        or _NO_BUDGET.search(_main(words))
        or len(words) > 2 * _LONGEST_NAME
    ):
        return None
    factor = next((factor for unit, factor in _UNITS if unit in words), 1)
    return BudgetColumn(column, year_of(words), factor)


def _is_second_line(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the second row only details blank or spanning cells of the first."""
    filled = [(column, text) for column, text in enumerate(second) if text]
    return bool(filled) and all(
        _is_detail(text) and (_above(first, column) or not first[column : column + 1])
        for column, text in filled
    )


def _is_detail(text: str) -> bool:
    words = _words(text)
    if len(words) > _LONGEST_NAME:
        return False
    year = year_of(words)
    rest = _CE.sub("", _ROC.sub("", words))
    return bool(
        (year is not None and len(rest) <= 8)
        or _role(text)
        or kind_of(words)
        or _PART.fullmatch(words)
        or re.fullmatch(r"\(?[千仟萬億百]*元\)?", words)
    )


def _above(first: Sequence[str], column: int) -> str:
    for left in range(min(column, len(first) - 1), -1, -1):
        if first[left]:
            return first[left]
    return ""


def _joined(first: Sequence[str], second: Sequence[str]) -> list[str]:
    texts = []
    for column in range(max(len(first), len(second))):
        own = first[column] if column < len(first) else ""
        below = second[column] if column < len(second) else ""
        group = own or _above(first, column)
        texts.append(
            own if not below else below if _stands_alone(below, group) else f"{group} {below}"
        )
    return texts


def _stands_alone(text: str, group: str) -> bool:
    """Whether a name below needs no group above it; 目標 below a year is a target, no objective."""
    return _role(text) is not None and not (kind_of(text) and _years(_words(group)))
