"""Whether a document's indicator tables are those of a multi-year plan or scorecards."""

from __future__ import annotations

import re

from hengtu.core.codes import read_code
from hengtu.core.paper import Paper
from hengtu.readers.recognise.title.page import content_kind, title_kind

_ACTIONS = re.compile(r"^(?:行動|執行|推動)?(?:方案|計畫)(?:名稱)?$|預算|經費")
_MOST_LETTERED = 0.1


def is_multi_year(paper: Paper) -> bool:
    """Whether the document is a multi-year plan whose indicators carry no lettered codes.

    A plan with lettered codes (AC1.1), or with actions and money beside its indicators, prints scorecards
    whatever its title says.
    """
    kind = title_kind(paper) or content_kind(paper)
    return kind == "midterm" and not _is_lettered(paper) and not _has_actions(paper)


def _is_lettered(paper: Paper) -> bool:
    rows = [row for table in paper.tables for row in table.rows]
    lettered = sum(1 for row in rows if any(read_code(text) for text in row.texts))
    return bool(rows) and lettered > len(rows) * _MOST_LETTERED


def _has_actions(paper: Paper) -> bool:
    heads = [row for table in paper.tables for row in table.rows[:2] if len(row.cells) > 2]
    return any(
        sum(1 for text in row.texts if _ACTIONS.search(re.sub(r"\s", "", text))) > 0
        and any("指標" in text or "KPI" in text for text in row.texts)
        for row in heads
    )
