"""Which tables of a document are strategy maps, and which rows belong to each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from hengtu.core.hanzi import has_hanzi, squeeze
from hengtu.core.paper import Line, Paper, Row, Table
from hengtu.readers.recognise.maps.cells import (
    holds_objectives,
    read_label,
    read_perspective,
    read_theme,
)
from hengtu.readers.recognise.scorecards.columns import read_columns

_SCORECARD = re.compile(
    r"KPI|KSF|指標|(?:衡量|績效|評核)項目|衡量標準|指標名稱|指標編號|目標值|實際值|實績值|行動(?:方案|計畫)|關鍵成功因素|計算公式|計量單位|預算數?[(（]|所需經費|^(?:\d{2,3}年度?)?(?:預算|經費)"
)
_PAGE_NUMBER = re.compile(r"^[-－—\s]*(?:第\s*)?\d{1,3}\s*(?:頁)?[-－—\s]*$|^.{0,20}[(（]續[)）]$")
_KPI_CODE = re.compile(r"\b[A-Z]{2}\d{1,2}\s?\.\s?\d")
_COLUMN = re.compile(
    r"(?:目標|指標|說明|內容|定義|備註|權重|單位|標準|項目|方式|公式|比重|數|人|值|年度?|月|措施|方案|作法|情形|成果)$"
)
_MOST_ROWS = 200
_LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class MapTable:
    """The rows of one map, with the numbers of the first and last block they stand in."""

    rows: tuple[Row, ...]
    first: int
    last: int

    @property
    def header(self) -> Row | None:
        """The row that names the themes (or, in a map with a theme per row, the perspectives)."""
        return _header_of(self.rows)


def find_map_tables(paper: Paper) -> tuple[MapTable, ...]:
    """Return the map tables, the parts of a table that a page break split joined again."""
    return tuple(made for run in _runs(paper) if (made := _made(run)) is not None)


def is_scorecard_header(row: Row) -> bool:
    """Whether a row heads a scorecard: two or more of its cells name columns that no map has."""
    named = (text for text in row.texts if text and not holds_objectives(text))
    alien = sum(1 for text in named if _SCORECARD.search(squeeze(text)))
    return alien >= 2 or (alien == 1 and read_columns([row], 0) is not None)


def is_map_header(row: Row) -> bool:
    """Whether a row names themes across the page, or perspectives across it."""
    texts = [text for text in row.texts if text]
    if len(texts) < 2 or any(holds_objectives(text) for text in texts):
        return False
    labelled = read_label(texts[0]) in ("theme", "perspective", "objective")
    themes = {
        theme.code for text in texts if not read_perspective(text) and (theme := read_theme(text))
    }
    perspectives = sum(1 for text in texts if read_perspective(text))
    return (
        len(themes) >= 2
        or perspectives >= 3
        or (labelled and read_label(texts[0]) == "theme")
        or bool(labelled and (themes or perspectives >= 2))
    )


def _header_of(rows: tuple[Row, ...]) -> Row | None:
    """Return the header; themes without letters are known by the perspective row beneath them."""
    lettered = next((row for row in rows if is_map_header(row)), None)
    if lettered is not None:
        return lettered
    spoken = (row for row in rows if not _is_label_row(row))
    above = next((pair for pair in pairwise(spoken) if _is_perspective_row(pair[1])), None)
    return above[0] if above and _names_themes(above[0]) else None


def _is_label_row(row: Row) -> bool:
    """Whether a row prints column words alone: 構面 and 策略目標."""
    return len(row.texts) > 1 and all(read_label(text) for text in row.texts if text)


def _is_perspective_row(row: Row) -> bool:
    return any(read_perspective(text) for text in row.texts[:2])


def _names_themes(row: Row) -> bool:
    """Whether a row holds nothing but names behind a label or an empty cell."""
    first, others = row.texts[0], [text for text in row.texts[1:] if text]
    labelled = not first or read_label(first) in ("theme", "perspective", "objective")
    return bool(others) and labelled and all(map(_is_theme_name, others))


def _is_theme_name(text: str) -> bool:
    words = squeeze(text)
    return (
        has_hanzi(words)
        and len(words) <= _LONGEST_NAME
        and not _COLUMN.search(words)
        and not read_perspective(words)
        and not holds_objectives(text, plain=True)
    )


def _runs(paper: Paper) -> Iterator[list[tuple[int, Row]]]:
    """Yield runs of map-like rows with their block numbers; text or a scorecard header ends a run."""
    run: list[tuple[int, Row]] = []
    scorecard = False
    for number, block in enumerate(paper.blocks):
        if isinstance(block, Line):
            if run and not _PAGE_NUMBER.match(block.text):
                yield run
                run = []
            scorecard = False
            continue
        rows, scorecard = _map_rows(block, scorecard)
        if run and rows and is_map_header(rows[0]) and _starts_anew(run, rows[0]):
            yield run
            run = []
        run += [(number, row) for row in rows]
    if run:
        yield run


def _map_rows(table: Table, scorecard: bool) -> tuple[list[Row], bool]:
    """Return the rows before a scorecard header, and whether the scorecard goes on."""
    rows: list[Row] = []
    for row in table.rows:
        scorecard = scorecard or is_scorecard_header(row)
        if scorecard:
            break
        rows.append(row)
    return rows, scorecard


def _starts_anew(run: list[tuple[int, Row]], header: Row) -> bool:
    """Whether a header after a run begins another map: not when it repeats the run's own header."""
    mine = next((row for _, row in run if is_map_header(row)), None)
    return mine is not None and [squeeze(t) for t in mine.texts if t] != [
        squeeze(t) for t in header.texts if t
    ]


def _is_theme_a_row(rows: tuple[Row, ...]) -> bool:
    """Whether a table without codes has 策略主題 and perspectives across its first row."""
    head = rows[0].texts
    across = sum(1 for text in head if read_perspective(text))
    return read_label(head[0]) == "theme" and across >= 2 and len(rows) > 1


def _made(run: list[tuple[int, Row]]) -> MapTable | None:
    rows = tuple(row for _, row in run)
    coded = sum(1 for row in rows if any(holds_objectives(text) for text in row.texts))
    kpis = sum(1 for row in rows if _KPI_CODE.search(row.raw))
    headed = _header_of(rows) is not None
    perspectives = sum(1 for row in rows if _is_perspective_row(row))
    plain = sum(1 for row in rows if any(holds_objectives(t, plain=True) for t in row.texts))
    enough = (
        (headed and (coded or perspectives >= 2))
        or coded >= 2
        or (plain >= 2 and perspectives >= 2)
        or _is_theme_a_row(rows)
    )
    if not enough or kpis or len(rows) > _MOST_ROWS:
        return None
    return MapTable(rows, run[0][0], run[-1][0])
