"""The grammar of expressions: tokens to nodes, one frame for every open bracket, no recursion.

sum: product ((＋|－) product)… · product: factor ((×|÷) factor)… · factor: －? operand 為正? · operand: Σ… number |
name | name（sum） | （sum） | function（argument，…） · argument: sum | sum relation sum.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hengtu.core.formulas.calls import Site
from hengtu.core.formulas.failure import MAX_DEPTH, FormulaError, FormulaReason
from hengtu.core.formulas.functions import CONDITIONS, MOMENTS, MOST_DECIMALS
from hengtu.core.formulas.lexemes import Lexing, Token
from hengtu.core.formulas.tree import (
    Defined,
    Item,
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
    is_condition,
    make_call,
    make_relation,
)

_NUMBER = re.compile(r"([\d.]+)(%?)([^(%]*)(?:\((.*)\))?", re.S)
_PER = re.compile(r"/(年度|年|半年|季|月|週|日|天)$")
_ADDS: dict[str, Sign] = {"PLUS": "+", "MINUS": "-"}
_TIMES: dict[str, Stroke] = {"TIMES": "*", "OVER": "/"}


@dataclass(slots=True)
class _Frame:
    """An open bracket, or the whole: what was read in it so far."""

    opened: Token | None = None
    named: str = ""  # the name that the bracket defines
    terms: list[tuple[Sign, Node]] = field(default_factory=list)
    factors: list[tuple[Stroke, Node]] = field(default_factory=list)
    sign: Sign = "+"
    stroke: Stroke = "*"
    minus: bool = False
    totals: int = 0
    operand: Node | None = None
    name: str = ""  # of the operand, where it is a name
    positive: bool = False
    start: Token | None = None
    left: Node | None = None
    relation: Token | None = None
    arguments: list[Node] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


def read_tokens(lexing: Lexing) -> Node:
    """Return the tree of a text on its way to tokens; FormulaError with the place otherwise."""
    reading = _Reading(lexing)
    for token in lexing.tokens():
        reading.take(token)
    return _percent(reading.end())


class _Reading:
    """One text on its way from tokens to a tree; the last frame is the innermost bracket."""

    def __init__(self, lexing: Lexing) -> None:
        self.lexing = lexing
        self.frame = _Frame()
        self.outer: list[_Frame] = []
        self.conditions = False

    def take(self, token: Token) -> None:
        """Take the next token; FormulaError where it cannot stand."""
        frame = self.frame
        if frame.start is None:
            frame.start = token
        if frame.operand is None:
            self._take_operand(frame, token)
        else:
            self._take_after(frame, frame.operand, token)

    def end(self) -> Node:
        """Return the whole; FormulaError where an operand or a bracket lacks."""
        if self.frame.operand is None:
            raise self._fail("operand_missing", len(self.lexing.text.rstrip()))
        if opened := self.frame.opened:
            position = opened.call.opening if opened.call else opened.start
            raise self._fail("bracket_unclosed", position, self.lexing.text[position])
        node = self._close_sum(self.frame)
        return self._number_only(node, 0)

    def _take_operand(self, frame: _Frame, token: Token) -> None:
        match token.kind:
            case "NUMBER":
                frame.operand = _number(token.value)
            case "NAME":
                frame.operand, frame.name = _item(token.value), token.value
            case "OPEN" | "CALL":
                self._open(token)
            case "MINUS" if not frame.minus and not frame.totals:
                frame.minus = True
            case "TOTAL":
                frame.totals += 1
                if frame.totals + len(self.outer) > MAX_DEPTH:
                    raise self._fail("too_deep", token.start, token.value)
            case _:
                raise self._fail("operand_missing", token.start, token.value)

    def _take_after(self, frame: _Frame, operand: Node, token: Token) -> None:
        kind = token.kind
        if kind in _ADDS:
            self._close_product(frame, operand)
            frame.sign = _ADDS[kind]
        elif kind in _TIMES:
            self._close_factor(frame, operand)
            frame.stroke = _TIMES[kind]
        elif kind == "CLOSE" and self.outer:
            self._close()
        elif kind == "DEFINES":
            self._open(token, frame.name)
        elif kind == "POSITIVE" and not frame.positive:
            frame.positive = True
        elif kind == "MARK":
            self._close_argument(frame)
        elif kind == "RELATION":
            self._relate(frame, token)
        elif kind == "CLOSE":
            raise self._fail("bracket_unopened", token.start, token.value)
        else:
            raise self._fail("operator_missing", token.start, token.value)

    def _open(self, token: Token, named: str = "") -> None:
        self.outer.append(self.frame)
        self.frame = _Frame(opened=token, named=named)

    def _close(self) -> None:
        frame = self.frame
        self.frame = self.outer.pop()
        opened = frame.opened
        if opened is not None and opened.call is not None:
            self._close_argument(frame)
            self.frame.operand = self._call(opened, opened.call, frame)
        elif frame.named:
            body = self._number_only(self._close_sum(frame), _start(frame))
            self.frame.operand = Defined(frame.named, body)
        else:
            self.frame.operand = self._close_sum(frame)

    def _relate(self, frame: _Frame, token: Token) -> None:
        if frame.relation is not None:
            raise self._fail("conditions_chained", token.start, token.value)
        frame.left, frame.relation = self._close_sum(frame), token
        self.conditions = True

    def _close_argument(self, frame: _Frame) -> None:
        frame.places.append(_start(frame))
        frame.arguments.append(self._close_sum(frame))
        frame.start = frame.left = frame.relation = None

    def _close_factor(self, frame: _Frame, operand: Node) -> None:
        for _ in range(frame.totals):
            operand = Total(operand)
        if frame.positive:
            operand = Positive(operand)
        if frame.minus:
            operand = Negative(operand)
        frame.factors.append((frame.stroke, operand))
        frame.operand, frame.name, frame.totals = None, "", 0
        frame.minus = frame.positive = False

    def _close_product(self, frame: _Frame, operand: Node) -> None:
        self._close_factor(frame, operand)
        factors = frame.factors
        node = factors[0][1] if len(factors) == 1 else Product(tuple(factors))
        frame.terms.append((frame.sign, node))
        frame.factors, frame.stroke = [], "*"

    def _close_sum(self, frame: _Frame) -> Node:
        """Return the sum of a frame, or the relation that it ends; a condition is no part of a sum."""
        assert frame.operand is not None
        self._close_product(frame, frame.operand)
        terms = frame.terms
        node = terms[0][1] if len(terms) == 1 else Sum(tuple(terms))
        frame.terms, frame.sign = [], "+"
        if self.conditions and not is_condition(node) and _holds_condition(node):
            raise self._fail("condition_misplaced", _start(frame))
        if frame.relation is None or frame.left is None:
            return node
        for side in (frame.left, node):
            self._number_only(side, _start(frame))
        return make_relation(frame.relation.value, _percent(frame.left), _percent(node))  # type: ignore[arg-type]

    def _number_only(self, node: Node, position: int) -> Node:
        if is_condition(node):
            raise self._fail("condition_misplaced", position)
        return node

    def _call(self, opened: Token, site: Site, frame: _Frame) -> Node:
        function, given = site.function, frame.arguments
        if len(given) < function.least or (function.most and len(given) > function.most):
            raise self._wrong_count(opened, site)
        if function.key in MOMENTS:
            return self._moment(site, given[0], frame.places[0])
        for place, node in enumerate(given):
            asked = function.key in CONDITIONS or (function.key == "if" and place == 0)
            if asked and not is_condition(node):
                raise self._fail("condition_needed", frame.places[place])
            if not asked:
                self._number_only(node, frame.places[place])
        if function.key == "round" and len(given) == 2 and not _decimals(given[1]):
            raise self._fail("decimals_needed", frame.places[1])
        return make_call(function.key, tuple(map(_percent, given)))  # type: ignore[arg-type]

    def _moment(self, site: Site, node: Node, position: int) -> Item:
        """Return an item at another time or in other agencies."""
        if not isinstance(node, Item) or node.at:
            raise self._fail("item_needed", position, site.function.name)
        return Item(f"{site.function.name}({node.name})", node.per, site.function.key)  # type: ignore[arg-type]

    def _wrong_count(self, opened: Token, site: Site) -> FormulaError:
        least, most = site.function.least, site.function.most
        expected = (str(least), str(most) if most else "")
        return self._fail("argument_count", opened.start, opened.value, expected)

    def _fail(
        self, reason: FormulaReason, position: int, found: str = "", expected: tuple[str, ...] = ()
    ) -> FormulaError:
        text = self.lexing.text
        return FormulaError(reason, text=text, position=position, found=found, expected=expected)


def _start(frame: _Frame) -> int:
    token = frame.start or frame.opened
    return token.start if token else 0


def _holds_condition(node: Node) -> bool:
    match node:
        case Sum(terms):
            return any(is_condition(term) or _holds_condition(term) for _, term in terms)
        case Product(factors):
            return any(is_condition(part) or _holds_condition(part) for _, part in factors)
        case Negative(body) | Positive(body) | Total(body):
            return is_condition(body) or _holds_condition(body)
        case _:
            return False


def _decimals(node: Node) -> bool:
    """Whether a node says how many decimals to keep: a plain whole number, negative for tens."""
    number = node.body if isinstance(node, Negative) else node
    return (
        isinstance(number, Number)
        and number.text.isdigit()
        and not number.percent
        and int(number.text) <= MOST_DECIMALS
    )


def _number(value: str) -> Number:
    found = _NUMBER.fullmatch(value)
    assert found is not None
    return Number(found[1], bool(found[2]), found[3] or None, found[4])


def _item(name: str) -> Item:
    per = _PER.search(name)
    return Item(name[: per.start()], per[1]) if per and per.start() else Item(name)


def _percent(node: Node) -> Node:
    """Return the node with an outermost ×100% as ``Percentage``."""
    if isinstance(node, Defined):
        inner = _percent(node.body)
        return Defined(node.name, inner)
    if isinstance(node, Sum) and _in_percent(node):
        return Percentage(Sum(tuple((sign, _unscale(term)) for sign, term in node.terms)))
    return Percentage(_unscale(node)) if _scaled(node) else node


def _in_percent(node: Sum) -> bool:
    """Whether every term of a sum is times 100% or a percent itself: 100%－甲÷乙×100%."""
    terms = [term for _, term in node.terms]
    percents = [isinstance(term, Number) and term.percent for term in terms]
    return any(map(_scaled, terms)) and all(
        percent or _scaled(term) for percent, term in zip(percents, terms, strict=True)
    )


def _scaled(node: Node) -> bool:
    if not isinstance(node, Product):
        return False
    (_, first), (stroke, last) = node.factors[0], node.factors[-1]
    return (_hundred(first) and node.factors[1][0] == "*") or (stroke == "*" and _hundred(last))


def _hundred(node: Node) -> bool:
    return isinstance(node, Number) and node.percent and float(node.text) == 100


def _unscale(node: Node) -> Node:
    if not isinstance(node, Product):
        return node
    factors = node.factors[:-1] if _hundred(node.factors[-1][1]) else node.factors[1:]
    return factors[0][1] if len(factors) == 1 else Product(factors)
