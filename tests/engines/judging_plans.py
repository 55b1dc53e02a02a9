"""Definitions, grids and single results of the same plans and figures, to be held beside one another."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from hengtu.core.actuals import Actual
from hengtu.core.judging.definition import Definition, define, from_json, to_json
from hengtu.core.judging.figures import Figures, sort_figures, tidy
from hengtu.core.judging.items import Rules, is_shared
from hengtu.core.judging.results import Result, compute_measure
from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.periods import Period, read_period
from hengtu.core.plan import Kpi, Measure, Plan
from hengtu.engines.columns import CODES
from hengtu.engines.judging import Grid, Months, judge_months, make_grid
from hengtu.engines.lights import COLOURS, name_reason

RulebookOf = Callable[[int], Rulebook]
ItemKey = tuple[str, int, str]
IDLE = 1_000_000


class Items:
    """The data items of some figures, numbered; every name of every measure may have one."""

    def __init__(self, actuals: Sequence[Actual], *, idle: bool = False) -> None:
        """Number every (KPI, measure, name) that has figures; ``idle`` finds items without any, too."""
        self.idle = idle
        keys = dict.fromkeys((a.code, a.measure, tidy(a.item)) for a in actuals)
        self.numbers: dict[ItemKey, int] = {key: 3 * at + 5 for at, key in enumerate(keys)}
        self.figures: Figures = sort_figures(actuals)

    def finder(self, kpi: Kpi, measure: Measure) -> Callable[[str], Sequence[int]]:
        """Return what finds the items of a measure by name, as ``Figures.of_item`` looks for them."""

        def find(name: str) -> Sequence[int]:
            found = find_own(name)
            return [IDLE, *found, IDLE + 1] if self.idle and name else found

        def find_own(name: str) -> Sequence[int]:
            own = self.numbers.get((kpi.code, measure.index, name))
            if own is not None or not name:
                return () if own is None else (own,)
            same = [n for (c, _, item), n in self.numbers.items() if (c, item) == (kpi.code, name)]
            if same:
                return same[:1]
            if name not in self.figures.by_name or not is_shared(name):
                return ()
            giver = self.figures.by_name[name][0]
            return [n for (c, _, item), n in self.numbers.items() if (c, item) == (giver, name)][:1]

        return find


def number_figures(actuals: Iterable[Actual], items: Items) -> Grid:
    """Return the grid of actuals."""
    rows = []
    for one in actuals:
        period = read_period(one.period)
        assert period is not None
        number = items.numbers[one.code, one.measure, tidy(one.item)]
        kind = 0 if one.value is not None else CODES[one.missing or "not_reported"]
        rows.append((number, period.code, np.nan if one.value is None else one.value, kind))
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return make_grid(*columns)


def measures_of(plan: Plan) -> list[tuple[Kpi, Measure]]:
    """Return every measure of a plan with its KPI."""
    return [(kpi, measure) for kpi in plan.kpis for measure in kpi.measures]


def define_all(plan: Plan, items: Items, rules: Rules | None = None) -> list[Definition]:
    """Return the definitions of a plan, as they come back from JSON."""
    return [
        from_json(to_json(define(kpi, measure, rules, items.finder(kpi, measure))))
        for kpi, measure in measures_of(plan)
    ]


def judge_both(
    plan: Plan,
    actuals: Sequence[Actual],
    *,
    first: Period,
    last: Period,
    rulebook_of: RulebookOf,
    rules: Rules | None = None,
    idle: bool = False,
) -> tuple[Months, list[list[Result]]]:
    """Return the results of a plan in bulk and one by one."""
    items = Items(actuals, idle=idle)
    bulk = judge_months(
        define_all(plan, items, rules),
        number_figures(actuals, items),
        first=first,
        last=last,
        rulebook_of=rulebook_of,
    )
    periods = [Period.from_code(int(code)) for code in bulk.periods]
    single = [
        [
            compute_measure(
                kpi,
                measure,
                items.figures,
                period=period,
                rulebook=rulebook_of(period.roc_year),
                rules=rules,
            )
            for period in periods
        ]
        for kpi, measure in measures_of(plan)
    ]
    return bulk, single


def tell(bulk: Months, row: int, column: int, rulebook: Rulebook) -> tuple[object, ...]:
    """Return a result of the bulk path in words and numbers."""
    at = row, column
    kind, band = int(bulk.kinds[at]), int(bulk.bands[at])
    return (
        _known(bulk.values[at]),
        kind,
        _known(bulk.planned[at]),
        _known(bulk.achievement[at]),
        COLOURS[int(bulk.lights[at])],
        name_reason(int(bulk.reasons[at])),
        rulebook.bands[band].grade if band >= 0 else "",
        _known(bulk.score[at]),
        _known(bulk.coverage[at]),
    )


def tell_single(result: Result) -> tuple[object, ...]:
    """Return a result of the path of one record likewise."""
    return (
        _known(result.value),
        CODES[result.missing] if result.missing else 0,
        _known(result.planned),
        _known(result.achievement),
        result.light,
        result.reason,
        result.grade,
        _known(result.score),
        _known(result.coverage),
    )


def _known(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else float(value)


def check_same(bulk: Months, single: Sequence[Sequence[Result]], rulebook_of: RulebookOf) -> None:
    """Hold the bulk path against the path of one record."""
    for row, results in enumerate(single):
        for column, result in enumerate(results):
            roc_year = Period.from_code(int(bulk.periods[column])).roc_year
            found = tell(bulk, row, column, rulebook_of(roc_year))
            told = (result.code, result.period, result.explanation)
            for own, wanted in zip(found, tell_single(result), strict=True):
                assert is_same(own, wanted), (found, tell_single(result), told)


def is_same(own: object, wanted: object) -> bool:
    """Whether two answers agree, numbers within 1e-9."""
    if isinstance(own, float) and isinstance(wanted, float):
        return math.isclose(own, wanted, rel_tol=1e-9, abs_tol=1e-9)
    return own == wanted
