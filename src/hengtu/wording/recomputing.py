"""What the command ``recompute`` says: its progress, what it wrote, what drifted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from hengtu.core.judging.lights import LightReason
from hengtu.core.judging.rulebook import Colour
from hengtu.wording.catalogue import Language, mark, say
from hengtu.wording.lights import name_light, tell_reason

SENTENCES: dict[str, str] = {
    "progress": mark("{percent}%　{done}/{total} 個機關　剩餘 {left}"),
    "agency": mark("{percent}%　{agency}：{results} 筆結果，更新 {written} 筆"),
    "agency_checked": mark("{percent}%　{agency}：{results} 筆結果，不一致 {written} 筆"),
    "done": mark(
        "已重新計算 {agencies} 個機關、{results} 筆結果，更新 {written} 筆（{seconds} 秒）。"
    ),
    "nothing": mark("沒有可計算的計畫。"),
    "interrupted": mark(
        "已中斷：{done}/{total} 個機關已完成並存妥，其餘維持原狀；再執行一次即可完成。"
    ),
    "interrupted_audit": mark("已中斷：{done}/{total} 個機關已查核，未變更任何資料。"),
    "no_drift": mark("已查核 {agencies} 個機關、{results} 筆結果，儲存的結果全部一致。"),
    "drift": mark("{agency}　{plan}　{subject}　{period}　{what}"),
    "differs": mark("{field} 儲存 {stored}、應為 {computed}"),
    "missing": mark("缺少這筆結果"),
    "surplus": mark("不應有這筆結果"),
    "more_drift": mark("另有 {count} 處不一致未列出，請以 --json 取得更多。"),
    "drifted": mark(
        "已查核 {agencies} 個機關、{results} 筆結果，有 {count} 處不一致；執行 hengtu recompute 即可重算。"
    ),
    "absent": mark("無"),
}
FIELDS: dict[str, str] = {
    "value": mark("實際值"),
    "planned": mark("應達值"),
    "achievement": mark("達成度"),
    "score": mark("得分"),
    "coverage": mark("資料涵蓋率"),
    "missing": mark("缺漏類別"),
    "light": mark("燈號"),
    "reason": mark("燈號理由"),
    "band": mark("級距"),
    "green": mark("達成數"),
    "yellow": mark("注意數"),
    "red": mark("落後數"),
    "white": mark("無法判定數"),
}


SUBJECTS: dict[str, str] = {
    "measure": mark("指標 {code}（衡量標準 {measure}）"),
    "kpi": mark("指標 {code}"),
    "objective": mark("策略目標 {code}"),
    "theme": mark("主題 {code}"),
    "perspective": mark("構面 {code}"),
    "plan": mark("整份計畫"),
    "agency": mark("機關彙整"),
}
Figure = float | str | None


def recompute_line(key: str, lang: Language = "zh-Hant", **fields: object) -> str:
    """Return a line about recomputing."""
    return say(SENTENCES[key], lang, **fields)


def drift_line(
    *,
    agency: str,
    plan: str,
    kind: str,
    code: str,
    measure: int | None,
    period: str,
    state: str,
    fields: Sequence[Mapping[str, Figure]],
    lang: Language = "zh-Hant",
) -> str:
    """Return a stored result that is not what it should be, in one line."""
    told = [_differs(one, lang) for one in fields] or [say(SENTENCES[state], lang)]
    return say(
        SENTENCES["drift"],
        lang,
        agency=agency,
        plan=plan,
        subject=say(SUBJECTS[kind], lang, code=code, measure=measure),
        period=period,
        what="；".join(told) if lang == "zh-Hant" else "; ".join(told),
    )


def _differs(apart: Mapping[str, Figure], lang: Language) -> str:
    field = str(apart["field"])
    return say(
        SENTENCES["differs"],
        lang,
        field=say(FIELDS[field], lang),
        stored=_figure(field, apart["stored"], lang),
        computed=_figure(field, apart["computed"], lang),
    )


def _figure(field: str, figure: Figure, lang: Language) -> str:
    if figure is None:
        return say(SENTENCES["absent"], lang)
    if not isinstance(figure, str):
        return f"{figure:.12g}"
    if field == "light":
        return name_light(cast("Colour", figure), lang)
    return tell_reason(cast("LightReason", figure), lang)


def time_left(seconds: float) -> str:
    """Return a span of time as minutes and seconds.

    >>> time_left(75.2)
    '1:15'
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
