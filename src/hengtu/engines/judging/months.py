"""What judging answers for many measures, month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.periods import Period
from hengtu.engines.columns import NOT_REPORTED, Bools, Codes, Floats
from hengtu.engines.lights import WHITE

Lights = NDArray[np.int8]
RulebookOf = Callable[[int], Rulebook]


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """Results of measures by month, each [measures, months]; ``periods`` are the codes of the months.

    ``values`` are NaN where ``kinds`` tells the kind of missing. ``planned``, ``achievement`` (percent, raw)
    and ``score`` (0–100) are NaN where there is none; ``coverage`` is 0–1. ``lights``, ``reasons`` and ``bands``
    are the codes of ``engines.lights``. ``single`` tells of each measure that only the path of one record could
    judge it.
    """

    periods: NDArray[np.int16]
    values: Floats
    kinds: Codes
    planned: Floats
    achievement: Floats
    score: Floats
    coverage: Floats
    lights: Lights
    reasons: Codes
    bands: Lights
    single: Bools

    def cut(self, measures: slice | NDArray[np.int64] | Bools, months: slice) -> Months:
        """Return the results of some measures for some months."""
        own = {
            one.name: getattr(self, one.name)[measures, months]
            for one in fields(self)
            if one.name not in ("periods", "single")
        }
        return Months(periods=self.periods[months], single=self.single[measures], **own)


def empty_months(measures: int, periods: NDArray[np.int16]) -> Months:
    """Return results of which nothing is known yet."""
    shape = (measures, len(periods))
    return Months(
        periods=periods,
        values=np.full(shape, np.nan),
        kinds=np.full(shape, NOT_REPORTED, np.int8),
        planned=np.full(shape, np.nan),
        achievement=np.full(shape, np.nan),
        score=np.full(shape, np.nan),
        coverage=np.zeros(shape),
        lights=np.full(shape, WHITE, np.int8),
        reasons=np.full(shape, NOT_REPORTED, np.int8),
        bands=np.full(shape, -1, np.int8),
        single=np.zeros(measures, np.bool_),
    )


def find_stretches(
    roc_years: Sequence[int], rulebook_of: RulebookOf
) -> Iterator[tuple[slice, Rulebook]]:
    """Yield the stretches of a row of ROC years that one rulebook holds for."""
    known = {roc_year: rulebook_of(roc_year) for roc_year in dict.fromkeys(roc_years)}
    start = 0
    for at in range(1, len(roc_years) + 1):
        if at == len(roc_years) or known[roc_years[at]] != known[roc_years[start]]:
            yield slice(start, at), known[roc_years[start]]
            start = at


def list_months(first: Period, last: Period) -> list[Period]:
    """Return the months from one to another, both included; ValueError for other periods."""
    if not first.month or not last.month:
        raise ValueError("first and last are months")
    begin, end = (one.roc_year * 12 + (one.month or 1) - 1 for one in (first, last))
    return [Period(at // 12, month=at % 12 + 1) for at in range(begin, end + 1)]
