"""The goals that a narrative plan lists under its goal chapters, with their strategies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hengtu.core.hanzi import unwrap
from hengtu.core.plan import GoalKind, ObjectiveStrategy
from hengtu.core.source import Source
from hengtu.readers.recognise.narrative.tree import Node
from hengtu.readers.recognise.sightings import ObjectiveSighting

PERSPECTIVE_WORDS = frozenset(
    {
        "業務成果",
        "行政效率",
        "服務效能",
        "財務管理",
        "組織學習",
        "顧客",
        "內部流程",
        "學習成長",
        "學習與成長",
        "財務",
        "員工學習",
        "員工學習與成長",
        "公共價值",
        "行政效能",
        "服務品質",
        "人力資源",
        "人才培育",
        "預算成本",
        "內部程序",
        "行政管理",
        "利害關係人",
        "民眾",
        "服務對象",
        "經費管理",
        "資源管理",
        "組織成長",
        "創新學習",
        "市民",
        "政策成果",
    }
)
_COMMON = re.compile(r"共同性?(?:策略|績效|施政)?目標")
_KEY = re.compile(r"(?:關鍵|重點|個別性?)(?:策略|績效|施政)?目標")
_GOALS = re.compile(r"(?:策略|績效|施政)目標")
_NOT_GOALS = re.compile(r"指標|目標值|衡量|達成|檢討|執行成果|一覽|對照")
_SHARE = re.compile(r"[\s,，、:：]*\d{1,3}(?:\.\d+)?\s*[%％]$")
_WEIGHT = re.compile(
    r"\s*[(（]\s*(?:(?:權重|占|佔|配分)\s*[:：]?\s*)?\d{1,3}(?:\.\d+)?\s*[%％分]\s*[)）]$"
)
_BRACKET = re.compile(r"\s*[（(【〔\[]\s*([^（）()【】〔〕\[\]]{2,10})\s*[)）】〕\]]\s*$")
_SUFFIX = re.compile(r"(?:面向|構面|層面|方面)$")


def perspective_word(text: str) -> str | None:
    """Return the perspective a text names and nothing else, or None.

    >>> perspective_word("業務成果面向")
    '業務成果'
    >>> perspective_word("附件") is None
    True
    """
    word = _SUFFIX.sub("", re.sub(r"[\s\u3000]", "", text))
    said = word != re.sub(r"[\s\u3000]", "", text)
    return word if word in PERSPECTIVE_WORDS or (said and 2 <= len(word) <= 8) else None


def split_bracket(name: str, known: Iterable[str] = ()) -> tuple[str, str | None]:
    """Return a goal's name without the perspective in its last bracket, and that perspective.

    >>> split_bracket("提升審查品質（業務成果）")
    ('提升審查品質', '業務成果')
    >>> split_bracket("提升審查品質（業務成果面向，20%）")
    ('提升審查品質', '業務成果')
    >>> split_bracket("推動宣導（含新住民）")
    ('推動宣導（含新住民）', None)
    """
    found = _BRACKET.search(name)
    if not found:
        return name, None
    inside = _SHARE.sub("", unwrap(found[1]))
    word = perspective_word(inside) or (inside if inside in known else None)
    return (name[: found.start()].strip(), word) if word else (name, None)


def without_weight(name: str) -> str:
    """Return a name without the weight in its last bracket.

    >>> without_weight("提升審查品質（40%）")
    '提升審查品質'
    """
    return _WEIGHT.sub("", name) or name


def shared_brackets(names: Sequence[str]) -> frozenset[str]:
    """Return the bracketed words that are perspectives because every goal of the list ends with one."""
    inside = [unwrap(found[1]) for name in names if (found := _BRACKET.search(name))]
    whole = len(names) > 2 and len(inside) == len(names) and len(set(inside)) < len(inside)
    return frozenset(inside) if whole else frozenset()


def goal_kind(title: str) -> GoalKind | None:
    """Return which kind of goals or indicators a title speaks of, None when it tells both or none."""
    common, key = "共同" in title, re.search("關鍵|重點|個別性", title) is not None
    if common == key:
        return None
    return "common" if common else "key"


def find_goals(forest: Sequence[Node]) -> Iterator[ObjectiveSighting]:
    """Yield every goal listed under a chapter of goals, in reading order."""
    for node in forest:
        deeper = list(find_goals(node.children))
        if deeper or not _lists_goals(node):
            yield from deeper
        else:
            yield from _goals_of(node)


def _lists_goals(node: Node) -> bool:
    title = re.sub(r"\s", "", node.text)
    if len(title) > 30 or _NOT_GOALS.search(title) or not node.children:
        return False
    if _COMMON.search(title) and _KEY.search(title):
        return False
    return bool(_COMMON.search(title) or _KEY.search(title) or _GOALS.search(title))


def _goals_of(chapter: Node) -> Iterator[ObjectiveSighting]:
    kind: GoalKind | None = "common" if _COMMON.search(chapter.text) else None
    kind = kind or ("key" if _KEY.search(chapter.text) else None)
    for node in chapter.children:
        perspective = perspective_word(node.text)
        if perspective and node.children:
            for goal in _sightings(node.children, kind):
                yield replace(goal, perspective=goal.perspective or perspective)
    plain = [node for node in chapter.children if not perspective_word(node.text)]
    yield from _sightings(plain, kind)


def _sightings(nodes: Sequence[Node], kind: GoalKind | None) -> Iterator[ObjectiveSighting]:
    known = shared_brackets([without_weight(node.text) for node in nodes])
    for node in nodes:
        name, perspective = split_bracket(without_weight(_title(node)), known)
        yield ObjectiveSighting(
            code=None,
            name=name,
            place="outline",
            perspective=perspective,
            kind=kind,
            strategies=tuple(_strategies(node)),
            source=_source(node),
        )


def _title(node: Node) -> str:
    """Return the goal's name; what follows a colon is its explanation."""
    head, colon, rest = node.text.partition("：")
    return head if colon and rest and len(head) >= 4 else node.text.rstrip("。：:")


def _strategies(node: Node) -> Iterator[ObjectiveStrategy]:
    for child in node.children:
        yield ObjectiveStrategy(no=child.no, text=child.text, source=_source(child))


def _source(node: Node) -> Source:
    return Source.at(*(line.place for line in node.lines), raw=unwrap(node.lines[0].text))
