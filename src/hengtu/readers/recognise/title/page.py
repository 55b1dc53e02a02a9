"""The head of a document: the lines before its first chapter or table, and what its title says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengtu.core.hanzi import unwrap
from hengtu.core.paper import Line, Paper
from hengtu.core.periods import read_roc_years
from hengtu.core.plan import PlanKind
from hengtu.core.source import Place
from hengtu.readers.recognise.narrative.tree import chapter_mark, is_page_number

_HEAD_LINES = 14
_TITLE_WORDS = re.compile(
    r"計畫|策略地圖|計分卡|施政|方案|報告|績效|目標|簡報|作業|管制表|指標|要點|白皮書|手冊|綱要"
)
_KINDS: tuple[tuple[PlanKind, re.Pattern[str]], ...] = (
    (
        "service_quality",
        re.compile(r"服務品質|為民服務|服務躍升|服務精進|服務創新|優質服務|便民服務"),
    ),
    ("strategy_map", re.compile(r"策略地圖|計分卡|關聯圖|平衡計分")),
    (
        "midterm",
        re.compile(
            r"中程|中長程|四年|施政計畫|施政綱要|施政績效|策略績效|施政目標|績效計畫|發展計畫"
        ),
    ),
)
_SENTENCE = re.compile(r"[。；;！？]")


def head_lines(paper: Paper) -> Iterator[tuple[Place, str]]:
    """Yield the lines of the title page with their places: up to the first chapter, table or sentence.

    A table that opens the document may carry the title in a row of its own.
    """
    count = 0
    for block in paper.blocks:
        if isinstance(block, Line):
            text = unwrap(block.text)
            count += 1
            if (
                count > _HEAD_LINES
                or chapter_mark(text)
                or (_SENTENCE.search(text) and len(text) > 40)
            ):
                return
            if not is_page_number(text):
                yield block.place, text
        else:
            for row in block.rows[:2]:
                filled = [text for text in row.texts if text]
                if len(filled) != 1 or count:
                    return
                yield row.place, unwrap(filled[0])
            if count:
                return


def is_title(text: str) -> bool:
    """Whether a line of the head can be the title of a plan or part of one."""
    return _TITLE_WORDS.search(text) is not None and len(text) <= 60 and not _SENTENCE.search(text)


def title_kind(paper: Paper) -> PlanKind | None:
    """Return the kind of plan that the head names, or None."""
    head = " ".join(text for _, text in head_lines(paper))
    found = [(m.start(), kind) for kind, pattern in _KINDS if (m := pattern.search(head))]
    return min(found)[1] if found else None


def content_kind(paper: Paper) -> PlanKind:
    """Return the kind of plan that the words of the whole document speak for."""
    counts: dict[PlanKind, int] = dict.fromkeys((kind for kind, _ in _KINDS), 0)
    extra: tuple[tuple[PlanKind, re.Pattern[str]], ...] = (
        ("service_quality", re.compile(r"實施要領|執行方法|作業時程|管制表")),
        ("strategy_map", re.compile(r"構面|策略主題|KSF|(?<![A-Z])[A-Z][CPLF]\d")),
        ("midterm", re.compile(r"共同性(?:目標|指標)|評估體制|關鍵策略目標|未來四年")),
    )
    for _, text in paper.texts():
        for kind, pattern in (*_KINDS, *extra):
            counts[kind] += len(pattern.findall(text))
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] else "strategy_map"


def head_years(paper: Paper) -> tuple[int, ...]:
    """Return the ROC years that the title speaks of, a span filled in; not those of dates.

    A title without years leaves it to the other lines of the head.
    """
    texts = [
        re.sub(r"\d{2,4}\s*年\s*\d{1,2}\s*月.*|\d{2,4}[./]\d{1,2}[./]\d{1,2}.*", "", text)
        for _, text in head_lines(paper)
    ]
    titles = [text for text in texts if is_title(text)]
    for text in (*titles, *texts):
        if years := read_roc_years(text):
            return tuple(year for year in years if 60 <= year <= 199)
    return ()
