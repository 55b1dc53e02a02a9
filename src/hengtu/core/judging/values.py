"""The value of a measure for the year so far, from its operands or as given, with the way to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hengtu.core.amounts import MissingKind
from hengtu.core.formulas import Formula, Outcome, evaluate
from hengtu.core.formulas import Step as EvaluationStep
from hengtu.core.formulas.tree import Item
from hengtu.core.judging.agencies import gather_operands
from hengtu.core.judging.explanation import Fact, Step, StepKind, step
from hengtu.core.judging.figures import Figures, Found, Referred, want
from hengtu.core.judging.items import bases, is_rate, printed_operands, resolve
from hengtu.core.judging.series import OverTime, Total, Wanted, coverage, gather
from hengtu.core.judging.targets import printed_actual
from hengtu.core.periods import Period
from hengtu.core.plan import Kpi, Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value or the kind of missing; ``known`` of ``due`` months; the operands it was computed from.

    ``share`` is that of the child agencies whose figures are there, where the formula asks them.
    """

    value: float | None = None
    missing: MissingKind | None = None
    known: int = 0
    due: int = 0
    share: float = 1.0
    operands: Mapping[str, float | MissingKind]
    steps: tuple[Step, ...] = ()

    @property
    def coverage(self) -> float:
        """The share of the months due that is known, and of the agencies asked, 0–1; 1 where nothing was due."""
        return self.share * (self.known / self.due if self.due else 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A measure with what is needed to work out its value."""

    kpi: Kpi
    measure: Measure
    formula: Formula | None
    rules: Mapping[str, OverTime]
    figures: Figures

    @property
    def unit(self) -> str | None:
        """The unit of the measure."""
        return self.measure.unit


def find_value(asked: Asked, period: Period) -> Value:
    """Return the value at the end of a period: from the operands, else as entered, else as printed."""
    computed = _from_operands(asked, period)
    if computed and computed.value is not None:
        return computed
    given = _as_entered(asked, period)
    if given and given.value is not None:
        return given
    return _as_printed(asked, period) or computed or given or _nothing(asked)


def _from_operands(asked: Asked, period: Period) -> Value | None:
    if asked.formula is None:
        return None
    gathered = _gather(asked, asked.formula, period)
    if gathered is None:
        return None
    wanted, totals, referred = gathered
    known = {name: _known(total) for name, total in totals.items()}
    known |= {name: _known(one) for name, one in referred.items()}
    outcome = evaluate(asked.formula, known, unit=asked.unit)
    there, due = _coverage(totals, referred)
    return Value(
        value=outcome.answer.value,
        missing=outcome.answer.missing,
        known=there,
        due=due,
        share=min((one.given / one.asked for one in totals.values() if one.asked), default=1.0),
        operands=known,
        steps=(
            *(_operand_step(w, totals[w.name], giver, period) for w, giver in wanted),
            *(_referred_step(name, one, period) for name, one in referred.items()),
            *_formula_steps(outcome, asked.formula),
        ),
    )


Gathered = tuple[list[tuple[Wanted, str]], Mapping[str, Total], dict[str, Referred]]


def _gather(asked: Asked, formula: Formula, period: Period) -> Gathered | None:
    """Return the operands with the KPI each was entered under, and the KPIs named; None without figures."""
    code, figures = asked.kpi.code, asked.figures
    nodes = _operands(asked, formula)
    found = {node.name: figures.of_item(code, asked.measure.index, node) for node in nodes}
    below = {node.name: figures.of_children(node) for node in nodes}
    referred: dict[str, Referred] = {}
    for node in nodes:
        if figures.kpis and not found[node.name] and not below[node.name]:
            other = figures.kpis.refer(node, code, period)
            referred |= {node.name: other} if other else {}
    if not any((*found.values(), *below.values(), *referred)):
        return None
    dividing = bases(formula)
    wanted = [
        want(
            found[node.name],
            node,
            asked.rules.get(node.name, "sum"),
            base=node.name in dividing,
            children=below[node.name],
            over_org=figures.org_rule(node),
        )
        for node in nodes
        if node.name not in referred
    ]
    totals = gather_operands(wanted, period.roc_year, period.months[-1])
    return [(one, _giver(found[one.name], code)) for one in wanted], totals, referred


def _coverage(totals: Mapping[str, Total], referred: Mapping[str, Referred]) -> tuple[int, int]:
    """Return the months known and due of what covers least: the own operands, or a KPI that is named."""
    covered = [coverage(totals.values())] if totals else []
    covered += [(one.known, one.due) for one in referred.values()]
    return min(covered, key=lambda pair: pair[0] / pair[1] if pair[1] else 1.0)


def _operands(asked: Asked, formula: Formula) -> list[Item]:
    """Return the operands to look for: what a note defines is worked out unless it was entered itself."""
    code, index = asked.kpi.code, asked.measure.index
    nodes: dict[str, Item] = {}
    for item in printed_operands(formula):
        entered = asked.figures.of_item(code, index, item)
        for part in (item,) if entered else resolve(formula, item) or (item,):
            nodes.setdefault(part.name, part)
    return list(nodes.values())


def _known(one: Total | Referred) -> float | MissingKind:
    return one.value if one.value is not None else (one.missing or "not_reported")


def _giver(found: Found | None, code: str) -> str:
    """Return the other KPI under which an operand was entered, empty where it is the own one."""
    return found.code if found and found.code != code else ""


def _operand_step(wanted: Wanted, total: Total, giver: str, period: Period) -> Step:
    moved = 12 - period.months[-1] if wanted.at == "prev" else 0
    roc_year = period.roc_year - wanted.years_back - (wanted.at == "prev")
    if total.value is None:
        return step("operand_missing", item=wanted.name, missing=total.missing, roc_year=roc_year)
    last = (total.latest or period.months[-1]) + moved
    facts: dict[str, Fact] = {
        "item": wanted.name,
        "value": total.value,
        "roc_year": roc_year,
        "last": min(last, 12),
    }
    if total.asked:
        return step("operand_children", **facts, given=total.given, asked=total.asked)
    first = min(total.known, default=1) + moved
    return step("operand", **facts, over_time=wanted.over_time, first=min(first, 12), giver=giver)


def _referred_step(name: str, other: Referred, period: Period) -> Step:
    if other.cycle:
        return step("cycle", item=name, path=" → ".join(other.cycle))
    if other.value is None:
        return step("operand_missing", item=name, missing=other.missing, roc_year=period.roc_year)
    return step("operand_kpi", item=name, value=other.value, giver=other.code)


def _formula_steps(outcome: Outcome, formula: Formula) -> tuple[Step, ...]:
    steps = [
        _formula_step(s, s.answer.value)
        for s in outcome.steps
        if s.kind != "item" and s.answer.value is not None
    ]
    if outcome.answer.value is None:
        steps.append(step("no_value", reason=outcome.answer.reason or "item_missing"))
    if formula.limit and outcome.met is not None:
        limit = formula.limit
        steps.append(step("limit", op=limit.op, value=limit.value, met=outcome.met))
    return tuple(steps)


def _formula_step(taken: EvaluationStep, value: float) -> Step:
    if taken.kind == "condition":
        return step("condition", expression=taken.text, holds=value > 0)
    kind: StepKind = "scaled" if taken.kind == "scaled" else "calculated"
    return step(kind, expression=taken.text, value=value)


def _as_entered(asked: Asked, period: Period) -> Value | None:
    series = asked.figures.of_kpi(asked.kpi.code, asked.measure.index)
    if series is None:
        return None
    rule = asked.rules.get("", "last")
    total = gather(
        [Wanted(name="", series=series, over_time=rule)], period.roc_year, period.months[-1]
    )[""]
    there, due = coverage([total])
    steps = [step("own_value", value=total.value, over_time=rule, last=total.latest)]
    body = asked.formula.body if asked.formula else None
    if rule == "mean" and is_rate(asked.measure, body) and there > 1:
        steps.append(step("mean_of_rates"))
    return Value(
        value=total.value,
        missing=None if total.value is not None else total.missing,
        known=there,
        due=due,
        operands={},
        steps=tuple(steps) if total.value is not None else (),
    )


def _as_printed(asked: Asked, period: Period) -> Value | None:
    printed = printed_actual(asked.measure, period)
    if printed is None:
        return None
    there = printed.value is not None
    months = period.months[-1]
    return Value(
        value=printed.value,
        missing=printed.missing,
        known=months if there else 0,
        due=months,
        operands={},
        steps=(step("printed_value", value=printed.value, raw=printed.raw),) if there else (),
    )


def _nothing(asked: Asked) -> Value:
    steps = (step("no_formula"),) if asked.formula is None else ()
    return Value(missing="not_reported", due=1, operands={}, steps=steps)


def share_of_last_year(asked: Asked, period: Period) -> float | None:
    """Return the share of last year's whole that stood at the same month, or None where months lack."""
    before = Period(period.roc_year - 1, month=period.months[-1])
    year_end = Period(period.roc_year - 1)
    so_far, whole = find_reported(asked, before), find_reported(asked, year_end)
    if so_far is None or whole is None or whole <= 0 or not 0 <= so_far <= whole:
        return None
    return so_far / whole


def find_reported(asked: Asked, period: Period) -> float | None:
    """Return the value of a period whose months were all reported, or None."""
    value = _from_operands(asked, period) or _as_entered(asked, period)
    complete = value is not None and value.due > 0 and value.known == value.due
    covered = complete and value is not None and value.known >= period.months[-1]
    covered = covered and value is not None and value.share >= 1
    return value.value if covered and value is not None else None


def last_years_end(asked: Asked, period: Period) -> float | None:
    """Return what stood at the end of last year, reported or printed in the plan."""
    before = Period(period.roc_year - 1)
    reported = find_reported(asked, before)
    if reported is not None:
        return reported
    printed = printed_actual(asked.measure, before)
    return printed.value if printed else None
