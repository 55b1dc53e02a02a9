"""The tree of a formula: frozen, small, the same for every engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from hengtu.core.formulas.functions import At, FunctionKey

Sign = Literal["+", "-"]
Stroke = Literal["*", "/"]
Comparison = Literal[">=", "<=", ">", "<", "="]
Relator = Comparison | Literal["<>"]

_THIS = re.compile(r"^(?:本年度|今年度|當年度|本期|本年|今年|當年)(?=.)")
_LAST = re.compile(
    r"^(?:去年同期|去年度同期|上年同期|上年度同期|前一年同期|上一年度|前一年度|上年度|去年度|前年度|上期|前期|上年|去年)(?=.)"
)
_SCALES = frozenset(10.0**power for power in range(2, 7))  # per hundred … per million
PERCENT_NAME = re.compile(r"百分比|百分率|比率|比例|占比|[率%](?:總和|合計|之和|平均值|平均)?$")


@dataclass(frozen=True, slots=True)
class Number:
    """A constant: its decimal text; ``percent`` for n/100; the unit and note printed with it."""

    text: str
    percent: bool = False
    unit: str | None = None
    note: str | None = None

    @property
    def value(self) -> float:
        """The number it stands for: 20% is 0.2."""
        return float(self.text) / 100 if self.percent else float(self.text)


@dataclass(frozen=True, slots=True)
class Item:
    """A data item by its printed name; ``per`` is the 年 of 次數/年.

    ``at`` tells of an item at another time or in other agencies; its ``name`` is then the whole operand:
    前期(收件數).
    """

    name: str
    per: str | None = None
    at: At | None = None

    @property
    def inner(self) -> str:
        """The name of the item itself, without the function around it."""
        return self.name[self.name.index("(") + 1 : -1] if self.at else self.name

    @property
    def years_back(self) -> int:
        """1 for 上年度…, else 0: 本年度甲 and 上年度甲 are one item at two times."""
        return (1 if _LAST.match(self.inner) else 0) + (self.at == "last_year")

    @property
    def base(self) -> str:
        """The name without its year word."""
        return _LAST.sub("", _THIS.sub("", self.inner))


@dataclass(frozen=True, slots=True)
class Negative:
    """A node with a minus sign in front."""

    body: Node


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms with their signs, the first one's is ``+``."""

    terms: tuple[tuple[Sign, Node], ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Factors with the stroke in front of each, the first one's is ``*``."""

    factors: tuple[tuple[Stroke, Node], ...]


@dataclass(frozen=True, slots=True)
class Defined:
    """A name with the bracket that defines it: 執行數(實際執行數+節餘款)."""

    name: str
    body: Node


@dataclass(frozen=True, slots=True)
class Total:
    """Σ of a node: on one record the node itself, over many the sum of the records'."""

    body: Node


@dataclass(frozen=True, slots=True)
class Positive:
    """1 where the body is greater than zero, else 0 (…為正數)."""

    body: Node


@dataclass(frozen=True, slots=True)
class Percentage:
    """The outermost ×100%: multiplies by 100 unless the body already is a percentage."""

    body: Node


@dataclass(frozen=True, slots=True)
class Relation:
    """A condition: 1 where the left side stands in the relation to the right, else 0; equal within 1e-9."""

    op: Relator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; ``make_call`` makes them as they are read."""

    function: FunctionKey
    arguments: tuple[Node, ...]


Node = (
    Number
    | Item
    | Negative
    | Sum
    | Product
    | Defined
    | Total
    | Positive
    | Percentage
    | Relation
    | Call
)


@dataclass(frozen=True, slots=True)
class Limit:
    """The comparison printed with a formula (≥90%)."""

    op: Comparison
    text: str
    unit: str | None = None
    raw: str = field(default="", compare=False)

    @property
    def value(self) -> float:
        """The number of the limit in the unit people type."""
        return float(self.text)


@dataclass(frozen=True, slots=True)
class Definition:
    """An item defined by a note: 決算數＝實支數＋保留數."""

    name: str
    body: Node


@dataclass(frozen=True, slots=True)
class Repair:
    """What was put right silently in the reading: kind and 0-based position in the printed text."""

    kind: Literal["bracket_added", "bracket_dropped"]
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A printed formula: the expression, and what was printed around it.

    ``expression`` is the cleaned printed text without limit, unit, notes and leftover index. ``body`` is None
    when only a limit or a rule is printed.
    """

    body: Node | None = None
    result_name: str | None = None
    limit: Limit | None = None
    unit: str | None = None
    condition: str | None = None
    target_rule: str | None = None
    definitions: tuple[Definition, ...] = ()
    notes: tuple[str, ...] = ()
    leftover_index: int | None = field(default=None, compare=False)
    expression: str = field(default="", compare=False)
    text: str = field(default="", compare=False)
    repairs: tuple[Repair, ...] = field(default=(), compare=False)


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below."""
    match node:
        case Sum(terms):
            return tuple(term for _, term in terms)
        case Product(factors):
            return tuple(factor for _, factor in factors)
        case Relation(_, left, right):
            return left, right
        case Call(_, arguments):
            return arguments
        case Number() | Item():
            return ()
        case _:
            return (node.body,)


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and everything below it, in printed order."""
    yield node
    for child in children(node):
        yield from walk(child)


def rename(node: Node, change: Callable[[Item], Node]) -> Node:
    """Return the node with every item as ``change`` gives it, all else alike."""
    match node:
        case Item():
            return change(node)
        case Number():
            return node
        case Sum(terms):
            return Sum(tuple((sign, rename(term, change)) for sign, term in terms))
        case Product(factors):
            return Product(tuple((stroke, rename(part, change)) for stroke, part in factors))
        case Relation(op, left, right):
            return Relation(op, rename(left, change), rename(right, change))
        case Call(function, arguments):
            return Call(function, tuple(rename(one, change) for one in arguments))
        case _:
            return replace(node, body=rename(node.body, change))


def items(tree: Formula | Node | None) -> tuple[str, ...]:
    """Return the names of the data items, each once, unsigned, in printed order.

    >>> items(Product((("*", Item("甲")), ("/", Sum((("+", Item("甲")), ("-", Item("乙"))))))))
    ('甲', '乙')
    """
    node = tree.body if isinstance(tree, Formula) else tree
    if node is None:
        return ()
    return tuple(dict.fromkeys(part.name for part in walk(node) if isinstance(part, Item)))


def is_percentage(node: Node) -> bool:
    """Whether what a node yields already is a number in percent, to judge by the names of its items."""
    match node:
        case Percentage():
            return True
        case Item():
            return PERCENT_NAME.search(node.inner) is not None
        case Defined(_, body) | Negative(body) | Total(body):
            return is_percentage(body)
        case Call():
            return _all_are(is_percentage, results_of(node))
        case Sum(terms):
            return all(is_percentage(term) for _, term in terms)
        case Product(factors):
            return sum(1 if s == "*" else -1 for s, f in factors if is_percentage(f)) == 1
        case _:
            return False


def is_share(node: Node) -> bool:
    """Whether a node is a quotient of items, or made of such quotients and constants; one ×100 is none any more.

    >>> total, wrong = Item("件數"), Item("錯件數")
    >>> is_share(Product((("*", wrong), ("/", total))))
    True
    >>> is_share(Product((("*", wrong), ("/", total), ("*", Number("100")))))
    False
    """
    match node:
        case Product(factors):
            return not is_percentage(node) and not _per_hundred(factors) and _divides(factors)
        case Sum(terms):
            return _all_are(is_share, tuple(term for _, term in terms))
        case Call():
            return _all_are(is_share, results_of(node))
        case Defined(_, body) | Negative(body):
            return is_share(body)
        case _:
            return False


def _all_are(kind: Callable[[Node], bool], nodes: tuple[Node, ...]) -> bool:
    """Whether all but the constants are of a kind, and one at least is."""
    parts = [node for node in nodes if not isinstance(node, Number)]
    return bool(parts) and all(map(kind, parts))


def results_of(call: Call) -> tuple[Node, ...]:
    """Return the arguments of which a function's result is made or chosen; none for a count or a condition."""
    match call.function:
        case "if":
            return call.arguments[1:]
        case "abs" | "round":
            return call.arguments[:1]
        case "mean" | "sum" | "max" | "min" | "if_missing":
            return call.arguments
        case _:
            return ()


def is_condition(node: Node) -> bool:
    """Whether a node is true or false instead of a number."""
    return isinstance(node, Relation) or (
        isinstance(node, Call) and node.function in ("and", "or", "not")
    )


def make_relation(op: Relator, left: Node, right: Node) -> Relation:
    """Return a condition; 90% beside an item is the 90 that people type, beside a quotient it is 0.9.

    >>> make_relation(">=", Item("合格率"), Number("90", percent=True)).right.value
    90.0
    """
    first, second = _alike((left, right))
    return Relation(op, first, second)


def make_call(function: FunctionKey, arguments: tuple[Node, ...]) -> Node:
    """Return a call as it is read: the sum or mean of one is that one, 90% beside an item is 90."""
    if function in ("mean", "sum", "max", "min") and len(arguments) == 1:
        return arguments[0]
    if function == "if":
        return Call(function, (arguments[0], *_alike(arguments[1:])))
    return Call(function, _alike(arguments))


def _alike(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    others = [node for node in nodes if not isinstance(node, Number)]
    if not others or any(map(is_share, others)):
        return nodes
    return tuple(
        replace(node, percent=False, unit="%")
        if isinstance(node, Number) and node.percent
        else node
        for node in nodes
    )


def _per_hundred(factors: tuple[tuple[Stroke, Node], ...]) -> bool:
    """Whether a product is taken times a plain 100, 1000 …: it is per so many already."""
    return any(
        stroke == "*"
        and isinstance(factor, Number)
        and not (factor.percent or factor.unit)
        and float(factor.text) in _SCALES
        for stroke, factor in factors
    )


def _divides(factors: tuple[tuple[Stroke, Node], ...]) -> bool:
    above = sum(1 for stroke, f in factors if stroke == "*" and items(f))
    below = sum(1 for stroke, f in factors if stroke == "/" and items(f))
    shares = any(stroke == "*" and is_share(f) for stroke, f in factors)
    return shares or (below > 0 and above == below)
