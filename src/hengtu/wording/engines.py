"""What of a result an engine may differ in, in words."""

from __future__ import annotations

from hengtu.wording.catalogue import Language, mark, say

FIELDS: dict[str, str] = {
    "value": mark("數值"),
    "missing": mark("缺漏種類"),
    "light": mark("燈號"),
    "achievement": mark("達成度"),
    "score": mark("得分"),
    "grade": mark("等第"),
    "distance": mark("距目標"),
}


def name_field(field: str, lang: Language = "zh-Hant") -> str:
    """Return the name of a field of a result.

    >>> name_field("light")
    '燈號'
    """
    return say(FIELDS[field], lang)
