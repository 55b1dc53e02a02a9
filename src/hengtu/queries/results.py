"""What came in, judged: the stored lights of a plan for a month, and why one measure's is what it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Value

from hengtu.core.actuals import is_period
from hengtu.core.judging.directions import find_direction
from hengtu.core.judging.results import Result, compute_measure
from hengtu.core.judging.rollup import COLOURS as ORDER
from hengtu.core.judging.rollup import Node, NodeKind
from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.judging.targets import pick_target
from hengtu.core.periods import Period, read_period
from hengtu.core.plan import Direction, Kpi, Measure, Objective, Perspective, Plan, Theme
from hengtu.engines.columns import name_kind
from hengtu.engines.lights import COLOURS, name_reason
from hengtu.queries.agencies import PlanCard
from hengtu.queries.records import Records
from hengtu.queries.rules import rulebook_of, weights_of
from hengtu.queries.trees import KINDS, PLAN
from hengtu.store.models import (
    KpiRow,
    NodeResultRow,
    ObjectiveRow,
    PerspectiveRow,
    PlanRow,
    ResultRow,
    ThemeRow,
)

RESULT_COLUMNS = (
    "value",
    "planned",
    "achievement",
    "score",
    "coverage",
    "missing",
    "light",
    "reason",
    "band",
)
NODE_COLUMNS = ("light", "reason", "score", "coverage", *ORDER)
PARTS = (KpiRow, ObjectiveRow, ThemeRow, PerspectiveRow)
MeasureKey = tuple[str, int]
NodeKey = tuple[NodeKind, str]


@dataclass(frozen=True)
class Reported:
    """A month of a plan and by what it is judged.

    ``latest`` is the last month with results of each ROC year that has any.
    """

    plan: PlanRow
    period: Period
    latest: Mapping[int, int]
    records: Records = field(compare=False)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rulebook of the year."""
        return rulebook_of(self.plan, self.period.roc_year)

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """The weights of the year, by code; empty where all weigh alike."""
        return weights_of(self.plan, self.period.roc_year)

    def judge(self, kpi: Kpi, measure: Measure, month: int | None = None) -> Result:
        """Return the result of a measure with its explanation, at the end of the period or another month of its year.

        It is worked out from the figures: three SQL statements for each KPI that was not asked for before.
        """
        record = self.records.of(kpi.code)
        return compute_measure(
            kpi,
            measure,
            record.figures,
            period=Period(self.period.roc_year, month=month) if month else self.period,
            rulebook=self.rulebook,
            rules=record.rules_of(kpi, measure),
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """The stored results of a plan for a month, by (KPI code, measure), and the lights above them.

    The results tell no explanation; ``reported.judge`` does, for one measure at a time.
    """

    reported: Reported
    results: Mapping[MeasureKey, Result]
    nodes: Mapping[NodeKey, Node]

    @property
    def period(self) -> Period:
        """The month that is judged."""
        return self.reported.period


def judge_plan(card: PlanCard, plan: Plan, wanted: str = "") -> Judged | None:
    """Return the lights of a plan for a month such as ``114-09``, None while nothing was reported.

    Without a month that has results it is the last one that has. At most seven SQL statements.
    """
    reported = read_reported(card, wanted)
    return judge(plan, reported) if reported else None


def read_reported(card: PlanCard, wanted: str = "") -> Reported | None:
    """Return the month of a plan that is asked for, None while nothing was reported; one SQL statement."""
    row = PlanRow.objects.get(key=card.key)
    latest = list_years(row)
    if not latest:
        return None
    return Reported(row, choose_period(wanted, latest), latest, Records(row))


def list_years(plan: PlanRow) -> dict[int, int]:
    """Return the last month with results of every ROC year that has any."""
    if plan.judged_first is None or plan.judged_last is None:
        return {}
    first, last = Period.from_code(plan.judged_first), Period.from_code(plan.judged_last)
    years = range(first.roc_year, last.roc_year + 1)
    return {year: 12 if year < last.roc_year else last.months[-1] for year in years}


def choose_period(wanted: str, latest: Mapping[int, int]) -> Period:
    """Return the month wished for where results reach it, else the last one.

    >>> str(choose_period("114-02", {113: 12, 114: 3})), str(choose_period("115-01", {114: 3}))
    ('114-02', '114-03')
    """
    period = read_period(wanted) if is_period(wanted) else None
    if period and period.months[-1] <= latest.get(period.roc_year, 0):
        return Period(period.roc_year, month=period.months[-1])
    roc_year = max(latest)
    return Period(roc_year, month=latest[roc_year])


def judge(plan: Plan, reported: Reported) -> Judged:
    """Return the stored lights of a plan for a month; at most six SQL statements."""
    return Judged(
        reported=reported,
        results=read_results(plan, reported),
        nodes=read_nodes(plan, reported),
    )


def read_results(plan: Plan, reported: Reported) -> dict[MeasureKey, Result]:
    """Return the stored results of a month in the plan's order; one SQL statement."""
    live: dict[str, Any] = {"measure__plan": reported.plan, "measure__retired_at": None}
    rows = ResultRow.objects.filter(**live, period=reported.period.code)
    told = {
        (code, index): columns
        for code, index, *columns in rows.values_list(
            "measure__kpi__code", "measure__index", *RESULT_COLUMNS
        )
    }
    return {
        (kpi.code, measure.index): as_result(kpi, measure, reported, columns)
        for kpi in plan.kpis
        for measure in kpi.measures
        if (columns := told.get((kpi.code, measure.index)))
    }


def as_result(kpi: Kpi, measure: Measure, reported: Reported, columns: Iterable[Any]) -> Result:
    """Return a stored result; what the plan says of the measure is read from the plan."""
    value, planned, achievement, score, coverage, missing, light, reason, band = columns
    target = pick_target(measure, reported.period).aim
    rulebook = reported.rulebook
    return Result(
        code=kpi.code,
        measure=measure.index,
        period=str(reported.period),
        value=value,
        missing=name_kind(missing) if missing else None,
        unit=measure.unit,
        direction="range" if target.low is not None else direction_of(kpi, measure),
        target=target.target,
        planned=planned,
        achievement=achievement,
        light=COLOURS[light],
        reason=name_reason(reason),
        grade=rulebook.bands[band].grade if 0 <= band < len(rulebook.bands) else "",
        score=score,
        coverage=coverage,
        rulebook=rulebook.code,
        decimals=rulebook.decimals_for(measure.unit),
    )


def direction_of(kpi: Kpi, measure: Measure) -> Direction | None:
    """Return which way is better."""
    return find_direction(kpi, measure)[0]


def read_nodes(plan: Plan, reported: Reported) -> dict[NodeKey, Node]:
    """Return the stored lights of a month, those below first; two SQL statements."""
    rows = NodeResultRow.objects.filter(plan=reported.plan, period=reported.period.code)
    told = {
        (kind, part): columns
        for kind, part, *columns in rows.values_list("kind", "part_id", *NODE_COLUMNS)
    }
    names = name_parts(plan)
    return {
        (KINDS[kind], code): as_node(KINDS[kind], code, names.get((kind, code), ""), told[kind, pk])
        for kind, pk, code in list_parts(reported.plan)
        if (kind, pk) in told
    }


def list_parts(plan: PlanRow) -> list[tuple[int, int, str]]:
    """Return kind, row and code of everything in a plan that can have a light; one SQL statement."""
    first, *rest = (
        model._default_manager.filter(plan=plan, retired_at=None)
        .order_by()
        .values_list(Value(kind), "pk", "code", "rank")
        for kind, model in enumerate(PARTS)
    )
    rows = sorted(first.union(*rest, all=True), key=lambda row: (row[0], row[3]))
    return [*((kind, pk, code) for kind, pk, code, _ in rows), (PLAN, 0, "")]


def name_parts(plan: Plan) -> dict[tuple[int, str], str]:
    """Return the names of everything that can have a light, by kind and code."""
    lists: tuple[Sequence[Kpi | Objective | Theme | Perspective], ...] = (
        plan.kpis,
        plan.objectives,
        plan.themes,
        plan.perspectives,
    )
    names = {(kind, one.code): one.name for kind, parts in enumerate(lists) for one in parts}
    return {**names, (PLAN, ""): plan.title}


def as_node(kind: NodeKind, code: str, name: str, columns: Iterable[Any]) -> Node:
    """Return a stored light."""
    light, reason, score, coverage, *counts = columns
    return Node(
        kind=kind,
        code=code,
        name=name,
        light=COLOURS[light],
        reason=name_reason(reason),
        score=score,
        coverage=coverage,
        counts=tuple(zip(ORDER, counts, strict=True)),
    )


def follow_year(kpi: Kpi, measure: Measure, reported: Reported) -> tuple[Result, ...]:
    """Return the results of a measure for the months of the year up to the last with figures."""
    last = reported.latest[reported.period.roc_year]
    return tuple(reported.judge(kpi, measure, month) for month in range(1, last + 1))


def read_values(
    judged: Judged, codes: Collection[str] | None = None
) -> dict[MeasureKey, dict[int, float | None]]:
    """Return the stored values for the months of the year, of every measure or of KPIs; one SQL statement."""
    live: dict[str, Any] = {"measure__plan": judged.reported.plan, "measure__retired_at": None}
    if codes is not None:
        live["measure__kpi__code__in"] = codes
    rows = ResultRow.objects.filter(**live, period__in=codes_of_year(judged.reported))
    found: dict[MeasureKey, dict[int, float | None]] = {}
    columns = ("measure__kpi__code", "measure__index", "period", "value")
    for code, index, period, value in rows.values_list(*columns):
        found.setdefault((code, index), {})[Period.from_code(period).months[-1]] = value
    return found


def codes_of_year(reported: Reported) -> list[int]:
    """Return the codes of the months of the year that have results."""
    roc_year = reported.period.roc_year
    return [Period(roc_year, month=at + 1).code for at in range(reported.latest[roc_year])]
