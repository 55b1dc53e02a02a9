"""The values of expressions as SQL: NULL, which runs through every operator, where there is none.

No ROUND, GREATEST or LEAST, on which databases disagree. A divisor is guarded against zero, NaN and infinity.
"""

from __future__ import annotations

import sys

from hengtu.core.formulas.evaluation import TOLERANCE
from hengtu.core.formulas.rounding import EXACT, HAIR, SHARE, WHOLE
from hengtu.core.formulas.tree import Relator
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
    parts_of,
)
from hengtu.engines.sql.dialect import Dialect

LARGEST = sys.float_info.max
SMALLEST = 5e-324


def count_terms(expression: Expression) -> int:
    """Return how many operands the text of a value names."""
    match expression:
        case Multiplied(factors):
            return sum(
                count_terms(factor) * (2 if stroke == "/" else 1) for stroke, factor in factors
            )
        case Flag(body) | Either(body, _):
            return 2 * count_terms(body) + sum(map(count_terms, parts_of(expression)[1:]))
        case Rounded(body):
            return 6 * count_terms(body)
        case Compared(_, left, right):
            return 6 * (count_terms(left) + count_terms(right))
        case Chosen(condition, then, otherwise):
            return 2 * count_terms(condition) + count_terms(then) + count_terms(otherwise)
        case Extreme(_, parts):
            return (len(parts) + 2) * sum(map(count_terms, parts))
        case _:
            return sum(map(count_terms, parts_of(expression))) or 1


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
        case Absolute(body):
            return f"ABS({write_value(body, dialect)})"
        case Rounded(body, decimals):
            return _write_rounded(write_value(body, dialect), decimals, dialect)
        case _:
            return _write_selected(expression, dialect)


def _write_selected(expression: Expression, dialect: Dialect) -> str:
    match expression:
        case Compared(op, left, right):
            return _write_compared(
                write_value(left, dialect), op, write_value(right, dialect), dialect
            )
        case Extreme(largest, parts):
            return _write_extreme([write_value(part, dialect) for part in parts], largest, dialect)
        case Chosen(condition, then, otherwise):
            holds, fails = write_holds(condition, dialect)
            chosen, other = write_value(then, dialect), write_value(otherwise, dialect)
            return f"CASE WHEN {holds} THEN {chosen} WHEN {fails} THEN {other} END"
        case Either(body, default):
            given = write_value(body, dialect)
            there = write_finite(given, dialect)
            return f"CASE WHEN {there} THEN {given} ELSE {write_value(default, dialect)} END"
        case Counted(parts):
            return _write_count([write_value(part, dialect) for part in parts], dialect)
        case _:
            raise TypeError(f"no expression: {expression!r}")


def write_holds(condition: Expression, dialect: Dialect) -> tuple[str, str]:
    """Return SQL for whether a condition holds, and for whether it does not; neither where it is missing."""
    value, half = write_value(condition, dialect), dialect.number(0.5)
    return f"{value} > {half}", f"{value} <= {half}"


def _write_compared(left: str, op: Relator, right: str, dialect: Dialect) -> str:
    near, one, zero = (dialect.number(number) for number in (TOLERANCE, 1.0, 0.0))
    apart = f"ABS({left} - {right})"
    equal = f"({apart} <= {near} OR {apart} <= {near} * ABS({left}) OR {apart} <= {near} * ABS({right}))"
    beside = f"{left} {op[0]} {right}"
    match op:
        case "=":
            holds = equal
        case "<>":
            holds = f"NOT {equal}"
        case ">=" | "<=":
            holds = f"({equal} OR {beside})"
        case _:
            holds = f"(NOT {equal} AND {beside})"
    there = f"{write_finite(left, dialect)} AND {write_finite(right, dialect)}"
    return f"CASE WHEN {there} THEN CASE WHEN {holds} THEN {one} ELSE {zero} END END"


def _write_extreme(parts: list[str], largest: bool, dialect: Dialect) -> str:
    """Return the first that none behind it exceeds."""
    beyond = ">=" if largest else "<="
    tests = [
        f"WHEN {' AND '.join(f'{part} {beyond} {other}' for other in parts[place + 1 :])} THEN {part}"
        for place, part in enumerate(parts[:-1])
    ]
    there = " AND ".join(write_finite(part, dialect) for part in parts)
    found = f"CASE {' '.join(tests)} ELSE {parts[-1]} END" if tests else parts[0]
    return f"CASE WHEN {there} THEN {found} END"


def _write_count(parts: list[str], dialect: Dialect) -> str:
    one, zero = dialect.number(1.0), dialect.number(0.0)
    counted = (
        f"CASE WHEN {write_finite(part, dialect)} THEN {one} ELSE {zero} END" for part in parts
    )
    return f"({' + '.join(counted)})"


def _write_rounded(value: str, decimals: int, dialect: Dialect) -> str:
    """Return a value rounded half up, step by step as ``core.formulas.rounding``; no engine ROUND."""
    scale = dialect.number(10.0 ** abs(decimals))
    up, down = ("*", "/") if decimals >= 0 else ("/", "*")
    size = f"(ABS({value}) {up} {scale})"
    hair = (
        f"CASE WHEN {size} < {dialect.number(EXACT)} "
        f"THEN {size} * {dialect.number(SHARE)} + {dialect.number(HAIR)} ELSE {dialect.number(0.0)} END"
    )
    whole = f"CAST(FLOOR({size} + {hair} + {dialect.number(0.5)}) AS {dialect.double})"
    sign = f"CASE WHEN {value} < {dialect.number(0.0)} THEN {dialect.number(-1.0)} ELSE {dialect.number(1.0)} END"
    return f"CASE WHEN {size} < {dialect.number(WHOLE)} THEN {sign} * ({whole} {down} {scale}) ELSE {value} END"


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
