"""What came in, judged: lights of a plan for a month, and the year of one measure month by month.

Results are worked out from the stored figures whenever they are asked for; nothing derived is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from hengtu.core.actuals import Actual, is_period
from hengtu.core.amounts import MissingKind
from hengtu.core.judging.figures import Figures, tidy
from hengtu.core.judging.items import operands, read_formula
from hengtu.core.judging.results import Result, as_children, compute_measure
from hengtu.core.judging.rollup import Node, NodeKind, roll_up_plan
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Rulebook
from hengtu.core.judging.series import OverTime, Series, SeriesKey
from hengtu.core.periods import SLOTS, Period, read_period
from hengtu.core.plan import Kpi, Measure, Plan
from hengtu.queries.agencies import PlanCard
from hengtu.store.models import ActualRow, DataItemRow, FigureRow

# A formula looks two years back at most: 前年度 beside 本年度.
YEARS_BACK = 2
# Where an item belongs: the KPI's code, the measure and the tidy name; None for any.
Place = tuple[str | None, int | None, str]


@dataclass(frozen=True, slots=True)
class Reported:
    """The figures that judge a month: ``latest`` is the last month of each ROC year that has any."""

    period: Period
    latest: Mapping[int, int]
    figures: Figures
    rules: Mapping[Place, OverTime]
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
            rules=rules_of(kpi, measure, self.rules),
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
        figures=read_figures(card.key, period.roc_year),
        rules=list_rules(card.key),
        rulebook=PRODUCT_DEFAULT,
    )


def find_latest(key: UUID) -> dict[int, int]:
    """Return the last month with figures of every ROC year that has any; one SQL statement."""
    rows = FigureRow.objects.filter(item__plan__key=key, missing=0).order_by()
    latest: dict[int, int] = {}
    for code in rows.values_list("period", flat=True).distinct():
        period = Period.from_code(code)
        latest[period.roc_year] = max(period.months[-1], latest.get(period.roc_year, 0))
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


def read_figures(key: UUID, roc_year: int) -> Figures:
    """Return the figures of a ROC year and those before it that formulas look back to; one SQL statement."""
    first = (roc_year - YEARS_BACK) * SLOTS
    rows = ActualRow.objects.filter(item__plan__key=key)
    columns = (
        "item__kpi__code",
        "item__measure_index",
        "item__name",
        "kpi__code",
        "period",
        "value",
        "missing",
    )
    own: dict[SeriesKey, Series] = {}
    by_code: dict[tuple[str, str], Series] = {}
    by_name: dict[str, tuple[str, Series]] = {}
    for code, measure, item, giver, text, value, missing in rows.values_list(*columns):
        period = read_period(text)
        if period is None or not first <= period.code < (roc_year + 1) * SLOTS:
            continue
        name = tidy(item)
        if code is None:
            series = by_name.setdefault(name, (giver or "", Series()))[1]
        elif measure is None:
            series = by_code.setdefault((code, name), Series())
        else:
            series = own.setdefault((code, measure, name), Series())
        kind = cast("MissingKind | None", missing or None)
        series.add(Actual(code=code or "", period=text, value=value, missing=kind))
    return Figures(own, by_code, by_name)


def list_rules(key: UUID) -> dict[Place, OverTime]:
    """Return the rules over time that people set, by where their items belong; one SQL statement."""
    rows = DataItemRow.objects.filter(plan__key=key, guessed=False).order_by("pk")
    columns = ("kpi__code", "measure_index", "name", "over_time")
    return {
        (code, index, tidy(name)): cast("OverTime", rule)
        for code, index, name, rule in rows.values_list(*columns)
    }


def rules_of(
    kpi: Kpi, measure: Measure, said: Mapping[Place, OverTime]
) -> dict[SeriesKey, OverTime]:
    """Return the rules that hold for a measure's operands and, with an empty name, its own value."""
    found: dict[SeriesKey, OverTime] = {}
    for name in list_names(measure):
        key = tidy(name)
        places = ((kpi.code, measure.index, key), (kpi.code, None, key), (None, None, key))
        rule = next((said[place] for place in places if place in said), None)
        if rule:
            found[kpi.code, measure.index, name] = rule
    return found


def list_names(measure: Measure) -> Iterable[str]:
    """Return the names under which a measure's figures may stand, an empty one for its own value."""
    nodes = operands(read_formula(measure))
    return dict.fromkeys(["", *(name for node in nodes for name in (node.name, node.base) if name)])
