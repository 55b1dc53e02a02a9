"""Which way is better, where the plan does not print it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from hengtu.core.amounts import read_amount
from hengtu.core.plan import Direction, Kpi, Measure

DirectionSource = Literal["printed", "threshold", "limits", "targets", "words", "range", "unknown"]
_LOWER = re.compile(
    r"時間|天數|日數|等候|等待|逾期|逾時|違規|違失|誤辦|錯誤|缺失|不合格|退件|退補|事故|受傷|死亡|傷亡|災害損失|排放|清運量|濃度|"
    r"用[紙電水油]|耗用|耗能|支出|抱怨|投訴|客訴|申訴|積欠|負債|債務|犯罪|失業|離職|員額|落後|成本"
)
_HIGHER = re.compile(
    r"率$|率[（(]|比率|比例|百分比|滿意度|達成度|覆蓋|合格|完成|人次|場次|次數|件數|則數|篇數|張數|支數|家數|家次|處數|戶數|人數|收入|"
    r"時數|數量|認證|參與|進度"
)
_HELD = re.compile(r"維持|保持|持續達|不低於")
_RISE = re.compile(r"提[高升]|增加|成長|擴大|強化")
_FALL = re.compile(r"降低|縮短|減少|撙節|節省|減量|抑制|壓低")


def find_direction(kpi: Kpi, measure: Measure) -> tuple[Direction | None, DirectionSource]:
    """Return the direction of a measure and how it is known.

    Printed, else by the limit in the formula, else by the limits that targets print (≤3, 90%以上), else by
    targets that only rise or only fall, else by words; what is to be kept up is to be held.
    """
    if measure.direction:
        return measure.direction, "printed"
    if measure.threshold and measure.threshold.op != "=":
        return ("lower" if measure.threshold.op in ("<=", "<") else "higher"), "threshold"
    if by_limits := _by_limits(measure):
        return by_limits, "limits"
    if trend := _trend(measure):
        return trend, "targets"
    if by_words := _by_words(kpi, measure):
        return by_words, "words"
    return None, "unknown"


def _by_limits(measure: Measure) -> Direction | None:
    """Return the direction that every limit printed in the target cells agrees on."""
    signs = {
        sign
        for value in measure.values
        if value.kind == "target" and value.value is not None and not value.unit
        if (sign := _sign_of(value.raw))
    }
    if len(signs) != 1:
        return None
    return "lower" if signs == {"<"} else "higher"


@lru_cache(maxsize=4096)
def _sign_of(raw: str) -> str:
    amount = read_amount(raw) if raw else None
    return (amount.op or "")[:1].replace("=", "") if amount else ""


def _trend(measure: Measure) -> Direction | None:
    targets = [
        value.value
        for value in sorted(measure.values, key=lambda value: value.roc_year)
        if value.kind == "target"
        and value.value is not None
        and not value.period
        and not value.unit
    ]
    steps = {(b > a) - (b < a) for a, b in pairwise(targets)} - {0}
    if len(steps) != 1:
        return None
    return "higher" if steps == {1} else "lower"


def _by_words(kpi: Kpi, measure: Measure) -> Direction | None:
    if measure.threshold:  # what is left here is "= 100 %"
        return "higher"
    for words in (kpi.name, measure.label or "", measure.formula or ""):
        if _FALL.search(words) and not _RISE.search(words):
            return "lower"
        if _LOWER.search(words):
            return "lower" if not re.search(r"依限|如期|執行率|改善率|合格率", words) else "higher"
        if _HIGHER.search(words):
            return "hold" if _HELD.search(kpi.name) else "higher"
    return None
