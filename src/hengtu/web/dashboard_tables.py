"""The tables of a dashboard as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.utils.translation import gettext

from hengtu.queries.dashboards import Dashboard, Group, Standing
from hengtu.queries.forecasts import Warned
from hengtu.web.bars import ORDER
from hengtu.web.dashboard_parts import ShownLine, list_counts, mark_behind, mark_late
from hengtu.web.forecasts import show_warnings
from hengtu.web.languages import page_language
from hengtu.web.lights import achievement_of, mark_node
from hengtu.wording.numbers import print_number
from hengtu.writers.csv.sheet import defuse
from hengtu.writers.reports.map import light_of

Row = Sequence[str]
WARNINGS = "warnings"


def write_rows(rows: Iterable[Row]) -> bytes:
    """Return rows as CSV (RFC 4180, UTF-8 with BOM) that a spreadsheet cannot take for formulas."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([defuse(text) for text in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig", errors="replace")


def list_trend(board: Dashboard) -> Iterator[Row]:
    """Yield the number of each light by month."""
    yield [gettext("月份"), *name_lights()]
    for month, counts in list_counts(board):
        yield [str(month), *map(str, counts)]


def list_groups(groups: Iterable[Group]) -> Iterator[Row]:
    """Yield groups with their light, score, coverage and the lights of their KPIs."""
    yield [
        gettext("名稱"),
        gettext("燈號"),
        gettext("得分"),
        gettext("資料涵蓋率（%）"),
        *name_lights(),
    ]
    for group in groups:
        mark, score = mark_node(group.node), group.node.score
        yield [
            group.name,
            mark.text if mark else "",
            "" if score is None else print_number(score),
            print_number(group.node.coverage * 100),
            *(str(group.counts.get(colour, 0)) for colour in ORDER),
        ]


def list_lines(lines: Iterable[ShownLine]) -> Iterator[Row]:
    """Yield measures with their light, achievement and why."""
    yield [
        gettext("代碼"),
        gettext("指標"),
        gettext("衡量標準"),
        gettext("燈號"),
        gettext("達成度"),
        gettext("原因"),
        gettext("主責"),
    ]
    for line in lines:
        yield list_line(line.standing, line)


def list_line(standing: Standing, line: ShownLine) -> Row:
    """Return a measure as a row."""
    return [
        standing.kpi.code,
        standing.kpi.name,
        standing.measure.label or standing.measure.formula or "",
        line.marked.mark.text,
        achievement_of(standing.result),
        line.why,
        standing.kpi.owner or "",
    ]


def list_warned(warned: Iterable[Warned]) -> Iterator[Row]:
    """Yield early warnings with the value that is expected and its interval."""
    yield [
        gettext("代碼"),
        gettext("指標"),
        gettext("衡量標準"),
        gettext("預警"),
        gettext("年底預估"),
        gettext("區間"),
        gettext("全年目標"),
    ]
    found = list(warned)
    for one, shown in zip(found, show_warnings(found), strict=True):
        ahead = shown.forecast
        yield [
            shown.code,
            shown.name,
            one.measure.label or one.measure.formula or "",
            ahead.warning,
            ahead.value,
            ahead.interval,
            ahead.target,
        ]


def name_lights() -> list[str]:
    """Return the words of the four lights."""
    return [light_of(colour, lang=page_language()).text for colour in ORDER]


TABLES: dict[str, Callable[[Dashboard], Iterator[Row]]] = {
    "trend": list_trend,
    "perspectives": lambda board: list_groups(board.perspectives),
    "themes": lambda board: list_groups(board.themes),
    "sections": lambda board: list_groups(board.sections),
    "behind": lambda board: list_lines(mark_behind(board.behind, {}, 12)),
    "late": lambda board: list_lines(mark_late(board.late)),
}
