"""Results: every measure of a plan for a period, with its light and why.

``compute`` is pure: a plan, the actuals and a rulebook in, results out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from hengtu.core.actuals import Actual
from hengtu.core.amounts import MissingKind
from hengtu.core.judging.directions import find_direction
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
from hengtu.core.judging.lights import Achievement, Aim, Light, LightReason, judge
from hengtu.core.judging.planned import Curve, Planned, curve_of, plan_ahead
from hengtu.core.judging.remedies import Remedy, find_remedy, needed_value
from hengtu.core.judging.rollup import Child, Node, roll_up_plan
from hengtu.core.judging.rulebook import Colour, Rulebook, ScorePart
from hengtu.core.judging.scoring import score
from hengtu.core.judging.targets import Target, pick_target
from hengtu.core.judging.values import Asked, Value, find_value, last_years_end, share_of_last_year
from hengtu.core.periods import Period, read_period
from hengtu.core.plan import Direction, Kpi, Measure, Plan

Assessments = Mapping[str, Mapping[ScorePart, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A measure at the end of a period, counted from the year's beginning.

    Exactly one of ``value`` and ``missing`` is set. ``target`` is the year's; ``planned`` what of it is due.
    ``achievement`` is in percent of ``planned``, raw; ``score`` 0–100; ``coverage`` 0–1.
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
    explanation: tuple[Step, ...] = ()


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
    figures = sort_figures(actuals)
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
    target = pick_target(measure, period)
    direction, known_by = find_direction(kpi, measure)
    planned = _plan(asked, target, period, value, direction)
    aim = Aim(target=planned.value) if planned else target.aim
    light, achieved = judge(value.value, aim, direction, rulebook, missing=value.missing)
    scored = score(achieved, rulebook, assessed)
    return Result(
        code=kpi.code,
        measure=measure.index,
        period=str(period),
        value=value.value,
        missing=value.missing if value.value is None else None,
        unit=measure.unit,
        direction=direction,
        target=target.aim.target,
        planned=planned.value if planned else None,
        achievement=achieved.percent if achieved else None,
        light=light.colour,
        reason=light.reason or ("partial" if value.coverage < 1 else None),
        grade=light.band.grade if light.band else "",
        score=scored.value,
        coverage=value.coverage,
        rulebook=rulebook.code,
        explanation=(
            *value.steps,
            *coverage_steps(value, counted=planned is not None and planned.counted),
            *target_steps(target, period, planned),
            *light_steps(light, achieved, aim, (direction, known_by), value, rulebook),
            *score_steps(scored, achieved),
            *remedy_steps(_remedy(asked, value, light, achieved, aim, direction, rulebook)),
        ),
    )


def _plan(
    asked: Asked, target: Target, period: Period, value: Value, direction: Direction | None
) -> Planned | None:
    """Return what is due of the target.

    Where less is better a count is held against the months that were reported: one without a report is none
    without accidents.
    """
    if target.aim.target is None:
        return None
    curve: Curve = (
        "part" if target.part else curve_of(asked.kpi, asked.measure, asked.formula, asked.rules)
    )
    part_of_year = period.months[-1] < 12
    planned = plan_ahead(
        target.aim.target,
        curve,
        period.months[-1],
        season=share_of_last_year(asked, period) if part_of_year and curve == "even" else None,
        start=last_years_end(asked, period) if part_of_year and curve == "growing" else None,
    )
    planned = replace(planned, counted=curve == "even")
    if planned.counted and direction == "lower" and 0 < value.coverage < 1:
        cut = planned.value * value.coverage
        return replace(planned, value=cut, known_months=value.coverage)
    return planned


def _remedy(
    asked: Asked,
    value: Value,
    light: Light,
    achieved: Achievement | None,
    aim: Aim,
    direction: Direction | None,
    rulebook: Rulebook,
) -> Remedy | None:
    if achieved is None or direction is None or value.value is None:
        return None
    wanted = needed_value(light.colour, achieved, aim, direction, value.value, rulebook)
    if wanted is None:
        return None
    return find_remedy(wanted, asked.formula, value.operands, asked.unit)


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
