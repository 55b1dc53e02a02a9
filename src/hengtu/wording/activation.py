"""What stands in the way of a plan, one sentence each."""

from __future__ import annotations

from hengtu.core.activation import Obstacle, ObstacleKind
from hengtu.wording.catalogue import Language, mark, say
from hengtu.wording.numbers import print_number

WHOLE_PLAN = mark("計畫（各策略目標）")
SENTENCES: dict[ObstacleKind, str] = {
    "nothing_to_judge": mark("計畫沒有指標，也沒有工作項目，啟用後沒有可追蹤的內容"),
    "weights_not_100": mark("{parent} 之下的權數合計為 {total}，應為 100"),
    "weights_needed": mark("{parent} 之下尚未訂權數；所採規則集規定須訂"),
    "no_weight": mark("{parent} 未訂權數，不計入彙整"),
    "cycle": mark("指標的公式互相引用，無法計算：{path}"),
    "no_measure": mark("{parent} 沒有衡量標準"),
    "no_formula": mark("{parent} 沒有可計算的公式，只能直接填報指標值"),
    "no_target": mark("{parent} 沒有本年度目標值，燈號將無法判定"),
    "no_direction": mark("{parent} 無法得知數值愈高或愈低為佳，燈號將無法判定"),
}


def tell_obstacle(obstacle: Obstacle, lang: Language = "zh-Hant") -> str:
    """Return the sentence of an obstacle.

    >>> tell_obstacle(Obstacle(kind="weights_not_100", level="error", subject="AC1", name="守護", total=90))
    'AC1 守護 之下的權數合計為 90，應為 100'
    """
    parent = f"{obstacle.subject} {obstacle.name}".strip() if obstacle.subject else ""
    return say(
        SENTENCES[obstacle.kind],
        lang,
        parent=parent or say(WHOLE_PLAN, lang),
        total="" if obstacle.total is None else print_number(obstacle.total, 4),
        path=" → ".join(obstacle.path),
    )
