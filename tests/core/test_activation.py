"""What stands in the way of a plan, and the states it may be in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.activation import is_whole, list_families, list_obstacles, total_of
from hengtu.core.lifecycle import NoSuchStepError, take_step
from hengtu.core.plan import Kpi, Measure, Objective, Plan, PlanValue


def measure(formula: str | None = "辦結件數÷收件數×100%", target: float | None = 95) -> Measure:
    values = () if target is None else (PlanValue(roc_year=114, kind="target", value=target),)
    return Measure(formula=formula, unit="%", values=values)


PLAN = Plan(
    title="河川局計畫",
    objectives=(
        Objective(code="AC1", name="一"),
        Objective(code="AC2", name="二"),
        Objective(code="AC3", name="沒有指標"),
    ),
    kpis=(
        Kpi(code="AC1.1", name="辦結率", objective="AC1", measures=(measure(),)),
        Kpi(code="AC1.2", name="辦結率之二", objective="AC1", measures=(measure(),)),
        Kpi(code="AC2.1", name="辦結率之三", objective="AC2", measures=(measure(),)),
    ),
)
FULL = {"AC1": 60.0, "AC2": 40.0, "AC1.1": 33.4, "AC1.2": 66.6, "AC2.1": 100.0}


def kinds(weights: dict[str, float], plan: Plan = PLAN, **more: object) -> list[tuple[str, str]]:
    found = list_obstacles(plan, weights, roc_year=114, **more)  # type: ignore[arg-type]
    return [(one.kind, one.subject) for one in found]


def test_alike_or_100_under_each_parent_stands_in_nobodys_way() -> None:
    assert kinds({}) == kinds(FULL) == []
    assert [family.code for family in list_families(PLAN)] == ["", "AC1"]


@pytest.mark.parametrize(
    ("code", "weight", "subject", "total"),
    [("AC1", 61.0, "", 101.0), ("AC1.1", 33.3, "AC1", 99.9), ("AC1.2", 0.0, "AC1", 33.4)],
)
def test_weights_that_do_not_total_100_name_their_parent(
    code: str, weight: float, subject: str, total: float
) -> None:
    (found,) = list_obstacles(PLAN, {**FULL, code: weight}, roc_year=114)
    assert (found.kind, found.level, found.subject) == ("weights_not_100", "error", subject)
    assert found.total == pytest.approx(total)


def test_weights_may_be_binding_and_may_be_left_out_for_a_single_part() -> None:
    assert kinds({}, weights_needed=True) == [
        (kind, s) for s in ("", "AC1") for kind in ["weights_needed"]
    ]
    assert kinds({"AC1.1": 100.0}) == [("no_weight", "AC1.2")]


def test_a_circle_of_kpis_is_told_with_its_path() -> None:
    (found,) = list_obstacles(PLAN, {}, roc_year=114, cycle=("AC1.1", "AC2.1", "AC1.1"))
    assert (found.level, found.path) == ("error", ("AC1.1", "AC2.1", "AC1.1"))


def test_what_a_measure_lacks_is_a_hint() -> None:
    plan = Plan(
        kpis=(
            Kpi(code="K1", name="綜合成效", measures=(measure(None),)),
            Kpi(code="K2", name="辦結率", measures=(measure(target=None),)),
            Kpi(code="K3", name="未訂衡量標準"),
        )
    )
    found = list_obstacles(plan, {}, roc_year=114)
    assert {one.level for one in found} == {"hint"}
    assert [(one.kind, one.subject) for one in found] == [
        ("no_formula", "K1"),
        ("no_direction", "K1"),
        ("no_target", "K2"),
        ("no_measure", "K3"),
    ]
    assert kinds({}, Plan()) == [("nothing_to_judge", "")]


@given(st.lists(st.decimals(min_value=0, max_value=100, places=4), min_size=2, max_size=40))
def test_shares_typed_with_four_decimals_total_exactly(shares: list[object]) -> None:
    plan = Plan(
        objectives=(Objective(code="A", name="甲"),),
        kpis=tuple(Kpi(code=f"A{n}", name="乙", objective="A") for n in range(len(shares))),
    )
    weights = {f"A{n}": float(share) for n, share in enumerate(shares)}  # type: ignore[arg-type]
    total = total_of(list_families(plan)[0], weights)
    assert is_whole(total) == (sum(shares) == 100)  # type: ignore[arg-type]


def test_states() -> None:
    assert take_step("adopted", "plan.activate") == "active"
    with pytest.raises(NoSuchStepError):
        take_step("active", "plan.activate")
