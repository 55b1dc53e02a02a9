"""Judging in bulk beside the path of one record: the same measures, the same figures, in one run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from cities.figures import make_figures
from cities.plans import FIRST_YEAR, YEARS, items_of, make_plan

from hengtu.core.judging.definition import Definition, define, from_json, to_json
from hengtu.core.judging.figures import Figures, tidy
from hengtu.core.judging.results import compute_measure
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Rulebook
from hengtu.core.judging.series import Series
from hengtu.core.periods import SLOTS, Period
from hengtu.core.plan import Kpi, Measure, Plan
from hengtu.engines.judging import (
    Grid,
    Months,
    judge_months,
    make_grid,
    make_outline,
    roll_up_months,
)

T = TypeVar("T")
KPIS = int(os.environ.get("HENGTU_BENCH_KPIS", "2_000"))
AGENCIES = int(os.environ.get("HENGTU_BENCH_AGENCIES", "10"))
ONE_BY_ONE = 24
FIRST, LAST = Period(FIRST_YEAR, month=1), Period(FIRST_YEAR + YEARS - 1, month=12)


@dataclass(frozen=True, slots=True)
class Agency:
    """A plan with its definitions as text, and its figures as rows."""

    plan: Plan
    numbers: dict[tuple[str, int, str], int]
    texts: Sequence[str]
    rows: dict[str, np.ndarray]


def make_agency(number: int) -> Agency:
    """Return an agency of the city."""
    plan = make_plan(number, KPIS)
    numbers, habits = {}, []
    for place, kpi in enumerate(plan.kpis):
        for measure, name, habit in items_of(number, place):
            numbers[kpi.code, measure, tidy(name)] = len(numbers)
            habits.append(habit)
    rows = make_figures(np.arange(len(numbers)), habits, seed=number)
    texts = [
        to_json(define(kpi, measure, None, finder(numbers, kpi, measure)))
        for kpi in plan.kpis
        for measure in kpi.measures
    ]
    return Agency(plan, numbers, texts, rows)


def finder(
    numbers: dict[tuple[str, int, str], int], kpi: Kpi, measure: Measure
) -> Callable[[str], list[int]]:
    """Return what finds the items of a measure."""

    def find(name: str) -> list[int]:
        found = numbers.get((kpi.code, measure.index, name))
        return [] if found is None else [found]

    return find


def rulebook_of(roc_year: int) -> Rulebook:
    """Return one rulebook for every year."""
    return PRODUCT_DEFAULT


class Clock:
    """Adds up the processor's time of every step."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.seconds: dict[str, float] = {}

    def take(self, step: str, run: Callable[[], T]) -> T:
        """Run a step."""
        start = time.process_time()
        done = run()
        self.seconds[step] = self.seconds.get(step, 0.0) + time.process_time() - start
        return done


def judge_agency(agency: Agency, clock: Clock) -> Months:
    """Judge an agency in bulk, step by step."""
    rows = agency.rows
    definitions = clock.take("definitions from JSON", lambda: list(map(from_json, agency.texts)))
    grid = clock.take(
        "figures as a grid",
        lambda: make_grid(rows["item_id"], rows["period"], rows["value"], rows["missing"]),
    )
    months = clock.take("judging", lambda: judge(definitions, grid))
    outline = make_outline(agency.plan)
    clock.take("roll-up", lambda: roll_up_months(months, outline, rulebook_of=rulebook_of))
    return months


def judge(definitions: Sequence[Definition], grid: Grid) -> Months:
    """Judge measures for all months."""
    return judge_months(definitions, grid, first=FIRST, last=LAST, rulebook_of=rulebook_of)


def as_quarters(agency: Agency) -> Agency:
    """Return an agency whose figures come by quarters: those of March, June, September and December."""
    slots = agency.rows["period"] % SLOTS
    own = (slots + 1) % 3 == 0
    rows = {name: column[own] for name, column in agency.rows.items()}
    rows["period"] = rows["period"] - slots[own] + 12 + slots[own] // 3
    return Agency(agency.plan, agency.numbers, agency.texts, rows)


def judge_one_by_one(agency: Agency) -> tuple[float, int]:
    """Judge a few measures on the path of one record; return seconds and results."""
    rows = agency.rows
    grid = make_grid(rows["item_id"], rows["period"], rows["value"], rows["missing"])
    own: dict[tuple[str, int, str], Series] = {}
    for key, number in agency.numbers.items():
        if len(own) < 4 * ONE_BY_ONE and (series := grid.series(number)):
            own[key] = series
    figures, count = Figures(own), 0
    start = time.process_time()
    for kpi in agency.plan.kpis[:ONE_BY_ONE]:
        for measure in kpi.measures:
            for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
                for month in range(1, 13):
                    period = Period(year, month=month)
                    compute_measure(kpi, measure, figures, period=period, rulebook=PRODUCT_DEFAULT)
                    count += 1
    return time.process_time() - start, count


def main() -> None:
    """Print what judging costs, in bulk and one by one."""
    agencies = [make_agency(number) for number in range(AGENCIES)]
    clock, results, singly = Clock(), 0, 0
    for agency in agencies:
        months = judge_agency(agency, clock)
        results += months.values.size
        singly += int(months.single.sum()) * months.values.shape[1]
    print(f"{AGENCIES} agencies of {KPIS:,} KPIs, {results:,} results; processor time")
    for step, seconds in clock.seconds.items():
        print(f"  {step:28}{seconds:8.2f} s{seconds / results * 1e6:9.3f} µs a result")
    whole = sum(clock.seconds.values()) / results
    print(f"  {'all':28}{whole * results:8.2f} s{whole * 1e6:9.3f} µs a result")
    quarterly = Clock()
    judge_agency(as_quarters(agencies[0]), quarterly)
    share = quarterly.seconds["judging"] / results * AGENCIES
    print(f"  {'judging figures of quarters':28}{share * 1e6:20.3f} µs a result")
    alone, count = judge_one_by_one(agencies[0])
    print(f"  one by one, explained{alone / count * 1e6:26.0f} µs a result")
    print(
        f"  bulk is {alone / count / whole:,.0f} times as fast; {singly / results:.2%} judged one by one"
    )


if __name__ == "__main__":
    main()
