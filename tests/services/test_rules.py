"""Rulebooks chosen, weights set, plans activated: permission, change and audit; what each refuses."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from tests.web.conftest import Keep, make_plan

from hengtu.core.actuals import Actual
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT
from hengtu.core.lifecycle import NoSuchStepError
from hengtu.core.periods import Period
from hengtu.engines.lights import COLOURS
from hengtu.queries.agencies import list_plans
from hengtu.queries.rulebooks import preview
from hengtu.queries.rules import read_rulebooks, read_weights, rulebook_of, weights_of
from hengtu.readers.failure import ReadError
from hengtu.readers.rulebooks import load_preset
from hengtu.services import accounts, activation, actuals, plans, results, rulebooks, weights
from hengtu.services.permission import NotAllowedError
from hengtu.store.models import (
    AgencyRow,
    AuditRow,
    KpiRow,
    NodeResultRow,
    ObjectiveRow,
    PlanRow,
    ReferenceRow,
    ResultRow,
    User,
)

OWN = """
code: own
title: 本局燈號
source: product default
bands:
  - {at_least: 95, light: green}
  - {at_least: 0, light: red}
roll_up: worst
"""


def keys(row: PlanRow) -> dict[str, UUID]:
    objectives = ObjectiveRow.objects.filter(plan=row, retired_at=None)
    kpis = KpiRow.objects.filter(plan=row, retired_at=None)
    return {one.code: one.key for one in (*objectives, *kpis)}


def share(row: PlanRow, **given: str) -> dict[UUID, Decimal]:
    known = keys(row)
    return {known[code.replace("_", ".")]: Decimal(text) for code, text in given.items()}


def test_until_something_is_chosen_the_product_default_holds(plan: PlanRow) -> None:
    assert rulebook_of(plan, 114) == PRODUCT_DEFAULT
    assert weights_of(plan, 114) == {}


def test_a_choice_holds_below_and_from_its_year_on(
    plan: PlanRow, bureau: AgencyRow, system: User
) -> None:
    city = bureau.parent
    assert city
    rulebooks.choose(actor=system, agency=city, first_roc_year=114, code="grades-90-80-70")
    assert [rulebook_of(plan, y).code for y in (113, 114, 116)] == [
        "default",
        "grades-90-80-70",
        "grades-90-80-70",
    ]
    rulebooks.choose(
        actor=system, agency=bureau, first_roc_year=115, content=OWN.encode(), file="o.yaml"
    )
    assert [rulebook_of(plan, y).code for y in (114, 115)] == ["grades-90-80-70", "own"]
    in_force = read_rulebooks().in_force(bureau.pk, 114)
    assert in_force.agency_id == city.pk
    rulebooks.choose(actor=system, agency=bureau, first_roc_year=116)
    assert [rulebook_of(plan, y).code for y in (115, 116)] == ["own", "grades-90-80-70"]


def test_the_last_choice_for_a_year_holds_and_others_keep_their_years(
    plan: PlanRow, bureau: AgencyRow, system: User
) -> None:
    rulebooks.choose(actor=system, agency=bureau, first_roc_year=110, code="grades-95-85")
    rulebooks.choose(
        actor=system,
        agency=bureau,
        first_roc_year=111,
        last_roc_year=111,
        code="green-purchasing-111",
    )
    codes = [rulebook_of(plan, y).code for y in (110, 111, 112)]
    assert codes == ["grades-95-85", "green-purchasing-111", "grades-95-85"]


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (0, None, ""),
        (200, None, ""),
        (114, 113, ""),
        (111, None, "green-purchasing-111"),
        (110, 111, "green-purchasing-111"),
        (112, 112, "green-purchasing-111"),
    ],
)
def test_years_that_no_rulebook_can_be_taken_for(
    bureau: AgencyRow, system: User, first: int, last: int | None, code: str
) -> None:
    with pytest.raises(rulebooks.YearsError):
        rulebooks.choose(
            actor=system, agency=bureau, first_roc_year=first, last_roc_year=last, code=code
        )
    assert not AuditRow.objects.filter(verb="rulebook.choose").exists()


def test_what_is_no_rulebook_is_refused(bureau: AgencyRow, system: User) -> None:
    for given in ({"code": "nothing"}, {"content": b"[1]", "file": "x.yaml"}):
        with pytest.raises(ReadError):
            rulebooks.choose(actor=system, agency=bureau, first_roc_year=114, **given)  # type: ignore[arg-type]


def test_only_planning_officers_choose_weigh_and_activate(plan: PlanRow, system: User) -> None:
    chief = accounts.create_user(actor=system, username="chief", password="x", demo=True)
    agency = plan.owning_agency
    accounts.grant_role(actor=system, user=chief, agency=agency, role="section_chief")
    with pytest.raises(NotAllowedError):
        rulebooks.choose(actor=chief, agency=agency, first_roc_year=114)
    with pytest.raises(NotAllowedError):
        weights.set_weights(actor=chief, key=plan.key, roc_year=114, weights={})
    with pytest.raises(NotAllowedError):
        activation.activate(actor=chief, key=plan.key)


def test_weights_hold_from_their_year_on(plan: PlanRow, officer: User) -> None:
    first = share(plan, AC1="30", AC2="70", AC1_1="100", AC2_1="100")
    assert weights.set_weights(actor=officer, key=plan.key, roc_year=114, weights=first) == 4
    weights.set_weights(
        actor=officer, key=plan.key, roc_year=116, weights=share(plan, AC1="50", AC2="50")
    )
    assert weights_of(plan, 113) == {}
    assert weights_of(plan, 115) == {"AC1": 30, "AC2": 70, "AC1.1": 100, "AC2.1": 100}
    assert weights_of(plan, 116) == {"AC1": 50, "AC2": 50}
    assert sorted(read_weights(plan).by_year) == [114, 116]
    weights.set_weights(actor=officer, key=plan.key, roc_year=116, weights={})
    assert weights_of(plan, 116)["AC1"] == 30


def test_setting_the_same_again_leaves_no_second_entry(plan: PlanRow, officer: User) -> None:
    given = share(plan, AC1="30", AC2="70")
    for _ in range(2):
        weights.set_weights(actor=officer, key=plan.key, roc_year=114, weights=given)
    entries = AuditRow.objects.filter(verb="plan.weigh")
    assert entries.count() == 1
    entry = entries.get()
    assert entry.detail["before"] == {}
    assert entry.detail["after"] == {"AC1": "30", "AC2": "70"}


@pytest.mark.parametrize("text", ["-1", "100.5", "33.33333", "NaN", "Infinity"])
def test_what_is_no_share_is_refused(plan: PlanRow, officer: User, text: str) -> None:
    with pytest.raises(weights.WeightError) as refused:
        weights.set_weights(
            actor=officer, key=plan.key, roc_year=114, weights=share(plan, AC1=text)
        )
    assert refused.value.code == "AC1"
    with pytest.raises(weights.UnknownPartError):
        weights.set_weights(
            actor=officer, key=plan.key, roc_year=114, weights={uuid4(): Decimal(1)}
        )


def test_a_plan_with_short_weights_is_not_activated_and_an_active_one_keeps_100(
    plan: PlanRow, officer: User
) -> None:
    weights.set_weights(
        actor=officer, key=plan.key, roc_year=114, weights=share(plan, AC1="30", AC2="60")
    )
    with pytest.raises(activation.BlockedError) as blocked:
        activation.activate(actor=officer, key=plan.key)
    assert [(o.kind, o.total) for o in blocked.value.readiness.errors] == [("weights_not_100", 90)]
    weights.set_weights(
        actor=officer, key=plan.key, roc_year=114, weights=share(plan, AC1="30", AC2="70")
    )
    assert activation.activate(actor=officer, key=plan.key).state == "active"
    with pytest.raises(weights.NotWholeError):
        weights.set_weights(
            actor=officer, key=plan.key, roc_year=115, weights=share(plan, AC1="30")
        )
    weights.set_weights(
        actor=officer, key=plan.key, roc_year=115, weights=share(plan, AC1="25", AC2="75")
    )
    with pytest.raises(NoSuchStepError):
        activation.activate(actor=officer, key=plan.key)
    verbs = AuditRow.objects.filter(verb="plan.activate", object_key=str(plan.key))
    assert verbs.count() == 1


def test_a_revision_that_leaves_weights_short_makes_the_plan_wait_again(
    plan: PlanRow, officer: User, keep: Keep
) -> None:
    plans.adopt(actor=officer, document=keep(make_plan(3)))
    given = share(plan, AC1="30", AC2="40", AC3="30")
    weights.set_weights(actor=officer, key=plan.key, roc_year=114, weights=given)
    activation.activate(actor=officer, key=plan.key)
    same = plans.adopt(actor=officer, document=keep(make_plan(3)))
    assert (same.pk, same.state) == (plan.pk, "active")
    shorter = plans.adopt(actor=officer, document=keep(make_plan(2)))
    shorter.refresh_from_db()
    assert (shorter.pk, shorter.state) == (plan.pk, "adopted")
    settled = AuditRow.objects.get(verb="plan.settle")
    assert settled.detail["obstacles"] == ["weights_not_100"]
    assert weights_of(plan, 114) == {"AC1": 30, "AC2": 40}


MONTHLY = ((114, 11, 79.0), (114, 12, 93.0))


def report(plan: PlanRow, officer: User) -> None:
    rows = [
        Actual(code=code, period=f"{y}-{m:02d}", item=item, value=value)
        for y, m, done in MONTHLY
        for code, value_done in (("AC1.1", done), ("AC2.1", done / 2))
        for item, value in (("完成清疏長度", value_done), ("應清疏長度", 100.0))
    ]
    actuals.import_rows(actor=officer, plan=plan, rows=rows)


def stored() -> set[tuple[object, ...]]:
    kinds = ("plan_id", "kind", "part_id", "period", "score", "coverage", "light", "reason")
    lights = NodeResultRow.objects.values_list(*kinds)
    results = ResultRow.objects.values_list("measure_id", "period", "light", "band", "score")
    return {*lights, *results}


def light_of_plan(row: PlanRow, month: int) -> int:
    code = Period(114, month=month).code
    return NodeResultRow.objects.get(plan=row, kind=4, period=code).light


def test_results_follow_a_rulebook_chosen_above_and_equal_a_full_recompute(
    plan: PlanRow, bureau: AgencyRow, officer: User, system: User
) -> None:
    report(plan, officer)
    before = stored()
    city = bureau.parent
    assert city
    rulebooks.choose(actor=system, agency=city, first_roc_year=114, content=OWN.encode())
    after = stored()
    assert after != before
    results.refresh(plan)
    assert stored() == after
    rulebooks.choose(actor=system, agency=city, first_roc_year=114, code="default")
    assert stored() == before


def test_lights_follow_weights_and_equal_a_full_recompute(plan: PlanRow, officer: User) -> None:
    report(plan, officer)
    assert light_of_plan(plan, 12) == 0
    heavy = share(plan, AC1="100", AC2="0")
    weights.set_weights(actor=officer, key=plan.key, roc_year=114, weights=heavy)
    assert light_of_plan(plan, 12) == 2
    weighed = stored()
    results.refresh(plan)
    assert stored() == weighed
    weights.set_weights(actor=officer, key=plan.key, roc_year=114, weights={})
    assert light_of_plan(plan, 12) == 0


def test_many_measures_wait_for_the_recompute(
    plan: PlanRow, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(plan, officer)
    before = stored()
    monkeypatch.setattr(rulebooks, "MOST_AT_ONCE", 1)
    rulebooks.choose(
        actor=officer, agency=plan.owning_agency, first_roc_year=114, content=OWN.encode()
    )
    assert rulebooks.is_much(plan.owning_agency)
    assert stored() == before
    results.refresh(plan)
    assert stored() != before


def test_a_preview_judges_kpis_that_take_other_kpis_too(
    system: User, bureau: AgencyRow, keep: Keep
) -> None:
    judged = make_plan(2)
    first, second = replace(judged.kpis[0], name="整體清疏完成率"), judged.kpis[1]
    taking = replace(second, measures=(replace(second.measures[0], formula="整體清疏完成率×1"),))
    row = plans.adopt(actor=system, document=keep(replace(judged, kpis=(first, taking))))
    figures = [
        Actual(code=first.code, item=item, period="114-03", value=value)
        for item, value in (("完成清疏長度", 80.0), ("應清疏長度", 100.0))
    ]
    actuals.import_rows(actor=system, plan=row, rows=figures)
    assert ReferenceRow.objects.filter(measure__plan=row).exists()
    card = next(card for card in list_plans(bureau) if card.key == row.key)
    tried = preview(card, load_preset("grades-90-80-70"))
    assert tried
    stored = ResultRow.objects.filter(measure__plan=row, period=tried.period.code)
    lights = Counter(COLOURS[light] for light in stored.values_list("light", flat=True))
    assert "white" not in lights
    assert tried.before == lights
    rulebooks.choose(actor=system, agency=bureau, first_roc_year=114, code="grades-90-80-70")
    after = Counter(COLOURS[light] for light in stored.values_list("light", flat=True))
    assert tried.after == after
