"""From a value to its light: what is due, the achievement, the time of the year, what had been reached before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hengtu.core.judging.directions import DirectionSource, find_direction
from hengtu.core.judging.holding import LEVEL_CURVES, Reached, find_reached, has_fallen
from hengtu.core.judging.lights import Achievement, Aim, Light, judge, temper
from hengtu.core.judging.planned import Curve, Planned, curve_of, plan_ahead, too_early
from hengtu.core.judging.remedies import Remedy, find_remedy, needed_value
from hengtu.core.judging.rulebook import Colour, Rulebook
from hengtu.core.judging.targets import Target, pick_target
from hengtu.core.judging.values import Asked, Value, find_value, last_years_end, share_of_last_year
from hengtu.core.periods import Period
from hengtu.core.plan import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A light with its grounds.

    ``planned`` is what is due of the target, or of the lower end of a range; ``reached`` the time before at which
    a target was reached that is lost now.
    """

    target: Target
    planned: Planned | None
    aim: Aim
    direction: Direction | None
    known_by: DirectionSource
    light: Light
    achieved: Achievement | None
    reached: Reached | None = None


def judge_value(asked: Asked, value: Value, period: Period, rulebook: Rulebook) -> Judgement:
    """Return the light of a measure's value at the end of a period."""
    target = pick_target(asked.measure, period)
    direction, known_by = _direction(asked, target)
    planned = _plan(asked, target, period, value, direction)
    aim = _aim(target, planned)
    light, achieved = judge(value.value, aim, direction, rulebook, missing=value.missing)
    reached = _find_fall(asked, value, target, planned, period, direction)
    early = _is_early(value, target, planned, period, rulebook, direction)
    return Judgement(
        target=target,
        planned=planned,
        aim=aim,
        direction=direction,
        known_by=known_by,
        light=temper(light, rulebook, early=early, fallen=reached is not None),
        achieved=achieved,
        reached=reached,
    )


def _direction(asked: Asked, target: Target) -> tuple[Direction | None, DirectionSource]:
    """Return the direction of a measure; a target with two ends is a range whatever the words say."""
    found = find_direction(asked.kpi, asked.measure)
    return ("range", "range") if target.aim.low is not None and found[0] != "range" else found


def _plan(
    asked: Asked, target: Target, period: Period, value: Value, direction: Direction | None
) -> Planned | None:
    """Return what is due of the target, or of the lower end of a range.

    Where less is better a count is held against the months that were reported: one without a report is none
    without accidents.
    """
    whole = target.aim.target if target.aim.low is None else target.aim.low
    if whole is None:
        return None
    curve: Curve = (
        "part" if target.part else curve_of(asked.kpi, asked.measure, asked.formula, asked.rules)
    )
    part_of_year = period.months[-1] < 12
    planned = plan_ahead(
        whole,
        curve,
        period.months[-1],
        season=share_of_last_year(asked, period) if part_of_year and curve == "even" else None,
        start=last_years_end(asked, period) if part_of_year and curve == "growing" else None,
        direction=direction,
    )
    planned = replace(planned, counted=curve == "even")
    if planned.counted and direction == "lower" and 0 < value.coverage < 1:
        cut = planned.value * value.coverage
        return replace(planned, value=cut, known_months=value.coverage)
    return planned


def _aim(target: Target, planned: Planned | None) -> Aim:
    if planned is None:
        return target.aim
    if target.aim.low is None:
        return Aim(target=planned.value)
    return Aim(low=planned.value, high=target.aim.high)


def _is_early(
    value: Value,
    target: Target,
    planned: Planned | None,
    period: Period,
    rulebook: Rulebook,
    direction: Direction | None,
) -> bool:
    if planned is None or value.value is None:
        return False
    most = target.aim.target if target.aim.high is None else target.aim.high
    beyond = most is not None and value.value > most
    return too_early(planned, period.months[-1], rulebook, beyond=beyond, direction=direction)


def _find_fall(
    asked: Asked,
    value: Value,
    target: Target,
    planned: Planned | None,
    period: Period,
    direction: Direction | None,
) -> Reached | None:
    """Return when the target of a measure to be held was last reached, if it is lost now."""
    wanted = target.aim.target
    if direction != "hold" or value.value is None or wanted is None or planned is None:
        return None
    if planned.curve not in LEVEL_CURVES:
        return None
    reached = find_reached(_history(asked, period), wanted)
    return reached if has_fallen(value.value, wanted, reached) else None


def _history(asked: Asked, period: Period) -> Iterator[tuple[Period, float]]:
    """Yield the values before a period: whole years printed, the end of last year, this year's months."""
    for printed in asked.measure.values:
        whole = printed.kind == "actual" and not printed.period and not printed.unit
        if whole and printed.value is not None and printed.roc_year < period.roc_year:
            yield Period(printed.roc_year), printed.value
    end = last_years_end(asked, period)
    if end is not None:
        yield Period(period.roc_year - 1), end
    for month in range(1, period.months[-1]):
        before = Period(period.roc_year, month=month)
        value = find_value(asked, before).value
        if value is not None:
            yield before, value


def find_way(asked: Asked, value: Value, judgement: Judgement, rulebook: Rulebook) -> Remedy | None:
    """Return what would bring the next better light, or None where nothing is wanting or judged."""
    achieved, direction, light = judgement.achieved, judgement.direction, judgement.light
    if achieved is None or direction is None or value.value is None:
        return None
    if light.reason == "fallen" and judgement.target.aim.target is not None:
        regained: tuple[Colour, float] = ("green", judgement.target.aim.target)
        return find_remedy(regained, asked.formula, value.operands, asked.unit)
    wanted = needed_value(light.colour, achieved, judgement.aim, direction, value.value, rulebook)
    if wanted is None:
        return None
    return find_remedy(wanted, asked.formula, value.operands, asked.unit)
