"""The dashboard of a plan: how the office stands this month, what is behind and what was not reported."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hengtu.core.plan import Plan
from hengtu.queries.agencies import NotFoundError
from hengtu.queries.dashboards import (
    Dashboard,
    Scope,
    list_urgent,
    load_board,
    view_dashboard,
)
from hengtu.queries.forecasts import Warned, list_warnings
from hengtu.queries.results import Judged, judge_plan
from hengtu.queries.scorecards import list_owners
from hengtu.queries.years import MONTHS, follow_lights, follow_values
from hengtu.web.bars import ORDER, draw_stacks
from hengtu.web.dashboard_parts import (
    list_cards,
    list_counts,
    list_tiles,
    mark_behind,
    mark_late,
    plot_tallies,
    rest_of,
)
from hengtu.web.dashboard_tables import TABLES, WARNINGS, list_warned, write_rows
from hengtu.web.forecasts import show_warnings
from hengtu.web.frame import find_plan, open_place, render_in, signed_in
from hengtu.web.languages import page_language
from hengtu.web.lights import list_months, mark_node
from hengtu.wording.numbers import print_share
from hengtu.writers.reports.map import light_of

MOST_LINES = 10
# A forecast takes some milliseconds; only so many are worked out for a page, the worst first.
MOST_FORECASTS = 20


@require_safe
@signed_in
def show_dashboard(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Show the dashboard of ``?theme=`` and ``?section=`` for ``?month=114-09``."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    loaded = load_board(card)
    scope = read_scope(request)
    judged = judge_plan(card, loaded, request.GET.get("month", ""))
    context = {
        "scope": scope,
        "loaded": loaded,
        "sections": list_owners(loaded),
        "judged": judged,
        "months": list_months(request, judged.reported if judged else None),
        **(describe(loaded, judged, scope, kept_month(request)) if judged else {}),
    }
    return render_in(
        request, "hengtu/dashboard.html", place, context, section="dashboard", plan=card
    )


def read_scope(request: HttpRequest) -> Scope:
    """Return the theme and section that the address names."""
    return Scope(request.GET.get("theme", "")[:200], request.GET.get("section", "")[:200])


def describe(
    plan: Plan, judged: Judged, scope: Scope, kept: Mapping[str, str]
) -> dict[str, object]:
    """Return what the page shows of a scope; nothing where no KPI is in it."""
    board = view_dashboard(plan, judged, follow_lights(judged), scope)
    if board is None:
        return {}
    shown = board.behind[:MOST_LINES]
    values = follow_values(judged, [one.kpi.code for one in shown])
    warned = show_warnings(warn(board, judged, MOST_FORECASTS))
    return {
        "board": board,
        "mark": mark_node(board.node),
        "coverage": print_share(board.node.coverage),
        "tiles": list_tiles(board, scope, kept),
        "stacks": draw_stacks(board.tallies),
        "stacks_plot": plot_tallies(board, judged.period.roc_year),
        "lights": [light_of(colour, lang=page_language()) for colour in ORDER],
        "counts": list_counts(board),
        "cards": list_cards(board, scope, kept),
        "behind": list(mark_behind(shown, values, board.now.month)),
        "rest_query": rest_of(scope, kept),
        "late": list(mark_late(board.late[:MOST_LINES])),
        "warnings": warned[:MOST_LINES],
        "warned": len(warned),
        "forecast": min(board.total, MOST_FORECASTS),
    }


def warn(board: Dashboard, judged: Judged, most: int | None = None) -> tuple[Warned, ...]:
    """Return the early warnings of the KPIs of a scope; none once the year is over."""
    if judged.period.months[-1] == MONTHS[-1]:
        return ()
    return list_warnings(list_urgent(board)[:most], judged.reported)


def kept_month(request: HttpRequest) -> dict[str, str]:
    """Return the month of the address for the links that lead on."""
    month = request.GET.get("month", "")
    return {"month": month} if month else {}


@require_safe
@signed_in
def export_table(request: HttpRequest, agency: str, plan: str, table: str) -> HttpResponse:
    """Send a table of the dashboard as CSV; every line, also where the page shows the first only."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    loaded = load_board(card)
    judged = judge_plan(card, loaded, request.GET.get("month", ""))
    lights = follow_lights(judged) if judged else {}
    board = view_dashboard(loaded, judged, lights, read_scope(request)) if judged else None
    if judged is None or board is None or table not in {*TABLES, WARNINGS}:
        raise NotFoundError(table)
    rows = list_warned(warn(board, judged)) if table == WARNINGS else TABLES[table](board)
    content = write_rows(rows)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = quote(f"{place.name}-{card.slug}-{table}.csv")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
