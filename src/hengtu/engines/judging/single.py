"""The path of one record for what columns cannot say: the same answers, slower."""

from __future__ import annotations

from collections.abc import Sequence

from hengtu.core.amounts import MissingKind
from hengtu.core.judging.definition import Definition, Single, read_single
from hengtu.core.judging.figures import Figures
from hengtu.core.judging.results import Result, compute_measure
from hengtu.core.judging.rulebook import RANK, Rulebook
from hengtu.core.judging.series import Series
from hengtu.core.periods import Period
from hengtu.engines.columns import CODES, NOT_REPORTED, THERE
from hengtu.engines.judging.grid import Grid
from hengtu.engines.judging.months import Months, RulebookOf
from hengtu.engines.lights import code_reason


def judge_single(
    definition: Definition,
    grid: Grid,
    periods: Sequence[Period],
    rulebook_of: RulebookOf,
    into: Months,
    row: int,
) -> None:
    """Judge one measure for every month and write the results into a row."""
    asked = read_single(definition.single)
    figures = find_figures(asked, grid)
    for column, period in enumerate(periods):
        rulebook = rulebook_of(period.roc_year)
        measure = asked.kpi.measures[0]
        result = compute_measure(
            asked.kpi, measure, figures, period=period, rulebook=rulebook, rules=asked.rules
        )
        _write(result, rulebook, into, row, column)


def find_figures(asked: Single, grid: Grid) -> Figures:
    """Return the figures of a measure by the names it looks for."""
    own: dict[tuple[str, int, str], Series] = {}
    index = asked.kpi.measures[0].index
    for name, items in asked.items.items():
        series = next((one for item in items if (one := grid.series(item)) is not None), None)
        if series is not None:
            own[asked.kpi.code, index, name] = series
    return Figures(own)


def _write(result: Result, rulebook: Rulebook, into: Months, row: int, column: int) -> None:
    at = row, column
    for array, found in (
        (into.values, result.value),
        (into.planned, result.planned),
        (into.achievement, result.achievement),
        (into.score, result.score),
    ):
        if found is not None:
            array[at] = found
    into.kinds[at] = THERE if result.value is not None else code_missing(result.missing)
    into.coverage[at] = result.coverage
    into.lights[at] = RANK[result.light]
    into.reasons[at] = code_reason(result.reason)
    into.bands[at] = band_of(result, rulebook)


def code_missing(missing: MissingKind | None) -> int:
    """Return the code of a value that is not there."""
    return CODES[missing] if missing else NOT_REPORTED


def band_of(result: Result, rulebook: Rulebook) -> int:
    """Return the place of the band that decided a light, −1 where none did."""
    if result.light == "white" or result.achievement is None:
        return -1
    band = rulebook.band_for(result.achievement)
    return rulebook.bands.index(band) if band.light == result.light else -1
