"""Programs: formulas made ready for many rows, names resolved and percent rules applied once."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from hengtu.core.formulas.tree import (
    Defined,
    Formula,
    Item,
    Limit,
    Negative,
    Node,
    Number,
    Percentage,
    Positive,
    Product,
    Sign,
    Stroke,
    Sum,
    Total,
    is_percentage,
    is_share,
)
from hengtu.engines.columns import NOT_COMPUTABLE, NOT_REPORTED


@dataclass(frozen=True, slots=True)
class Slot:
    """The operand at a place of the program's names."""

    index: int


@dataclass(frozen=True, slots=True)
class Constant:
    """A finite number."""

    value: float


@dataclass(frozen=True, slots=True)
class Lost:
    """What is missing on every row: an item without a column, a constant beyond a double."""

    kind: int


@dataclass(frozen=True, slots=True)
class Added:
    """Terms with their signs, added from left to right."""

    terms: tuple[tuple[Sign, Expression], ...]


@dataclass(frozen=True, slots=True)
class Multiplied:
    """Factors with their strokes, taken from left to right; a missing one counts before a divisor of zero."""

    factors: tuple[tuple[Stroke, Expression], ...]


@dataclass(frozen=True, slots=True)
class Scaled:
    """A number times a constant: −1 for a sign, 100 for a percentage."""

    body: Expression
    factor: float


@dataclass(frozen=True, slots=True)
class Flag:
    """1 where the body is above zero by more than the tolerance, else 0."""

    body: Expression


Expression = Slot | Constant | Lost | Added | Multiplied | Scaled | Flag


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A formula over columns: what to work out, the operands by place, the printed limit.

    Programs of equal ``body`` and ``limit`` have one *shape*: they differ in the names of their operands only.
    ``scaled`` tells that a quotient without ×100% is taken times 100 because its unit is %. ``losses`` and
    ``failures`` are those of ``losses_of`` and ``failures_of``.
    """

    body: Expression
    names: tuple[str, ...]
    limit: Limit | None = None
    scaled: bool = False
    losses: tuple[int, ...] = ()
    failures: tuple[Expression, ...] = ()


def make_program(formula: Formula, columns: Collection[str], *, unit: str | None = None) -> Program:
    """Return the program of a formula for the items that have a column.

    An item without a column is worked out by the note that defines it, else it is not reported on every row.

    >>> from hengtu.core.formulas import parse
    >>> make_program(parse("甲÷乙×100%"), ["甲", "乙"]).names
    ('甲', '乙')
    """
    if formula.body is None:
        nothing = Lost(NOT_COMPUTABLE)
        return Program(body=nothing, names=(), limit=formula.limit, losses=(NOT_COMPUTABLE,))
    making = _Making(frozenset(columns), {one.name: one.body for one in formula.definitions})
    body = making.expression(formula.body)
    printed = unit or formula.unit or (formula.limit.unit if formula.limit else None)
    scaled = printed in ("%", "％") and is_share(formula.body)
    whole = Scaled(body, 100.0) if scaled else body
    return Program(
        body=whole,
        names=tuple(making.places),
        limit=formula.limit,
        scaled=scaled,
        losses=losses_of(whole),
        failures=failures_of(whole),
    )


@dataclass
class _Making:
    columns: frozenset[str]
    definitions: dict[str, Node]
    places: dict[str, int] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)

    def expression(self, node: Node) -> Expression:
        match node:
            case Number():
                return _constant(node.value)
            case Item(name):
                return self._operand(name)
            case Sum(terms):
                return Added(tuple((sign, self.expression(term)) for sign, term in terms))
            case Product(factors):
                return Multiplied(
                    tuple((stroke, self.expression(part)) for stroke, part in factors)
                )
            case Negative(body):
                return Scaled(self.expression(body), -1.0)
            case Defined(_, body) | Total(body):
                return self.expression(body)
            case Positive(body):
                return Flag(self.expression(body))
            case Percentage(body):
                inner = self.expression(body)
                return inner if is_percentage(body) else Scaled(inner, 100.0)

    def _operand(self, name: str) -> Expression:
        if name in self.columns:
            return Slot(self.places.setdefault(name, len(self.places)))
        defined = next(
            (one for one in self.definitions if name.endswith(one) and one not in self.open), None
        )
        if defined is None:
            return Lost(NOT_REPORTED)
        self.open.add(defined)
        expression = self.expression(self.definitions[defined])
        self.open.discard(defined)
        return expression


def _constant(number: float) -> Expression:
    return Constant(number) if math.isfinite(number) else Lost(NOT_COMPUTABLE)


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """Return the expressions directly below."""
    match expression:
        case Added(terms):
            return tuple(term for _, term in terms)
        case Multiplied(factors):
            return tuple(factor for _, factor in factors)
        case Scaled(body) | Flag(body):
            return (body,)
        case _:
            return ()


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and everything below it."""
    yield expression
    for part in parts_of(expression):
        yield from walk(part)


def slots_of(expression: Expression) -> tuple[int, ...]:
    """Return the places of the operands, each once, in order."""
    return tuple(sorted({part.index for part in walk(expression) if isinstance(part, Slot)}))


def losses_of(expression: Expression) -> tuple[int, ...]:
    """Return the codes that are missing on every row, each once."""
    return tuple(sorted({part.kind for part in walk(expression) if isinstance(part, Lost)}))


def failures_of(expression: Expression) -> tuple[Expression, ...]:
    """Return the parts with fewer operands than the whole that may fail although their operands are there.

    Where there are none, the kind of missing of the whole is the gravest of its operands, and not computable
    where no operand lacks.
    """
    whole, losses = slots_of(expression), losses_of(expression)
    parts = [
        part
        for part in walk(expression)
        if parts_of(part) and not losses_of(part) and (losses or slots_of(part) != whole)
    ]
    return tuple(dict.fromkeys(parts))
