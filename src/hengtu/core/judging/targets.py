"""What a measure is to reach in a period."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hengtu.core.amounts import MissingKind
from hengtu.core.judging.lights import Aim
from hengtu.core.periods import Period, read_period
from hengtu.core.plan import Measure, PlanValue
from hengtu.core.ranges import Range, read_range

NO_AIM = Aim()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target: what to reach, the plan's own value and whether it is for a part of the year."""

    aim: Aim = NO_AIM
    missing: MissingKind | None = None
    value: PlanValue | None = None
    part: bool = False


def pick_target(measure: Measure, period: Period) -> Target:
    """Return the target that holds at the end of a period.

    A target printed for exactly that part of the year counts before the year's; a value in another unit
    than the measure's does not.
    """
    targets = [value for value in measure.values if value.kind == "target" and not value.unit]
    own = [value for value in targets if value.roc_year == period.roc_year]
    part = next((value for value in own if value.period and _ends_with(value, period)), None)
    chosen = part or next((value for value in own if not value.period), None)
    if chosen is None:
        return Target()
    aim = read_aim(chosen)
    missing = None if aim.low is not None else chosen.missing
    return Target(aim=aim, missing=missing, value=chosen, part=part is not None)


def _ends_with(value: PlanValue, period: Period) -> bool:
    named = read_period(value.period or "")
    return named is not None and not named.whole_year and named.months[-1] == period.months[-1]


def read_aim(value: PlanValue) -> Aim:
    """Return what a printed target asks for; 20～25, 22±2 and 1以上3以下 are ranges.

    >>> read_aim(PlanValue(roc_year=113, kind="target", value=20.0, raw="20~25")).high
    25.0
    """
    found = read_range(value.raw)
    if found and _stands_for(value, found):
        return Aim(low=found.low, high=found.high)
    return Aim(target=value.value)


def _stands_for(value: PlanValue, found: Range) -> bool:
    """Whether a value is that of its words: a person may have corrected the number alone."""
    if value.value is None:
        return value.missing == "not_computable"
    return any(math.isclose(value.value, end, rel_tol=1e-9) for end in (found.low, found.high))


def printed_actual(measure: Measure, period: Period) -> PlanValue | None:
    """Return the actual that the plan itself prints for a period, or None."""
    wanted = str(period.roc_year) if period.months[-1] == 12 else str(period)
    return next(
        (
            value
            for value in measure.values
            if value.kind == "actual"
            and not value.unit
            and (value.period or str(value.roc_year)) == wanted
        ),
        None,
    )
