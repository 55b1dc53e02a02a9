"""Programs: formulas made ready for many rows, names resolved and percent rules applied once."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from hengtu.core.formulas.definitions import find_defining
from hengtu.core.formulas.tree import (
    Call,
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
    Relation,
    Relator,
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


@dataclass(frozen=True, slots=True)
class Compared:
    """1 where the left side stands in a relation to the right, equal within 1e-9 of it, else 0."""

    op: Relator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of two, by a condition; what is not chosen does not matter."""

    condition: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Either:
    """The body where it is there, else what stands in for it."""

    body: Expression
    default: Expression


@dataclass(frozen=True, slots=True)
class Extreme:
    """The largest of several that are all there, or the smallest."""

    largest: bool
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of several are there."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Absolute:
    """A number without its sign."""

    body: Expression


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number rounded half up to decimals, as ``core.formulas.rounding`` does."""

    body: Expression
    decimals: int


Expression = (
    Slot
    | Constant
    | Lost
    | Added
    | Multiplied
    | Scaled
    | Flag
    | Compared
    | Chosen
    | Either
    | Extreme
    | Counted
    | Absolute
    | Rounded
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A formula over columns: what to work out, the operands by place, the printed limit.

    Programs of equal ``body`` and ``limit`` have one *shape*: they differ in the names of their operands only.
    ``scaled`` tells that a quotient without ×100% is taken times 100 because its unit is %. ``losses`` and
    ``failures`` are those of ``losses_of`` and ``failures_of``, ``selective`` that of ``is_selective``.
    """

    body: Expression
    names: tuple[str, ...]
    limit: Limit | None = None
    scaled: bool = False
    losses: tuple[int, ...] = ()
    failures: tuple[Expression, ...] = ()
    selective: bool = False


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
        selective=is_selective(whole),
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
            case Relation(op, left, right):
                return Compared(op, self.expression(left), self.expression(right))
            case Call():
                return self._call(node)

    def _call(self, node: Call) -> Expression:
        parts = tuple(map(self.expression, node.arguments))
        match node.function:
            case "if":
                return Chosen(*parts)
            case "if_missing":
                return Either(*parts)
            case "sum":
                return _added(parts)
            case "mean":
                return Multiplied((("*", _added(parts)), ("/", Constant(float(len(parts))))))
            case "max" | "min" | "and" | "or":
                return Extreme(node.function in ("max", "or"), parts)
            case "not":
                return Added((("+", Constant(1.0)), ("-", parts[0])))
            case "count":
                return Counted(parts)
            case "abs":
                return Absolute(parts[0])
            case "round":
                return Rounded(parts[0], _decimals(parts))

    def _operand(self, name: str) -> Expression:
        if name in self.columns:
            return Slot(self.places.setdefault(name, len(self.places)))
        defined = find_defining(name, self.definitions, self.open)
        if defined is None:
            return Lost(NOT_REPORTED)
        self.open.add(defined)
        expression = self.expression(self.definitions[defined])
        self.open.discard(defined)
        return expression


def _added(parts: tuple[Expression, ...]) -> Added:
    return Added(tuple(("+", part) for part in parts))


def _decimals(parts: tuple[Expression, ...]) -> int:
    """Return the decimals of a rounding, which are a constant."""
    match parts[1:]:
        case (Constant(value),):
            return int(value)
        case (Scaled(Constant(value), factor),):
            return int(value * factor)
        case _:
            return 0


def _constant(number: float) -> Expression:
    return Constant(number) if math.isfinite(number) else Lost(NOT_COMPUTABLE)


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """Return the expressions directly below."""
    match expression:
        case Added(terms):
            return tuple(term for _, term in terms)
        case Multiplied(factors):
            return tuple(factor for _, factor in factors)
        case Scaled(body) | Flag(body) | Absolute(body) | Rounded(body):
            return (body,)
        case Compared(_, left, right):
            return left, right
        case Chosen(condition, then, otherwise):
            return condition, then, otherwise
        case Either(body, default):
            return body, default
        case Extreme(_, parts) | Counted(parts):
            return parts
        case _:
            return ()


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and everything below it."""
    yield expression
    for part in parts_of(expression):
        yield from walk(part)


def is_selective(expression: Expression) -> bool:
    """Whether an operand may be missing without the whole: not chosen, stood in for, or only counted."""
    return any(isinstance(part, Chosen | Either | Counted) for part in walk(expression))


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
