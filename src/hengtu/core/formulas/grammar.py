"""The grammar of expressions: the tokens of ``lexemes`` to the nodes of ``tree``, LALR."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from lark import Lark, Token, Transformer, UnexpectedInput
from lark.lexer import Lexer

from hengtu.core.formulas.failure import FormulaError, FormulaReason
from hengtu.core.formulas.lexemes import Lexing
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
)

_GRAMMAR = """
start: sum
?sum: product | product ((PLUS | MINUS) product)+ -> added
?product: factor | factor ((TIMES | OVER) factor)+ -> multiplied
?factor: atom | MINUS atom -> negative
?atom: plain | plain POSITIVE -> positive
?plain: NUMBER -> number
      | NAME -> item
      | NAME DEFINES sum CLOSE -> defined
      | OPEN sum CLOSE -> bracket
      | TOTAL plain -> total
%declare PLUS MINUS TIMES OVER NUMBER NAME DEFINES OPEN CLOSE POSITIVE TOTAL
"""
_NUMBER = re.compile(r"([\d.]+)(%?)([^(%]*)(?:\((.*)\))?", re.S)
_PER = re.compile(r"/(年度|年|半年|季|月|週|日|天)$")
_OPERANDS = frozenset({"NAME", "NUMBER", "OPEN", "TOTAL"})


class _Stream(Lexer):
    """Hands the tokens of a ``Lexing`` to the parser."""

    def __init__(self, lexer_conf: Any) -> None:
        del lexer_conf

    def lex(self, lexing: Any, parser_state: Any = None) -> Iterator[Token]:
        """Yield the tokens of the text."""
        return cast(Lexing, lexing).tokens()


class _Build(Transformer[Token, Node]):
    """Makes nodes while the parser reduces."""

    def start(self, parts: list[Node]) -> Node:
        return parts[0]

    def number(self, parts: list[Token]) -> Node:
        found = _NUMBER.fullmatch(parts[0])
        assert found is not None
        return Number(found[1], bool(found[2]), found[3] or None, found[4])

    def item(self, parts: list[Token]) -> Node:
        name = str(parts[0])
        per = _PER.search(name)
        return Item(name[: per.start()], per[1]) if per and per.start() else Item(name)

    def defined(self, parts: list[Any]) -> Node:
        return Defined(str(parts[0]), parts[2])

    def bracket(self, parts: list[Any]) -> Node:
        return cast(Node, parts[1])

    def total(self, parts: list[Any]) -> Node:
        return Total(parts[1])

    def negative(self, parts: list[Any]) -> Node:
        return Negative(parts[1])

    def positive(self, parts: list[Any]) -> Node:
        return Positive(parts[0])

    def added(self, parts: list[Any]) -> Node:
        signs: list[Sign] = ["+", *map(_sign, parts[1::2])]
        return Sum(tuple(zip(signs, parts[::2], strict=True)))

    def multiplied(self, parts: list[Any]) -> Node:
        strokes: list[Stroke] = ["*", *map(_stroke, parts[1::2])]
        return Product(tuple(zip(strokes, parts[::2], strict=True)))


def _sign(token: Token) -> Sign:
    return "+" if token.type == "PLUS" else "-"


def _stroke(token: Token) -> Stroke:
    return "*" if token.type == "TIMES" else "/"


_PARSER = Lark(
    _GRAMMAR, parser="lalr", lexer=_Stream, transformer=_Build(), maybe_placeholders=False
)


def read_tokens(lexing: Lexing) -> Node:
    """Return the tree of a text on its way to tokens; FormulaError with the place otherwise."""
    try:
        node = cast(Node, _PARSER.parse(cast(Any, lexing)))
    except UnexpectedInput as error:
        raise _explain(error, lexing) from None
    return _percent(node)


def _explain(error: UnexpectedInput, lexing: Lexing) -> FormulaError:
    token: Token | None = getattr(error, "token", None)
    expected = frozenset(getattr(error, "expected", ()))
    ended = token is None or token.type == "$END"
    position, found = len(lexing.text.rstrip()), ""
    if token is not None and not ended:
        position, found = token.start_pos or 0, str(token)
    if expected & _OPERANDS:
        return FormulaError("operand_missing", text=lexing.text, position=position, found=found)
    reason: FormulaReason = "bracket_unclosed" if ended else "operator_missing"
    return FormulaError(reason, text=lexing.text, position=position, found=found)


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
