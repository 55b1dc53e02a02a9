"""What would change a light: the value, or the one operand, that reaches the next band."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from hengtu.core.amounts import MissingKind
from hengtu.core.formulas import Formula, evaluate
from hengtu.core.judging.items import is_progress, printed_operands
from hengtu.core.judging.lights import Achievement, Aim
from hengtu.core.judging.rulebook import Colour, Rulebook
from hengtu.core.plan import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """The value needed for a better light, and the operand that would bring it, all else equal."""

    light: Colour
    value: float
    item: str | None = None
    now: float | None = None
    needed: float | None = None


def needed_value(
    light: Colour,
    achieved: Achievement,
    aim: Aim,
    direction: Direction,
    actual: float,
    rulebook: Rulebook,
) -> tuple[Colour, float] | None:
    """Return the next better light and the value that reaches it, or None at the best."""
    if light in ("green", "white"):
        return None
    if aim.low is not None and aim.high is not None:
        return "green", aim.low if actual < aim.low else aim.high
    if aim.target is None:
        return None
    band = rulebook.next_band(light)
    if achieved.percent is None or band is None or band.at_least <= 0:
        return "green", aim.target
    wanted = band.at_least / 100
    if direction != "lower":
        return band.light, aim.target * wanted
    if rulebook.lower == "difference":
        return band.light, aim.target * (2 - wanted)
    return band.light, aim.target / wanted


def find_remedy(
    wanted: tuple[Colour, float],
    formula: Formula | None,
    known: Mapping[str, float | MissingKind],
    unit: str | None,
) -> Remedy:
    """Return the remedy for a wanted light; the operand is the first that alone can bring the value.

    A part of a weighted progress ends at 100 %.
    """
    light, value = wanted
    body = formula.body if formula else None
    most = 100.0 if body is not None and is_progress(body) else math.inf
    past = _past(formula)
    for item, now in known.items():
        if formula is None or isinstance(now, str) or item in past:
            continue
        needed = _solve(formula, known, item, now, value, unit)
        if needed is not None and math.isfinite(needed) and 0 <= needed <= most:
            return Remedy(light=light, value=value, item=item, now=now, needed=needed)
    return Remedy(light=light, value=value)


def _past(formula: Formula | None) -> frozenset[str]:
    """Return the operands that nothing can change any more: last year's and those of the period before."""
    nodes = printed_operands(formula) if formula else ()
    return frozenset(node.name for node in nodes if node.years_back or node.at == "prev")


def _solve(
    formula: Formula,
    known: Mapping[str, float | MissingKind],
    item: str,
    now: float,
    value: float,
    unit: str | None,
) -> float | None:
    """Return the operand's value on the straight line through two answers, where a third lies on it.

    A function may bend beyond: the answer there must be the value.
    """
    step = max(1.0, abs(now))
    given = (
        evaluate(formula, {**known, item: x}, unit=unit).answer.value
        for x in (now, now + step, now + 2 * step)
    )
    first, second, third = given
    if first is None or second is None or third is None or math.isclose(first, second):
        return None
    slope = (second - first) / step  # zero where the difference is below what a double holds
    if slope == 0 or not math.isclose(third, first + 2 * step * slope, rel_tol=1e-9, abs_tol=1e-9):
        return None
    needed = now + (value - first) / slope
    there = evaluate(formula, {**known, item: needed}, unit=unit).answer.value
    near = there is not None and math.isclose(there, value, rel_tol=1e-6, abs_tol=1e-6)
    return needed if near else None
