"""Expressions as SQL: values by NULL, which runs through every operator, kinds where the value is NULL.

No ROUND, GREATEST or LEAST, on which databases disagree. A divisor is guarded against zero, NaN and infinity.
"""

from __future__ import annotations

import sys

from hengtu.core.formulas.evaluation import TOLERANCE
from hengtu.engines.columns import NOT_COMPUTABLE
from hengtu.engines.program import (
    Added,
    Constant,
    Expression,
    Flag,
    Lost,
    Multiplied,
    Scaled,
    Slot,
    failures_of,
    losses_of,
    parts_of,
    slots_of,
    walk,
)
from hengtu.engines.sql.dialect import Dialect

LARGEST = sys.float_info.max
SMALLEST = 5e-324
MOST_TERMS = 20_000  # a guarded divisor stands twice in the text: stacked ones double it each time


class StatementTooLongError(ValueError):
    """A formula whose statement no database would take; numpy works it out."""


def check_size(expression: Expression) -> None:
    """Raise StatementTooLongError where the text of an expression would grow out of bounds."""
    terms = sum(_count_terms(part) for part in walk(expression))
    if terms > MOST_TERMS:
        raise StatementTooLongError("the statement has too many terms for a database")


def _count_terms(expression: Expression) -> int:
    """Return how many operands the text of a value names."""
    match expression:
        case Multiplied(factors):
            return sum(
                _count_terms(factor) * (2 if stroke == "/" else 1) for stroke, factor in factors
            )
        case Flag(body):
            return 2 * _count_terms(body)
        case _:
            return sum(map(_count_terms, parts_of(expression))) or 1


def write_value(expression: Expression, dialect: Dialect) -> str:
    """Return SQL for the value: NULL, NaN or infinite where there is none."""
    match expression:
        case Slot(index):
            return f"v{index}"
        case Constant(value):
            return dialect.number(value)
        case Lost():
            return f"CAST(NULL AS {dialect.double})"
        case Scaled(body, factor):
            return f"({write_value(body, dialect)} * {dialect.number(factor)})"
        case Flag(body):
            return _write_flag(write_value(body, dialect), dialect)
        case Added(terms):
            return _write_sum(terms, dialect)
        case Multiplied(factors):
            return _write_product(factors, dialect)


def _write_flag(body: str, dialect: Dialect) -> str:
    one, zero = dialect.number(1.0), dialect.number(0.0)
    above = f"CASE WHEN {body} > {dialect.number(TOLERANCE)} THEN {one} ELSE {zero} END"
    return f"CASE WHEN {write_finite(body, dialect)} THEN {above} END"


def _write_sum(terms: tuple[tuple[str, Expression], ...], dialect: Dialect) -> str:
    text = write_value(terms[0][1], dialect)
    for sign, term in terms[1:]:
        text = f"({text} {sign} {write_value(term, dialect)})"
    return text


def _write_product(factors: tuple[tuple[str, Expression], ...], dialect: Dialect) -> str:
    text = ""
    for stroke, factor in factors:
        number = write_value(factor, dialect)
        if stroke == "/":
            number = write_divisor(number, dialect)
            text = f"({text or dialect.number(1.0)} / {number})"
        else:
            text = f"({text} * {number})" if text else number
    return text


def write_divisor(divisor: str, dialect: Dialect) -> str:
    """Return a divisor that is NULL where it is zero or not finite; NaN sorts above every number."""
    smallest, largest = dialect.number(SMALLEST), dialect.number(LARGEST)
    return f"CASE WHEN ABS({divisor}) BETWEEN {smallest} AND {largest} THEN {divisor} END"


def write_finite(value: str, dialect: Dialect) -> str:
    """Return SQL for whether a value is there: neither NULL nor NaN nor infinite."""
    return f"ABS({value}) <= {dialect.number(LARGEST)}"


def write_kind(expression: Expression, dialect: Dialect) -> str:
    """Return SQL for the kind of missing of an expression without a value: the gravest that it lacks.

    A part that fails although its operands are there is not computable, whatever else is missing.
    """
    places, losses = slots_of(expression), losses_of(expression)
    lacking = [
        f"WHEN {_write_lacks(places, losses, kind)} THEN {kind}"
        for kind in range(NOT_COMPUTABLE, 0, -1)
    ]
    failing = [
        f"WHEN {test} THEN {NOT_COMPUTABLE}" for test in _write_failures(expression, dialect)
    ]
    first, *others = lacking
    return " ".join(["CASE", first, *failing, *others, f"ELSE {NOT_COMPUTABLE} END"])


def _write_lacks(places: tuple[int, ...], losses: tuple[int, ...], kind: int) -> str:
    given = [str(loss) for loss in losses] + [f"k{place}" for place in places]
    return f"{kind} IN ({', '.join(given)})" if given else "1 = 0"


def _write_failures(expression: Expression, dialect: Dialect) -> list[str]:
    """Return tests for parts that fail on their own."""
    tests = []
    for part in failures_of(expression):
        there = [f"k{place} = 0" for place in slots_of(part)]
        fails = f"NOT COALESCE({write_finite(write_value(part, dialect), dialect)}, 1 = 0)"
        tests.append(" AND ".join([*there, fails]))
    return tests
