"""The forecast of a measure of a plan: its past out of the figures, how it grows, what bounds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from hengtu.core.forecasting.band import Bounds
from hengtu.core.forecasting.forecast import MOST_YEARS, forecast_year
from hengtu.core.forecasting.outlook import Forecast, Kind, Refusal
from hengtu.core.forecasting.record import MONTHS, Reached
from hengtu.core.formulas import Formula, evaluate
from hengtu.core.formulas.tree import Defined, Node, Percentage, Product, items
from hengtu.core.judging.directions import find_direction
from hengtu.core.judging.figures import Figures
from hengtu.core.judging.items import Rules, operands, over_time_of, read_formula
from hengtu.core.judging.lights import Aim
from hengtu.core.judging.planned import curve_of
from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.judging.targets import pick_target
from hengtu.core.judging.values import Asked, Value, find_reported, find_value, last_years_end
from hengtu.core.periods import Period
from hengtu.core.plan import Direction, Kpi, Measure

LEVELS = frozenset({"last", "none", "max", "min"})
_CHANGE = re.compile(r"成長|增加|增減|變動|減少|節約|下降|提升率|提高")


def forecast_measure(
    kpi: Kpi,
    measure: Measure,
    figures: Figures,
    *,
    period: Period,
    rulebook: Rulebook,
    rules: Rules | None = None,
    past: Iterable[Reached] | None = None,
) -> Forecast | Refusal:
    """Return where a measure will stand at the end of the ROC year, as known at the end of a period.

    ``past`` is what stood in complete years before, where that is known already; else it is worked out.
    """
    asked = Asked(
        kpi=kpi,
        measure=measure,
        formula=read_formula(measure),
        rules=over_time_of(kpi, measure, rules),
        figures=figures,
    )
    now = find_value(asked, period)
    kind, start = kind_of(asked, now, period)
    earlier = trace_past(asked, period, kind) if past is None else past
    history = (*_year(asked, period.roc_year, period.months[-1], kind), *earlier)
    aim = pick_target(measure, Period(period.roc_year)).aim
    return forecast_year(
        history,
        roc_year=period.roc_year,
        month=period.months[-1],
        kind=kind,
        aim=aim,
        direction=_direction(kpi, measure, aim),
        rulebook=rulebook,
        bounds=bounds_of(asked, kind, history, aim),
        start=start,
    )


def _direction(kpi: Kpi, measure: Measure, aim: Aim) -> Direction | None:
    """Return the direction; a target with two ends is a range whatever the words say."""
    return "range" if aim.low is not None else find_direction(kpi, measure)[0]


def kind_of(asked: Asked, now: Value, period: Period) -> tuple[Kind, float | None]:
    """Return how a measure grows through a year and, of a progress, where it began.

    What is spent of a year's whole begins at nothing; other progress where last year ended.
    """
    if now.operands:
        match curve_of(asked.kpi, asked.measure, asked.formula, asked.rules):
            case "even":
                return "count", None
            case "accruing" if _kind_of_quotient(asked) != "count":
                return "progress", 0.0
            case "growing":
                return "progress", last_years_end(asked, period)
            case _:
                return _kind_of_quotient(asked), None
    return _kind_of_own(asked, period)


def _kind_of_own(asked: Asked, period: Period) -> tuple[Kind, float | None]:
    curve = curve_of(asked.kpi, asked.measure, asked.formula, asked.rules)
    rule = asked.rules.get("", "last")
    if curve == "growing" and rule == "last":
        return "progress", last_years_end(asked, period)
    if rule == "sum":
        return "count", None
    return ("rate" if rule == "mean" else "level"), None


def _kind_of_quotient(asked: Asked) -> Kind:
    """Return what a quotient is: a sum over what stands still adds up, 訓練時數÷員工人數."""
    quotient = _quotient(asked.formula)
    used = {asked.rules.get(item.name, "sum") for item in operands(asked.formula)}
    if used <= LEVELS:
        return "level"
    if quotient is None:
        return "rate"
    above, below = ({asked.rules.get(n, "sum") for n in items(part)} for part in quotient)
    return "count" if above == {"sum"} and below and below <= LEVELS else "rate"


def _quotient(formula: Formula | None) -> tuple[Node, Node] | None:
    """Return dividend and divisor of a formula that is a single quotient, else None."""
    body = formula.body if formula else None
    while isinstance(body, Percentage | Defined):
        body = body.body
    if not isinstance(body, Product):
        return None
    above = tuple(factor for factor in body.factors if factor[0] == "*")
    below = tuple(("*", part) for stroke, part in body.factors if stroke == "/" and items(part))
    return (Product(above), Product(below)) if above and below else None  # type: ignore[arg-type]


def trace_past(asked: Asked, period: Period, kind: Kind) -> Iterator[Reached]:
    """Yield what stood at the end of the months of the complete years before."""
    for roc_year in range(period.roc_year - 1, period.roc_year - 1 - MOST_YEARS, -1):
        if find_reported(asked, Period(roc_year)) is None:
            return
        yield from _year(asked, roc_year, MONTHS, kind)


def _year(asked: Asked, roc_year: int, last: int, kind: Kind) -> Iterator[Reached]:
    quotient = _quotient(asked.formula) if kind == "rate" else None
    for month in range(1, last + 1):
        value = find_value(asked, Period(roc_year, month=month))
        if value.value is not None:
            yield Reached(
                roc_year=roc_year,
                month=month,
                value=value.value,
                known=value.known,
                due=value.due,
                weight=_weigh(asked, value, quotient[1]) if quotient else None,
            )


def _weigh(asked: Asked, value: Value, below: Node) -> float | None:
    """Return the denominator for the year so far, None where the value was not worked out from it."""
    if asked.formula is None or not value.operands:
        return None
    return evaluate(replace(asked.formula, body=below, limit=None), value.operands).answer.value


def bounds_of(asked: Asked, kind: Kind, history: Iterable[Reached], aim: Aim) -> Bounds:
    """Return what a measure cannot pass: 0 and, where all that is known of a percentage keeps to it, 100.

    A change rate, and what has been below zero or beyond 100 before, has no bounds.
    """
    measure = asked.measure
    if _is_change(asked) or kind == "count":
        return Bounds()
    ends = (aim.target, aim.low, aim.high, *(point.value for point in history))
    known = [value for value in ends if value is not None]
    percent = (measure.unit or "").strip() in ("%", "％")
    below = min(known, default=0.0) >= 0
    return Bounds(
        low=0.0 if below else None,
        high=100.0 if percent and below and max(known, default=0.0) <= 100 else None,
    )


def _is_change(asked: Asked) -> bool:
    backward = any(item.years_back for item in operands(asked.formula))
    return backward or bool(_CHANGE.search(f"{asked.kpi.name}{asked.measure.label or ''}"))
