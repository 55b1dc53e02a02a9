"""Lights in words: colour, shape and word together, and why a light is white or stands on a part."""

from __future__ import annotations

from hengtu.core.judging.lights import LightReason
from hengtu.core.judging.rulebook import Colour
from hengtu.wording.catalogue import Language, mark, say
from hengtu.wording.reports import LIGHT_SHAPES, LIGHT_WORDS, MISSING

REASONS: dict[str, str] = {
    **MISSING,
    "blank": mark("本期無須填報"),
    "no_target": mark("本年度沒有可比較的目標值"),
    "no_direction": mark("無法得知數值愈高或愈低為佳"),
    "no_range": mark("目標為區間，但未訂明上下限"),
    "partial": mark("資料未齊"),
    "low_coverage": mark("已知資料過少"),
    "early": mark("年初，尚未開始判定進度"),
    "fallen": mark("曾達成，未能維持"),
}


def name_light(colour: Colour, lang: Language = "zh-Hant") -> str:
    """Return a light with its shape and word.

    >>> name_light("green"), name_light("white")
    ('★ 達成', '□ 無法判定')
    """
    return f"{LIGHT_SHAPES[colour]} {say(LIGHT_WORDS[colour], lang)}"


def tell_reason(reason: LightReason, lang: Language = "zh-Hant") -> str:
    """Return why a light is white, or stands on a part of the data."""
    return say(REASONS[reason], lang)
