"""Forecasts and early warnings as pages print them, from the figures of a plan."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from tests.web.conftest import Keep, make_plan

from hengtu.core.actuals import Actual
from hengtu.core.forecasting.measures import forecast_measure
from hengtu.core.forecasting.outlook import Forecast
from hengtu.core.plan import Plan
from hengtu.queries.agencies import list_plans
from hengtu.queries.forecasts import forecast_kpi, list_warnings
from hengtu.queries.kpis import load_kpis
from hengtu.queries.results import Reported, read_reported
from hengtu.services import actuals, plans
from hengtu.store.models import PlanRow, User
from hengtu.web.forecasts import show_forecast, show_warnings

SQL_LIMIT = 8  # figures and rules of all KPIs together, their past years, the rulebook
LATE = {f"114-{month:02d}": 5.0 * month for month in range(1, 8)}


def give(actor: User, plan: PlanRow, done: dict[str, float]) -> None:
    """Enter what was cleared of 100 metres up to the ends of months."""
    rows = [
        Actual(code="AC1.1", period=period, item=item, value=value)
        for period, cleared in done.items()
        for item, value in (("完成清疏長度", cleared), ("應清疏長度", 100.0))
    ]
    actuals.import_rows(actor=actor, plan=plan, rows=rows)


def read(plan: PlanRow) -> tuple[Plan, Reported]:
    """Return a plan and its figures as pages read them."""
    card = next(one for one in list_plans(plan.owning_agency) if one.key == plan.key)
    reported = read_reported(card)
    assert reported is not None
    return load_kpis(card), reported


def test_early_warnings_of_a_plan_come_with_what_is_printed(officer: User, plan: PlanRow) -> None:
    give(officer, plan, LATE)
    loaded, reported = read(plan)
    warned = list_warnings(loaded.kpis, reported)
    assert [one.kpi.code for one in warned] == ["AC1.1", "AC2.1"]  # of the same items
    shown = show_warnings(warned)[0]
    assert (shown.code, shown.measure) == ("AC1.1", 1)
    assert shown.forecast.warning in ("可能未達", "很可能未達")
    assert shown.forecast.mark is not None


def test_the_number_of_queries_does_not_grow_with_the_kpis(officer: User, keep: Keep) -> None:
    counts = []
    for size in (2, 30):
        row = plans.adopt(actor=officer, document=keep(make_plan(size)))
        give(officer, row, {"113-12": 80.0, **LATE})
        loaded, reported = read(row)
        with CaptureQueriesContext(connection) as asked:
            warned = list_warnings(loaded.kpis, reported)
        assert len(warned) == size
        counts.append(len(asked))
    assert counts[0] == counts[1] <= SQL_LIMIT


def test_a_forecast_is_printed_in_the_language_of_the_page(officer: User, plan: PlanRow) -> None:
    give(officer, plan, LATE)
    loaded, reported = read(plan)
    kpi = loaded.kpis[0]
    found = forecast_kpi(kpi, reported)[1]
    assert isinstance(found, Forecast)
    shown = show_forecast(found, "%")
    assert shown.headline.startswith("年底預估 ")
    assert [month.month for month in shown.months] == [8, 9, 10, 11, 12]
    assert shown.ahead == found.months
    assert shown.months[-1].value == shown.value
    with override("en"):
        english = show_forecast(found, "%")
    assert english.headline.startswith("expected at the year's end")
    assert len(english.reasons) == len(shown.reasons) > 3


def test_too_little_is_refused_in_words(officer: User, plan: PlanRow) -> None:
    give(officer, plan, {"114-01": 5.0, "114-02": 9.0})
    loaded, reported = read(plan)
    kpi = loaded.kpis[0]
    shown = show_forecast(forecast_kpi(kpi, reported)[1], "%")
    assert shown.refused == shown.headline == "只有 2 個月的資料，滿 3 個月才推估年底"
    assert (shown.value, shown.months, shown.warning) == ("", (), "")
    assert list_warnings(loaded.kpis, reported) == ()


def test_the_year_before_is_leant_on(officer: User, plan: PlanRow) -> None:
    before = {f"113-{month:02d}": float(month) for month in range(1, 12)}
    give(officer, plan, {**before, "113-12": 90.0, **{k: float(n) for n, k in enumerate(LATE, 1)}})
    loaded, reported = read(plan)
    kpi = loaded.kpis[0]
    found = forecast_kpi(kpi, reported)[1]
    assert isinstance(found, Forecast)
    assert found.basis.past_years == (113,)
    assert found.value == pytest.approx(90.0)


def test_a_page_and_a_terminal_expect_the_same(officer: User, plan: PlanRow) -> None:
    before = {f"{y}-{m:02d}": 7.0 * m + y % 3 for y in (111, 112, 113) for m in range(1, 13)}
    give(officer, plan, {**before, **LATE})
    loaded, reported = read(plan)
    kpi = loaded.kpis[0]
    record = reported.records.of(kpi.code)
    worked_out = forecast_measure(
        kpi,
        kpi.measures[0],
        record.figures,
        period=reported.period,
        rulebook=reported.rulebook,
        rules=record.rules_of(kpi, kpi.measures[0]),
    )
    assert isinstance(worked_out, Forecast)
    assert worked_out.basis.tested == 2
    assert forecast_kpi(kpi, reported)[1] == worked_out
