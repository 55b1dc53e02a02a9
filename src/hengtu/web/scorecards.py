"""The scorecard: the official table with filters, groups and order in the address, and as CSV."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hengtu.queries.agencies import NotFoundError
from hengtu.queries.plans import load_whole
from hengtu.queries.results import judge_plan
from hengtu.queries.scorecards import GROUPS, SORTS, Wish, load_scorecard, view_scorecard
from hengtu.web.frame import find_plan, open_place, render_in, signed_in
from hengtu.web.languages import page_language
from hengtu.web.lights import count_results, list_months, mark_lines, mark_objectives
from hengtu.writers.failure import WriteError
from hengtu.writers.produce import write_report

GROUP_NAMES = {
    "perspective": _("構面"),
    "theme": _("策略主題"),
    "owner": _("主責"),
    "none": _("不分組"),
}
SORT_NAMES = {"plan": _("計畫順序"), "code": _("代碼"), "name": _("名稱"), "owner": _("主責")}


@require_safe
@signed_in
def show_scorecard(request: HttpRequest, agency: str, plan: str) -> HttpResponse:
    """Show the scorecard."""
    place = open_place(request, agency)
    card = find_plan(place, plan)
    wish = read_wish(request)
    loaded = load_scorecard(card)
    judged = judge_plan(card, loaded, request.GET.get("month", ""))
    scorecard = view_scorecard(loaded, wish)
    context = {
        "wish": wish,
        "scorecard": scorecard,
        "groups": [(name, mark_lines(lines, judged)) for name, lines in scorecard.groups],
        "judged": judged,
        "months": list_months(request, judged.reported if judged else None),
        "legend": count_results(judged),
        "group_names": GROUP_NAMES,
        "sort_names": SORT_NAMES,
    }
    return render_in(
        request, "hengtu/scorecard.html", place, context, section="scorecard", plan=card
    )


def read_wish(request: HttpRequest) -> Wish:
    """Return what the address asks for; unknown groupings and orders are the first ones."""
    given = request.GET
    group, sort = given.get("group", ""), given.get("sort", "")
    return Wish(
        words=given.get("q", "").strip()[:100],
        theme=given.get("theme", ""),
        perspective=given.get("perspective", ""),
        owner=given.get("owner", ""),
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
