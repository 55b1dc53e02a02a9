"""A difference is a difference of meaning, told at the thing it concerns."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from tests.core.plans import plans

from hengtu.core.diff import diff_plans
from hengtu.core.plan import Action, Budget, Kpi, Measure, Objective, Plan, PlanValue, Text
from hengtu.core.source import Source


def value(roc_year: int, number: float, kind: str = "target") -> PlanValue:
    return PlanValue(roc_year=roc_year, kind=kind, value=number, raw=f"{number}")  # type: ignore[arg-type]


KPI = Kpi(
    code="AC1.1",
    name="案件依限辦結率",
    objective="AC1",
    measures=(
        Measure(formula="依限件數÷總件數×100%", unit="%", values=(value(114, 95), value(115, 96))),
    ),
)
PLAN = Plan(
    title="甲局計畫",
    objectives=(Objective(code="AC1", name="提升效率", theme="A", perspective="C"),),
    kpis=(KPI,),
    actions=(
        Action(code="AC1.1.1", text="稽催", kpi="AC1.1", budgets=(Budget(roc_year=114, amount=0),)),
    ),
)


def told(old: Plan, new: Plan) -> list[tuple[str, str, str, str | None, str | None]]:
    return [(c.kind, c.subject, c.field, c.old, c.new) for c in diff_plans(old, new)]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=plans())
def test_a_plan_does_not_differ_from_itself(plan: Plan) -> None:
    assert diff_plans(plan, plan) == ()


def test_places_and_blanks_do_not_count() -> None:
    moved = replace(
        PLAN, objectives=(replace(PLAN.objectives[0], name="提升 效率", source=Source(line=9)),)
    )
    assert told(PLAN, moved) == []


def test_a_lowered_target_is_told_at_its_kpi_and_year() -> None:
    measure = replace(KPI.measures[0], values=(value(114, 90), value(115, 96)))
    lowered = replace(PLAN, kpis=(replace(KPI, measures=(measure,)),))
    assert told(PLAN, lowered) == [
        ("changed", "AC1.1", "measures[1].values[target 114].value", "95", "90")
    ]


def test_a_new_target_year_is_added() -> None:
    measure = replace(KPI.measures[0], values=(*KPI.measures[0].values, value(116, 97)))
    longer = replace(PLAN, kpis=(replace(KPI, measures=(measure,)),))
    assert told(PLAN, longer) == [("added", "AC1.1", "measures[1].values[target 116]", None, "97")]


def test_a_renamed_kpi_is_one_change() -> None:
    renamed = replace(PLAN, kpis=(replace(KPI, name="案件如期辦結率"),))
    assert told(PLAN, renamed) == [("changed", "AC1.1", "name", "案件依限辦結率", "案件如期辦結率")]


def test_a_recoded_kpi_keeps_its_identity_by_name() -> None:
    recoded = replace(PLAN, kpis=(replace(KPI, code="AC1.2"),))
    assert told(PLAN, recoded) == [("changed", "AC1.1", "code", "AC1.1", "AC1.2")]


def test_added_and_removed_things_are_named() -> None:
    other = Objective(code="BP1", name="精進流程")
    assert told(PLAN, replace(PLAN, objectives=(other,))) == [
        ("removed", "AC1", "objectives", "提升效率", None),
        ("added", "BP1", "objectives", None, "精進流程"),
    ]


def test_a_missing_value_that_becomes_a_number_is_told() -> None:
    blank = PlanValue(roc_year=114, kind="target", missing="no_statistics", raw="無統計")
    old = replace(PLAN, kpis=(replace(KPI, measures=(replace(KPI.measures[0], values=(blank,)),)),))
    new = replace(
        PLAN, kpis=(replace(KPI, measures=(replace(KPI.measures[0], values=(value(114, 95),)),)),)
    )
    assert (
        "removed",
        "AC1.1",
        "measures[1].values[target 114].missing",
        "no_statistics",
        None,
    ) in told(old, new)


def test_core_values_compare_as_a_list_of_words() -> None:
    old = replace(PLAN, core_values=(Text(text="誠信"), Text(text="創新")))
    new = replace(PLAN, core_values=(Text(text="誠信"), Text(text="卓越")))
    assert [(kind, subject) for kind, subject, *_ in told(old, new)] == [
        ("removed", "創新"),
        ("added", "卓越"),
    ]
