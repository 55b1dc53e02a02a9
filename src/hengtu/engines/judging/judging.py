"""Many measures judged for many months at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hengtu.core.judging.definition import Definition
from hengtu.core.periods import Period
from hengtu.engines.judging.grid import Grid
from hengtu.engines.judging.months import Months, empty_months, list_months
from hengtu.engines.judging.single import RulebookOf, judge_single


def judge_months(
    definitions: Sequence[Definition],
    grid: Grid,
    *,
    first: Period,
    last: Period,
    rulebook_of: RulebookOf,
) -> Months:
    """Return the results of measures for the months from first to last.

    The answers are those of ``core.judging.results.compute_measure`` for the same figures, within 1e-9.
    ``rulebook_of`` gives the rulebook of a ROC year.
    """
    periods = list_months(first, last)
    months = empty_months(len(definitions), np.array([one.code for one in periods], np.int16))
    for row, definition in enumerate(definitions):
        judge_single(definition, grid, periods, rulebook_of, months, row)
        months.single[row] = True
    return months
