"""Measures that only their own record can judge: those that take other KPIs, or figures of child agencies."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

from hengtu.core.judging.results import Result, compute_measure
from hengtu.core.judging.rulebook import RANK, Rulebook
from hengtu.core.periods import Period
from hengtu.engines.columns import THERE
from hengtu.engines.judging import Months
from hengtu.engines.judging.single import band_of, code_missing
from hengtu.engines.lights import code_reason
from hengtu.queries.records import Records
from hengtu.queries.rules import read_rulebooks
from hengtu.store.measures import StoredMeasure, load_measures
from hengtu.store.models import FigureRow, ItemUseRow, PlanRow, ReferenceRow

FEW = 300  # items that are named in one statement


def judge_specials(
    plan: PlanRow,
    measures: Sequence[int],
    months: Months,
    rulebook_of: Callable[[int], Rulebook] | None = None,
) -> None:
    """Work out the special ones among measures from their records, and put them in their rows of ``months``.

    Without ``rulebook_of`` a ROC year the rulebooks in force judge. Two SQL statements where there are none.
    """
    special = find_specials(plan).intersection(measures)
    if not special:
        return
    rows = {measure: row for row, measure in enumerate(measures)}
    wanted = [one for one in load_measures(plan) if one.measure_id in special]
    records = Records(plan)
    records.prepare([one.kpi.code for one in wanted])
    rulebook_of = rulebook_of or partial(read_rulebooks().of, plan.owning_agency_id)
    for one in wanted:
        _judge(one, records, rulebook_of, months, rows[one.measure_id])


def find_specials(plan: PlanRow) -> set[int]:
    """Return the measures of a plan that take other KPIs or figures of other plans."""
    own = ReferenceRow.objects.filter(measure__plan=plan).values_list("measure_id", flat=True)
    uses = ItemUseRow.objects.filter(measure__plan=plan).exclude(item__plan=plan)
    return {*own, *uses.values_list("measure_id", flat=True)}


def list_foreign_periods(plan: PlanRow) -> list[int]:
    """Return the codes of the periods for which plans below gave figures that the plan reads.

    The items are named one by one: as a subquery PostgreSQL, while it knows nothing of the tables, may read all
    figures once for each.
    """
    uses = ItemUseRow.objects.filter(measure__plan=plan).exclude(item__plan=plan).order_by()
    items = list(uses.values_list("item_id", flat=True).distinct())
    found: set[int] = set()
    for start in range(0, len(items), FEW):
        rows = FigureRow.objects.filter(item__in=items[start : start + FEW], missing=0)
        found.update(rows.order_by().values_list("period", flat=True).distinct())
    return sorted(found)


def _judge(
    one: StoredMeasure,
    records: Records,
    rulebook_of: Callable[[int], Rulebook],
    months: Months,
    row: int,
) -> None:
    record = records.of(one.kpi.code)
    rules = record.rules_of(one.kpi, one.measure)
    for column, code in enumerate(months.periods.tolist()):
        period = Period.from_code(code)
        rulebook = rulebook_of(period.roc_year)
        result = compute_measure(
            one.kpi, one.measure, record.figures, period=period, rulebook=rulebook, rules=rules
        )
        put(result, rulebook, months, (row, column))


def put(result: Result, rulebook: Rulebook, months: Months, at: tuple[int, int]) -> None:
    """Put a result in its place."""
    months.values[at] = number(result.value)
    months.planned[at] = number(result.planned)
    months.achievement[at] = number(result.achievement)
    months.score[at] = number(result.score)
    months.coverage[at] = result.coverage
    months.kinds[at] = THERE if result.value is not None else code_missing(result.missing)
    months.lights[at] = RANK[result.light]
    months.reasons[at] = code_reason(result.reason)
    months.bands[at] = band_of(result, rulebook)


def number(value: float | None) -> float:
    """Return a number, NaN for none."""
    return math.nan if value is None else value
