"""What a rulebook binds a plan to, and what is no breach."""

from __future__ import annotations

import pytest

from hengtu.core.duties import check_duties
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Binding, Rulebook
from hengtu.core.plan import Action, Kpi, Measure, Plan, PlanValue
from hengtu.core.source import Source


def book(**binding: object) -> Rulebook:
    bands = PRODUCT_DEFAULT.bands
    return Rulebook(code="b", title="b", bands=bands, binding=Binding(**binding))  # type: ignore[arg-type]


def targets(*given: float, note: str | None = None, **more: object) -> Measure:
    values = tuple(
        PlanValue(roc_year=113 + n, kind="target", value=value, raw=f"{value:g}", note=note)
        for n, value in enumerate(given)
    )
    return Measure(formula="辦結件數÷收件數×100%", unit="%", values=values, **more)  # type: ignore[arg-type]


def plan_of(measure: Measure, actions: int = 0) -> Plan:
    return Plan(
        kpis=(Kpi(code="AC1.1", name="辦結率", measures=(measure,)),),
        actions=tuple(
            Action(code=f"AC1.1.{n}", text="辦理", kpi="AC1.1", source=Source(line=n))
            for n in range(1, actions + 1)
        ),
    )


def told(plan: Plan, rulebook: Rulebook) -> list[tuple[str, str, str]]:
    return [(one.code, one.subject, one.reading) for one in check_duties(plan, rulebook)]


def test_the_product_default_binds_to_nothing() -> None:
    assert told(plan_of(targets(95, 80), actions=9), PRODUCT_DEFAULT) == []


def test_actions_beyond_the_limit_are_told_where_the_first_too_many_stands() -> None:
    three, four = plan_of(Measure(), actions=3), plan_of(Measure(), actions=4)
    assert told(three, book(actions_per_kpi=3)) == []
    (found,) = check_duties(four, book(actions_per_kpi=3))
    assert (found.code, found.level, found.subject, found.reading) == (
        "P201",
        "error",
        "AC1.1",
        "4",
    )
    assert found.where.line == 4


@pytest.mark.parametrize(
    ("measure", "readings"),
    [
        (targets(90, 90, 92), []),
        (targets(90, 85, 92), ["114: 90 → 85"]),
        (targets(90, 85, 80), ["114: 90 → 85", "115: 85 → 80"]),
        (targets(90, 85, direction="lower"), []),
        (targets(85, 90, direction="lower"), ["114: 85 → 90"]),
        (targets(90, 85, direction="range"), []),
        (targets(90, 85, note="法規修正，母數增加"), []),
    ],
)
def test_a_lowered_target_asks_for_a_reason(measure: Measure, readings: list[str]) -> None:
    found = told(plan_of(measure), book(lowered_targets=True))
    assert found == [("T201", "AC1.1", reading) for reading in readings]


@pytest.mark.parametrize(
    ("formula", "readings"),
    [
        ("基本設計*20%+細部設計*40%+竣工*40%", []),
        ("基本設計*33.3%+細部設計*33.3%+竣工*33.4%", []),
        ("基本設計*20%+細部設計*40%+竣工*30%", ["90"]),
        ("辦結件數÷收件數×100%", []),
        (None, []),
    ],
)
def test_weights_inside_a_formula_total_100(formula: str | None, readings: list[str]) -> None:
    found = told(plan_of(Measure(formula=formula)), book(weights=True))
    assert found == [("M201", "AC1.1", reading) for reading in readings]
