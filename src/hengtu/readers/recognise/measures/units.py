"""Units as agencies write them: 件 and 件數 are one unit, 件 and % are two."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from hengtu.core.amounts import fold

_UNIT_LINE = re.compile(r"[(（]?\s*(?:計量|衡量|量測)?單\s*位\s*[:：]\s*([^()（）]*?)\s*[)）]?\s*$")
COUNTED = (
    "人次|場次|班次|家次|件次|冊次|戶次|車次|小時|分鐘|個月|人|件|次|場|戶|日|天|篇|則|張|支|案"
    "|項|份|家|處|班|梯|冊|所|座|本|輛|棵|株|隊|組|門|台|臺|月|週"
)
_SCALES = "(?:億|千萬|百萬|十萬|萬|[千仟]|百)?"
_MEASURED = "元|度|分|公噸|公斤|公升|公頃|公里|公尺|平方公尺|立方公尺|毫克|微克|噸|坪|位|名"
_NAME_UNIT = re.compile(
    rf"({COUNTED})數(?:量)?$|((?:人|場|班|家|件|戶)次)$|(時)數$"
    rf"|[（(](?:單位[:：])?([%％‰]|{_SCALES}(?:{COUNTED}|{_MEASURED})(?:[/／][\u4e00-\u9fff]{{1,4}})?)[)）]$"
)
_WHOLE = re.compile(rf"(?:{COUNTED})數$|^(?:{COUNTED}|%)$")
_INDEX = re.compile(r"^[(（]?\d+[.、)）]")
_UNIT_END = re.compile(rf"(?:{COUNTED}|%)數?")
_MOST_PLACES = 12
_SCALE = re.compile(r"(?:億|千萬|百萬|十萬|萬|[千仟]|百)(?=[元人件次張份戶冊公噸度])")
_MARKS = re.compile(r"\s*[、,，;；/／]\s*")
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
    counted = re.search(rf"({COUNTED}|時)數?(?:量)?$", words)
    word = counted[1] if counted else words
    return _SYNONYMS.get(word, word)


def same_unit(one: str, other: str | None) -> bool:
    """Whether two printed units mean the same.

    >>> same_unit("件", "件數"), same_unit("件", "%"), same_unit("元", "萬元")
    (True, False, False)
    """
    if other is None or _scale(one) != _scale(other):
        return False
    first, second = stem(one), stem(other)
    return first == second or bool(first and second and (first in second or second in first))


def _scale(unit: str) -> str:
    found = _SCALE.search(re.sub(r"\s", "", fold(unit)))
    return found[0].replace("仟", "千") if found else ""


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
    >>> share_units("篇數 則 數 寄送次 數", 3)
    ('篇數', '則數', '寄送次數')
    """
    if not printed:
        return (None,) * count
    if count == 1:
        return (printed,)
    if len(words := _words(_MARKS, printed)) == count:
        return words
    words = _words(_SEPARATORS, printed)
    if len(words) == count and all(map(_WHOLE.search, words)):
        return words
    if cut := _cut(re.sub(r"\s", "", printed), count):
        return cut
    return words if len(words) == count else (printed,) * count


def _words(separator: re.Pattern[str], printed: str) -> tuple[str, ...]:
    bare = (_INDEX.sub("", re.sub(r"\s", "", word)) for word in separator.split(printed))
    return tuple(word for word in bare if word)


def _cut(joined: str, count: int) -> tuple[str, ...] | None:
    """Cut words that lost the blanks between them, so that each ends in a unit, or return None."""
    ends = {found.end() for found in _UNIT_END.finditer(joined)} - {len(joined)}
    places = sorted(end for end in ends if joined[end] != "數")
    if not count - 1 <= len(places) <= _MOST_PLACES:
        return None
    for cuts in combinations(places, count - 1):
        words = [joined[a:b] for a, b in pairwise((0, *cuts, len(joined)))]
        if all(_WHOLE.search(word) for word in words):
            return tuple(words)
    return None


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
