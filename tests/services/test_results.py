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
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hengtu.core.actuals import Actual
from hengtu.core.amounts import MissingKind
from hengtu.core.draft import Draft
from hengtu.core.judging.dependencies import CycleError
from hengtu.core.judging.results import Result
from hengtu.core.judging.series import OverTime
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
from hengtu.queries.results import RESULT_COLUMNS, judge_plan, read_reported
from hengtu.queries.rollups import COLUMNS
from hengtu.queries.trees import AGENCY
from hengtu.services import (
    accounts,
    actuals,
    agencies,
    definitions,
    documents,
    items,
    plans,
    recomputing,
    rulebooks,
    weights,
)
from hengtu.services.results import follow_definitions
from hengtu.store.models import (
    ActualRow,
    AgencyRow,
    DataItemRow,
    DefinitionRow,
    FigureRow,
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
    ("K8", "綜合服務指數", "%", "依限辦結率×50%+民眾滿意程度×50%"),
)
NAMES = {
    "K1": ("依限辦結件數", "受理案件總數", ""),
    "K2": ("陳情案件件數", "受理案件總數"),
    "K3": ("基本設計進度", "細部設計進度", "施工完成進度"),
    "K4": ("場次",),
    "K5": ("上年度用電度數", "本年度用電度數"),
    "K6": ("", "滿意程度"),
    "K7": ("道路事故件數",),
    "K8": ("依限辦結率", ""),
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


def test_a_kpi_in_a_formula_moves_the_one_that_names_it(system: User, bureau: AgencyRow) -> None:
    plan = adopt(system, bureau, make_plan(-50.0))
    give(
        system, plan, ("K1", "依限辦結件數", 90.0), ("K1", "受理案件總數", 100.0), ("K6", "", 80.0)
    )
    assert light_of(plan, "K8") == (85.0, 114 * 19 + 2)
    give(system, plan, ("K1", "依限辦結件數", 50.0))
    assert light_of(plan, "K8") == (65.0, 114 * 19 + 2)
    assert recomputing.audit().count == 0
    explained = explain(plan, "K8")
    assert explained.value == 65.0
    assert {"operand_kpi"} <= {one.kind for one in explained.explanation}


def give(actor: User, plan: PlanRow, *told: tuple[str, str, float], period: str = "114-03") -> None:
    """Enter figures: KPI, item and value."""
    rows = [Actual(code=code, item=item, period=period, value=value) for code, item, value in told]
    actuals.import_rows(actor=actor, plan=plan, rows=rows)


def light_of(plan: PlanRow, code: str, measure: int = 1) -> tuple[float | None, int] | None:
    """Return the last stored value of a KPI and its month."""
    rows = ResultRow.objects.filter(
        measure__plan=plan, measure__kpi__code=code, measure__index=measure
    )
    return rows.order_by("-period").values_list("value", "period").first()


def explain(plan: PlanRow, code: str) -> Result:
    loaded = load_kpis(card_of(plan))
    reported = read_reported(card_of(plan))
    assert reported
    kpi = next(one for one in loaded.kpis if one.code == code)
    return reported.judge(kpi, kpi.measures[0])


def plan_of(*kpis: tuple[str, str, str]) -> Plan:
    """Return a plan of KPIs: code, name and formula."""
    return Plan(
        title="試辦計畫",
        roc_years=RocYears(first=114, last=114),
        kpis=tuple(
            Kpi(code=code, name=name, measures=(Measure(formula=formula, unit="件"),))
            for code, name, formula in kpis
        ),
    )


@pytest.mark.parametrize("above_first", [True, False])
def test_figures_of_child_agencies_move_the_kpi_above(
    system: User, bureau: AgencyRow, above_first: bool
) -> None:
    city = bureau.parent
    assert city
    office = agencies.create_agency(actor=system, name="雲湖市山區公所", parent=city)
    upper = plan_of(("C1", "全市受理總量", "子機關加總(受理案件總數)"))
    own = plan_of(("K1", "受理情形", "受理案件總數"))
    above = adopt(system, city, upper) if above_first else None
    below = [adopt(system, agency, own) for agency in (bureau, office)]
    above = above or adopt(system, city, upper)
    give(system, below[0], ("K1", "受理案件總數", 5.0))
    give(system, below[1], ("K1", "受理案件總數", 7.0))
    assert light_of(above, "C1") == (12.0, 114 * 19 + 2)
    give(system, below[1], ("K1", "受理案件總數", 1.0))
    assert light_of(above, "C1") == (6.0, 114 * 19 + 2)
    assert recomputing.audit().count == 0
    assert explain(above, "C1").value == 6.0


def test_a_child_agency_that_joins_without_the_item_counts_as_missing_at_once(
    system: User, bureau: AgencyRow
) -> None:
    city = bureau.parent
    assert city
    office = agencies.create_agency(actor=system, name="雲湖市山區公所", parent=city)
    above = adopt(system, city, plan_of(("C1", "全市受理總量", "子機關加總(受理案件總數)")))
    own = adopt(system, bureau, plan_of(("K1", "受理情形", "受理案件總數")))
    give(system, own, ("K1", "受理案件總數", 5.0))
    stored = ResultRow.objects.filter(measure__plan=above).order_by("-period")
    before = stored.values_list("coverage", flat=True).first()
    adopt(system, office, plan_of(("K1", "其他情形", "別的數據項目")))
    after = stored.values_list("coverage", flat=True).first()
    assert before
    assert after == before / 2
    assert recomputing.audit().count == 0


def test_a_circle_that_an_older_release_took_hinders_no_figures_and_rules(
    system: User, bureau: AgencyRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle = plan_of(
        ("K1", "服務品質指數", "服務效率指數×2+服務件數總和"),
        ("K2", "服務效率指數", "服務品質指數÷2"),
    )
    with monkeypatch.context() as older:
        older.setattr(definitions, "refuse_cycle", lambda measures: None)
        plan = adopt(system, bureau, circle)
    give(system, plan, ("K1", "先前沒有的數據項", 5.0))
    item = DataItemRow.objects.get(name="服務件數總和")
    told = items.ItemDefinition(unit="件")
    assert items.define(actor=system, plan=plan.key, key=item.key, definition=told).unit == "件"
    rules = {("K1", 1, "服務件數總和"): cast("OverTime", "last")}
    assert items.set_rules(actor=system, plan=plan, rules=rules) == 1
    assert recomputing.audit().count == 0


def test_kpis_that_need_each_other_are_refused_with_their_path(
    system: User, bureau: AgencyRow
) -> None:
    circle = plan_of(
        ("K1", "服務品質指數", "服務效率指數×2"), ("K2", "服務效率指數", "服務品質指數÷2")
    )
    with pytest.raises(CycleError) as refusal, transaction.atomic():
        adopt(system, bureau, circle)
    assert refusal.value.path == ("K1", "K2", "K1")
    assert not DefinitionRow.objects.exists()
    assert not PlanRow.objects.exists()


def test_names_with_different_figures_mean_two_things(system: User, bureau: AgencyRow) -> None:
    plan = adopt(system, bureau, make_plan(-50.0))
    give(system, plan, ("K1", "受理案件總數", 100.0), ("K1", "依限辦結件數", 50.0))
    give(system, plan, ("K2", "陳情案件件數", 10.0))
    shared = DataItemRow.objects.get(name="受理案件總數")
    assert (shared.kpi_id, light_of(plan, "K2")) == (None, (10.0, 114 * 19 + 2))
    give(system, plan, ("K1", "受理案件總數", 200.0))
    assert light_of(plan, "K2") == (5.0, 114 * 19 + 2)
    assert DataItemRow.objects.filter(name="受理案件總數").count() == 1
    give(system, plan, ("K2", "受理案件總數", 40.0))
    own = dict(
        DataItemRow.objects.filter(name="受理案件總數", kpi__isnull=False).values_list(
            "kpi__code", "actuals__value"
        )
    )
    assert own == {"K1": 200.0, "K2": 40.0}
    assert light_of(plan, "K1") == (25.0, 114 * 19 + 2)
    assert light_of(plan, "K2") == (25.0, 114 * 19 + 2)
    assert recomputing.audit().count == 0
    assert FigureRow.objects.count() == ActualRow.objects.count() == 4


def test_a_kpi_that_gave_nothing_lives_without_the_figures_of_a_name_that_was_split(
    system: User, bureau: AgencyRow
) -> None:
    plan = adopt(
        system,
        bureau,
        plan_of(
            ("K1", "轄區情形", "列管人口數量"),
            ("K2", "受理情形", "受理案件總數"),
            ("K3", "辦結情形", "辦結案件總數"),
        ),
    )
    give(system, plan, ("K2", "列管人口數量", 5.0))
    assert light_of(plan, "K1") == (5.0, 114 * 19 + 2)
    give(system, plan, ("K3", "受理案件總數", 9.0), period="114-04")
    give(system, plan, ("K3", "列管人口數量", 7.0))
    assert light_of(plan, "K1") == (None, 114 * 19 + 3)
    assert recomputing.audit().count == 0


def test_a_revision_keeps_figures_with_the_kpi_whatever_its_code(
    system: User, bureau: AgencyRow
) -> None:
    first = plan_of(("K1", "受理情形", "件數"), ("K2", "辦結情形", "辦結件數合計量"))
    plan = adopt(system, bureau, first)
    give(system, plan, ("K1", "件數", 5.0), ("K2", "辦結件數合計量", 3.0))
    keys = dict(DataItemRow.objects.values_list("name", "key"))
    moved = plan_of(("B7", "受理情形", "件數"), ("B8", "辦結情形", "辦結件數合計量"))
    adopt(system, bureau, moved)
    assert (light_of(plan, "B7"), light_of(plan, "B8")) == (
        (5.0, 114 * 19 + 2),
        (3.0, 114 * 19 + 2),
    )
    assert dict(DataItemRow.objects.values_list("name", "key")) == keys
    adopt(system, bureau, plan_of(("B7", "受理情形", "件數")))
    assert set(ResultRow.objects.values_list("measure__kpi__code", flat=True)) == {"B7"}
    assert recomputing.audit().count == 0


def test_a_missing_figure_takes_the_month_back(system: User, bureau: AgencyRow) -> None:
    plan = adopt(system, bureau, plan_of(("K1", "受理情形", "受理申請件數")))
    give(system, plan, ("K1", "受理申請件數", 5.0), period="114-02")
    give(system, plan, ("K1", "受理申請件數", 7.0), period="114-05")
    assert light_of(plan, "K1") == (12.0, 114 * 19 + 4)
    gap = Actual(code="K1", item="受理申請件數", period="114-05", missing="not_reported")
    actuals.import_rows(actor=system, plan=plan, rows=[gap])
    assert light_of(plan, "K1") == (5.0, 114 * 19 + 1)
    assert recomputing.audit().count == 0


def test_the_same_figures_again_change_nothing(system: User, bureau: AgencyRow) -> None:
    plan = adopt(system, bureau, make_plan(-50.0))
    give(system, plan, ("K1", "依限辦結件數", 90.0), ("K1", "受理案件總數", 100.0))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        give(system, plan, ("K1", "依限辦結件數", 90.0), ("K1", "受理案件總數", 100.0))
    written = [
        one["sql"] for one in asked if "resultrow" in one["sql"] and "SELECT" not in one["sql"]
    ]
    assert written == []


def test_lights_climb_past_an_agency_without_a_plan_until_it_has_one(
    system: User, bureau: AgencyRow
) -> None:
    city = bureau.parent
    assert city
    office = agencies.create_agency(actor=system, name="雲湖市山區工程處", parent=bureau)
    top, own = (adopt(system, agency, make_plan(-50.0)) for agency in (city, office))
    give(system, own, ("K1", "依限辦結件數", 90.0), ("K1", "受理案件總數", 100.0))
    assert agency_lights(top) == {114 * 19 + month: 1 for month in range(3)}
    between = adopt(system, bureau, make_plan(-50.0))
    assert agency_lights(between) == agency_lights(top) == agency_lights(own)
    give(system, between, ("K1", "依限辦結件數", 10.0), ("K1", "受理案件總數", 100.0))
    assert agency_lights(between) == {114 * 19 + month: 2 for month in range(3)}
    assert recomputing.audit().count == 0


def agency_lights(plan: PlanRow) -> dict[int, int]:
    """Return how many lights stand right below an agency, by month."""
    rows = NodeResultRow.objects.filter(plan=plan, kind=AGENCY)
    return {row.period: row.green + row.yellow + row.red + row.white for row in rows}
