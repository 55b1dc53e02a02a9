"""Why an expression has no value, as SQL: the gravest kind that it lacks.

What is not chosen, stood in for or only counted does not matter: each operand is told with the conditions under
which it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hengtu.engines.columns import NOT_COMPUTABLE
from hengtu.engines.program import (
    Added,
    Chosen,
    Counted,
    Either,
    Expression,
    Lost,
    Multiplied,
    Scaled,
    Slot,
    failures_of,
    is_selective,
    losses_of,
    parts_of,
    slots_of,
    walk,
)
from hengtu.engines.sql.arithmetic import count_terms, write_finite, write_holds, write_value
from hengtu.engines.sql.dialect import Dialect

MOST_TERMS = 20_000  # a guarded divisor stands twice in the text: stacked ones double it each time


class StatementTooLongError(ValueError):
    """A formula whose statement no database would take; numpy works it out."""


@dataclass(frozen=True, slots=True)
class _Guard:
    """A condition under which an operand matters: an expression holds, does not hold, or has no value."""

    expression: Expression
    holds: bool | None

    def write(self, dialect: Dialect) -> str:
        if self.holds is None:
            return _write_fails(self.expression, dialect)
        return write_holds(self.expression, dialect)[0 if self.holds else 1]


@dataclass(frozen=True, slots=True)
class _Part:
    """An operand, or a part that may fail on its own, and when it matters."""

    expression: Expression
    guards: tuple[_Guard, ...] = ()

    def write_kind(self) -> str:
        match self.expression:
            case Slot(index):
                return f"k{index}"
            case Lost(kind):
                return str(kind)
            case _:
                raise TypeError("no operand")

    def write(self, test: str, dialect: Dialect) -> str:
        return f"({' AND '.join([*(guard.write(dialect) for guard in self.guards), test])})"

    @property
    def terms(self) -> int:
        return 1 + sum(count_terms(guard.expression) for guard in self.guards)


def check_size(expression: Expression) -> None:
    """Raise StatementTooLongError where the text of an expression would grow out of bounds."""
    terms = 0
    for part in walk(expression):
        terms += count_terms(part)
        if terms > MOST_TERMS:
            raise StatementTooLongError("the statement has too many terms for a database")
    if is_selective(expression) and _count_kinds(expression) > MOST_TERMS:
        raise StatementTooLongError("the statement has too many conditions for a database")


def _count_kinds(expression: Expression) -> int:
    leaves = sum(part.terms for part in _leaves(expression))
    own = sum(
        part.terms
        + count_terms(part.expression)
        + sum(leaf.terms for leaf in _leaves(part.expression))
        for part in _may_fail(expression)
    )
    return leaves * NOT_COMPUTABLE + own


def write_kind(expression: Expression, dialect: Dialect) -> str:
    """Return SQL for the kind of missing of an expression without a value: the gravest that it lacks.

    A part that fails although its operands are there is not computable, whatever else is missing.
    """
    if is_selective(expression):
        lacking = list(_write_lacking(expression, dialect))
        failing = list(_write_own_failures(expression, dialect))
    else:
        places, losses = slots_of(expression), losses_of(expression)
        lacking = [_write_lacks(places, losses, kind) for kind in range(NOT_COMPUTABLE, 0, -1)]
        failing = _write_failures(expression, dialect)
    kinds = range(NOT_COMPUTABLE, 0, -1)
    tests = [f"WHEN {test} THEN {kind}" for test, kind in zip(lacking, kinds, strict=True)]
    fails = [f"WHEN {test} THEN {NOT_COMPUTABLE}" for test in failing]
    first, *others = tests
    return " ".join(["CASE", first, *fails, *others, f"ELSE {NOT_COMPUTABLE} END"])


def _write_lacks(places: tuple[int, ...], losses: tuple[int, ...], kind: int) -> str:
    given = [str(loss) for loss in losses] + [f"k{place}" for place in places]
    return f"{kind} IN ({', '.join(given)})" if given else "1 = 0"


def _write_failures(expression: Expression, dialect: Dialect) -> list[str]:
    """Return tests for parts that fail on their own."""
    tests = []
    for part in failures_of(expression):
        there = [f"k{place} = 0" for place in slots_of(part)]
        tests.append(" AND ".join([*there, _write_fails(part, dialect)]))
    return tests


def _write_fails(expression: Expression, dialect: Dialect) -> str:
    return f"NOT COALESCE({write_finite(write_value(expression, dialect), dialect)}, 1 = 0)"


def _write_lacking(expression: Expression, dialect: Dialect) -> Iterator[str]:
    """Yield for every kind, the gravest first, the test whether an operand that matters has it."""
    leaves = list(_leaves(expression))
    for kind in range(NOT_COMPUTABLE, 0, -1):
        tests = [leaf.write(f"{leaf.write_kind()} = {kind}", dialect) for leaf in leaves]
        yield " OR ".join(tests) or "1 = 0"


def _write_own_failures(expression: Expression, dialect: Dialect) -> Iterator[str]:
    """Yield tests for parts that fail although every operand that matters to them is there."""
    for part in _may_fail(expression):
        lacks = [
            leaf.write(f"{leaf.write_kind()} <> 0", dialect) for leaf in _leaves(part.expression)
        ]
        there = f"NOT COALESCE({' OR '.join(lacks)}, 1 = 0)" if lacks else "1 = 1"
        yield part.write(f"{there} AND {_write_fails(part.expression, dialect)}", dialect)


def _leaves(expression: Expression, guards: tuple[_Guard, ...] = ()) -> Iterator[_Part]:
    """Yield the operands that may matter."""
    if isinstance(expression, Slot | Lost):
        yield _Part(expression, guards)
    for part, more in _below(expression):
        yield from _leaves(part, guards + more)


def _may_fail(expression: Expression, guards: tuple[_Guard, ...] = ()) -> Iterator[_Part]:
    """Yield the parts whose result may be no number, such as a quotient."""
    if isinstance(expression, Added | Multiplied | Scaled):
        yield _Part(expression, guards)
    for part, more in _below(expression):
        yield from _may_fail(part, guards + more)


def _below(expression: Expression) -> Iterator[tuple[Expression, tuple[_Guard, ...]]]:
    """Yield the parts directly below that may matter, with the condition under which each does."""
    match expression:
        case Counted():
            return
        case Chosen(condition, then, otherwise):
            yield condition, ()
            yield then, (_Guard(condition, True),)
            yield otherwise, (_Guard(condition, False),)
        case Either(body, default):
            yield default, (_Guard(body, None),)
        case _:
            for part in parts_of(expression):
                yield part, ()
