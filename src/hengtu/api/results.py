"""KPIs and results: the lights of a month, and why each is what it is."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from hengtu.api.failure import RefusedError
from hengtu.api.guard import open_plan
from hengtu.api.schemas import KpiDetail, KpiPage, ResultPage, answers
from hengtu.core.actuals import is_period
from hengtu.core.exchange import part_to_json
from hengtu.core.plan import Kpi
from hengtu.queries.forecasts import forecast_kpi
from hengtu.queries.kpis import KpiView, Series, find_kpis, load_kpis, view_kpi
from hengtu.queries.results import Judged, Reported, judge_plan, read_reported
from hengtu.wording.catalogue import Language, language_of
from hengtu.writers.json import describe_forecast, describe_node, describe_result

router = Router(tags=["results"])
MOST = 500
Period = Annotated[
    str, Query(max_length=8, description="a month such as 114-09; the latest without it")
]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Words = Annotated[str, Query(max_length=100)]
Code = Annotated[str, Path(max_length=80)]


@router.get(
    "/agencies/{agency}/plans/{plan}/kpis", response=answers(KpiPage), operation_id="list_kpis"
)
def answer_kpis(
    request: HttpRequest,
    agency: str,
    plan: str,
    q: Words = "",
    period: Period = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """List KPIs whose code, name or owner holds the words, with their lights."""
    check_period(period)
    card = open_plan(request, agency, plan)
    loaded = load_kpis(card)
    judged = judge_plan(card, loaded, period)
    found = find_kpis(loaded, q)
    return {
        "period": str(judged.period) if judged else None,
        "total": len(found),
        "kpis": [describe_kpi(kpi, judged) for kpi in found[offset : offset + limit]],
    }


@router.get(
    "/agencies/{agency}/plans/{plan}/kpis/{path:code}",
    response=answers(KpiDetail),
    operation_id="read_kpi",
)
def answer_kpi(
    request: HttpRequest, agency: str, plan: str, code: Code, period: Period = ""
) -> dict[str, Any]:
    """Return a KPI with its figures and, step by step, how its lights come about."""
    check_period(period)
    card = open_plan(request, agency, plan)
    view = view_kpi(card, load_kpis(card), code)
    reported = read_reported(card, period)
    lang = language_of(get_language() or "")
    results = (
        [reported.judge(view.kpi, measure) for measure in view.kpi.measures] if reported else []
    )
    return {
        "kpi": part_to_json(view.kpi),
        "figures": list_figures(view),
        "period": str(reported.period) if reported else None,
        "results": [describe_result(result, lang) for result in results],
        "forecasts": list_forecasts(view.kpi, reported, lang) if reported else [],
    }


@router.get(
    "/agencies/{agency}/plans/{plan}/results",
    response=answers(ResultPage),
    operation_id="list_results",
)
def answer_results(
    request: HttpRequest,
    agency: str,
    plan: str,
    period: Period = "",
    limit: Limit = MOST,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Return the results of a plan for a month and the lights rolled up from them."""
    check_period(period)
    card = open_plan(request, agency, plan)
    judged = judge_plan(card, load_kpis(card), period)
    if judged is None:
        return {"period": None, "total": 0, "results": [], "lights": []}
    results = list(judged.results.values())
    return {
        "period": str(judged.period),
        "total": len(results),
        "results": [
            describe_result(result, explained=False) for result in results[offset : offset + limit]
        ],
        "lights": [describe_node(node) for node in judged.nodes.values()],
    }


def list_forecasts(kpi: Kpi, reported: Reported, lang: Language) -> list[dict[str, Any]]:
    """Return where the measures of a KPI will stand at the year's end, or why that is not told."""
    units = {measure.index: measure.unit for measure in kpi.measures}
    return [
        {"measure": index, **describe_forecast(found, lang, units[index])}
        for index, found in forecast_kpi(kpi, reported).items()
    ]


def check_period(period: str) -> None:
    """Refuse what names no period."""
    if period and not is_period(period):
        message, hint = _("期別不符規定"), _("例如 114-09、114Q3 或 114。")
        raise RefusedError(422, "bad_period", message, "query.period", hint)


def describe_kpi(kpi: Kpi, judged: Judged | None) -> dict[str, Any]:
    """Return a KPI of the list with its light."""
    node = judged.nodes.get(("kpi", kpi.code)) if judged else None
    return {
        "code": kpi.code,
        "name": kpi.name,
        "objective": kpi.objective,
        "owner": kpi.owner,
        "light": node.light if node else None,
        "score": node.score if node else None,
    }


def list_figures(view: KpiView) -> list[dict[str, Any]]:
    """Return what came in for every measure of a KPI."""
    return [
        {
            "measure": one.measure.index,
            "figures": [
                figure for series in one.series for figure in describe_series(series, one.periods)
            ],
        }
        for one in view.measures
    ]


def describe_series(series: Series, periods: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the figures of a data item that are there."""
    return [
        {
            "item": series.item,
            "period": period,
            "value": figure.value,
            "text": figure.decimal,
            "missing": figure.missing or None,
            "note": figure.note,
        }
        for period, figure in zip(periods, series.figures, strict=True)
        if figure
    ]
