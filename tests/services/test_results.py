"""Stored results: after any changes they are what working everything out anew gives, and what pages explain."""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hengtu.core.actuals import Actual
from hengtu.core.amounts import MissingKind
from hengtu.core.draft import Draft
from hengtu.core.plan import (
    Kpi,
    Measure,
    Objective,
    Perspective,
    Plan,
    PlanValue,
    RocYears,
    Theme,
)
from hengtu.queries.agencies import PlanCard
from hengtu.queries.kpis import load_kpis
from hengtu.queries.results import RESULT_COLUMNS, judge_plan
from hengtu.queries.rollups import COLUMNS
from hengtu.services import (
    accounts,
    actuals,
    agencies,
    documents,
    items,
    plans,
    recomputing,
    rulebooks,
    weights,
)
from hengtu.services.results import follow_definitions
from hengtu.store.models import (
    AgencyRow,
    DefinitionRow,
    ItemUseRow,
    KpiRow,
    NodeResultRow,
    ObjectiveRow,
    PlanRow,
    ResultRow,
    User,
)

FORMULAS: tuple[tuple[str, str, str | None, str], ...] = (
    ("K1", "依限辦結率", "%", "依限辦結件數÷受理案件總數×100%"),
    ("K2", "案件陳情率", "%", "陳情案件件數÷受理案件總數×100%"),
    ("K3", "工程進度", "%", "基本設計進度*20%+細部設計進度*30%+施工完成進度*50%"),
    ("K4", "宣導場次", "場", "場次"),
    ("K5", "用電撙節", "%", "(上年度用電度數-本年度用電度數)÷上年度用電度數×100%"),
    ("K6", "民眾滿意程度", "%", ""),
    ("K7", "道路事故件數", "件", "道路事故件數"),
)
NAMES = {
    "K1": ("依限辦結件數", "受理案件總數", ""),
    "K2": ("陳情案件件數", "受理案件總數"),
    "K3": ("基本設計進度", "細部設計進度", "施工完成進度"),
    "K4": ("場次",),
    "K5": ("上年度用電度數", "本年度用電度數"),
    "K6": ("", "滿意程度"),
    "K7": ("道路事故件數",),
}
PERIODS = (
    "113",
    "113-12",
    "114-01",
    "114-02",
    "114-03",
    "114-06",
    "114Q1",
    "114H1",
    "114",
    "115-01",
)


def make_plan(target: float, *, moved: bool = False) -> Plan:
    """Return an invented plan of seven KPIs in two objectives; ``moved`` lets one change its objective."""
    kpis = tuple(
        Kpi(
            code=code,
            name=name,
            objective="A1" if place % 2 and not (moved and code == "K2") else "A2",
            measures=(
                Measure(
                    formula=formula or None,
                    unit=unit,
                    values=tuple(
                        PlanValue(roc_year=year, kind="target", value=target + year, raw="")
                        for year in (113, 114, 115)
                    ),
                ),
            ),
        )
        for place, (code, name, unit, formula) in enumerate(FORMULAS)
        if not (moved and code == "K3")
    )
    return Plan(
        title="試辦計畫",
        roc_years=RocYears(first=113, last=115),
        themes=(Theme(code="T", name="安全"),),
        perspectives=(Perspective(code="P", name="顧客"),),
        objectives=(
            Objective(code="A1", name="提升品質", theme="T", perspective="P"),
            Objective(code="A2", name="撙節支出", perspective="P"),
        ),
        kpis=kpis,
    )


def adopt(actor: User, agency: AgencyRow, plan: Plan) -> PlanRow:
    file = documents.ReadFile("計畫.txt", uuid.uuid4().hex, 1)
    document = documents.keep_draft(actor=actor, agency=agency, file=file, draft=Draft(plan=plan))
    return plans.adopt(actor=actor, document=document)


@pytest.fixture
def system(db: None) -> User:
    return accounts.system_actor()


@pytest.fixture
def bureau(system: User) -> AgencyRow:
    city = agencies.create_agency(actor=system, name="雲湖市政府")
    return agencies.create_agency(actor=system, name="雲湖市水利局", parent=city)


@contextmanager
def undone() -> Iterator[None]:
    """Let nothing remain of what is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


figures = st.one_of(
    st.integers(0, 400).map(float), st.sampled_from(["not_reported", "no_data", "not_due"])
)
rows = st.builds(
    lambda code, place, period, figure: Actual(
        code=code,
        item=NAMES[code][place % len(NAMES[code])],
        period=period,
        value=figure if isinstance(figure, float) else None,
        missing=None if isinstance(figure, float) else cast("MissingKind", figure),
    ),
    st.sampled_from(sorted(NAMES)),
    st.integers(0, 2),
    st.sampled_from(PERIODS),
    figures,
)
steps = st.one_of(
    st.tuples(st.just("import"), st.lists(rows, min_size=1, max_size=8)),
    st.tuples(st.just("rule"), st.sampled_from(["sum", "last", "mean"])),
    st.tuples(st.just("revise"), st.tuples(st.integers(-100, 0), st.booleans())),
    st.tuples(st.just("weigh"), st.integers(1, 99)),
    st.tuples(st.just("rulebook"), st.sampled_from(["", "grades-90-80-70"])),
)


def take(actor: User, plan: PlanRow, step: tuple[str, Any]) -> None:
    kind, given_value = step
    match kind:
        case "import":
            live = set(
                KpiRow.objects.filter(plan=plan, retired_at=None).values_list("code", flat=True)
            )
            kept = [row for row in given_value if row.code in live]
            actuals.import_rows(actor=actor, plan=plan, rows=kept)
        case "rule":
            rules = {("K1", 1, "受理案件總數"): given_value, ("K4", 1, "場次"): given_value}
            items.set_rules(actor=actor, plan=plan, rules=rules)
        case "revise":
            target, moved = given_value
            adopt(actor, plan.owning_agency, make_plan(float(target), moved=moved))
        case "weigh":
            keys = ObjectiveRow.objects.filter(plan=plan, retired_at=None).values_list(
                "key", flat=True
            )
            shares = (Decimal(given_value), Decimal(100 - given_value))
            given_weights = dict(zip(keys, shares, strict=True))
            weights.set_weights(actor=actor, key=plan.key, roc_year=114, weights=given_weights)
        case "rulebook":
            above = plan.owning_agency.parent
            assert above
            rulebooks.choose(actor=actor, agency=above, first_roc_year=114, code=given_value)


def snapshot(plan: PlanRow) -> dict[Any, tuple[Any, ...]]:
    """Return everything derived, by key; doubles to nine digits."""

    def tidy(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(float(f"{v:.9g}") if isinstance(v, float) else v for v in values)

    span = PlanRow.objects.filter(pk=plan.pk).values_list("judged_first", "judged_last").get()
    results = ResultRow.objects.filter(measure__plan=plan).values_list(
        "measure_id", "period", *RESULT_COLUMNS
    )
    nodes = NodeResultRow.objects.filter(plan=plan).values_list(*COLUMNS)
    uses = ItemUseRow.objects.filter(item__plan=plan).values_list("item_id", "measure_id")
    return {
        "span": span,
        "uses": tuple(sorted(uses)),
        **{("result", *row[:2]): tidy(row[2:]) for row in results},
        **{("node", *row[:4]): tidy(row[4:]) for row in nodes},
    }


def rebuild(plan: PlanRow) -> None:
    """Throw away what is derived and work it out anew."""
    ResultRow.objects.filter(measure__plan=plan).delete()
    NodeResultRow.objects.filter(plan=plan).delete()
    ItemUseRow.objects.filter(measure__plan=plan).delete()
    DefinitionRow.objects.filter(plan=plan).delete()
    PlanRow.objects.filter(pk=plan.pk).update(judged_first=None, judged_last=None)
    follow_definitions(plan)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(steps, min_size=1, max_size=6))
def test_changes_one_by_one_end_where_working_all_out_anew_ends(
    system: User, bureau: AgencyRow, changes: list[tuple[str, Any]]
) -> None:
    with undone():
        plan = adopt(system, bureau, make_plan(-50.0))
        for step in changes:
            take(system, plan, step)
        kept = snapshot(plan)
        assert recomputing.audit().count == 0
        check_explained(plan)
        rebuild(plan)
        assert snapshot(plan) == kept


def card_of(plan: PlanRow) -> PlanCard:
    return cast("PlanCard", SimpleNamespace(key=plan.key))


def check_explained(plan: PlanRow) -> None:
    """Check that the light a page explains is the stored one."""
    loaded = load_kpis(card_of(plan))
    judged = judge_plan(card_of(plan), loaded)
    for kpi in loaded.kpis if judged else ():
        assert judged is not None
        explained = judged.reported.judge(kpi, kpi.measures[0])
        stored = judged.results[kpi.code, 1]
        assert (explained.light, explained.reason, explained.grade, explained.direction) == (
            stored.light,
            stored.reason,
            stored.grade,
            stored.direction,
        )
        for one, other in (
            (explained.value, stored.value),
            (explained.planned, stored.planned),
            (explained.score, stored.score),
        ):
            assert one == other or math.isclose(cast("float", one), cast("float", other))
