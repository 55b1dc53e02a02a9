"""The scorecard: the official table with filters, groups and order in the address, and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hengtu.core.plan import Plan, PlanValue
from hengtu.queries.agencies import NotFoundError
from hengtu.queries.plans import load_whole
from hengtu.queries.results import Judged, judge_plan
from hengtu.queries.scorecards import (
    GROUPS,
    NO_STANDING,
    SORTS,
    Column,
    Line,
    Standing,
    Wish,
    find_standings,
    load_scorecard,
    view_scorecard,
)
from hengtu.queries.years import Course, follow_values
from hengtu.web.frame import find_plan, open_place, render_in, signed_in
from hengtu.web.languages import page_language
from hengtu.web.lights import (
    COLOURS,
    MarkedResult,
    count_lights,
    list_months,
    mark_node,
    mark_objectives,
    mark_result,
)
from hengtu.web.periods import show_period
from hengtu.web.sparks import Spark, draw_spark
from hengtu.writers.failure import WriteError
from hengtu.writers.figure import LightMark
from hengtu.writers.produce import write_report

GROUP_NAMES = {
    "perspective": _("構面"),
    "theme": _("策略主題"),
    "owner": _("主責"),
    "none": _("不分組"),
}
SORT_NAMES = {
    "plan": _("計畫順序"),
    "code": _("代碼"),
    "name": _("名稱"),
    "owner": _("主責"),
    "achievement": _("達成度（落後優先）"),
}
COLUMN_NAMES = {"actual": _("實際值"), "target": _("目標值")}


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed value below its heading, which stands beside it where the table becomes cards."""

    kind: str
    head: str
    value: PlanValue | None


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line with its result and its year; ``whole`` is the light of a KPI with several measures."""

    line: Line
    cells: tuple[Cell, ...]
    marked: MarkedResult | None = None
    spark: Spark | None = None
    whole: LightMark | None = None


@require_safe
@signed_in
def show_scorecard(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Show the scorecard."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    wish = read_wish(request)
    loaded = load_scorecard(card)
    judged = judge_plan(card, loaded, request.GET.get("month", ""))
    standings = find_standings(judged)
    scorecard = view_scorecard(loaded, wish, standings)
    values = follow_values(judged) if judged else {}
    context = {
        "wish": wish,
        "scorecard": scorecard,
        "groups": [
            (name, list(mark_lines(lines, scorecard.columns, judged, values)))
            for name, lines in scorecard.groups
        ],
        "judged": judged,
        "months": list_months(request, judged.reported if judged else None),
        "legend": count_kpis(loaded, standings) if judged else (),
        "group_names": GROUP_NAMES,
        "sort_names": SORT_NAMES,
    }
    return render_in(
        request, "hengtu/scorecard.html", place, context, section="scorecard", plan=card
    )


def mark_lines(
    lines: Iterable[Line],
    columns: Sequence[Column],
    judged: Judged | None,
    values: Mapping[tuple[str, int], Course],
) -> Iterator[MarkedLine]:
    """Yield lines with their results and their years."""
    heads = [(kind, f"{show_period(period)} {COLUMN_NAMES[kind]}") for kind, period in columns]
    for line in lines:
        pairs = zip(heads, line.values, strict=True)
        cells = tuple(Cell(kind, head, value) for (kind, head), value in pairs)
        if judged is None or line.measure is None:
            yield MarkedLine(line, cells)
            continue
        key = (line.kpi.code, line.measure.index)
        result = judged.results.get(key)
        light = result.light if result else "white"
        month = judged.period.months[-1]
        yield MarkedLine(
            line,
            cells,
            mark_result(result),
            draw_spark(values.get(key, ()), light, line.measure.unit, month),
            mark_node(judged.nodes.get(("kpi", line.kpi.code))) if line.height > 1 else None,
        )


def count_kpis(plan: Plan, standings: Mapping[str, Standing]) -> tuple[tuple[LightMark, int], ...]:
    """Return the four lights, each with its number of KPIs of the whole plan."""
    return count_lights(standings.get(kpi.code, NO_STANDING)[0] for kpi in plan.kpis)


def read_wish(request: HttpRequest) -> Wish:
    """Return what the address asks for; unknown groupings and orders are the first ones."""
    given = request.GET
    group, sort = given.get("group", ""), given.get("sort", "")
    return Wish(
        words=given.get("q", "").strip()[:100],
        theme=given.get("theme", ""),
        perspective=given.get("perspective", ""),
        owner=given.get("owner", ""),
        light=light if (light := given.get("light", "")) in COLOURS else "",
        group=group if group in GROUPS else GROUPS[0],
        sort=sort if sort in SORTS else SORTS[0],
    )


@require_safe
@signed_in
def export_report(request: HttpRequest, agency: str, plan: str, report: str) -> HttpResponse:
    """Send a report of a plan as CSV, with the lights of ``?month=114-09`` where there are any."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    loaded = load_whole(card)
    try:
        marks = mark_objectives(loaded, judge_plan(card, loaded, request.GET.get("month", "")))
        content = write_report(
            loaded, report=report, suffix=".csv", lang=page_language(), results=marks
        )
    except WriteError as failure:
        raise NotFoundError(report) from failure
    name = quote(f"{place.name}-{card.slug}-{report}.csv")
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
