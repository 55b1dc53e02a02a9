"""The words of maps and reports."""

from __future__ import annotations

from hengtu.wording.catalogue import mark

MAP_TITLE = mark("{agency}策略地圖")
COUNT_THEMES = mark("{n} 個策略主題")
COUNT_PERSPECTIVES = mark("{n} 個構面")
COUNT_OBJECTIVES = mark("{n} 項策略目標")
COUNT_KPIS = mark("{n} 項關鍵績效指標")
LIST_COMMA = mark("、")
PERSPECTIVE_CODE = mark("{code} 構面")
NO_PERSPECTIVE = mark("未歸構面")
LEAD = mark("主辦：{name}")
COMMON_GOAL = mark("共同性目標")
CAUSE_EFFECT = mark("因果關聯")
MISSION = mark("使命")
VISION = mark("願景")
CORE_VALUES = mark("核心價值")
THEME = mark("策略主題")
PERSPECTIVE = mark("構面")
OBJECTIVE = mark("策略目標")
LIGHT = mark("燈號")
LIGHT_WORDS = {
    "green": mark("達成"),
    "yellow": mark("注意"),
    "red": mark("落後"),
    "white": mark("無法判定"),
}
LIGHT_SHAPES = {"green": "★", "yellow": "▲", "red": "●", "white": "□"}
