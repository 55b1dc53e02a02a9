"""Operands that stand in child agencies: 子機關加總(X), over the agencies and months that know all that is asked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from hengtu.core.amounts import MISSING_KINDS
from hengtu.core.judging.series import WHOLE_YEAR, OverTime, Total, Wanted, gather, is_level


def gather_operands(wanted: Sequence[Wanted], roc_year: int, month: int) -> dict[str, Total]:
    """Return the operands of one formula for the year so far, those of child agencies among them.

    An agency below counts where it has all that is asked of it, over the months that the agency's own operands
    know, so that a ratio is one of the same agencies and months.
    """
    below = [one for one in wanted if one.children]
    totals = gather([one for one in wanted if not one.children], roc_year, month)
    if not below:
        return totals
    known = [totals[w.name].known for w in wanted if not w.children and not is_level(w)]
    within = WHOLE_YEAR.intersection(*filter(None, known))
    several = [
        gather(_asked_of(below, place), roc_year, month, within=within)
        for place in range(max(len(one.children) for one in below))
    ]
    complete = [found for found in several if _is_complete(found, below)]
    joined = {one.name: _join(one, complete, several) for one in below}
    return {one.name: {**totals, **joined}[one.name] for one in wanted}


def _asked_of(below: Sequence[Wanted], place: int) -> list[Wanted]:
    """Return what is asked of one child agency."""
    return [
        replace(one, series=one.children[place], children=())
        for one in below
        if place < len(one.children)
    ]


def _is_complete(found: dict[str, Total], below: Sequence[Wanted]) -> bool:
    return len(found) == len(below) and all(one.value is not None for one in found.values())


def _join(
    wanted: Wanted, complete: Sequence[dict[str, Total]], several: Sequence[dict[str, Total]]
) -> Total:
    """Return one operand over the agencies that count; those without a figure are coverage, never zero."""
    asked = [found[wanted.name] for found in several if wanted.name in found]
    due = frozenset[int]().union(*(total.due for total in asked))
    counted = [found[wanted.name] for found in complete]
    given, count = len(counted), len(several)
    figures = [total.value for total in counted if total.value is not None]
    if not figures:
        lacking = [total.missing for total in asked if total.missing] or ["not_reported"]
        gravest = max(lacking, key=MISSING_KINDS.index)
        return Total(missing=gravest, due=due, asked=count)
    value = _aggregate(figures, wanted.over_org)
    if value is None or not math.isfinite(value):
        return Total(missing="not_computable", due=due, given=given, asked=count)
    known = due.intersection(*(total.known for total in counted))
    return Total(value=value, known=known, due=due, given=given, asked=count)


def _aggregate(figures: list[float], over_org: OverTime) -> float | None:
    match over_org:
        case "sum":
            return sum(figures)
        case "mean":
            return sum(figures) / len(figures)
        case "max":
            return max(figures)
        case "min":
            return min(figures)
        case _:  # what stands in each agency by itself does not become one number
            return None
