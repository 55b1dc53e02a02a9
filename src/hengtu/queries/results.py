"""What came in, judged: lights of a plan for a month, and the year of one measure month by month.

Results are worked out from the stored figures whenever they are asked for; nothing derived is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import cast
from uuid import UUID

from django.db.models import Q

from hengtu.core.actuals import Actual, is_period
from hengtu.core.amounts import MissingKind
from hengtu.core.judging.figures import Figures, sort_figures
from hengtu.core.judging.results import Result, as_children, compute_measure
from hengtu.core.judging.rollup import Node, NodeKind, roll_up_plan
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Rulebook
from hengtu.core.judging.series import OverTime, SeriesKey
from hengtu.core.periods import Period, read_period
from hengtu.core.plan import Kpi, Measure, Plan
from hengtu.queries.agencies import PlanCard
from hengtu.store.models import ActualRow, DataItemRow

# A formula looks two years back at most: 前年度 beside 本年度.
YEARS_BACK = 2


@dataclass(frozen=True, slots=True)
class Reported:
    """The figures that judge a month: ``latest`` is the last month of each ROC year that has any."""

    period: Period
    latest: Mapping[int, int]
    figures: Figures
    rules: Mapping[SeriesKey, OverTime]
    rulebook: Rulebook

    def judge(self, kpi: Kpi, measure: Measure, month: int | None = None) -> Result:
        """Return the result of a measure at the end of the period, or of another month of its year."""
        roc_year = self.period.roc_year
        return compute_measure(
            kpi,
            measure,
            self.figures,
            period=Period(roc_year, month=month) if month else self.period,
            rulebook=self.rulebook,
            rules=self.rules,
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """The results of a plan for a month, by (KPI code, measure), and the lights above them."""

    reported: Reported
    results: Mapping[tuple[str, int], Result]
    nodes: Mapping[tuple[NodeKind, str], Node]

    @property
    def period(self) -> Period:
        """The month that is judged."""
        return self.reported.period


def judge_plan(card: PlanCard, plan: Plan, wanted: str = "") -> Judged | None:
    """Return the lights of a plan for a month such as ``114-09``, None while nothing was reported.

    Without a month that can be judged it is the last one with figures. Three SQL statements.
    """
    reported = read_reported(card, wanted)
    return judge(plan, reported) if reported else None


def judge(plan: Plan, reported: Reported) -> Judged:
    """Return the lights of a plan from the figures reported."""
    results = [reported.judge(kpi, measure) for kpi in plan.kpis for measure in kpi.measures]
    nodes = roll_up_plan(plan, as_children(results), reported.rulebook)
    return Judged(
        reported=reported,
        results={(result.code, result.measure): result for result in results},
        nodes={(node.kind, node.code): node for node in nodes},
    )


def follow_year(kpi: Kpi, measure: Measure, reported: Reported) -> tuple[Result, ...]:
    """Return the results of a measure for the months of the year up to the last with figures."""
    last = reported.latest[reported.period.roc_year]
    return tuple(reported.judge(kpi, measure, month) for month in range(1, last + 1))


def read_reported(card: PlanCard, wanted: str = "") -> Reported | None:
    """Return the figures for a month of a plan; at most three SQL statements."""
    latest = find_latest(card.key)
    if not latest:
        return None
    period = choose_period(wanted, latest)
    return Reported(
        period=period,
        latest=latest,
        figures=sort_figures(list_actuals(card.key, period.roc_year)),
        rules=list_rules(card.key),
        rulebook=PRODUCT_DEFAULT,
    )


def find_latest(key: UUID) -> dict[int, int]:
    """Return the last month with figures of every ROC year that has any; one SQL statement."""
    rows = ActualRow.objects.filter(
        kpi__plan__key=key, kpi__retired_at=None, value__isnull=False
    ).order_by()
    latest: dict[int, int] = {}
    for text in rows.values_list("period", flat=True).distinct():
        if period := read_period(text):
            end = max(period.months[-1], latest.get(period.roc_year, 0))
            latest[period.roc_year] = end
    return dict(sorted(latest.items()))


def choose_period(wanted: str, latest: Mapping[int, int]) -> Period:
    """Return the month wished for where figures reach it, else the last one.

    >>> str(choose_period("114-02", {113: 12, 114: 3})), str(choose_period("115-01", {114: 3}))
    ('114-02', '114-03')
    """
    period = read_period(wanted) if is_period(wanted) else None
    if period and period.months[-1] <= latest.get(period.roc_year, 0):
        return Period(period.roc_year, month=period.months[-1])
    roc_year = max(latest)
    return Period(roc_year, month=latest[roc_year])


def list_actuals(key: UUID, roc_year: int) -> Iterable[Actual]:
    """Yield the figures of a ROC year and those before it that formulas look back to; one SQL statement."""
    years = (Q(period__startswith=str(roc_year - back)) for back in range(YEARS_BACK + 1))
    rows = ActualRow.objects.filter(reduce(or_, years), kpi__plan__key=key, kpi__retired_at=None)
    columns = ("kpi__code", "measure_index", "item", "period", "value", "missing")
    for code, measure, item, period, value, missing in rows.values_list(*columns):
        yield Actual(
            code=code,
            measure=measure,
            item=item,
            period=period,
            value=value,
            missing=cast("MissingKind | None", missing or None),
        )


def list_rules(key: UUID) -> dict[SeriesKey, OverTime]:
    """Return the rules over time that people set; one SQL statement."""
    rows = DataItemRow.objects.filter(kpi__plan__key=key, kpi__retired_at=None)
    columns = ("kpi__code", "measure_index", "item", "over_time")
    return {
        (code, measure, item): cast("OverTime", rule)
        for code, measure, item, rule in rows.values_list(*columns)
    }
