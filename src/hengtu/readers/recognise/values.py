"""Value and money cells: numbers, the words for missing, packed cells, notes, states, other units."""

from __future__ import annotations

from collections.abc import Sequence

from hengtu.core.plan import Budget, Measure, PlanValue, ValueKind
from hengtu.core.source import Source
from hengtu.readers.recognise.notes import Notes


def read_values(
    text: str,
    *,
    measures: Sequence[Measure],
    roc_year: int,
    kind: ValueKind,
    where: Source,
    subject: str,
    notes: Notes,
    period: str | None = None,
) -> tuple[PlanValue, ...]:
    """Return one value per measure of the row from one cell; a missing word may hold for all of them.

    ``measures`` are all measures of all KPIs of the row, in printed order.
    """
    return ()


def read_money(
    text: str, *, roc_year: int, factor: int, where: Source, subject: str, notes: Notes
) -> Budget:
    """Return the budget of a cell in 元; ``factor`` is 1000 when the header says 千元."""
    return Budget(roc_year=roc_year, raw=text, source=where)


def unit_of(cells: Sequence[str]) -> str | None:
    """Return the unit that most of the value cells carry (``15件`` → 件, ``97%`` → %), or None."""
    return None
