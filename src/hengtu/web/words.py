"""Words for the codes that pages show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hengtu.wording import reports
from hengtu.wording.findings import LEVEL_NAMES


def _translated(table: Mapping[Any, str]) -> dict[str, Promise]:
    """Return a table of the wording in the language of the page that shows it."""
    return {code: _(sentence) for code, sentence in table.items()}


ROLE_NAMES = {
    "data_owner": _("業務承辦"),
    "section_chief": _("課室主管"),
    "planning_officer": _("研考承辦"),
    "director": _("首長"),
    "auditor": _("稽核"),
    "administrator": _("系統管理者"),
}
PLAN_KINDS = {
    "strategy_map": _("策略地圖"),
    "midterm": _("中程計畫"),
    "service_quality": _("服務品質計畫"),
}
CERTAINTIES = {"certain": _("確定"), "inferred": _("推定"), "open": _("待確認")}
VERDICTS = {"accept": _("已接受"), "edit": _("已修正"), "overrule": _("已排除")}
STATES = {"open": _("待處理"), "adopted": _("已採用"), "discarded": _("已捨棄")}
PLAN_STATES = {"adopted": _("已採用，尚未啟用"), "active": _("啟用中")}
DIRECTIONS = {
    "higher": _("愈高愈好"),
    "lower": _("愈低愈好"),
    "range": _("維持於區間"),
    "hold": _("達成並維持"),
}
CHANGES = {"added": _("新增"), "removed": _("刪除"), "changed": _("變更")}
LEVELS = _translated(LEVEL_NAMES)
MISSING = _translated(reports.MISSING)
GOAL_KINDS = _translated(reports.GOAL_KINDS)
