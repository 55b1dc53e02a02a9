"""What people decide about findings is what the adopted plan says."""

from __future__ import annotations

import pytest

from hengtu.core.adopt import Decision, DecisionError, adopt, can_reword
from hengtu.core.draft import Draft
from hengtu.core.issues import Finding, make_finding
from hengtu.core.plan import Action, Budget, Kpi, Measure, Objective, Plan, PlanValue, Text
from hengtu.core.source import Source

NAME = make_finding(
    "R114",
    Source(line=4, raw="提升報送性"),
    subject="DP1",
    raw="提升報送性",
    reading="提升報送正確性",
)
CODE = make_finding("R101", Source(line=2, raw="API"), subject="AP1", raw="API", reading="AP1")
PLAN = Plan(
    objectives=(
        Objective(code="DP1", name="提升報送正確性", source=Source(line=4)),
        Objective(code="AP1", name="完備編釘", success_factors=(Text(text="AP1"),)),
    ),
    kpis=(Kpi(code="AP1.1", name="完成率", objective="AP1", measures=(Measure(formula="甲÷乙"),)),),
    actions=(Action(code="AP1.1.1", text="清查", kpi="AP1.1"),),
)
DRAFT = Draft(plan=PLAN, findings=(NAME, CODE))


def decide(finding: Finding, verdict: str, text: str = "", reason: str = "") -> Decision:
    return Decision(identity=finding.identity, verdict=verdict, text=text, reason=reason)  # type: ignore[arg-type]


def test_without_decisions_the_repairs_stand() -> None:
    assert adopt(DRAFT) == PLAN


def test_accepting_changes_nothing() -> None:
    assert adopt(DRAFT, [decide(NAME, "accept")]) == PLAN


def test_overruling_goes_back_to_the_printed_words() -> None:
    plan = adopt(DRAFT, [decide(NAME, "overrule", reason="本局用語")])
    assert plan.objectives[0].name == "提升報送性"


def test_overruling_needs_a_reason() -> None:
    with pytest.raises(DecisionError, match="overrule_needs_reason"):
        adopt(DRAFT, [decide(NAME, "overrule", reason=" ")])


def test_an_edit_puts_the_text_in_place() -> None:
    plan = adopt(DRAFT, [decide(NAME, "edit", text="提升津貼報送正確性")])
    assert plan.objectives[0].name == "提升津貼報送正確性"


def test_an_edited_code_is_followed_by_everything_that_refers_to_it() -> None:
    plan = adopt(DRAFT, [decide(CODE, "edit", text="AP9")])
    assert plan.objectives[1].code == "AP9"
    assert (plan.kpis[0].code, plan.kpis[0].objective) == ("AP9.1", "AP9")
    assert (plan.actions[0].code, plan.actions[0].kpi) == ("AP9.1.1", "AP9.1")
    assert plan.objectives[1].success_factors[0].text == "AP1"


def test_an_edit_without_text_is_refused() -> None:
    with pytest.raises(DecisionError, match="edit_needs_text"):
        adopt(DRAFT, [decide(NAME, "edit", text="")])


def test_only_readings_that_stand_in_the_plan_can_be_edited() -> None:
    header = make_finding("R132", Source(line=1, lines=(1, 9), raw="策略目標"))
    assert can_reword(PLAN, NAME)
    assert can_reword(PLAN, CODE)
    assert not can_reword(PLAN, header)


def test_decisions_about_findings_that_are_gone_do_nothing() -> None:
    gone = Decision(identity=("R101", "ZZ1", "ZZI"), verdict="edit", text="ZZ9")
    assert adopt(DRAFT, [gone]) == PLAN


BROKEN = make_finding(
    "R141", Source(line=7, raw="12,4 50"), subject="AP1.1.1", raw="12,4 50", reading="12450000"
)
MONEY = Draft(
    plan=Plan(
        actions=(
            Action(
                code="AP1.1.1",
                text="清查",
                budgets=(
                    Budget(roc_year=114, amount=12_450_000, raw="12,4 50"),
                    Budget(roc_year=115, amount=9_000_000, raw="9,000"),
                ),
            ),
        )
    ),
    findings=(BROKEN,),
)


def amounts(plan: Plan) -> list[int | None]:
    return [budget.amount for budget in plan.actions[0].budgets]


def test_a_number_that_was_put_together_can_be_edited() -> None:
    assert can_reword(MONEY.plan, BROKEN)
    assert amounts(adopt(MONEY, [decide(BROKEN, "edit", text="12,400,000")])) == [
        12_400_000,
        9_000_000,
    ]


def test_an_overruled_number_is_no_number() -> None:
    plan = adopt(MONEY, [decide(BROKEN, "overrule", reason="應為兩個數字")])
    assert amounts(plan) == [None, 9_000_000]
    assert plan.actions[0].budgets[0].raw == "12,4 50"


def test_an_overruled_value_is_missing_and_never_zero() -> None:
    broken = make_finding("R141", Source(line=3, raw="1,2 00"), subject="AC1.1", reading="1200")
    value = PlanValue(roc_year=114, kind="target", value=1200.0, raw="1,2 00")
    kpi = Kpi(code="AC1.1", name="件數", measures=(Measure(values=(value,)),))
    plan = adopt(
        Draft(plan=Plan(kpis=(kpi,)), findings=(broken,)), [decide(broken, "overrule", reason="誤")]
    )
    left = plan.kpis[0].measures[0].values[0]
    assert (left.value, left.missing, left.raw) == (None, "not_computable", "1,2 00")
