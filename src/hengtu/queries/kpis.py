"""KPIs: the list of a plan, and one with its definition, printed values and actuals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from hengtu.core.hanzi import bare
from hengtu.core.plan import Action, Kpi, Measure, Objective, Plan, PlanValue
from hengtu.queries.agencies import NotFoundError, PlanCard
from hengtu.store.loading import load_plan
from hengtu.store.models import ActualRow, ItemUseRow, KpiRow, MeasureRow, PlanRow

KPI_PARTS = frozenset({"perspectives", "themes", "objectives", "kpis", "actions"})


PeriodValues = tuple[str, PlanValue | None, PlanValue | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """An actual as stored: the number as typed, or the kind of missing."""

    value: float | None
    decimal: str
    missing: str
    note: str


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of a data item (or, with an empty name, of the KPI itself) by period."""

    item: str
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure with its printed values by year and the actuals that came in."""

    measure: Measure
    rows: tuple[PeriodValues, ...]
    periods: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class KpiView:
    """A KPI with everything its page shows."""

    kpi: Kpi
    objective: Objective | None
    theme: str
    perspective: str
    measures: tuple[MeasureView, ...]
    actions: tuple[Action, ...]
    before: Kpi | None
    after: Kpi | None


def load_kpis(card: PlanCard) -> Plan:
    """Return what the KPI pages show of a plan; ten SQL statements."""
    row = PlanRow.objects.get(key=card.key)
    return load_plan(row, only=KPI_PARTS, with_parent=False)


def find_kpis(plan: Plan, words: str) -> tuple[Kpi, ...]:
    """Return the KPIs whose code, name or owner holds the words."""
    wanted = bare(words)
    return tuple(k for k in plan.kpis if wanted in bare(f"{k.code} {k.name} {k.owner or ''}"))


def view_kpi(card: PlanCard, plan: Plan, code: str) -> KpiView:
    """Return a KPI by code with its actuals; three more SQL statements. Raises NotFoundError."""
    codes = [kpi.code for kpi in plan.kpis]
    if code not in codes:
        raise NotFoundError(code)
    place = codes.index(code)
    kpi = plan.kpis[place]
    objective = next((o for o in plan.objectives if o.code == kpi.objective), None)
    actuals = list_actuals(card, code)
    themes = {theme.code: theme.name for theme in plan.themes}
    rows = {row.code: row.name for row in plan.perspectives}
    return KpiView(
        kpi=kpi,
        objective=objective,
        theme=themes.get(objective.theme or "", "") if objective else "",
        perspective=rows.get(objective.perspective or "", "") if objective else "",
        measures=tuple(view_measure(one, actuals.get(one.index, ())) for one in kpi.measures),
        actions=tuple(action for action in plan.actions if action.kpi == code),
        before=plan.kpis[place - 1] if place else None,
        after=plan.kpis[place + 1] if place + 1 < len(plan.kpis) else None,
    )


def list_actuals(card: PlanCard, code: str) -> dict[int, list[ActualRow]]:
    """Return what was typed for the items that a KPI's measures read, or under them, by measure."""
    kpis = list(
        KpiRow.objects.filter(plan__key=card.key, code=code, retired_at=None).values_list(
            "pk", flat=True
        )
    )
    live = MeasureRow.objects.filter(kpi__in=kpis, retired_at=None)
    uses = ItemUseRow.objects.filter(measure__in=live, item__plan__key=card.key)
    reads: dict[int, set[int]] = {}
    for item, index in uses.values_list("item_id", "measure__index"):
        reads.setdefault(item, set()).add(index)
    rows = ActualRow.objects.filter(Q(item__in=reads) | Q(kpi__in=kpis)).select_related("item")
    found: dict[int, list[ActualRow]] = {}
    for row in rows:
        unread = {row.measure_index or 1} if row.kpi_id in kpis else set[int]()
        for index in reads.get(row.item_id, unread):
            found.setdefault(index, []).append(row)
    return found


def view_measure(measure: Measure, actuals: Iterable[ActualRow]) -> MeasureView:
    """Return a measure with its values side by side and its actuals by item and period."""
    own = list(actuals)
    periods = tuple(sorted({row.period for row in own}))
    items = dict.fromkeys([*measure.items, *(row.item.name for row in own)])
    known = {(row.item.name, row.period): row for row in own}
    series = tuple(
        Series(item, tuple(view_figure(known.get((item, period))) for period in periods))
        for item in items
        if any((item, period) in known for period in periods)
    )
    return MeasureView(measure, pair_values(measure), periods, series)


def view_figure(row: ActualRow | None) -> Figure | None:
    """Return a stored actual."""
    return Figure(row.value, row.decimal, row.missing, row.note) if row else None


def pair_values(measure: Measure) -> tuple[PeriodValues, ...]:
    """Return (period, actual, target) for every period a measure speaks of."""
    found: dict[str, dict[str, PlanValue]] = {}
    for value in measure.values:
        found.setdefault(value.period or str(value.roc_year), {})[value.kind] = value
    return tuple(
        (period, kinds.get("actual"), kinds.get("target"))
        for period, kinds in sorted(found.items())
    )
