"""The grounds of a light as steps: coverage, target, achievement, band, source, score, remedy."""

from __future__ import annotations

import math

from hengtu.core.judging.explanation import Step, step
from hengtu.core.judging.holding import Reached
from hengtu.core.judging.judgement import Judgement
from hengtu.core.judging.lights import Achievement, Aim, Light
from hengtu.core.judging.planned import Planned
from hengtu.core.judging.remedies import Remedy
from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.judging.scoring import Score
from hengtu.core.judging.targets import Target
from hengtu.core.judging.values import Value
from hengtu.core.periods import Period


def coverage_steps(value: Value, *, counted: bool) -> tuple[Step, ...]:
    """Return what is missing of a value that stands on a part of its months, and a count's pace."""
    if value.value is None or value.known >= value.due:
        return ()
    told = step("coverage", known=value.known, due=value.due)
    pace = value.value * value.due / value.known if counted and value.known else math.inf
    return (told, step("pace", value=pace)) if math.isfinite(pace) else (told,)


def target_steps(target: Target, period: Period, planned: Planned | None) -> tuple[Step, ...]:
    """Return the target and what of it is due."""
    roc_year, aim = period.roc_year, target.aim
    if aim.low is not None and aim.high is not None:
        first = step("target_range", roc_year=roc_year, low=aim.low, high=aim.high)
        return (first, *_low_end(planned, aim.low, period))
    if aim.target is None or planned is None:
        return (step("target_missing", roc_year=roc_year, missing=target.missing),)
    first = step("target", roc_year=roc_year, value=aim.target)
    month = period.months[-1]
    match planned.curve:
        case "even" | "accruing":
            due = [step("planned_even", month=month, value=planned.value)] if month < 12 else []
        case "seasons":
            due = [
                step("planned_seasons", month=month, value=planned.value, share=planned.share * 100)
            ]
        case "growing" if month < 12:
            due = [step("planned_growing", month=month, value=planned.value, start=planned.start)]
        case "part":
            due = [step("planned_part", period=str(period))]
        case _:
            due = []
    if planned.known_months < 1:
        due.append(step("planned_known_months", value=planned.value))
    return (first, *due)


def _low_end(planned: Planned | None, low: float, period: Period) -> tuple[Step, ...]:
    """Return what of a range's lower end is due, where that is less than the whole."""
    if planned is None or planned.value == low:
        return ()
    return (step("planned_low", month=period.months[-1], value=planned.value),)


def light_steps(
    judged: Judgement, value: Value, period: Period, rulebook: Rulebook
) -> tuple[Step, ...]:
    """Return how the light follows from actual and aim, and from which rule."""
    light, achieved = judged.light, judged.achieved
    if achieved is None or value.value is None:
        return (step("white", reason=light.reason),)
    beside = _beside(light, rulebook)
    return (
        step("direction", direction=judged.direction, known_by=judged.known_by),
        *_achievement(achieved, value.value, judged.aim, beside),
        *_time_of_year(light, period, rulebook),
        *_fall(judged.reached),
        _light(light, achieved, rulebook),
        _source(rulebook),
    )


def _time_of_year(light: Light, period: Period, rulebook: Rulebook) -> tuple[Step, ...]:
    if light.reason != "early":
        return ()
    return (step("early", month=period.months[-1], judged_from=rulebook.judged_from),)


def _fall(reached: Reached | None) -> tuple[Step, ...]:
    if reached is None:
        return ()
    return (step("fallen", period=str(reached.period), value=reached.value),)


def _beside(light: Light, rulebook: Rulebook) -> float | None:
    """Return the bound that an achievement must not be printed as: the one missed, else its own."""
    return _above(light, rulebook) or (light.band.at_least if light.band else None)


def _achievement(
    achieved: Achievement, actual: float, aim: Aim, beside: float | None
) -> tuple[Step, ...]:
    if achieved.rule == "range" or achieved.percent is None or aim.target is None:
        return (step("met", met=achieved.met, distance=abs(achieved.distance), rule=achieved.rule),)
    return (
        step(
            "achievement",
            rule=achieved.rule,
            actual=actual,
            target=aim.target,
            percent=achieved.percent,
            capped=achieved.capped,
            beside=beside,
        ),
    )


def _light(light: Light, achieved: Achievement, rulebook: Rulebook) -> Step:
    band = light.band
    return step(
        "light",
        light=light.colour,
        percent=achieved.percent if band else None,
        at_least=band.at_least if band else None,
        grade=band.grade if band else "",
        next=_above(light, rulebook),
    )


def _above(light: Light, rulebook: Rulebook) -> float | None:
    """Return the bound that was not reached, for a light that is not the best."""
    band = rulebook.next_band(light.colour) if light.band else None
    return band.at_least if band else None


def _source(rulebook: Rulebook) -> Step:
    source = rulebook.source
    return step(
        "source",
        rulebook=rulebook.title,
        rulebook_en=rulebook.title_en or rulebook.title,
        instrument=source.instrument,
        article=source.article,
        date=source.date,
        covers=_covers(rulebook),
    )


def _covers(rulebook: Rulebook) -> str:
    """Return the furthest that the source of a rulebook goes: lights, bands, the score or only duties."""
    told = ("lights", "bands", "score")
    return next((name for name in told if name in rulebook.source.covers), "binding")


def score_steps(scored: Score, achieved: Achievement | None) -> tuple[Step, ...]:
    """Return how the score is made up, or which parts are still to be assessed."""
    if achieved is None:
        return ()
    if scored.value is None:
        absent = [name for name, _, value in scored.parts if value is None]
        return (step("score_open", parts=" ".join(absent)),)
    return (step("score", value=scored.value),)


def remedy_steps(remedy: Remedy | None) -> tuple[Step, ...]:
    """Return what would change the light."""
    if remedy is None:
        return ()
    value = step("change_value", light=remedy.light, value=remedy.value)
    if remedy.item is None or remedy.needed is None:
        return (value,)
    item = step(
        "change_operand",
        item=remedy.item,
        now=remedy.now,
        needed=remedy.needed,
        light=remedy.light,
    )
    return (value, item)
