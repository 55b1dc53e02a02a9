"""One name from several printings, and what kind of difference each other printing shows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal

from hengtu.readers.recognise.structure.lookalikes import alike, differing

Difference = Literal["added", "dropped", "misread", "wording"]

_MARKS = re.compile(r"[\s\u3000，。、；：,.;:·‧「」『』（）()【】\-－–—~～!！?？]+")
# Words that writers leave out or put in at will: their absence is wording, not damage.
_LIGHT_TEXT = """
    各 本 之 的 及 與 和 等 其 暨 並 或 新 再 更 本府 本市 本縣 本局 本處 本所 本區 本會
    全市 全體 全面 各項 相關 推動 辦理 落實 加強 強化 提升 提高 促進 積極 持續 有效 精進
    推展 執行 實施 機關 業務 作業 工作 計畫 服務 人員 民眾 市民 同仁 以及 年度
"""
_LIGHT = frozenset(_LIGHT_TEXT.split())


def letters(text: str) -> str:
    """Return a name's letters alone: one width, no blanks, no marks."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text).replace("台", "臺"))


def choose_name(names: Sequence[tuple[str, int]]) -> str:
    """Return the name that most printings carry; a tie goes to the heavier place, then to the longer name.

    ``names`` are (name, weight of its place) in the order of printing.

    >>> choose_name([("提升生活報送性", 1), ("提升生活報送正確性", 1), ("提升生活報送正確性", 2)])
    '提升生活報送正確性'
    """
    counted = Counter(letters(name) for name, _ in names)
    weight: dict[str, int] = {}
    for name, weighs in names:
        weight[letters(name)] = max(weighs, weight.get(letters(name), 0))
    best = max(counted, key=lambda key: (counted[key], weight[key], len(key)))
    forms = [(name, weighs) for name, weighs in names if letters(name) == best]
    return max(forms, key=lambda form: form[1])[0]


def compare_names(printed: str, chosen: str, *, attested: int) -> Difference | None:
    """Return how a printed name differs from the chosen one, None when only marks differ.

    ``attested`` is how often the chosen name is printed: once is no proof of damage in the other.

    >>> compare_names("提升報送性", "提升報送正確性", attested=2)
    'dropped'
    >>> compare_names("管控員額成長", "管控本府員額成長", attested=2)
    'wording'
    """
    one, other = letters(printed), letters(chosen)
    if one == other:
        return None
    if attested < 2:
        return "wording"
    if len(one) == len(other):
        pairs = differing(one, other)
        return "misread" if len(pairs) == 1 and alike(*pairs[0]) else "wording"
    shorter, longer = sorted((one, other), key=len)
    gap = _gap(shorter, longer)
    if gap is None or not 0 < gap[0] < len(shorter) or len(gap[1]) > 2 or gap[1] in _LIGHT:
        return "wording"
    if len(one) < len(other):
        return "dropped"
    return "added" if len(gap[1]) == 1 or _stutters(gap, longer) else "wording"


def _gap(shorter: str, longer: str) -> tuple[int, str] | None:
    """Return where one run of characters stands in the longer text alone, or None when more differs."""
    blocks = [
        (tag, i, j1, j2)
        for tag, i, _, j1, j2 in SequenceMatcher(
            None, shorter, longer, autojunk=False
        ).get_opcodes()
        if tag != "equal"
    ]
    if len(blocks) != 1 or blocks[0][0] != "insert":
        return None
    _, place, start, end = blocks[0]
    return place, longer[start:end]


def _stutters(gap: tuple[int, str], longer: str) -> bool:
    """Whether the added run repeats what stands beside it."""
    place, run = gap
    return (
        longer[place - len(run) : place] == run
        or longer[place + len(run) : place + 2 * len(run)] == run
    )
