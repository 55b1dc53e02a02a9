"""The year's end in words: the forecast, its interval, how it was found, the early warning, the refusal."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple, cast

from hengtu.core.forecasting.outlook import Caution, Fact, Forecast, Ground, GroundKind, Refusal
from hengtu.core.judging.rulebook import Colour
from hengtu.wording.catalogue import Language, mark, say
from hengtu.wording.lights import name_light
from hengtu.wording.numbers import print_beside, print_number

METHODS: dict[str, str] = {
    "known": mark("全年實際值"),
    "run_rate": mark("逐月平均推估"),
    "seasonal_share": mark("歷年同期占比推估"),
    "seasonal_change": mark("歷年同期變動推估"),
    "robust_trend": mark("穩健趨勢推估"),
    "standing": mark("維持現況推估"),
}
CAUTIONS: dict[Caution, str] = {
    "possible": mark("可能未達"),
    "likely": mark("很可能未達"),
}
_FOUND: dict[str, str] = {
    "known": mark("全年資料已齊，年底值即為實際值"),
    "run_rate": mark("{method}：以至{month}月底各月的平均，推估其餘月份"),
    "run_rate rate": mark(
        "{method}：以至{month}月底的累計比率推估其餘月份；有分母時各月依分母加權"
    ),
    "run_rate progress": mark("{method}：以至{month}月底每月平均推進的幅度，推估其餘月份"),
    "seasonal_share": mark("{method}：依過去年度各月占全年的比率，由至{month}月底的數值推估全年"),
    "seasonal_share rate": mark(
        "{method}：依過去年度{month}月底至年底比率的變動倍數推估，即分子與分母各按歷年同期推估後再相除"
    ),
    "seasonal_change": mark("{method}：依過去年度{month}月底至年底的增減推估"),
    "robust_trend": mark("{method}：取各月間斜率的中位數（Theil–Sen），往後每月縮小一成"),
    "standing": mark("{method}：以{month}月底的數值推估年底"),
}
_SENTENCES: dict[GroundKind, str] = {
    "basis": mark("依據至{month}月底 {months} 個月的資料（{figures} 筆數值）"),
    "no_past": mark("沒有完整的過去年度可以比較，未計入季節起伏（例如集中在年底辦理）"),
    "tested": mark("以過去 {count} 個年度的同一月份回測，此法誤差最小，平均 {error}%"),
    "interval": mark("年底預估 {value}{unit}；{confidence}% 的預測區間為 {low} 至 {high}{unit}"),
    "no_target": mark("沒有可以判定的目標值或方向，不作預警"),
}
_FILLED = {
    True: mark("其中 {missing} 個月沒有資料，以推估值補足"),
    False: mark("其中 {missing} 個月沒有資料，未計入"),
}
_PAST = {
    True: mark("參照 {first} 年度各月的資料"),
    False: mark("參照 {first} 至 {last} 年度間 {count} 個完整年度各月的資料"),
}
_TARGETS = {
    True: mark("年度目標值：{target}{unit}"),
    False: mark("年度目標區間：{low} 至 {high}{unit}"),
}
_PROSPECTS = {
    "yes": mark("整個預測區間都達到目標，年底燈號預估為{light}"),
    "open": mark("預估可達目標，但區間內仍有未達的可能；年底燈號預估為{light}"),
    "no": mark("預估未達目標值，但依規則集年底燈號仍為{light}"),
}
_ENDED = mark("全年結果的燈號為{light}")
_WARNINGS = {
    "possible": mark("預警：可能未達目標，年底燈號預估為{light}"),
    "likely": mark("預警：很可能未達目標，年底燈號預估為{light}"),
}
_REFUSALS = {
    "no_figures": mark("{roc_year}年還沒有數值，不推估年底"),
    "too_few_months": mark("只有 {months} 個月的資料，滿 {needed} 個月才推估年底"),
    "too_few_figures": mark("只有 {months} 筆數值，至少要 {needed} 筆才推估年底"),
    "gaps": mark("至{due}月底應有的資料缺漏超過三分之一（已知 {months} 個月），補報後才推估年底"),
    "year_over": mark("已到年底而資料未齊，請補報缺漏的月份，不以推估代替"),
    "unmoved": mark("已知的數值都是零或沒有變動，看不出起伏，不推估年底"),
    "beyond": mark("數值太大，超出可以推估的範圍"),
}
_HEADLINE = mark("年底預估 {value}{unit}（{low} 至 {high}）")
_HEADLINE_KNOWN = mark("全年 {value}{unit}")
_LINE = mark("　預警　{code} {name}：{headline}，目標 {target}{unit}，{caution}")
_LINE_RANGE = mark("　預警　{code} {name}：{headline}，{caution}")
Facts = dict[str, Fact]


class Printed(NamedTuple):
    """A forecast's numbers, with as many decimals as its interval warrants."""

    value: str
    low: str
    high: str


def print_forecast(forecast: Forecast) -> Printed:
    """Return value, low and high of a forecast; no number looks like a target that it is not."""
    return _print(forecast.value, forecast.low, forecast.high, forecast.target)


def print_ahead(value: float, low: float, high: float) -> Printed:
    """Return the numbers of a month to come.

    >>> print_ahead(119.62, 111.7, 128.3), print_ahead(0.8512, 0.8441, 0.8583).value
    (Printed(value='120', low='112', high='128'), '0.851')
    """
    return _print(value, low, high, None)


def _print(value: float, low: float, high: float, bound: float | None) -> Printed:
    decimals = _decimals(high - low)
    return Printed(*(print_beside(number, bound, decimals) for number in (value, low, high)))


def _decimals(width: float) -> int:
    """Return the decimals that an interval of some width warrants: about a tenth of it, 4 at most."""
    if width <= 0 or not math.isfinite(width):
        return 2
    return min(max(1 - math.floor(math.log10(width)), 0), 4)


def name_method(forecast: Forecast, lang: Language = "zh-Hant") -> str:
    """Return the name of the method."""
    return say(METHODS[forecast.method], lang)


def tell_caution(caution: Caution | None, lang: Language = "zh-Hant") -> str:
    """Return how sure a miss is, empty without a warning.

    >>> tell_caution("likely"), tell_caution(None)
    ('很可能未達', '')
    """
    return say(CAUTIONS[caution], lang) if caution else ""


def tell_headline(
    found: Forecast | Refusal, lang: Language = "zh-Hant", unit: str | None = None
) -> str:
    """Return the forecast in one line, or why there is none."""
    if isinstance(found, Refusal):
        return tell_grounds(found, lang, unit)[0]
    printed = print_forecast(found)._asdict()
    sentence = _HEADLINE if found.months else _HEADLINE_KNOWN
    return say(sentence, lang, unit=unit or "", **printed)


def tell_warning_line(
    found: Forecast, code: str, name: str, lang: Language = "zh-Hant", unit: str | None = None
) -> str:
    """Return the line of an early warning in a list of them."""
    return say(
        _LINE if found.target is not None else _LINE_RANGE,
        lang,
        code=code,
        name=name,
        headline=tell_headline(found, lang, unit),
        target="" if found.target is None else print_number(found.target),
        unit=unit or "",
        caution=tell_caution(found.warning, lang),
    )


def tell_grounds(
    found: Forecast | Refusal, lang: Language = "zh-Hant", unit: str | None = None
) -> list[str]:
    """Return how a forecast was found, or why there is none, a sentence each."""
    return [tell_ground(ground, lang, unit) for ground in found.grounds]


def tell_ground(ground: Ground, lang: Language = "zh-Hant", unit: str | None = None) -> str:
    """Return the sentence of one step.

    >>> tell_ground(Ground("basis", {"month": 6, "months": 6, "figures": 6}))
    '依據至6月底 6 個月的資料（6 筆數值）'
    """
    facts: Facts = {**ground.facts, "unit": unit or ""}
    if teller := _TELLERS.get(ground.kind):
        return teller(facts, lang)
    return say(_SENTENCES[ground.kind], lang, **facts)


def _tell_method(facts: Facts, lang: Language) -> str:
    method = str(facts["method"])
    sentence = _FOUND.get(f"{method} {facts['grows']}", _FOUND[method])
    return say(sentence, lang, method=say(METHODS[method], lang), month=facts["month"])


def _tell_interval(facts: Facts, lang: Language) -> str:
    numbers = (_float(facts["value"]), _float(facts["low"]), _float(facts["high"]))
    target = facts["target"]
    bound = None if target is None else _float(target)
    return say(_SENTENCES["interval"], lang, **{**facts, **_print(*numbers, bound)._asdict()})


def _tell_tested(facts: Facts, lang: Language) -> str:
    error = print_number(_float(facts["error"]), 1)
    return say(_SENTENCES["tested"], lang, count=facts["count"], error=error)


def _tell_filled(facts: Facts, lang: Language) -> str:
    return say(_FILLED[facts["grows"] in ("count", "rate")], lang, missing=facts["missing"])


def _tell_past(facts: Facts, lang: Language) -> str:
    return say(_PAST[facts["first"] == facts["last"]], lang, **facts)


def _tell_target(facts: Facts, lang: Language) -> str:
    shown = {
        name: print_number(_float(facts[name]))
        for name in ("target", "low", "high")
        if facts[name] is not None
    }
    return say(_TARGETS["target" in shown], lang, unit=facts["unit"], **shown)


def _tell_ended(facts: Facts, lang: Language) -> str:
    return say(_ENDED, lang, light=_light(facts, lang))


def _tell_prospect(facts: Facts, lang: Language) -> str:
    return say(_PROSPECTS[str(facts["will_meet"])], lang, light=_light(facts, lang))


def _tell_warning(facts: Facts, lang: Language) -> str:
    return say(_WARNINGS[str(facts["warning"])], lang, light=_light(facts, lang))


def _tell_refusal(facts: Facts, lang: Language) -> str:
    return say(_REFUSALS[str(facts["reason"])], lang, **facts)


def _light(facts: Facts, lang: Language) -> str:
    return name_light(cast("Colour", facts["light"]), lang)


def _float(fact: Fact) -> float:
    return float(fact) if isinstance(fact, int | float) else math.nan


_TELLERS: dict[GroundKind, Callable[[Facts, Language], str]] = {
    "method": _tell_method,
    "interval": _tell_interval,
    "tested": _tell_tested,
    "filled": _tell_filled,
    "past_years": _tell_past,
    "target": _tell_target,
    "ended": _tell_ended,
    "prospect": _tell_prospect,
    "warning": _tell_warning,
    "refused": _tell_refusal,
}
