"""A program on columns: fast where every operand is there, exact about why where one is not.

NaN and infinity run through whole blocks of rows. Where the result is not finite the kind is the gravest of the
operands, unless a part may fail on its own: such rows are worked out again, node by node. Blocks are small
enough that what lies between stays in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from hengtu.core.formulas.evaluation import TOLERANCE
from hengtu.engines.columns import NOT_COMPUTABLE, THERE, Bools, Codes, Column, Floats, cut_column
from hengtu.engines.numpy.exactness import work_out
from hengtu.engines.numpy.functions import choose, compared, extreme, rounded
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
    Program,
    Rounded,
    Scaled,
    Slot,
)

BLOCK = 32_768
Value = Floats | float


def compute_column(program: Program, columns: Mapping[str, Column], *, rows: int) -> Column:
    """Return the answers of a program on as many rows as its columns have; ValueError for other lengths.

    The answers are those of the scalar evaluator, to the last bit and the kind of missing.
    """
    operands = [columns[name] for name in program.names]
    if any(len(column) != rows for column in operands):
        raise ValueError("every column has as many rows as are asked for")
    return compute_operands(program, operands, rows)


def compute_operands(program: Program, operands: Sequence[Column], rows: int) -> Column:
    """Return the answers of a program for its operands by place."""
    values = np.empty(rows, np.float64)
    kinds = np.zeros(rows, np.int8)
    body = program.body
    with np.errstate(all="ignore"):
        for start in range(0, rows, BLOCK):
            block = slice(start, min(start + BLOCK, rows))
            answers = Column(values[block], kinds[block])
            given = [cut_column(one, block) for one in operands]
            answers.values[...] = _value(body, [one.values for one in given])
            there = np.isfinite(answers.values)
            if not there.all():
                _tell_kinds(answers, ~there, [*(one.kinds for one in given), *program.losses])
                if program.selective or program.failures:
                    _tell_failures(body, given, answers, every=program.selective)
    return Column(values, kinds)


def _tell_kinds(answers: Column, lacking: Bools, kinds: Sequence[Codes | int]) -> None:
    """Set the gravest kind of the operands where an answer lacks, not computable where no operand does."""
    gravest = np.zeros(len(answers), np.int8)
    for one in kinds:
        np.maximum(gravest, one, out=gravest, casting="unsafe")
    # Arithmetic instead of masks: rows lack at random, and a mask would be guessed wrong by the processor.
    gravest += np.int8(NOT_COMPUTABLE) * (gravest == THERE)
    np.multiply(gravest, lacking, out=answers.kinds)
    np.add(answers.values, answers.values - answers.values, out=answers.values)


def _tell_failures(
    body: Expression, operands: Sequence[Column], answers: Column, *, every: bool
) -> None:
    """Set not computable where a part failed on its own beside another that is missing.

    ``every`` row that lacks is worked out where an operand may be missing without the whole.
    """
    lacking = answers.kinds != THERE
    rows = np.flatnonzero(lacking if every else lacking & (answers.kinds != NOT_COMPUTABLE))
    if len(rows):
        _, why = work_out(body, [cut_column(one, rows) for one in operands], len(rows))
        answers.kinds[rows] = why


def _value(expression: Expression, operands: list[Floats]) -> Value:
    """Return numbers that are finite exactly where the answer is there."""
    match expression:
        case Slot(index):
            return operands[index]
        case Constant(value):
            return value
        case Lost():
            return np.nan
        case Scaled(body, factor):
            return _value(body, operands) * factor
        case Flag(body):
            return _flag(_value(body, operands))
        case Added(terms):
            return _added(terms, operands)
        case Multiplied(factors):
            return _multiplied(factors, operands)
        case Absolute(body):
            return np.abs(_value(body, operands))
        case Rounded(body, decimals):
            return rounded(_value(body, operands), decimals)
        case _:
            return _selected(expression, operands)


def _selected(expression: Expression, operands: list[Floats]) -> Value:
    match expression:
        case Compared(op, left, right):
            return compared(_value(left, operands), op, _value(right, operands))
        case Extreme(largest, parts):
            return extreme([_value(part, operands) for part in parts], largest=largest)
        case Chosen(condition, then, otherwise):
            answers = (_value(part, operands) for part in (condition, then, otherwise))
            return choose(*answers)
        case Either(body, default):
            given = _value(body, operands)
            return np.where(np.isfinite(given), given, _value(default, operands))
        case Counted(parts):
            there = [np.isfinite(_value(part, operands)) for part in parts]
            return np.sum(np.broadcast_arrays(*there), axis=0, dtype=np.float64)
        case _:
            raise TypeError(f"no expression: {expression!r}")


def _flag(body: Value) -> Floats:
    return np.where(np.isfinite(body), np.asarray(body > TOLERANCE, np.float64), np.nan)


def _added(terms: Sequence[tuple[str, Expression]], operands: list[Floats]) -> Value:
    total: Value | None = None
    own = False
    for sign, term in terms:
        number = _value(term, operands)
        if total is None:
            total = number if sign == "+" else -number
            continue
        operation = np.add if sign == "+" else np.subtract
        total = _step(operation, total, number, own=own)
        own = isinstance(total, np.ndarray)
    return 0.0 if total is None else total


def _multiplied(factors: Sequence[tuple[str, Expression]], operands: list[Floats]) -> Value:
    result: Value | None = None
    own = False
    for stroke, factor in factors:
        number = _value(factor, operands)
        if stroke == "/":
            number = number if isinstance(factor, Slot) else _finite_or_nan(number)
            result = _step(np.divide, 1.0 if result is None else result, number, own=own)
        elif result is None:
            result = number
            continue
        else:
            result = _step(np.multiply, result, number, own=own)
        own = isinstance(result, np.ndarray)
    return 1.0 if result is None else result


def _step(operation: np.ufunc, left: Value, right: Value, *, own: bool) -> Value:
    """Return one operation, in the memory of the left side where that is ours to write."""
    if own and isinstance(left, np.ndarray):
        operation(left, right, out=left)
        return left
    done: Value = operation(left, right)
    return done


def _finite_or_nan(divisor: Value) -> Value:
    """Return a divisor that cannot turn an overflow into zero."""
    return np.where(np.isfinite(divisor), divisor, np.nan)
