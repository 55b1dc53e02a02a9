"""Why this light: every step of an explanation as one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from hengtu.core.judging.explanation import Fact, Step, StepKind
from hengtu.core.judging.rulebook import Colour
from hengtu.wording.catalogue import Language, mark, say
from hengtu.wording.lights import REASONS, name_light
from hengtu.wording.numbers import DECIMALS, print_beside, print_number

OPERANDS: dict[str, str] = {
    "sum": mark("{item}：{roc_year}年{first}月至{last}月合計 {value}"),
    "mean": mark("{item}：{roc_year}年{first}月至{last}月平均 {value}"),
    "max": mark("{item}：{roc_year}年{first}月至{last}月最大值 {value}"),
    "min": mark("{item}：{roc_year}年{first}月至{last}月最小值 {value}"),
    "last": mark("{item}：{roc_year}年{last}月底 {value}"),
    "none": mark("{item}：{roc_year}年{last}月 {value}"),
}
OWN_VALUES: dict[str, str] = {
    "sum": mark("指標值由各期填報值合計：{value}"),
    "mean": mark("指標值由各期填報值平均：{value}"),
    "max": mark("指標值取各期填報值之最大值：{value}"),
    "min": mark("指標值取各期填報值之最小值：{value}"),
    "last": mark("指標值取最近一期（{last}月）之填報值：{value}"),
    "none": mark("指標值取{last}月之填報值：{value}"),
}
SENTENCES: dict[StepKind, str] = {
    "operand_missing": mark("{item}：{roc_year}年尚無數值（{missing}）"),
    "operand_kpi": mark("{item}：採用指標 {giver} 之值 {value}"),
    "cycle": mark("{item}：指標的公式互相引用，無法計算（{path}）"),
    "calculated": mark("{expression} ＝ {value}"),
    "scaled": mark("單位為 %，公式未載明 ×100%，依單位換算為 {value}"),
    "printed_value": mark("計畫所載實際值：{value}"),
    "mean_of_rates": mark("這是各期比率的平均，未依各期母數加權；改填分子、分母可得正確的比率"),
    "no_formula": mark("沒有可計算的公式，也沒有填報指標值"),
    "coverage": mark("應有 {due} 個月的資料，已知 {known} 個月；未填報的月份不以零計"),
    "pace": mark("依已知月份的進度推估，全部月份約為 {value}"),
    "target": mark("{roc_year}年目標值：{value}{unit}"),
    "target_range": mark("{roc_year}年目標區間：{low} 至 {high}{unit}"),
    "planned_even": mark("至{month}月底按月平均應達 {value}{unit}"),
    "planned_seasons": mark("依去年同期占全年 {share}% 推算，至{month}月底應達 {value}{unit}"),
    "planned_growing": mark("由去年底之 {start} 逐月推進，至{month}月底應達 {value}{unit}"),
    "planned_part": mark("計畫訂有本期目標，直接比較"),
    "planned_known_months": mark("僅以已填報月份應有之額度比較：{value}{unit}"),
    "planned_low": mark("至{month}月底下限應達 {value}{unit}"),
    "early": mark("{judged_from}月以前不依按月平均之進度判定落後；目前為{month}月"),
    "fallen": mark("{period}曾達成目標（{value}{unit}），目前未能維持"),
    "score": mark("得分 {value}"),
    "change_value": mark("指標值為 {value}{unit}時，燈號為 {light}"),
    "change_operand": mark("其他數據項不變時，「{item}」由 {now} 變為 {needed} 即可達到 {light}"),
}
LIMITS = {True: mark("符合公式所載門檻 {op}{value}"), False: mark("未符合公式所載門檻 {op}{value}")}
CHILDREN = {
    True: mark("{item}：{asked} 個子機關{roc_year}年至{last}月之數值，彙整為 {value}"),
    False: mark(
        "{item}：{asked} 個子機關中 {given} 個有{roc_year}年之數值，彙整為 {value}；其餘不以零計"
    ),
}
CONDITIONS = {True: mark("{expression}：成立"), False: mark("{expression}：不成立")}
NO_VALUES = {
    "item_missing": mark("數據項未齊，無法計算"),
    "division_by_zero": mark("分母為零，無法計算"),
    "not_finite": mark("計算結果超出可表示的範圍"),
    "no_expression": mark("公式只有門檻或規則，沒有可計算的算式"),
}
DIRECTIONS = {
    "higher": mark("數值愈高愈好"),
    "lower": mark("數值愈低愈好"),
    "range": mark("數值應落在區間內"),
    "hold": mark("達到後應維持"),
}
KNOWN_BY = {
    "printed": mark("{direction}（計畫所載）"),
    "threshold": mark("{direction}（依公式門檻）"),
    "limits": mark("{direction}（依目標值所載之上下限）"),
    "range": mark("{direction}（目標訂有上下限）"),
    "targets": mark("{direction}（依各年目標值的走勢推定，請確認）"),
    "words": mark("{direction}（依指標名稱推定，請確認）"),
}
ACHIEVEMENTS = {
    "higher": mark("達成度＝實際 ÷ 目標＝{actual} ÷ {target} × 100%＝{percent}%"),
    "lower_ratio": mark("達成度＝目標 ÷ 實際＝{target} ÷ {actual} × 100%＝{percent}%"),
    "lower_difference": mark(
        "達成度＝（2－實際 ÷ 目標）＝（2－{actual} ÷ {target}）× 100%＝{percent}%"
    ),
}
MET = {
    True: mark("不以百分比計算達成度：已達目標，差距 {distance}"),
    False: mark("不以百分比計算達成度：未達目標，差距 {distance}"),
}
LIGHTS = {
    "band": mark("達成度 {percent}% 達到 {at_least}%：{light}"),
    "below": mark("達成度 {percent}% 未達 {next}%：{light}"),
    "plain": mark("燈號：{light}"),
    "grade": mark("，{grade}"),
}
SOURCES = {
    "default": mark("依據：{rulebook}（產品預設，無官方依據）"),
    "lights": mark("依據：{rulebook}（{instrument}{article}{date}）"),
    "bands": mark("依據：{rulebook}（{instrument}{article}{date}；燈號顏色為產品預設）"),
    "binding": mark(
        "依據：{rulebook}（填列規定依 {instrument}{article}{date}；級距與燈號為產品預設）"
    ),
    "score": mark("依據：{rulebook}（計分依 {instrument}{article}{date}；級距與燈號為產品預設）"),
}
PAST_YEAR = mark("{roc_year}年")
PAST_MONTH = mark("{roc_year}年{month}月")
WHITE = mark("無法判定燈號：{reason}")
TARGET_MISSING = mark("{roc_year}年沒有目標值")
TARGET_MISSING_WHY = mark("{roc_year}年沒有目標值（{missing}）")
SHARED = mark("（採用 {giver} 填報之同一數據項）")
SCORE_OPEN = mark("尚未評定，暫不計分：{parts}")
SCORE_PARTS = {
    "achievement": mark("達成度"),
    "progress": mark("執行進度"),
    "challenge": mark("挑戰性"),
}
OPS = {">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "=": "＝"}
# Two decimals would not give the percentage that the same or the next step prints.
STEP_DECIMALS = 4
Facts = dict[str, Fact]


def explain(
    steps: Iterable[Step], lang: Language = "zh-Hant", unit: str | None = None
) -> list[str]:
    """Return the sentences of an explanation, in order; ``unit`` is the measure's."""
    return [tell_step(step, lang, unit) for step in steps]


def tell_step(step: Step, lang: Language = "zh-Hant", unit: str | None = None) -> str:
    """Return the sentence of one step.

    >>> from hengtu.core.judging.explanation import step
    >>> tell_step(step("coverage", known=11, due=12))
    '應有 12 個月的資料，已知 11 個月；未填報的月份不以零計'
    """
    teller = TELLERS.get(step.kind)
    if teller:
        return teller(dict(step.facts), lang)
    fields: dict[str, object] = {"unit": unit or ""}
    decimals = STEP_DECIMALS if step.kind == "calculated" else DECIMALS
    for name, fact in step.facts.items():
        fields[name] = _print(name, fact, lang, decimals)
    return say(SENTENCES[step.kind], lang, **fields)


def print_past(text: str, lang: Language = "zh-Hant") -> str:
    """Return the month or year of a code in words, any other as it is.

    >>> print_past("114-03"), print_past("113")
    ('114年3月', '113年')
    """
    roc_year, _, month = text.partition("-")
    if not (roc_year + month).isdigit():
        return text
    if not month:
        return say(PAST_YEAR, lang, roc_year=roc_year)
    return say(PAST_MONTH, lang, roc_year=roc_year, month=int(month))


def _print(name: str, fact: Fact, lang: Language, decimals: int = DECIMALS) -> object:
    if name == "missing":
        return say(REASONS[str(fact or "not_reported")], lang)
    if name == "period":
        return print_past(str(fact), lang)
    if name == "light":
        return name_light(cast("Colour", fact), lang)
    return print_number(fact, decimals) if isinstance(fact, float) else fact


def _number(fact: Fact, bound: Fact = None, decimals: int = DECIMALS) -> str:
    if isinstance(fact, bool) or not isinstance(fact, int | float):
        return ""
    beside = float(bound) if isinstance(bound, int | float) else None
    return print_beside(float(fact), beside, decimals)


def _operand(facts: Facts, lang: Language) -> str:
    over_time = str(facts["over_time"])
    if facts["first"] == facts["last"] and over_time != "last":
        over_time = "none"
    told = say(
        OPERANDS[over_time],
        lang,
        item=facts["item"],
        roc_year=facts["roc_year"],
        first=facts["first"],
        last=facts["last"],
        value=_number(facts["value"]),
    )
    return told + (say(SHARED, lang, giver=facts["giver"]) if facts.get("giver") else "")


def _children(facts: Facts, lang: Language) -> str:
    told = {name: facts[name] for name in ("item", "asked", "given", "roc_year", "last")}
    everyone = facts["given"] == facts["asked"]
    return say(CHILDREN[everyone], lang, **told, value=_number(facts["value"]))


def _condition(facts: Facts, lang: Language) -> str:
    return say(CONDITIONS[bool(facts["holds"])], lang, expression=facts["expression"])


def _own_value(facts: Facts, lang: Language) -> str:
    value = _number(facts["value"])
    return say(OWN_VALUES[str(facts["over_time"])], lang, value=value, last=facts["last"])


def _limit(facts: Facts, lang: Language) -> str:
    op = OPS[str(facts["op"])]
    return say(LIMITS[bool(facts["met"])], lang, op=op, value=_number(facts["value"]))


def _no_value(facts: Facts, lang: Language) -> str:
    return say(NO_VALUES[str(facts["reason"])], lang)


def _target_missing(facts: Facts, lang: Language) -> str:
    roc_year, missing = facts["roc_year"], facts["missing"]
    if not missing:
        return say(TARGET_MISSING, lang, roc_year=roc_year)
    why = say(REASONS[str(missing)], lang)
    return say(TARGET_MISSING_WHY, lang, roc_year=roc_year, missing=why)


def _direction(facts: Facts, lang: Language) -> str:
    direction = say(DIRECTIONS[str(facts["direction"])], lang)
    return say(KNOWN_BY[str(facts["known_by"])], lang, direction=direction)


def _achievement(facts: Facts, lang: Language) -> str:
    return say(
        ACHIEVEMENTS[str(facts["rule"])],
        lang,
        actual=_number(facts["actual"], facts["target"], STEP_DECIMALS),
        target=_number(facts["target"], decimals=STEP_DECIMALS),
        percent=_number(facts["percent"], facts["beside"]),
    )


def _met(facts: Facts, lang: Language) -> str:
    return say(MET[bool(facts["met"])], lang, distance=_number(facts["distance"], 0.0))


def _light(facts: Facts, lang: Language) -> str:
    light = _print("light", facts["light"], lang)
    percent, at_least, above = facts["percent"], facts["at_least"], facts["next"]
    if percent is None:
        told = say(LIGHTS["plain"], lang, light=light)
    elif above is not None:
        shown = _number(percent, above)
        told = say(LIGHTS["below"], lang, percent=shown, next=_number(above), light=light)
    else:
        told = say(
            LIGHTS["band"],
            lang,
            percent=_number(percent, at_least),
            at_least=_number(at_least),
            light=light,
        )
    return told + (say(LIGHTS["grade"], lang, grade=facts["grade"]) if facts["grade"] else "")


def _source(facts: Facts, lang: Language) -> str:
    rulebook = facts["rulebook_en"] if lang == "en" else facts["rulebook"]
    if not facts["instrument"]:
        return say(SOURCES["default"], lang, rulebook=rulebook)
    cited = {name: f" {facts[name]}" if facts[name] else "" for name in ("article", "date")}
    return say(
        SOURCES[str(facts["covers"])],
        lang,
        rulebook=rulebook,
        instrument=facts["instrument"],
        **cited,
    )


def _white(facts: Facts, lang: Language) -> str:
    return say(WHITE, lang, reason=say(REASONS[str(facts["reason"])], lang))


def _score_open(facts: Facts, lang: Language) -> str:
    names = [say(SCORE_PARTS[part], lang) for part in str(facts["parts"]).split()]
    return say(SCORE_OPEN, lang, parts=say("、", lang).join(names))


TELLERS: dict[StepKind, Callable[[Facts, Language], str]] = {
    "operand": _operand,
    "operand_children": _children,
    "condition": _condition,
    "own_value": _own_value,
    "limit": _limit,
    "no_value": _no_value,
    "target_missing": _target_missing,
    "direction": _direction,
    "achievement": _achievement,
    "met": _met,
    "light": _light,
    "source": _source,
    "white": _white,
    "score_open": _score_open,
}
