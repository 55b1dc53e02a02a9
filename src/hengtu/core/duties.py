"""What a rulebook binds a plan to, checked on what the plan itself prints; broken duties are errors.

Weights are no part of a document: that they total 100 is asked when a plan is activated. Only the weights that
stand inside a formula are checked here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hengtu.core.formulas.tree import Node, Number, Product, Sum
from hengtu.core.issues import Finding, make_finding
from hengtu.core.judging.directions import find_direction
from hengtu.core.judging.items import is_progress, read_formula
from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.plan import Kpi, Measure, Plan, PlanValue

HUNDRED = Decimal(100)


def check_duties(plan: Plan, rulebook: Rulebook) -> tuple[Finding, ...]:
    """Return what a plan breaks of the duties of a rulebook; none where nothing binds."""
    binding = rulebook.binding
    found: list[Finding] = []
    if binding.actions_per_kpi is not None:
        found += _many_actions(plan, binding.actions_per_kpi)
    for kpi in plan.kpis:
        for measure in kpi.measures:
            if binding.weights:
                found += _short_weights(kpi, measure)
            if binding.lowered_targets:
                found += _lowered_targets(kpi, measure)
    return tuple(found)


def _many_actions(plan: Plan, most: int) -> Iterator[Finding]:
    """Yield the KPIs with too many actions, at the first action too many."""
    for kpi in plan.kpis:
        actions = [action for action in plan.actions if action.kpi == kpi.code]
        if len(actions) > most:
            yield make_finding(
                "P201",
                actions[most].source,
                subject=kpi.code,
                reading=str(len(actions)),
                repair=str(most),
            )


def _short_weights(kpi: Kpi, measure: Measure) -> Iterator[Finding]:
    """Yield a weighted progress whose weights do not total 100 %."""
    formula = read_formula(measure)
    body = formula.body if formula else None
    if not isinstance(body, Sum) or not is_progress(body):
        return
    total = sum((share for _, term in body.terms for share in _shares(term)), Decimal(0))
    if total != HUNDRED:
        yield make_finding(
            "M201",
            measure.source,
            subject=kpi.code,
            raw=measure.formula_raw or measure.formula or "",
            reading=f"{total.normalize():f}",
        )


def _shares(term: Node) -> Iterator[Decimal]:
    """Yield the weight of a term of a weighted progress, in percent."""
    factors = term.factors if isinstance(term, Product) else ()
    for _, part in factors:
        if isinstance(part, Number) and part.percent:
            yield Decimal(part.text)


def _lowered_targets(kpi: Kpi, measure: Measure) -> Iterator[Finding]:
    """Yield the years whose target asks for less than the year before and gives no reason.

    The targets themselves are no witness for the direction: falling ones would prove that less is better.
    """
    direction = find_direction(kpi, replace(measure, values=()))[0]
    if direction not in ("higher", "lower", "hold"):
        return
    targets = sorted(_yearly(measure), key=lambda one: one.roc_year)
    for before, after in pairwise(targets):
        if after.note or not _asks_less(before, after, lower=direction == "lower"):
            continue
        yield make_finding(
            "T201",
            after.source,
            subject=kpi.code,
            raw=after.raw or f"{after.value:g}",
            reading=f"{after.roc_year}: {before.value:g} → {after.value:g}",
        )


def _yearly(measure: Measure) -> Iterator[PlanValue]:
    for one in measure.values:
        if one.kind == "target" and one.value is not None and not one.period and not one.unit:
            yield one


def _asks_less(before: PlanValue, after: PlanValue, *, lower: bool) -> bool:
    old, new = before.value or 0.0, after.value or 0.0
    return new > old if lower else new < old
