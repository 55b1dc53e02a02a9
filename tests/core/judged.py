"""Plans of one KPI and their figures, as the cases of tests/cases/judging write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from hengtu.core.actuals import Actual
from hengtu.core.amounts import MissingKind
from hengtu.core.judging.results import Result, compute
from hengtu.core.periods import read_period
from hengtu.core.plan import Kpi, Measure, Plan, PlanValue, Threshold
from hengtu.readers.rulebooks import load_preset

CODE = "AC1.1"


def judge_case(case: Mapping[str, Any]) -> Result:
    """Return the result of a case."""
    period = read_period(str(case.get("period", "114-12")))
    assert period is not None
    return compute(
        build_plan(case),
        build_actuals(case.get("figures", {})),
        period=period,
        rulebook=load_preset(case.get("rulebook", "default")),
        rules={(CODE, 1, item): rule for item, rule in case.get("rules", {}).items()},
        assessed={CODE: case.get("assessed", {})},
    )[0]


def build_plan(case: Mapping[str, Any]) -> Plan:
    """Return the plan of a case."""
    limit = case.get("threshold")
    measure = Measure(
        formula=case.get("formula"),
        unit=case.get("unit"),
        direction=case.get("direction"),
        threshold=Threshold(op=limit["op"], value=float(limit["value"])) if limit else None,
        values=tuple(_values(case)),
    )
    return Plan(kpis=(Kpi(code=CODE, name=case["name"], measures=(measure,)),))


def _values(case: Mapping[str, Any]) -> list[PlanValue]:
    values = []
    if "target" in case:
        raw = str(case.get("target_raw", case["target"]))
        values.append(_target(case["target"], raw))
    for roc_year, value in case.get("targets", {}).items():
        values.append(PlanValue(roc_year=roc_year, kind="target", value=float(value)))
    for part, value in case.get("part_targets", {}).items():
        values.append(PlanValue(roc_year=114, kind="target", value=float(value), period=part))
    for roc_year, value in case.get("printed", {}).items():
        values.append(PlanValue(roc_year=roc_year, kind="actual", value=float(value)))
    return values


def _target(given: object, raw: str) -> PlanValue:
    """Return the target of 114; a word names a kind of missing."""
    if isinstance(given, str):
        return PlanValue(roc_year=114, kind="target", missing=given, raw=raw)  # type: ignore[arg-type]
    assert isinstance(given, int | float)
    return PlanValue(roc_year=114, kind="target", value=float(given), raw=raw)


def build_actuals(figures: Mapping[str, Mapping[object, object]]) -> list[Actual]:
    """Return the actuals of a case: item → period → number or kind of missing."""
    return [
        actual(str(period), item if item != "指標值" else "", value)
        for item, periods in figures.items()
        for period, value in periods.items()
    ]


def actual(period: str, item: str, value: object) -> Actual:
    """Return one actual; a word names a kind of missing."""
    if isinstance(value, str):
        assert value in get_args(MissingKind)
        return Actual(code=CODE, period=period, item=item, missing=value)  # type: ignore[arg-type]
    assert isinstance(value, int | float)
    return Actual(code=CODE, period=period, item=item, value=float(value))
