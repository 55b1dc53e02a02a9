"""Words for the codes that pages show."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

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
LEVELS = {"error": _("錯誤"), "warning": _("警告"), "hint": _("提示")}
CERTAINTIES = {"certain": _("確定"), "inferred": _("推定"), "open": _("待確認")}
VERDICTS = {"accept": _("已接受"), "edit": _("已修正"), "overrule": _("已排除")}
STATES = {"open": _("待處理"), "adopted": _("已採用"), "discarded": _("已捨棄")}
MISSING = {
    "not_compiled": _("未統計"),
    "no_statistics": _("無統計"),
    "no_data": _("無資料"),
    "not_applicable": _("不適用"),
    "formula_changed": _("調整公式不適用"),
    "blank": _("—"),
    "not_due": _("尚未到期"),
    "not_reported": _("待填報"),
    "not_computable": _("無法計算"),
}
GOAL_KINDS = {"key": _("關鍵"), "common": _("共同性")}
DIRECTIONS = {
    "higher": _("愈高愈好"),
    "lower": _("愈低愈好"),
    "range": _("維持於區間"),
    "hold": _("達成並維持"),
}
CHANGES = {"added": _("新增"), "removed": _("刪除"), "changed": _("變更")}
FREQUENCIES = {
    "daily": _("每日"),
    "weekly": _("每週"),
    "monthly": _("每月"),
    "quarterly": _("每季"),
    "half_yearly": _("每半年"),
    "yearly": _("每年"),
    "irregular": _("不定期"),
    "on_demand": _("隨到隨辦"),
}
