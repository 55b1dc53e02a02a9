"""Changes between two plans in words: where inside a thing something changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hengtu.core.diff import Change
from hengtu.wording.catalogue import Language, mark, say
from hengtu.wording.reports import MISSING

_STEP = re.compile(r"^(?P<name>\w+)(?:\[(?P<label>.*)\])?$", re.S)
_SPLIT = re.compile(r"\.(?![^\[]*\])")
FIELDS = {
    "title": mark("計畫名稱"),
    "kind": mark("類別"),
    "mission": mark("使命"),
    "vision": mark("願景"),
    "agency": mark("機關"),
    "document": mark("文件"),
    "adopted": mark("通過"),
    "roc_date": mark("日期"),
    "date": mark("日期"),
    "meeting": mark("會議"),
    "committee": mark("推動組織"),
    "members": mark("成員"),
    "core_values": mark("核心價值"),
    "themes": mark("策略主題"),
    "theme": mark("策略主題"),
    "perspectives": mark("構面"),
    "perspective": mark("構面"),
    "objectives": mark("策略目標"),
    "objective": mark("策略目標"),
    "success_factors": mark("關鍵成功因素"),
    "links": mark("因果關聯"),
    "kpis": mark("指標"),
    "kpi": mark("指標"),
    "measures": mark("衡量標準"),
    "formula": mark("公式"),
    "unit": mark("單位"),
    "direction": mark("方向"),
    "threshold": mark("門檻"),
    "items": mark("數據項"),
    "note": mark("備註"),
    "status": mark("執行狀態"),
    "owner": mark("主責"),
    "lead": mark("主政"),
    "actions": mark("行動方案"),
    "budgets": mark("經費"),
    "guidelines": mark("實施要領"),
    "strategies": mark("執行策略"),
    "methods": mark("執行方法"),
    "work_items": mark("工作項目"),
    "tasks": mark("工作內容"),
    "months": mark("預定月份"),
    "section": mark("課室"),
    "sections": mark("章節"),
    "paragraphs": mark("段落"),
    "org_units": mark("組織單位"),
    "rules": mark("填表說明"),
    "footnotes": mark("註解"),
    "claims": mark("文件自述數量"),
    "revisions": mark("沿革"),
    "name": mark("名稱"),
    "code": mark("代碼"),
    "assessment_regime": mark("評估體制"),
    "assessment_method": mark("評估方式"),
    "missing": mark("缺漏原因"),
}
ACTUAL, TARGET = mark("實際值"), mark("目標值")
# The thing itself says what these are about.
_OBVIOUS = {"value", "amount", "text", "content", "roc_years", "op"}


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change as a person reads it."""

    kind: str
    subject: str
    place: str
    old: str
    new: str


def tell_changes(changes: Iterable[Change], lang: Language = "zh-Hant") -> tuple[ToldChange, ...]:
    """Return the changes in words."""
    return tuple(
        ToldChange(
            kind=change.kind,
            subject=change.subject,
            place=tell_place(change.field, lang),
            old=tell_side(change.old, lang),
            new=tell_side(change.new, lang),
        )
        for change in changes
    )


def tell_place(path: str, lang: Language = "zh-Hant") -> str:
    """Return a path of fields in words.

    >>> tell_place("measures[1].values[target 114].value"), tell_place("themes[A].lead")
    ('114 目標值', '策略主題 A · 主政')
    """
    steps = (_STEP.match(step) for step in _SPLIT.split(path))
    told = [tell_step(step["name"], step["label"] or "", lang) for step in steps if step]
    return " · ".join(step for step in told if step)


def tell_step(name: str, label: str, lang: Language = "zh-Hant") -> str:
    """Return one step of a path in words; nothing where it goes without saying."""
    kind, _sep, period = label.partition(" ")
    if name == "values" and kind in ("actual", "target"):
        return f"{period} {say(ACTUAL if kind == 'actual' else TARGET, lang)}"
    if name in _OBVIOUS or (name == "measures" and label == "1"):
        return ""
    title = say(FIELDS[name], lang) if name in FIELDS else name
    return f"{title} {label}".strip()


def tell_side(text: str | None, lang: Language = "zh-Hant") -> str:
    """Return one side of a change; kinds of missing in words."""
    if text is None:
        return ""
    return say(MISSING[text], lang) if text in MISSING else text
