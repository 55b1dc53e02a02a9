"""Rulebooks in words: bands, rules, duties and where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from hengtu.core.judging.rulebook import Band, Rulebook
from hengtu.wording.catalogue import Language, mark, say
from hengtu.wording.explanations import SCORE_PARTS
from hengtu.wording.lights import name_light
from hengtu.wording.numbers import print_number

DEFAULT_SOURCE = mark("產品預設，無官方依據")
COVERED = {
    "bands": mark("達成度級距"),
    "grades": mark("等第"),
    "lights": mark("燈號"),
    "score": mark("計分"),
    "lower": mark("反向指標之算法"),
    "cap": mark("得分上限"),
    "roll_up": mark("彙整方式"),
    "binding": mark("填列規定"),
}
COVERS = mark("依據載明：{topics}；其餘為產品預設")
LOWER = {
    "ratio": mark("愈低愈好者：目標 ÷ 實際"),
    "difference": mark("愈低愈好者：2 － 實際 ÷ 目標"),
}
ROLL_UP = {
    "weighted_mean": mark("依權數加權平均得分"),
    "worst": mark("取最差的燈號"),
    "count": mark("計各燈號之數：全數達成為達成，半數以上落後為落後，其餘為注意"),
}
CAP = mark("得分上限 {cap}")
PARTS = mark("得分：{parts}")
LEAST = mark("已知資料未達 {share}% 者不判定彙整燈號")
JUDGED_FROM = mark("按月平均推算應達值者，自 {month} 月起判定落後")
FALLEN = mark("達成後應維持者，曾達成而下滑時，燈號最佳為{light}")
DECIMALS_SHOWN = mark("小數位數：{units}")
UNIT_DECIMALS = mark("{unit} {decimals} 位")
BINDING = {
    "actions": mark("每項指標至多 {most} 項行動方案"),
    "weights": mark("目標與指標須訂權數，各層合計 100"),
    "lowered_targets": mark("調降年度目標值須敘明理由"),
}
VALID = mark("適用 {first}至{last}年度")
VALID_FROM = mark("適用 {first}年度起")
VALID_TO = mark("適用至 {last}年度")
ABOVE = mark("{at_least}% 以上：{light}")
BELOW = mark("未達 {bound}%：{light}")
COMMA = mark("、")


def name_rulebook(book: Rulebook, lang: Language = "zh-Hant") -> str:
    """Return the title of a rulebook."""
    return book.title_en or book.title if lang == "en" else book.title


def cite(book: Rulebook) -> str:
    """Return the instrument, article and date that a rulebook stands in, empty where none is known."""
    source = book.source
    return " ".join(part for part in (source.instrument, source.article, source.date) if part)


def tell_source(book: Rulebook, lang: Language = "zh-Hant") -> str:
    """Return what the source of a rulebook covers, or that none is known.

    >>> from hengtu.core.judging.rulebook import PRODUCT_DEFAULT
    >>> tell_source(PRODUCT_DEFAULT)
    '產品預設，無官方依據'
    """
    if book.source.product_default:
        return say(DEFAULT_SOURCE, lang)
    topics = say(COMMA, lang).join(say(COVERED[topic], lang) for topic in book.source.covers)
    return say(COVERS, lang, topics=topics) if topics else ""


def list_bands(book: Rulebook, lang: Language = "zh-Hant") -> list[tuple[str, str]]:
    """Return the bands of a rulebook, the best first, each with its grade."""
    return [(_band(book, place, band, lang), band.grade) for place, band in enumerate(book.bands)]


def _band(book: Rulebook, place: int, band: Band, lang: Language) -> str:
    light = name_light(band.light, lang)
    if place and place == len(book.bands) - 1:
        return say(BELOW, lang, bound=print_number(book.bands[place - 1].at_least), light=light)
    return say(ABOVE, lang, at_least=print_number(band.at_least), light=light)


def describe_rules(book: Rulebook, lang: Language = "zh-Hant") -> list[str]:
    """Return every rule of a rulebook but its bands, one sentence each."""
    return [*_judging_rules(book, lang), *_duties(book, lang), *_validity(book, lang)]


def _judging_rules(book: Rulebook, lang: Language) -> Iterator[str]:
    yield say(LOWER[book.lower], lang)
    yield say(JUDGED_FROM, lang, month=book.judged_from)
    yield say(FALLEN, lang, light=name_light(book.fallen, lang))
    comma = say(COMMA, lang)
    if len(book.parts) > 1:
        named = (
            f"{say(SCORE_PARTS[name], lang)} {print_number(weight)}%" for name, weight in book.parts
        )
        yield say(PARTS, lang, parts=comma.join(named))
    yield say(CAP, lang, cap=print_number(book.cap))
    yield say(ROLL_UP[book.roll_up], lang)
    if book.least_coverage:
        yield say(LEAST, lang, share=print_number(book.least_coverage * 100))
    if book.decimals:
        units = (say(UNIT_DECIMALS, lang, unit=u, decimals=n) for u, n in book.decimals)
        yield say(DECIMALS_SHOWN, lang, units=comma.join(units))


def _duties(book: Rulebook, lang: Language) -> Iterator[str]:
    binding = book.binding
    if binding.actions_per_kpi is not None:
        yield say(BINDING["actions"], lang, most=binding.actions_per_kpi)
    if binding.weights:
        yield say(BINDING["weights"], lang)
    if binding.lowered_targets:
        yield say(BINDING["lowered_targets"], lang)


def _validity(book: Rulebook, lang: Language) -> Iterator[str]:
    first, last = book.valid_from, book.valid_to
    if first and last:
        yield say(VALID, lang, first=first, last=last)
    elif first:
        yield say(VALID_FROM, lang, first=first)
    elif last:
        yield say(VALID_TO, lang, last=last)


def note_of(book: Rulebook, lang: Language = "zh-Hant") -> str:
    """Return what the source asks for and no band can say."""
    return (book.note_en or book.note) if lang == "en" else book.note
