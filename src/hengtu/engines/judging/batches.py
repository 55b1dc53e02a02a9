"""Definitions sorted into batches of one method, their items as rows of the grid, their aims as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from hengtu.core.judging.definition import (
    AimAt,
    Definition,
    PrintedAt,
)
from hengtu.core.judging.methods import read_method, write_method
from hengtu.core.periods import SLOTS
from hengtu.engines.columns import CODES, NOT_REPORTED, THERE, Codes, Floats
from hengtu.engines.judging.grid import MONTHS, Grid, Places
from hengtu.engines.judging.planning import AimGrid
from hengtu.engines.judging.values import NOTHING_PRINTED, Asked, Printed, program_of

BLOCK = 75_000  # results worked out together: large enough for numpy, small enough for the cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What plans print for periods, measure by measure: ``starts`` are the places of each measure's first."""

    starts: Places
    periods: Places
    numbers: Floats
    kinds: Codes

    def cut(self, block: slice) -> Told:
        """Return what is told of the measures of a block."""
        begin, end = self.starts[block.start], self.starts[block.stop]
        own = slice(int(begin), int(end))
        return Told(
            starts=self.starts[block.start : block.stop + 1] - begin,
            periods=self.periods[own],
            numbers=self.numbers[own],
            kinds=self.kinds[own],
        )

    @property
    def rows(self) -> Places:
        """The measure of each."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Measures of one method; ``rows`` are their places among the definitions given."""

    rows: Places
    asked: Asked
    aims: Told
    printed: Told

    def blocks(self, years: int) -> Iterator[Batch]:
        """Yield the batch in parts that fit the processor's cache."""
        size = max(BLOCK // (years * MONTHS), 1)
        for start in range(0, len(self.rows), size):
            block = slice(start, min(start + size, len(self.rows)))
            yield Batch(
                rows=self.rows[block],
                asked=self.asked.cut(block),
                aims=self.aims.cut(block),
                printed=self.printed.cut(block),
            )


def sort_batches(definitions: Sequence[Definition], grid: Grid) -> Iterator[Batch]:
    """Yield the definitions by method, those whose figures are not all monthly apart from the others."""
    groups: dict[str, list[int]] = {}
    settled: dict[int, Definition] = {}
    for row, definition in enumerate(definitions):
        if definition.single:
            continue
        if definition.others:
            definition = settled[row] = settle_items(definition, grid)
        groups.setdefault(definition.method, []).append(row)
    for text, rows in groups.items():
        own = [settled.get(row, definitions[row]) for row in rows]
        yield from _split(text, np.array(rows), own, grid)


def settle_items(definition: Definition, grid: Grid) -> Definition:
    """Return a definition whose operands have the first of their items that has figures."""
    method = read_method(definition.method)
    items, operands = list(definition.items), list(method.operands)
    settled = [bool(grid.some[grid.rows([item])[0]]) for item in items]
    for place, item, years_back in definition.others:
        if not settled[place] and grid.some[grid.rows([item])[0]]:
            items[place], settled[place] = item, True
            operands[place] = operands[place]._replace(years_back=years_back)
    changed = replace(method, operands=tuple(operands))
    return replace(definition, items=tuple(items), others=(), method=write_method(changed))


def _split(
    text: str, rows: Places, definitions: Sequence[Definition], grid: Grid
) -> Iterator[Batch]:
    asked = _ask(text, definitions, grid)
    uneven = np.zeros(len(rows), np.bool_)
    for items in (*asked.operands, asked.own):
        uneven |= (grid.wide[items] >= 0) | (grid.step[items] != 1)
    for chosen in (np.flatnonzero(~uneven), np.flatnonzero(uneven)):
        if len(chosen):
            own = [definitions[at] for at in chosen.tolist()]
            yield Batch(
                rows=rows[chosen],
                asked=asked.cut(chosen),
                aims=_tell_aims([one.aims for one in own]),
                printed=_tell_printed([one.printed for one in own]),
            )


def _ask(text: str, definitions: Sequence[Definition], grid: Grid) -> Asked:
    method = read_method(text)
    count = len(method.operands)
    items = np.fromiter(chain.from_iterable(one.items[:count] for one in definitions), np.int64)
    rows = grid.rows(items.reshape(len(definitions), count))
    own = grid.rows(np.fromiter((one.own for one in definitions), np.int64))
    return Asked(
        method=method,
        program=program_of(text),
        operands=[np.ascontiguousarray(rows[:, place]) for place in range(count)],
        own=own,
    )


def _tell_aims(aims: Sequence[Sequence[AimAt]]) -> Told:
    flat = np.array(list(chain.from_iterable(aims)), np.float64).reshape(-1, 4)
    return Told(
        starts=_starts(aims),
        periods=flat[:, 0].astype(np.int64),
        numbers=flat[:, 1:],
        kinds=np.zeros(len(flat), np.int8),
    )


def _tell_printed(printed: Sequence[Sequence[PrintedAt]]) -> Told:
    flat = list(chain.from_iterable(printed))
    numbers = np.array([one.value for one in flat], np.float64).reshape(-1, 1)
    kinds = [THERE if one.value is not None else _code(one) for one in flat]
    return Told(
        starts=_starts(printed),
        periods=np.array([one.period for one in flat], np.int64),
        numbers=numbers,
        kinds=np.array(kinds, np.int8),
    )


def _code(printed: PrintedAt) -> int:
    return CODES[printed.missing] if printed.missing else NOT_REPORTED


def _starts(told: Iterable[Sequence[object]]) -> Places:
    counts = [len(one) for one in told]
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])


def lay_aims(told: Told, years: range) -> AimGrid:
    """Return what is asked for in ROC years: [measures, years, 12]."""
    shape = (len(told.starts) - 1, len(years), MONTHS)
    ends = [np.full(shape, np.nan) for _ in range(3)]
    part = np.zeros(shape, np.bool_)
    for whole in (True, False):
        rows, at, slots, numbers = _within(told, years, whole=whole)
        place = (rows, at) if whole else (rows, at, slots)
        for end, column in zip(ends, numbers.T, strict=True):
            end[place] = column[:, None] if whole else column
        part[place] = not whole
    return AimGrid(target=ends[0], low=ends[1], high=ends[2], part=part)


def _within(
    told: Told, years: range, *, whole: bool
) -> tuple[Places, Places, Places, NDArray[np.float64]]:
    """Return what is told of whole years or of months, inside the years: rows, years, slots, numbers."""
    roc_years, slots = np.divmod(told.periods, SLOTS)
    own = (roc_years >= years.start) & (roc_years < years.stop) & ((slots >= MONTHS) == whole)
    return told.rows[own], roc_years[own] - years.start, slots[own], told.numbers[own]


def lay_printed(told: Told, years: range) -> Printed | None:
    """Return the actuals that plans print for months of ROC years, None without any: [measure × year, 12]."""
    if not len(told.periods):
        return None
    roc_years, slots = np.divmod(told.periods, SLOTS)
    own = (roc_years >= years.start) & (roc_years < years.stop)
    place = told.rows[own], roc_years[own] - years.start, slots[own]
    shape = (len(told.starts) - 1, len(years), MONTHS)
    values, kinds = np.full(shape, np.nan), np.full(shape, NOTHING_PRINTED, np.int8)
    values[place], kinds[place] = told.numbers[own, 0], told.kinds[own]
    return Printed(values=values.reshape(-1, MONTHS), kinds=kinds.reshape(-1, MONTHS))


def best_printed(told: Told, years: range) -> Floats:
    """Return the highest whole year's actual that plans print for the time before each ROC year."""
    best = np.full((len(told.starts) - 1, len(years)), np.nan)
    roc_years, slots = np.divmod(told.periods, SLOTS)
    for place, roc_year in enumerate(years):
        own = (roc_years < roc_year) & (slots == MONTHS - 1) & (told.kinds == THERE)
        np.fmax.at(best[:, place], told.rows[own], told.numbers[own, 0])
    return best
