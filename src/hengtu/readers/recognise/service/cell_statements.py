"""Several statements in one cell: numbered ones, and ones whose line break was lost."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hengtu.core.hanzi import CJK, halve, unwrap

_NUMBERED = re.compile(
    r"(?:^|(?<=[\s。；;:：]))(?:[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|\d{1,2}\s?[.、．](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,3}、)\s*"
)
_FIRST = re.compile(r"^[(（]?(?:1|一|①)(?!\d|[一二三四五六七八九十])")
_BREAK = re.compile(rf"(?<=[{CJK}」）)])[ \t\u3000\n]+(?=[{CJK}「])")
_VERB = re.compile(
    r"^(?:辦理|參加|參與|推動|訂定|研擬|研訂|擬訂|擬定|修訂|修正|定期|檢討|檢視|檢核|加強|列印|更新|建立|建置|提供|協助|配合|宣導|執行|彙整|彙編|彙辦|"
    r"召開|填報|填列|製作|製發|蒐集|成立|督導|通知|登錄|規劃|完成|落實|持續|強化|設置|舉辦|提報|陳報|陳核|函送|函報|函請|清查|清點|盤點|抽查|抽檢|查核|"
    r"稽核|巡查|追蹤|統計|分析|發布|發送|編印|編製|編列|輔導|訪視|受理|審查|審核|公告|公布|核發|核定|維護|汰換|採購|招標|驗收|撰寫|評估|評核|"
    r"每[日週周月季年]|每半年|按[日週月季年]|於每)"
)
_DANGLING = re.compile(r"[、，,及與和或並且而為之的於以等對在從由將把及其至到向依]$")
_CLAUSE = re.compile(r"[，,；;：:、。「」（）()]")
_WORK = (
    r"(?:更新|檢討|檢核|檢視|召開|辦理|彙整|陳報|提報|填報|公布|發布|統計|抽查|稽核|清查|盤點|巡查|追蹤|"
    r"維護|宣導|查核|函報|函送)"
)
_NEXT_BY_TIME = re.compile(
    rf"(?<=.{{6}})(?=(?:每[日週周月季年]|每半年|按[日週月季年])(?:定期)?{_WORK}.{{2}})"
)
_NEXT_BY_VERB = re.compile(
    r"(?<=.{10}(?:獎勵|制度|計畫|辦法|清冊|名冊|報告|措施|機制|規定|要點|方案))"
    r"(?=(?:參加|召開|舉辦|製作|彙編|撰寫|修訂|訂定).{6})"
)
_BOUND = re.compile(r"[依按照對向由就請使讓將於給]")
_FULL_STOP = re.compile(r"(?<=[。；;！])[ \t\u3000\n]+(?=[^\s)）」』】])")


def split_numbered(text: str) -> list[str]:
    """Return the numbered statements of a cell without their numbers; one statement when there are none.

    >>> split_numbered("1. 訂定計畫。 2. 彙整成果。")
    ['訂定計畫。', '彙整成果。']
    >>> split_numbered("依1.5版辦理")
    ['依1.5版辦理']
    """
    stripped = text.strip()
    folded = halve(stripped)
    marks = list(_NUMBERED.finditer(folded))
    if len(marks) < 2 or marks[0].start() != 0 or not _FIRST.match(folded) or not _rising(marks):
        return [unwrap(stripped)] if stripped else []
    ends = [mark.start() for mark in marks[1:]] + [len(stripped)]
    parts = [unwrap(stripped[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    return [part for part in parts if part]


def _rising(marks: list[re.Match[str]]) -> bool:
    """Whether the second mark is a two: otherwise the numbers belong to the words."""
    return re.match(r"^[(（]?(?:2|二|②)(?!\d|[一二三四五六七八九十])", marks[1][0]) is not None


def split_sentences(text: str) -> list[str]:
    """Return the statements of a cell between which a blank after 。 stands for a lost line break.

    >>> split_sentences("加強訓練，以利服務。 主動引導民眾。")
    ['加強訓練，以利服務。', '主動引導民眾。']
    """
    return [part for piece in _FULL_STOP.split(text.strip()) if (part := unwrap(piece))]


def wraps_often(rows: Iterable[Iterable[str]]) -> bool:
    """Whether the cells of a table carry blanks from line wraps, so that a blank says nothing about meaning."""
    texts = [text for row in rows for text in row if len(text) >= 8]
    broken = sum(
        1
        for text in texts
        if any(not _VERB.match(text[hit.end() :]) for hit in _BREAK.finditer(text))
    )
    return broken >= 3 and broken * 20 > len(texts)


def split_contents(text: str, *, wraps: bool) -> tuple[list[str], bool]:
    """Return the work contents of a cell, and whether a blank alone told them apart.

    A blank parts two contents when both sides are phrases of at least six characters that begin with a verb of
    work and no clause mark stands in the cell; ``wraps`` says that blanks mean nothing in this table.

    >>> split_contents("列印名冊逐戶訪查 每月更新資料庫", wraps=False)
    (['列印名冊逐戶訪查', '每月更新資料庫'], True)
    >>> split_contents("辦理教育 訓練", wraps=False)
    (['辦理教育訓練'], False)
    """
    numbered = split_numbered(text)
    if len(numbered) != 1:
        return numbered, False
    sentences = split_sentences(text)
    if len(sentences) > 1:
        return sentences, True
    parts = [unwrap(part) for part in _BREAK.split(text.strip())]
    whole = len(parts) > 1 and not wraps and not re.search(r"[，,；;：:]", text)
    if whole and all(
        len(part) >= 6 and _VERB.match(part) and not _DANGLING.search(part) for part in parts
    ):
        return parts, True
    if ran_on := _split_run_on(numbered[0]):
        return ran_on, True
    return numbered, False


def _split_run_on(text: str) -> list[str]:
    """Return two contents that stand without any mark or blank between them, or nothing.

    The first is a phrase that begins with a verb of work and binds nothing that follows; the second begins with
    a timing and its verb, or, after the name of a document or scheme, with a verb that opens new work.
    """
    if _CLAUSE.search(text) or not _VERB.match(text) or re.match(r"[每按]", text):
        return []
    for pattern in (_NEXT_BY_TIME, _NEXT_BY_VERB):
        if (found := pattern.search(text)) and not _BOUND.search(text[: found.start()]):
            return [text[: found.start()], text[found.start() :]]
    return []
