"""KPIs that other formulas name: each worked out once for a period, in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hengtu.core.formulas.tree import Item
from hengtu.core.judging.dependencies import (
    MeasureKey,
    depends,
    name_measures,
    order_known,
    referenced,
)
from hengtu.core.judging.figures import Figures, Referred
from hengtu.core.judging.items import Rules, over_time_of, read_formula
from hengtu.core.judging.values import Asked, Value, find_value
from hengtu.core.periods import Period
from hengtu.core.plan import Kpi, Measure, Plan


def refer_kpis(figures: Figures, plan: Plan, rules: Rules | None = None) -> Figures:
    """Return the figures with the KPIs of a plan for the formulas that name them.

    An operand with figures of its own takes those; KPIs that need each other are not computable.
    """
    needs = depends(plan)
    if not any(needs.values()):
        return figures
    order, stuck = order_known(needs)
    wanted = {key for keys in needs.values() for key in keys}
    kpis = _Kpis(
        named=name_measures(plan),
        measures={(k.code, m.index): (k, m) for k in plan.kpis for m in k.measures},
        order=tuple(key for key in order if key in wanted),
        stuck=stuck,
        rules=rules or {},
    )
    kpis.figures = replace(figures, kpis=kpis)
    return kpis.figures


@dataclass(kw_only=True)
class _Kpis:
    named: Mapping[str, MeasureKey]
    measures: Mapping[MeasureKey, tuple[Kpi, Measure]]
    order: tuple[MeasureKey, ...]
    stuck: Mapping[MeasureKey, tuple[str, ...]]
    rules: Rules
    figures: Figures = field(default_factory=lambda: Figures({}), repr=False)
    known: dict[tuple[MeasureKey, Period], Value] = field(default_factory=dict)

    def refer(self, item: Item, code: str, period: Period) -> Referred | None:
        """Return the value of the other KPI that an operand names, 上年度X of the year before."""
        key = referenced(item, code, self.named)
        if key is None or item.at not in (None, "last_year"):
            return None
        if key in self.stuck:
            return Referred(code=key[0], missing="not_computable", cycle=self.stuck[key])
        value = self._value(key, replace(period, roc_year=period.roc_year - item.years_back))
        return Referred(
            code=key[0],
            value=value.value,
            missing=value.missing,
            known=value.known,
            due=value.due,
        )

    def _value(self, key: MeasureKey, period: Period) -> Value:
        if (key, period) not in self.known:
            for (
                one
            ) in self.order:  # those that a KPI needs stand before it: no chain is a deep recursion
                self.known.setdefault((one, period), self._work_out(one, period))
        return self.known[key, period]

    def _work_out(self, key: MeasureKey, period: Period) -> Value:
        kpi, measure = self.measures[key]
        asked = Asked(
            kpi=kpi,
            measure=measure,
            formula=read_formula(measure),
            rules=over_time_of(kpi, measure, self.rules),
            figures=self.figures,
        )
        return find_value(asked, period)
