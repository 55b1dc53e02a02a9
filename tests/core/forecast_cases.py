"""Series and plans with their forecasts, as the cases of tests/cases/forecasts write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.core.judged import CODE, build_actuals, build_plan

from hengtu.core.forecasting.band import Bounds
from hengtu.core.forecasting.forecast import forecast_year
from hengtu.core.forecasting.measures import forecast_measure
from hengtu.core.forecasting.outlook import Forecast, Refusal
from hengtu.core.forecasting.record import Reached
from hengtu.core.judging.figures import sort_figures
from hengtu.core.judging.lights import Aim
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT
from hengtu.core.periods import read_period

CASES = Path(__file__).resolve().parent.parent / "cases" / "forecasts"
THIS_YEAR = 114


def load(name: str) -> list[Any]:
    """Return the cases of a file."""
    cases = yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))
    return [pytest.param(case, id=case["case"]) for case in cases]


def forecast_series(case: Mapping[str, Any]) -> Forecast | Refusal:
    """Return the forecast of a series."""
    target = case.get("target")
    return forecast_year(
        list(_history(case)),
        roc_year=THIS_YEAR,
        month=case.get("month", len(case["this_year"])),
        kind=case["kind"],
        aim=Aim(target=None if target is None else float(target)),
        direction=case.get("direction", "higher"),
        bounds=Bounds(0.0, 100.0) if case.get("unit_percent") else Bounds(),
        start=case.get("start"),
    )


def _history(case: Mapping[str, Any]) -> Iterator[Reached]:
    weights = case.get("weights", [])
    for roc_year, months in {**case.get("past", {}), THIS_YEAR: case["this_year"]}.items():
        yield from read_months(
            roc_year, months, weights=weights, step=3 if case.get("quarterly") else 1
        )


def read_months(
    roc_year: int, months: Sequence[Any], *, weights: Sequence[float] = (), step: int = 1
) -> Iterator[Reached]:
    """Yield what stood at the end of months; a dash is a month without a report."""
    value, known = None, 0
    for month, given in enumerate(months, 1):
        if given != "-":
            value, known = float(given), known + step
        if value is not None:
            yield Reached(
                roc_year=roc_year,
                month=month,
                value=value,
                known=known,
                due=month - month % step,
                weight=weights[month - 1] if weights else None,
            )


def forecast_case(case: Mapping[str, Any]) -> Forecast | Refusal:
    """Return the forecast of a KPI."""
    plan, period = build_plan(case), read_period(str(case["period"]))
    assert period is not None
    kpi = plan.kpis[0]
    return forecast_measure(
        kpi,
        kpi.measures[0],
        sort_figures(build_actuals(case["figures"])),
        period=period,
        rulebook=PRODUCT_DEFAULT,
        rules={(CODE, 1, item): rule for item, rule in case.get("rules", {}).items()},
    )


def compare(found: Forecast | Refusal, case: Mapping[str, Any]) -> None:
    """Assert that a forecast is as its case says."""
    if "refused" in case:
        assert isinstance(found, Refusal)
        assert found.reason == case["refused"]
        return
    assert isinstance(found, Forecast), found
    for field in ("value", "low", "high"):
        if field in case:
            assert getattr(found, field) == pytest.approx(case[field], rel=1e-4), field
    for field in ("kind", "method", "will_meet"):
        if field in case:
            assert getattr(found, field) == case[field], field
    if "warning" in case:
        assert (found.warning or "none") == case["warning"]
    if "tested" in case:
        assert found.basis.tested == case["tested"]
    if "highest" in case:
        assert max(one.high for one in found.months) <= case["highest"]
