"""Units as agencies write them: 件 and 件數 are one unit, 件 and % are two."""

from __future__ import annotations

import re

from hengtu.core.amounts import fold

_UNIT_LINE = re.compile(r"[(（]?\s*(?:計量|衡量|量測)?單\s*位\s*[:：]\s*([^()（）]*?)\s*[)）]?\s*$")
_COUNTED = (
    "人次|場次|班次|家次|件次|冊次|戶次|車次|小時|分鐘|個月|人|件|次|場|戶|日|天|篇|則|張|支|案"
    "|項|份|家|處|班|梯|冊|所|座|本|輛|棵|株|隊|組|門|台|臺|月|週"
)
_NAME_UNIT = re.compile(
    rf"({_COUNTED})數(?:量)?$|((?:人|場|班|家|件|戶)次)$|(時)數$|(?:[（(]\s*(%|{_COUNTED})\s*[)）])$"
)
_SEPARATORS = re.compile(r"[\s、,，;；/／]+")
_SYNONYMS = {
    "天": "日",
    "時": "小時",
    "鐘頭": "小時",
    "百分比": "%",
    "％": "%",
    "台": "臺",
    "仟元": "千元",
    "個": "項",
}


def stem(unit: str) -> str:
    """Return the bare unit word: 件數 → 件, 寄送次數 → 次, ％ → %.

    >>> stem("日數"), stem("寄送次數"), stem("％")
    ('日', '次', '%')
    """
    words = (
        re.sub(r"\s", "", fold(unit)).removesuffix("/年").removesuffix("/月").removesuffix("/季")
    )
    counted = re.search(rf"({_COUNTED}|時)數?(?:量)?$", words)
    word = counted[1] if counted else words
    return _SYNONYMS.get(word, word)


def same_unit(one: str, other: str | None) -> bool:
    """Whether two printed units mean the same.

    >>> same_unit("件", "件數"), same_unit("件", "%"), same_unit("場", "場次")
    (True, False, True)
    """
    if other is None:
        return False
    first, second = stem(one), stem(other)
    return first == second or bool(first and second and (first in second or second in first))


def take_unit(text: str) -> tuple[str, str | None]:
    """Return a cell without its closing ``單位：…`` and the words after it.

    >>> take_unit("會議次數/年 單位：次數")
    ('會議次數/年', '次數')
    """
    found = _UNIT_LINE.search(text)
    if not found:
        return text, None
    return text[: found.start()].rstrip(" \t\u3000,，;；。(（"), found[1].strip(" 。.;；") or None


def share_units(printed: str | None, count: int) -> tuple[str | None, ...]:
    """Return a unit for each of ``count`` measures: one each in order, or one for all.

    >>> share_units("張、支", 2), share_units("%", 2), share_units(None, 2)
    (('張', '支'), ('%', '%'), (None, None))
    """
    if not printed:
        return (None,) * count
    words = [word for word in _SEPARATORS.split(printed) if word]
    words = [re.sub(r"^[(（]?\d+[.、)）]", "", word) or word for word in words]
    return tuple(words) if count > 1 and len(words) == count else (printed,) * count


def unit_in_name(name: str) -> str | None:
    """Return the unit that a name ends in: 申請件數 → 件, 學習時數 → 小時.

    >>> unit_in_name("登記件 數"), unit_in_name("辦結率")
    ('件', None)
    """
    found = _NAME_UNIT.search(re.sub(r"\s", "", name))
    return (
        "小時"
        if found and found[3]
        else next((g for g in found.groups() if g), None)
        if found
        else None
    )
