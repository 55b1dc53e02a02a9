"""The words of maps and reports."""

from __future__ import annotations

from hengtu.wording.catalogue import mark

LIST_COMMA = mark("、")
PAIR = mark("{name}：{text}")
IN_BRACKETS = mark("（{text}）")

MAP = mark("策略地圖")
SCORECARD = mark("平衡計分卡")
SCHEDULE = mark("工作計畫作業時程管制表")
SERVICE = mark("提升服務品質執行計畫")
FOURYEAR = mark("中程施政計畫績效指標表")
FACTORS = mark("關鍵成功因素表")

COUNT_THEMES = mark("{n} 個策略主題")
COUNT_PERSPECTIVES = mark("{n} 個構面")
COUNT_OBJECTIVES = mark("{n} 項策略目標")
COUNT_KPIS = mark("{n} 項關鍵績效指標")
YEAR = mark("{roc_year}年度")
YEARS = mark("{first}至{last}年度")

PERSPECTIVE_CODE = mark("{code} 構面")
NO_PERSPECTIVE = mark("未歸構面")
NO_THEME = mark("未歸策略主題")
NO_OBJECTIVE = mark("未對應策略目標")
LEAD = mark("主政：{name}")
COMMON_GOAL = mark("共同性目標")
CAUSE_EFFECT = mark("因果關聯")
MISSION = mark("使命")
VISION = mark("願景")
CORE_VALUES = mark("核心價值")
THEME = mark("策略主題")
LEADING_UNIT = mark("主政單位")
MEMBERS = mark("分組成員")
PERSPECTIVE = mark("構面")
OBJECTIVE = mark("策略目標")
CODE = mark("代碼")
KIND = mark("類別")
LIGHT = mark("燈號")
EFFECTS = mark("影響的目標")
LIGHT_WORDS = {
    "green": mark("達成"),
    "yellow": mark("注意"),
    "red": mark("落後"),
    "white": mark("無法判定"),
}
LIGHT_SHAPES = {"green": "★", "yellow": "▲", "red": "●", "white": "□"}
GOAL_KINDS = {"key": mark("關鍵"), "common": mark("共同性")}

KPI = mark("KPI（關鍵績效指標）")
FORMULA_AND_UNIT = mark("KPI計算公式及計量單位")
ACTUAL_OF = mark("{period}實際值")
TARGET_OF = mark("{period}目標值")
PERIOD_YEAR = mark("{roc_year}年")
PERIOD_QUARTER = mark("{roc_year}年第{n}季")
PERIOD_HALVES = (mark("{roc_year}年上半年"), mark("{roc_year}年下半年"))
PERIOD_MONTH = mark("{roc_year}年{n}月")
KPI_OWNER = mark("KPI主責單位")
ACTION = mark("行動方案")
BUDGET_OF = mark("行動方案對應{roc_year}年預算（元）")
ACTION_OWNER = mark("行動方案主責單位")
BUDGET_SHARED = mark("與{codes}同一預算")
UNIT = mark("單位：{unit}")
TARGET_RULE = mark("目標值：{rule}")
CONDITION = mark("條件：{condition}")
SINCE = mark("自{date}起")
RULES = mark("填表說明")

MISSING = {
    "not_compiled": mark("未統計"),
    "no_statistics": mark("無統計"),
    "no_data": mark("無資料"),
    "not_applicable": mark("不適用"),
    "formula_changed": mark("調整公式不適用"),
    "blank": "—",
    "not_due": mark("尚未到期"),
    "not_reported": mark("待填報"),
    "not_computable": mark("無法計算"),
}

SUCCESS_FACTORS = mark("KSF（關鍵成功因素）")

SECTION = mark("課別")
NUMBER = mark("編號")
WORK_ITEM = mark("計畫項目")
WORK_TASK = mark("工作內容")
PLANNED_MONTHS = mark("預定作業時程月份")
MONTH = mark("{n}月")
TIMING = mark("時程說明")
STATUS = mark("執行狀態")
NOTE = mark("執行情形說明")
PLANNED = mark("預定辦理")
MONTHS_UNKNOWN = mark("月份不明")
TIMING_SAYS = mark("內文載明「{raw}」")
TIMING_PROPOSES = mark("依內文「{raw}」建議排定：{months}")
EVERY_MONTH = mark("每月")
FREQUENCIES = {
    "daily": mark("每日"),
    "weekly": mark("每週"),
    "monthly": mark("每月"),
    "quarterly": mark("每季"),
    "half_yearly": mark("每半年"),
    "yearly": mark("每年"),
    "regular": mark("定期"),
    "irregular": mark("不定期"),
    "ongoing": mark("持續辦理"),
    "on_demand": mark("視需要辦理"),
}

GUIDELINE = mark("實施要領")
STRATEGY = mark("執行策略")
METHOD = mark("執行方法")
GUIDELINES_TABLE = mark("實施要領、執行策略與方法")
COMMITTEE = mark("推動委員會")
SEAT_ROLE = mark("職別")
SEAT_UNIT = mark("單位")
SEAT_POSITION = mark("職稱")
SEAT_TASKS = mark("任務分配")
REVISIONS = mark("訂定及修訂沿革")
LEGAL_BASIS = mark("依據")

GOAL_SERIAL = mark("序號")
GOAL = mark("策略目標")
INDICATOR = mark("績效指標")
REGIME = mark("評估體制")
ASSESSMENT = mark("評估方式")
STANDARD = mark("衡量標準")
YEARLY_TARGETS = mark("年度績效目標值")
YEARLY_ACTUALS = mark("年度實際值")
KEY_INDICATORS = mark("關鍵績效指標")
COMMON_INDICATORS = mark("共同性指標")
FOOTNOTES = mark("註：評估體制之代號意義")
STRATEGIES_OF_GOALS = mark("策略目標及其策略")
