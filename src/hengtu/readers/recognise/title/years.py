"""The years for which a document sets targets, from the headings of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengtu.core.hanzi import halve
from hengtu.core.paper import Paper, Row
from hengtu.core.periods import read_roc_year
from hengtu.readers.recognise.indicators.columns import read_header, spread

_TARGET = re.compile(r"目標值?|預定|預期|預計")
_ACTUAL = re.compile(r"實際|實績|現況|達成|執行|決算")
_MONEY = re.compile(r"預算|經費|金額|概算")
_LONGEST = 24


def target_years(paper: Paper) -> tuple[int, ...]:
    """Return the ROC years of the target columns of all tables, in rising order."""
    years: set[int] = set()
    for table in paper.tables:
        for at, row in enumerate(table.rows):
            below = table.rows[at + 1] if at + 1 < len(table.rows) else None
            years.update(_years_of(row, below))
    return tuple(sorted(years or _headed_years(paper)))


def _headed_years(paper: Paper) -> Iterator[int]:
    """Yield the years of indicator tables that print years without saying what they hold."""
    for table in paper.tables:
        for at in range(len(table.rows)):
            if header := read_header(table.rows, at):
                yield from (
                    y.roc_year for y in header[0].years if y.roc_year and y.kind == "target"
                )


def _years_of(row: Row, below: Row | None) -> Iterator[int]:
    if "標" not in row.raw and "預" not in row.raw:
        return
    group = ""
    texts = [_words(text) for text in spread(row)]
    details = spread(below) if below else []
    if not any(_TARGET.search(text) and len(text) <= _LONGEST for text in texts):
        return
    for column in range(max(len(texts), len(details))):
        own = texts[column] if column < len(texts) else ""
        group = own or group
        if len(group) > _LONGEST or not _is_target(group):
            continue
        detail = _words(details[column]) if column < len(details) else ""
        plain = re.fullmatch(r"(?:民國)?\d{2,4}(?:年度?)?(?:目標值?)?", detail)
        year = read_roc_year(re.sub(r"[^\d年度]", "", own)) if re.search(r"\d", own) else None
        year = year or (read_roc_year(re.sub(r"目標值?", "", detail)) if plain else None)
        if year and year >= 60:
            yield year


def _is_target(words: str) -> bool:
    return bool(_TARGET.search(words)) and not (_ACTUAL.search(words) or _MONEY.search(words))


def _words(text: str) -> str:
    return re.sub(r"[\s\u3000]", "", halve(text))
