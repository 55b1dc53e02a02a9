"""Changes between two plans in words: where inside a thing something changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengtu.core.diff import Change
from hengtu.web.words import MISSING

_STEP = re.compile(r"^(?P<name>\w+)(?:\[(?P<label>.*)\])?$", re.S)
_SPLIT = re.compile(r"\.(?![^\[]*\])")
FIELDS = {
    "title": gettext_lazy("計畫名稱"),
    "kind": gettext_lazy("類別"),
    "mission": gettext_lazy("使命"),
    "vision": gettext_lazy("願景"),
    "agency": gettext_lazy("機關"),
    "document": gettext_lazy("文件"),
    "adopted": gettext_lazy("通過"),
    "roc_date": gettext_lazy("日期"),
    "date": gettext_lazy("日期"),
    "meeting": gettext_lazy("會議"),
    "committee": gettext_lazy("推動組織"),
    "members": gettext_lazy("成員"),
    "core_values": gettext_lazy("核心價值"),
    "themes": gettext_lazy("策略主題"),
    "theme": gettext_lazy("策略主題"),
    "perspectives": gettext_lazy("構面"),
    "perspective": gettext_lazy("構面"),
    "objectives": gettext_lazy("策略目標"),
    "objective": gettext_lazy("策略目標"),
    "success_factors": gettext_lazy("關鍵成功因素"),
    "links": gettext_lazy("因果關聯"),
    "kpis": gettext_lazy("指標"),
    "kpi": gettext_lazy("指標"),
    "measures": gettext_lazy("衡量標準"),
    "formula": gettext_lazy("公式"),
    "unit": gettext_lazy("單位"),
    "direction": gettext_lazy("方向"),
    "threshold": gettext_lazy("門檻"),
    "items": gettext_lazy("數據項"),
    "note": gettext_lazy("備註"),
    "status": gettext_lazy("執行狀態"),
    "owner": gettext_lazy("主責"),
    "lead": gettext_lazy("主政"),
    "actions": gettext_lazy("行動方案"),
    "budgets": gettext_lazy("經費"),
    "guidelines": gettext_lazy("實施要領"),
    "strategies": gettext_lazy("執行策略"),
    "methods": gettext_lazy("執行方法"),
    "work_items": gettext_lazy("工作項目"),
    "tasks": gettext_lazy("工作內容"),
    "months": gettext_lazy("預定月份"),
    "section": gettext_lazy("課室"),
    "sections": gettext_lazy("章節"),
    "paragraphs": gettext_lazy("段落"),
    "org_units": gettext_lazy("組織單位"),
    "rules": gettext_lazy("填表說明"),
    "footnotes": gettext_lazy("註解"),
    "claims": gettext_lazy("文件自述數量"),
    "revisions": gettext_lazy("沿革"),
    "name": gettext_lazy("名稱"),
    "code": gettext_lazy("代碼"),
    "assessment_regime": gettext_lazy("評估體制"),
    "assessment_method": gettext_lazy("評估方式"),
    "missing": gettext_lazy("缺漏原因"),
}
# The thing itself says what these are about.
_OBVIOUS = {"value", "amount", "text", "content", "roc_years", "op"}


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change as the page shows it."""

    kind: str
    subject: str
    place: str
    old: str
    new: str


def tell_changes(changes: Iterable[Change]) -> tuple[ToldChange, ...]:
    """Return the changes in words."""
    return tuple(
        ToldChange(
            kind=change.kind,
            subject=change.subject,
            place=tell_place(change.field),
            old=tell_side(change.old),
            new=tell_side(change.new),
        )
        for change in changes
    )


def tell_place(path: str) -> str:
    """Return a path such as ``measures[1].values[target 114].value`` in words."""
    steps = (_STEP.match(step) for step in _SPLIT.split(path))
    told = [tell_step(step["name"], step["label"] or "") for step in steps if step]
    return " · ".join(step for step in told if step)


def tell_step(name: str, label: str) -> str:
    """Return one step of a path in words; nothing where it goes without saying."""
    kind, _sep, period = label.partition(" ")
    if name == "values" and kind in ("actual", "target"):
        title = _("實際值") if kind == "actual" else _("目標值")
        return f"{period} {title}"
    if name in _OBVIOUS or (name == "measures" and label == "1"):
        return ""
    return f"{FIELDS.get(name, name)} {label}".strip()


def tell_side(text: str | None) -> str:
    """Return one side of a change; kinds of missing in words."""
    return "" if text is None else str(MISSING.get(text, text))
