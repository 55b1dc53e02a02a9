"""The value of a measure for the year so far, from its operands or as given, with the way to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hengtu.core.amounts import MissingKind
from hengtu.core.formulas import Formula, Outcome, evaluate
from hengtu.core.formulas.tree import Item
from hengtu.core.judging.explanation import Step, step
from hengtu.core.judging.figures import Figures, Found, want
from hengtu.core.judging.items import bases, is_rate, printed_operands, resolve
from hengtu.core.judging.series import OverTime, Total, Wanted, coverage, gather
from hengtu.core.judging.targets import printed_actual
from hengtu.core.periods import Period
from hengtu.core.plan import Kpi, Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value or the kind of missing; ``known`` of ``due`` months; the operands it was computed from."""

    value: float | None = None
    missing: MissingKind | None = None
    known: int = 0
    due: int = 0
    operands: Mapping[str, float | MissingKind]
    steps: tuple[Step, ...] = ()

    @property
    def coverage(self) -> float:
        """The share of the months due that is known, 0–1; 1 where nothing was due."""
        return self.known / self.due if self.due else 1.0


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
    code, index = asked.kpi.code, asked.measure.index
    nodes = _operands(asked, asked.formula)
    found = {node.name: asked.figures.of_item(code, index, node) for node in nodes}
    if not any(found.values()):
        return None
    below = bases(asked.formula)
    wanted = [
        want(found[n.name], n, asked.rules.get(n.name, "sum"), base=n.name in below) for n in nodes
    ]
    totals = gather(wanted, period.roc_year, period.months[-1])
    known = {name: _known(total) for name, total in totals.items()}
    outcome = evaluate(asked.formula, known, unit=asked.unit)
    there, due = coverage(totals.values())
    return Value(
        value=outcome.answer.value,
        missing=outcome.answer.missing,
        known=there,
        due=due,
        operands=known,
        steps=(
            *(
                _operand_step(w, totals[w.name], _giver(found[w.name], code), period)
                for w in wanted
            ),
            *_formula_steps(outcome, asked.formula),
        ),
    )


def _operands(asked: Asked, formula: Formula) -> list[Item]:
    """Return the operands to look for: what a note defines is worked out unless it was entered itself."""
    code, index = asked.kpi.code, asked.measure.index
    nodes: dict[str, Item] = {}
    for item in printed_operands(formula):
        entered = asked.figures.of_item(code, index, item)
        for part in (item,) if entered else resolve(formula, item) or (item,):
            nodes.setdefault(part.name, part)
    return list(nodes.values())


def _known(total: Total) -> float | MissingKind:
    return total.value if total.value is not None else (total.missing or "not_reported")


def _giver(found: Found | None, code: str) -> str:
    """Return the other KPI under which an operand was entered, empty where it is the own one."""
    return found.code if found and found.code != code else ""


def _operand_step(wanted: Wanted, total: Total, giver: str, period: Period) -> Step:
    roc_year = period.roc_year - wanted.years_back
    if total.value is None:
        return step("operand_missing", item=wanted.name, missing=total.missing, roc_year=roc_year)
    return step(
        "operand",
        item=wanted.name,
        value=total.value,
        over_time=wanted.over_time,
        roc_year=roc_year,
        first=min(total.known, default=1),
        last=total.latest or period.months[-1],
        giver=giver,
    )


def _formula_steps(outcome: Outcome, formula: Formula) -> tuple[Step, ...]:
    steps = [
        step(
            "scaled" if s.kind == "scaled" else "calculated",
            expression=s.text,
            value=s.answer.value,
        )
        for s in outcome.steps
        if s.kind != "item" and s.answer.value is not None
    ]
    if outcome.answer.value is None:
        steps.append(step("no_value", reason=outcome.answer.reason or "item_missing"))
    if formula.limit and outcome.met is not None:
        limit = formula.limit
        steps.append(step("limit", op=limit.op, value=limit.value, met=outcome.met))
    return tuple(steps)


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
    return value.value if covered and value is not None else None


def last_years_end(asked: Asked, period: Period) -> float | None:
    """Return what stood at the end of last year, reported or printed in the plan."""
    before = Period(period.roc_year - 1)
    reported = find_reported(asked, before)
    if reported is not None:
        return reported
    printed = printed_actual(asked.measure, before)
    return printed.value if printed else None
