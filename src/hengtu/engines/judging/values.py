"""The values of many measures of one method: from operands, else as entered, else as printed.

Arrays are [rows, 12]: a row is a measure in a ROC year, a column the months up to which the year has gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from hengtu.core.judging.methods import LEVELS, Method, OperandRule, read_method
from hengtu.engines.columns import NOT_REPORTED, THERE, Bools, Codes, Floats
from hengtu.engines.judging.earlier import take_earlier
from hengtu.engines.judging.gathering import Totals, Wanted, count_months, gather
from hengtu.engines.judging.grid import MONTHS, Grid, Places
from hengtu.engines.judging.slots import take_slots
from hengtu.engines.judging.steps import Steps, ask_values
from hengtu.engines.numpy import Batch
from hengtu.engines.program import Program, make_program

NOTHING_PRINTED = -1
_MONTHS = np.arange(1, MONTHS + 1, dtype=np.int8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Measures of one method: their items as rows of the grid, operand by operand, and their own."""

    method: Method
    program: Program | None
    operands: Sequence[Places]
    own: Places

    def __len__(self) -> int:
        """Return the number of measures."""
        return len(self.own)

    def cut(self, rows: slice | Places) -> Asked:
        """Return some of the measures."""
        return Asked(
            method=self.method,
            program=self.program,
            operands=[one[rows] for one in self.operands],
            own=self.own[rows],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """Values or kinds of missing; ``known`` of ``due`` months."""

    values: Floats
    kinds: Codes
    known: Codes
    due: Codes

    @property
    def coverage(self) -> Floats:
        """The share of the months due that is known; 1 where nothing was due."""
        due = np.maximum(self.due, 1)
        return np.where(self.due > 0, self.known / due, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The actuals that plans print; kinds are −1 where there is none."""

    values: Floats
    kinds: Codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What values can be taken from, each with the rows that have figures for it at all."""

    computed: Values | None
    entered: Values | None
    computes: Bools
    enters: Bools

    @property
    def reported(self) -> Floats:
        """The values of months up to which everything was reported, NaN elsewhere."""
        found = np.full((len(self.computes), MONTHS), np.nan)
        if self.entered is not None:
            _put_complete(found, self.entered, self.enters & ~self.computes)
        if self.computed is not None:
            _put_complete(found, self.computed, self.computes)
        return found


def _put_complete(into: Floats, found: Values, rows: Bools) -> None:
    complete = (found.due > 0) & (found.known == found.due) & (found.known >= _MONTHS)
    np.copyto(into, found.values, where=complete & rows[:, None])


@lru_cache(maxsize=65536)
def program_of(text: str) -> Program | None:
    """Return the program of a method's text, None where it has no operands."""
    method = read_method(text)
    if not method.operands:
        return None
    names = [one.name for one in method.operands]
    return make_program(method.formula, names, unit="%" if method.percent else None)


def find_sources(asked: Asked, grid: Grid, years: range) -> Steps[Sources]:
    """Return what the values of some ROC years can be taken from."""
    computes = _any_figures(grid, asked.operands, len(asked))
    enters = grid.some[asked.own]
    computed = (yield from _compute(asked, grid, years)) if computes.any() else None
    return Sources(
        computed=computed,
        entered=_enter(asked, grid, years) if enters.any() else None,
        computes=np.repeat(computes, len(years)),
        enters=np.repeat(enters, len(years)),
    )


def _any_figures(grid: Grid, operands: Sequence[Places], count: int) -> Bools:
    found = np.zeros(count, np.bool_)
    for rows in operands:
        found |= grid.some[rows]
    return found


def _compute(asked: Asked, grid: Grid, years: range) -> Steps[Values | None]:
    program = asked.program
    if program is None:
        return None
    rules = asked.method.operands
    totals = gather(
        [_want(rule, grid, rows, years) for rule, rows in zip(rules, asked.operands, strict=True)]
    )
    names = [rule.name for rule in rules]
    rows = len(asked) * len(years)
    return (yield from _answer(program, dict(zip(names, totals, strict=True)), rows))


def _want(rule: OperandRule, grid: Grid, rows: Places, years: range) -> Wanted:
    own = _back(years, rule.years_back)
    level = rule.over_time in LEVELS
    return Wanted(
        slots=take_earlier(grid, rows, own, level=level)
        if rule.earlier
        else take_slots(grid, rows, own),
        over_time=rule.over_time,
        years_back=rule.years_back,
        base=rule.base,
    )


def _back(years: range, count: int) -> range:
    return range(years.start - count, years.stop - count)


def _answer(program: Program, totals: dict[str, Totals], rows: int) -> Steps[Values]:
    columns = {name: totals[name].column for name in program.names}
    batch = Batch(program=program, columns=columns, rows=rows * MONTHS)
    answers = yield from ask_values(batch)
    known, due = count_months(list(totals.values()))
    return Values(
        values=answers.values.reshape(rows, MONTHS),
        kinds=answers.kinds.reshape(rows, MONTHS),
        known=known,
        due=due,
    )


def _enter(asked: Asked, grid: Grid, years: range) -> Values:
    own = Wanted(slots=take_slots(grid, asked.own, years), over_time=asked.method.own)
    total = gather([own])[0]
    known, due = count_months([total])
    return Values(values=total.values, kinds=total.kinds, known=known, due=due)


def choose_values(sources: Sources, printed: Printed | None) -> Values:
    """Return the value that counts: from the operands, else as entered, else as printed."""
    shape = (len(sources.computes), MONTHS)
    chosen = Values(
        values=np.full(shape, np.nan),
        kinds=np.full(shape, NOT_REPORTED, np.int8),
        known=np.zeros(shape, np.int8),
        due=np.ones(shape, np.int8),
    )
    computed, entered = sources.computed, sources.entered
    computes, enters = sources.computes[:, None], sources.enters[:, None]
    if entered is not None:
        _choose(chosen, entered, enters)
    if computed is not None:
        _choose(chosen, computed, computes)
    if printed is not None:
        _choose(chosen, _as_values(printed), printed.kinds != NOTHING_PRINTED)
    if entered is not None:
        _choose(chosen, entered, enters & (entered.kinds == THERE))
    if computed is not None:
        _choose(chosen, computed, computes & (computed.kinds == THERE))
    return chosen


def _choose(into: Values, found: Values, where: Bools) -> None:
    np.copyto(into.values, found.values, where=where)
    np.copyto(into.kinds, found.kinds, where=where)
    np.copyto(into.known, found.known, where=where)
    np.copyto(into.due, found.due, where=where)


def _as_values(printed: Printed) -> Values:
    due = np.broadcast_to(_MONTHS, printed.values.shape)
    known = np.where(printed.kinds == THERE, due, 0).astype(np.int8)
    return Values(values=printed.values, kinds=printed.kinds, known=known, due=due)
