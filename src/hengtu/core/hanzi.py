"""Chinese text as files carry it: blanks from line wraps, full and half width, final marks."""

from __future__ import annotations

import re
import unicodedata

CJK = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
CJK_MARKS = "\u3001-\u3003\u3008-\u3020\uff01-\uff60\uffe0-\uffe6「」『』【】〔〕（）－—…·．、，。；：！？％"
_WRAP = re.compile(rf"(?<=[{CJK}{CJK_MARKS}])[ \t\u3000]+(?=[{CJK}{CJK_MARKS}])")
_WRAP_ANY = re.compile(rf"(?<=[{CJK}{CJK_MARKS}])[ \t\u3000]+|[ \t\u3000]+(?=[{CJK}{CJK_MARKS}])")
_BLANKS = re.compile(r"[\s\u3000]+")


def unwrap(text: str) -> str:
    """Take out blanks between Chinese characters, which are line wraps; other blanks become one.

    >>> unwrap("提高員工 職舍配住率")
    '提高員工職舍配住率'
    >>> unwrap("使用 LINE 官方 帳號")
    '使用 LINE 官方帳號'
    """
    return _WRAP.sub("", _BLANKS.sub(" ", text)).strip()


def squeeze(text: str) -> str:
    """Take out every blank that touches a Chinese character, and blanks at the ends.

    >>> squeeze("接受 4 小時(含) 以上 UCLG ASPAC")
    '接受4小時(含)以上UCLG ASPAC'
    """
    return _WRAP_ANY.sub("", _BLANKS.sub(" ", text)).strip()


def bare(text: str) -> str:
    """Return the text for comparison: no white space, one width, no final marks.

    >>> bare(" 完備門牌 編釘。") == bare("完備門牌編釘")
    True
    """
    folded = unicodedata.normalize("NFKC", text)
    folded = _BLANKS.sub("", folded).replace("－", "-").replace("–", "-")
    return folded.rstrip("。.;；,，、:：")


def halve(text: str) -> str:
    """Fold full-width letters, digits and operators to half width, keeping Chinese marks.

    >>> halve("１０５ＡＰ１％")
    '105AP1%'
    """
    return "".join(
        unicodedata.normalize("NFKC", ch)
        if "\uff10" <= ch <= "\uff19"
        or "\uff21" <= ch <= "\uff3a"
        or "\uff41" <= ch <= "\uff5a"
        or ch in "％＋＝＜＞．／＊"
        else ch
        for ch in text
    )


def has_hanzi(text: str) -> bool:
    """Whether any Chinese character is in the text."""
    return re.search(f"[{CJK}]", text) is not None
