"""Many measures judged for many months at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hengtu.core.judging.definition import Definition
from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.periods import Period
from hengtu.engines.columns import Floats
from hengtu.engines.engine import Engine
from hengtu.engines.judging.batches import (
    Batch,
    best_printed,
    lay_aims,
    lay_printed,
    sort_batches,
)
from hengtu.engines.judging.grid import MONTHS, Grid
from hengtu.engines.judging.lighting import Case, Lit, find_highest, light_up
from hengtu.engines.judging.months import (
    Months,
    RulebookOf,
    empty_months,
    find_stretches,
    list_months,
)
from hengtu.engines.judging.planning import LastYear, plan_ahead
from hengtu.engines.judging.single import judge_single
from hengtu.engines.judging.steps import Steps, run_here, run_together
from hengtu.engines.judging.values import Printed, Values, choose_values, find_sources


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """The months asked for: ``cut`` of the whole ROC ``years``, and the years that each rulebook holds for."""

    years: range
    cut: slice
    rulebooks: Sequence[tuple[slice, Rulebook]]

    @property
    def wider(self) -> range:
        """The years with one before, which tells how last year went."""
        return range(self.years.start - 1, self.years.stop)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Measures with their figures, to be judged for the months from first to last.

    ``rulebook_of`` gives the rulebook of a ROC year.
    """

    definitions: Sequence[Definition]
    grid: Grid
    first: Period
    last: Period
    rulebook_of: RulebookOf

    @property
    def periods(self) -> list[Period]:
        """The months."""
        return list_months(self.first, self.last)


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
    ``rulebook_of`` gives the rulebook of a ROC year. What columns cannot say is judged one by one.
    """
    question = Question(
        definitions=definitions, grid=grid, first=first, last=last, rulebook_of=rulebook_of
    )
    months = _begin(question)
    for work in _list_work(question, months, whole=False):
        run_here(work)
    return _judge_singles(question, months)


def judge_together(questions: Sequence[Question], engine: Engine) -> list[Months]:
    """Return what ``judge_months`` returns for each; an engine works out the values and lights of all together.

    A statement for many rows costs little more than one for few: ask as much at a time as memory holds.
    """
    begun = [(question, _begin(question)) for question in questions]
    run_together([work for one in begun for work in _list_work(*one, whole=True)], engine)
    return [_judge_singles(*one) for one in begun]


def _begin(question: Question) -> Months:
    codes = np.array([one.code for one in question.periods], np.int16)
    return empty_months(len(question.definitions), codes)


def _list_work(question: Question, into: Months, *, whole: bool) -> Iterator[Steps[None]]:
    """Yield what is to be done, method by method; unless ``whole`` in blocks that fit the processor's cache."""
    if not question.periods:
        return
    span = _find_span(question.periods, question.rulebook_of)
    for batch in sort_batches(question.definitions, question.grid):
        for block in (batch,) if whole else batch.blocks(len(span.wider)):
            yield _judge_block(block, question.grid, span, into)


def _judge_singles(question: Question, months: Months) -> Months:
    """Judge one by one what columns cannot say."""
    for row, definition in enumerate(question.definitions):
        if definition.single:
            judge_single(
                definition, question.grid, question.periods, question.rulebook_of, months, row
            )
            months.single[row] = True
    return months


def _find_span(periods: Sequence[Period], rulebook_of: RulebookOf) -> _Span:
    years = range(periods[0].roc_year, periods[-1].roc_year + 1)
    start = periods[0].months[0] - 1
    return _Span(
        years=years,
        cut=slice(start, start + len(periods)),
        rulebooks=list(find_stretches(years, rulebook_of)),
    )


def _judge_block(block: Batch, grid: Grid, span: _Span, into: Months) -> Steps[None]:
    case = yield from _make_case(block, grid, span)
    lit = []
    for years, book in span.rulebooks:
        lit.append((yield from light_up(block.asked.method, case.cut(years), book)))
    _write(into, block, span, case, lit)


def _make_case(block: Batch, grid: Grid, span: _Span) -> Steps[Case]:
    method = block.asked.method
    sources = yield from find_sources(block.asked, grid, span.wider)
    printed = lay_printed(block.printed, span.wider)
    values = _asked_years(choose_values(sources, printed), len(span.wider))
    coverage = values.coverage
    before = _last_year(sources.reported, printed, len(span.wider))
    aims = lay_aims(block.aims, span.years)
    return Case(
        values=values,
        coverage=coverage,
        aims=aims,
        due=plan_ahead(method, aims, before, coverage),
        highest=_highest(block, values, before, span) if method.direction == "hold" else None,
    )


def _asked_years(values: Values, years: int) -> Values:
    """Return values as [measures, years, 12], without the year before."""
    return Values(
        values=_by_year(values.values, years)[:, 1:],
        kinds=_by_year(values.kinds, years)[:, 1:],
        known=_by_year(values.known, years)[:, 1:],
        due=_by_year(values.due, years)[:, 1:],
    )


def _by_year(array: NDArray[Any], years: int) -> NDArray[Any]:
    return array.reshape(-1, years, MONTHS)


def _last_year(reported: Floats, printed: Printed | None, years: int) -> LastYear:
    """Return how the year before went, for every year asked for."""
    own = _by_year(reported, years)[:, :-1]
    end = own[:, :, -1]
    if printed is not None:
        told = _by_year(printed.values, years)[:, :-1, -1]
        end = np.where(np.isnan(end), told, end)
    return LastYear(own, end)


def _highest(block: Batch, values: Values, before: LastYear, span: _Span) -> Floats:
    best = np.fmax(best_printed(block.printed, span.years), before.end)
    return find_highest(values, best)


def _write(into: Months, block: Batch, span: _Span, case: Case, lit: Sequence[Lit]) -> None:
    values = case.values
    planned = np.where(case.aims.ranged, np.nan, case.due.value)
    for array, found in (
        (into.values, values.values),
        (into.kinds, values.kinds),
        (into.coverage, case.coverage),
        (into.planned, planned),
        (into.lights, np.concatenate([one.lights for one in lit], axis=1)),
        (into.reasons, np.concatenate([one.reasons for one in lit], axis=1)),
        (into.bands, np.concatenate([one.bands for one in lit], axis=1)),
        (into.achievement, np.concatenate([one.percent for one in lit], axis=1)),
        (into.score, np.concatenate([one.score for one in lit], axis=1)),
    ):
        array[block.rows] = found.reshape(len(block.rows), -1)[:, span.cut]
