"""Rows whose answer lacks, worked out again node by node as the scalar evaluator goes: exact about why."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hengtu.core.formulas.evaluation import TOLERANCE
from hengtu.engines.columns import NOT_COMPUTABLE, THERE, Bools, Codes, Column, Floats
from hengtu.engines.numpy.functions import compared, rounded
from hengtu.engines.program import (
    Absolute,
    Added,
    Chosen,
    Compared,
    Constant,
    Counted,
    Either,
    Expression,
    Extreme,
    Flag,
    Lost,
    Multiplied,
    Rounded,
    Scaled,
    Slot,
)

Answers = tuple[Floats, Codes]
Operands = Sequence[Column]


def work_out(expression: Expression, operands: Operands, rows: int) -> Answers:
    """Return numbers and kinds; a number counts only where its kind is 0."""
    match expression:
        case Slot(index):
            return operands[index].values.copy(), operands[index].kinds.copy()
        case Constant(value):
            return np.full(rows, value), np.zeros(rows, np.int8)
        case Lost(kind):
            return np.full(rows, np.nan), np.full(rows, kind, np.int8)
        case Scaled(body, factor):
            values, kinds = work_out(body, operands, rows)
            return _closed(values * factor, kinds)
        case Flag(body):
            values, kinds = work_out(body, operands, rows)
            return (values > TOLERANCE).astype(np.float64), kinds
        case Added(terms):
            return _sum(terms, operands, rows)
        case Multiplied(factors):
            return _product(factors, operands, rows)
        case Absolute(body):
            values, kinds = work_out(body, operands, rows)
            return np.abs(values), kinds
        case Rounded(body, decimals):
            values, kinds = work_out(body, operands, rows)
            return _closed(rounded(values, decimals), kinds)
        case _:
            return _selected(expression, operands, rows)


def _selected(expression: Expression, operands: Operands, rows: int) -> Answers:
    match expression:
        case Compared(op, left, right):
            values, kinds = work_out(left, operands, rows)
            others, lacking = work_out(right, operands, rows)
            return compared(values, op, others), np.maximum(kinds, lacking)
        case Chosen(condition, then, otherwise):
            return _choose(
                work_out(condition, operands, rows),
                work_out(then, operands, rows),
                work_out(otherwise, operands, rows),
            )
        case Either(body, default):
            values, kinds = work_out(body, operands, rows)
            others, lacking = work_out(default, operands, rows)
            there = kinds == THERE
            return np.where(there, values, others), np.where(there, THERE, lacking).astype(np.int8)
        case Extreme(largest, parts):
            return _extreme([work_out(part, operands, rows) for part in parts], largest=largest)
        case Counted(parts):
            there = sum(
                (work_out(part, operands, rows)[1] == THERE).astype(float) for part in parts
            )
            return np.asarray(there), np.zeros(rows, np.int8)
        case _:
            raise TypeError(f"no expression: {expression!r}")


def _choose(condition: Answers, then: Answers, otherwise: Answers) -> Answers:
    chosen = condition[0] > 0.5
    kinds = np.where(chosen, then[1], otherwise[1])
    kinds = np.where(condition[1] == THERE, kinds, condition[1])
    return np.where(chosen, then[0], otherwise[0]), kinds.astype(np.int8)


def _extreme(parts: list[Answers], *, largest: bool) -> Answers:
    operation = np.maximum if largest else np.minimum
    values, kinds = parts[0]
    for others, lacking in parts[1:]:
        values, kinds = operation(values, others), np.maximum(kinds, lacking)
    return values, kinds


def _sum(terms: Sequence[tuple[str, Expression]], operands: Operands, rows: int) -> Answers:
    total, kinds = np.zeros(rows), np.zeros(rows, np.int8)
    for sign, term in terms:
        values, lacking = work_out(term, operands, rows)
        total = total + values if sign == "+" else total - values
        kinds = np.maximum(kinds, lacking)
    return _closed(total, kinds)


def _product(factors: Sequence[tuple[str, Expression]], operands: Operands, rows: int) -> Answers:
    result, kinds = np.ones(rows), np.zeros(rows, np.int8)
    zero: Bools = np.zeros(rows, np.bool_)
    for stroke, factor in factors:
        values, lacking = work_out(factor, operands, rows)
        kinds = np.maximum(kinds, lacking)
        if stroke == "/":
            zero |= values == 0
            result = result / values
        else:
            result = result * values
    result[zero] = np.nan
    return _closed(result, kinds)


def _closed(values: Floats, kinds: Codes) -> Answers:
    kinds[(kinds == THERE) & ~np.isfinite(values)] = NOT_COMPUTABLE
    return values, kinds
