"""From actual and target to achievement, and from achievement to a light.

A range needs no direction. What the time of the year or an earlier reached target does to a light comes after
``judge``, in ``temper``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from hengtu.core.amounts import MissingKind
from hengtu.core.formulas.evaluation import meets
from hengtu.core.judging.rulebook import RANK, Band, Colour, Rulebook
from hengtu.core.plan import Direction

LightReason = (
    Literal["no_target", "no_direction", "no_range", "partial", "low_coverage", "early", "fallen"]
    | MissingKind
)
AchievementRule = Literal[
    "higher",
    "lower_ratio",
    "lower_difference",
    "target_zero",
    "signed",
    "actual_zero",
    "range",
    "beyond",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What an actual is judged against: a target, or a range from ``low`` to ``high``."""

    target: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """How far a target was reached: ``percent`` raw, ``capped`` for scores, and by which rule.

    ``percent`` is None where a quotient means nothing (a target of zero); then ``met`` and ``distance`` tell.
    ``distance`` is in the measure's unit, positive when better than the target.
    """

    percent: float | None
    capped: float | None
    met: bool
    distance: float
    rule: AchievementRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """A light: colour, and why; ``band`` where an achievement in percent decided it."""

    colour: Colour
    reason: LightReason | None = None
    band: Band | None = None


def achieve(actual: float, target: float, direction: Direction, rulebook: Rulebook) -> Achievement:
    """Return the achievement of an actual against one target.

    Targets of zero or below, and negative actuals, give no percentage: they are met or not met. Where less
    is better an actual of zero is met. Reach-and-hold is judged as higher is better.

    Ref: DOMAIN, achievement: higher is actual ÷ target, lower target ÷ actual or 2 − actual ÷ target.

    >>> from hengtu.core.judging.rulebook import PRODUCT_DEFAULT
    >>> achieve(45, 50, "higher", PRODUCT_DEFAULT).percent, achieve(0, 10, "lower", PRODUCT_DEFAULT).met
    (90.0, True)
    """
    lower = direction == "lower"
    met = meets(actual, "<=" if lower else ">=", target)
    distance = target - actual if lower else actual - target
    percent, rule = _percent(actual, target, lower=lower, rulebook=rulebook)
    if percent is not None and not math.isfinite(percent):
        percent, rule = None, "beyond"
    return Achievement(
        percent=percent, capped=_cap(percent, rulebook), met=met, distance=distance, rule=rule
    )


def _percent(
    actual: float, target: float, *, lower: bool, rulebook: Rulebook
) -> tuple[float | None, AchievementRule]:
    if target == 0:
        return None, "target_zero"
    if target < 0 or actual < 0:
        return None, "signed"
    if not lower:
        return actual / target * 100, "higher"
    if rulebook.lower == "difference":
        return (2 - actual / target) * 100, "lower_difference"
    if actual == 0:
        return None, "actual_zero"
    return target / actual * 100, "lower_ratio"


def achieve_range(actual: float, low: float, high: float, rulebook: Rulebook) -> Achievement:
    """Return the achievement of an actual against a range: full inside it, else by the nearer end."""
    if meets(actual, ">=", low) and meets(actual, "<=", high):
        inside = min(actual - low, high - actual)
        return Achievement(percent=100.0, capped=100.0, met=True, distance=inside, rule="range")
    below = actual < low
    near = achieve(actual, low if below else high, "higher" if below else "lower", rulebook)
    return Achievement(
        percent=near.percent, capped=near.capped, met=False, distance=near.distance, rule="range"
    )


def _cap(percent: float | None, rulebook: Rulebook) -> float | None:
    return None if percent is None else max(0.0, min(percent, rulebook.cap))


def judge(
    actual: float | None,
    aim: Aim,
    direction: Direction | None,
    rulebook: Rulebook,
    *,
    missing: MissingKind | None = None,
) -> tuple[Light, Achievement | None]:
    """Return the light of an actual and the achievement it rests on.

    White where it cannot be judged: a missing actual, no target, no direction, a range without its ends.
    """
    if actual is None:
        return Light(colour="white", reason=missing or "not_reported"), None
    if aim.low is not None and aim.high is not None:
        return _light(achieve_range(actual, aim.low, aim.high, rulebook), rulebook)
    reason = _unjudgeable(aim, direction)
    if reason or direction is None:
        return Light(colour="white", reason=reason or "no_direction"), None
    return _light(achieve(actual, aim.target or 0.0, direction, rulebook), rulebook)


def _unjudgeable(aim: Aim, direction: Direction | None) -> LightReason | None:
    if aim.target is None:
        return "no_target"
    if direction is None:
        return "no_direction"
    return "no_range" if direction == "range" else None


def temper(light: Light, rulebook: Rulebook, *, early: bool = False, fallen: bool = False) -> Light:
    """Return a light as the time of the year, and a target that had been reached before, leave it.

    ``early``: what is behind an even curve in the first months is not judged yet. ``fallen``: a measure to be
    held that fell below its target has at best the rulebook's light for it, and says so.
    """
    if early and light.colour in ("yellow", "red"):
        return Light(colour="white", reason="early")
    if not fallen or light.colour == "white":
        return light
    if RANK[light.colour] > RANK[rulebook.fallen]:
        return Light(colour=rulebook.fallen, reason="fallen")
    return Light(colour=light.colour, reason="fallen", band=light.band)


def _light(achieved: Achievement, rulebook: Rulebook) -> tuple[Light, Achievement]:
    if achieved.percent is None:
        return Light(colour="green" if achieved.met else "red"), achieved
    band = rulebook.band_for(achieved.percent)
    return Light(colour=band.light, band=band), achieved
