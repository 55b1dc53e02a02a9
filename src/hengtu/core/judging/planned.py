"""The planned curve: what should stand at the end of a month on the way to the year's target.

What grows from last year's end is never asked for more than the year's own target: where last year ended beyond
it, all of the target is due and no more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hengtu.core.formulas.tree import Defined, Formula, Percentage, Product, items
from hengtu.core.judging.items import is_progress, is_rate
from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.judging.series import OverTime
from hengtu.core.plan import Direction, Kpi, Measure

Curve = Literal["flat", "even", "accruing", "seasons", "growing", "part"]
_GROWING = re.compile(r"累計|累積")
_SPENT = re.compile(r"執行|支用|實支|實付|支出|決算")
_BUDGET = re.compile(r"預算")
_DONE = re.compile(r"完成|參與|參加|出席|通過")
_HOURS = re.compile(r"(?:訓練|學習|研習|進修|上課|服務).*(?:時數|小時數?)$")
_HEADS = re.compile(r"(?:人數|員額數?|同仁|員工|職員|公務人員)數?$")
_OWED = re.compile(r"應[^計]|全[區市縣鄉鎮校院]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The part of the year's target that is due, how it was found and from where it grew.

    ``known_months`` below 1 tells that it was cut to the share of months that were reported; ``counted``
    that the measure is a count that grows with every month.
    """

    value: float
    curve: Curve
    share: float = 1.0
    start: float = 0.0
    known_months: float = 1.0
    counted: bool = False


def curve_of(
    kpi: Kpi, measure: Measure, formula: Formula | None, rules: Mapping[str, OverTime]
) -> Curve:
    """Return how a measure grows in the year: counts evenly, progress from where it stood, rates not."""
    body = formula.body if formula else None
    if body is not None and is_progress(body):
        return "growing"
    if _accrues(formula, rules):
        return "accruing"
    if is_rate(measure, body):
        return "flat"
    own = {rules.get(name, "sum") for name in items(body)} or {rules.get("", "sum")}
    if own == {"sum"}:
        return "even"
    return "growing" if _GROWING.search(f"{kpi.name}{measure.formula or ''}") else "flat"


def _accrues(formula: Formula | None, rules: Mapping[str, OverTime]) -> bool:
    """Whether a formula is what was spent, done or came in so far over what stands for the whole year."""
    body = formula.body if formula else None
    while isinstance(body, Percentage | Defined):
        body = body.body
    if not isinstance(body, Product):
        return False
    above = [name for stroke, part in body.factors if stroke == "*" for name in items(part)]
    below = [name for stroke, part in body.factors if stroke == "/" for name in items(part)]
    if not above or not below or any(rules.get(name) != "last" for name in below):
        return False
    ways = {rules.get(name) for name in above}
    if ways == {"sum"}:  # what came in over what stands grows month by month: hours a head
        return True
    return ways == {"last"} and any(
        any(map(done.search, above)) and all(map(owed.search, below))
        for done, owed in ((_SPENT, _BUDGET), (_DONE, _OWED), (_HOURS, _HEADS))
    )


def plan_ahead(
    target: float,
    curve: Curve,
    month: int,
    *,
    season: float | None = None,
    start: float | None = None,
    direction: Direction | None = None,
) -> Planned:
    """Return what should stand at the end of a month.

    ``season`` is the share of last year's total that stood at that month; ``start`` the last year's end, from
    which a progress grows. Without a start, or with one beyond the target, a growing level is asked for in
    full.

    >>> plan_ahead(1200, "even", 6).value, plan_ahead(45, "growing", 6, start=15).value
    (600.0, 30.0)
    """
    if month >= 12 or curve in ("flat", "part"):
        return Planned(value=target, curve=curve)
    if curve in ("even", "accruing"):
        if season is None:
            return Planned(value=target * month / 12, curve=curve, share=month / 12)
        return Planned(value=target * season, curve="seasons", share=season)
    if start is None or (start < target if direction == "lower" else start > target):
        return Planned(value=target, curve="flat")
    share = month / 12
    return Planned(
        value=start + (target - start) * share, curve="growing", share=share, start=start
    )


def too_early(
    planned: Planned, month: int, rulebook: Rulebook, *, beyond: bool, direction: Direction | None
) -> bool:
    """Whether it is too early in the year to hold a measure against an even curve.

    Last year's own seasons are judged from the first month on. ``beyond`` tells that the actual is over the
    whole year's target: where less is better no later month mends that.
    """
    if month >= rulebook.judged_from or planned.curve not in ("even", "accruing"):
        return False
    return not (beyond and direction in ("lower", "range"))
