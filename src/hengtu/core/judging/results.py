"""Results: every measure of a plan for a period, with its light and why.

``compute`` is pure: a plan, the actuals and a rulebook in, results out. What is due of a range is its lower end on
the curve; its upper end stands for the whole year. A white light has no score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hengtu.core.actuals import Actual
from hengtu.core.amounts import MissingKind
from hengtu.core.formulas import Formula
from hengtu.core.formulas.evaluation import Known
from hengtu.core.judging.explanation import Step
from hengtu.core.judging.figures import Figures, sort_figures
from hengtu.core.judging.grounds import (
    coverage_steps,
    light_steps,
    remedy_steps,
    score_steps,
    target_steps,
)
from hengtu.core.judging.items import Rules, over_time_of, read_formula
from hengtu.core.judging.judgement import Judgement, find_way, judge_value
from hengtu.core.judging.lights import Achievement, Aim, LightReason
from hengtu.core.judging.references import refer_kpis
from hengtu.core.judging.rollup import Child, Node, roll_up_plan
from hengtu.core.judging.rulebook import Colour, Rulebook, ScorePart
from hengtu.core.judging.scoring import Score, score
from hengtu.core.judging.values import Asked, Value, find_value
from hengtu.core.periods import Period, read_period
from hengtu.core.plan import Direction, Kpi, Measure, Plan

Assessments = Mapping[str, Mapping[ScorePart, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a result was worked out from, for whoever works it out again: formula and operands, aim and achievement.

    ``operands`` is empty where the value was not computed but given.
    """

    formula: Formula | None
    operands: Mapping[str, Known]
    aim: Aim
    achieved: Achievement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A measure at the end of a period, counted from the year's beginning.

    Exactly one of ``value`` and ``missing`` is set. ``target`` is the year's; ``planned`` what of it is due.
    ``achievement`` is in percent of ``planned``, raw; ``score`` 0–100; ``coverage`` 0–1; ``decimals`` those
    that the rulebook shows for the unit.
    """

    code: str
    measure: int
    period: str
    item: str = ""
    value: float | None = None
    missing: MissingKind | None = None
    unit: str | None = None
    direction: Direction | None = None
    target: float | None = None
    planned: float | None = None
    achievement: float | None = None
    light: Colour = "white"
    reason: LightReason | None = None
    grade: str = ""
    score: float | None = None
    coverage: float = 1.0
    rulebook: str = ""
    decimals: int | None = None
    explanation: tuple[Step, ...] = ()
    basis: Basis | None = field(default=None, compare=False, repr=False)


def compute(
    plan: Plan,
    actuals: Iterable[Actual],
    *,
    period: Period,
    rulebook: Rulebook,
    rules: Rules | None = None,
    assessed: Assessments | None = None,
) -> tuple[Result, ...]:
    """Return one result for every measure of a plan, in the plan's order.

    ``rules`` say how items go over time where the guess by words is not to hold; ``assessed`` what people
    assessed beside the achievement, by KPI code.
    """
    figures = refer_kpis(sort_figures(actuals), plan, rules)
    return tuple(
        compute_measure(
            kpi,
            measure,
            figures,
            period=period,
            rulebook=rulebook,
            rules=rules,
            assessed=(assessed or {}).get(kpi.code),
        )
        for kpi in plan.kpis
        for measure in kpi.measures
    )


def compute_measure(
    kpi: Kpi,
    measure: Measure,
    figures: Figures,
    *,
    period: Period,
    rulebook: Rulebook,
    rules: Rules | None = None,
    assessed: Mapping[ScorePart, float] | None = None,
) -> Result:
    """Return the result of one measure."""
    over_time = over_time_of(kpi, measure, rules)
    asked = Asked(
        kpi=kpi,
        measure=measure,
        formula=read_formula(measure),
        rules=over_time,
        figures=figures,
    )
    value = find_value(asked, period)
    judged = judge_value(asked, value, period, rulebook)
    light, achieved = judged.light, judged.achieved
    scored = score(achieved if light.colour != "white" else None, rulebook, assessed)
    return Result(
        code=kpi.code,
        measure=measure.index,
        period=str(period),
        value=value.value,
        missing=value.missing if value.value is None else None,
        unit=measure.unit,
        direction=judged.direction,
        target=judged.target.aim.target,
        planned=judged.aim.target if judged.planned else None,
        achievement=achieved.percent if achieved else None,
        light=light.colour,
        reason=light.reason or ("partial" if value.coverage < 1 else None),
        grade=light.band.grade if light.band else "",
        score=scored.value,
        coverage=value.coverage,
        rulebook=rulebook.code,
        decimals=rulebook.decimals_for(measure.unit),
        explanation=_explain(asked, value, judged, scored, period, rulebook),
        basis=Basis(
            formula=asked.formula, operands=value.operands, aim=judged.aim, achieved=achieved
        ),
    )


def _explain(
    asked: Asked,
    value: Value,
    judged: Judgement,
    scored: Score,
    period: Period,
    rulebook: Rulebook,
) -> tuple[Step, ...]:
    planned = judged.planned
    return (
        *value.steps,
        *coverage_steps(value, counted=planned is not None and planned.counted),
        *target_steps(judged.target, period, planned),
        *light_steps(judged, value, period, rulebook),
        *score_steps(scored, judged.achieved if judged.light.colour != "white" else None),
        *remedy_steps(find_way(asked, value, judged, rulebook)),
    )


def as_children(results: Iterable[Result]) -> tuple[Child, ...]:
    """Return results as they count one level up."""
    return tuple(
        Child(
            code=result.code,
            light=result.light,
            reason=result.reason,
            score=result.score,
            coverage=result.coverage,
        )
        for result in results
    )


def compute_nodes(
    plan: Plan,
    results: Iterable[Result],
    rulebook: Rulebook,
    *,
    weights: Mapping[str, float] | None = None,
) -> tuple[Node, ...]:
    """Return the lights of KPIs, objectives, themes, perspectives and the plan; RulebookError for weights."""
    return roll_up_plan(plan, as_children(results), rulebook, weights=weights)


def latest_period(actuals: Iterable[Actual]) -> Period | None:
    """Return the latest month, quarter, half or year for which a figure was reported."""
    periods = [read_period(actual.period) for actual in actuals if actual.value is not None]
    known = [period for period in periods if period is not None]
    return max(known, key=lambda one: (one.roc_year, one.months[-1]), default=None)
