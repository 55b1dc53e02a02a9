"""A formula printed back: one canonical spelling that parses to the same tree."""

from __future__ import annotations

from hengtu.core.formulas.functions import BY_KEY
from hengtu.core.formulas.remarks import is_note
from hengtu.core.formulas.tree import (
    Call,
    Defined,
    Definition,
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
    Sum,
    Total,
)

_SIGNS = {"+": "＋", "-": "－"}
_STROKES = {"*": "×", "/": "÷"}
_OPS = {">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "=": "＝", "<>": "≠"}


def spell(tree: Formula | Node) -> str:
    """Return the canonical text of a formula or of a part of it.

    >>> spell(Percentage(Product((("*", Item("甲")), ("/", Item("乙"))))))
    '甲÷乙×100%'
    """
    return _spell_formula(tree) if isinstance(tree, Formula) else _spell(tree)


def _spell(node: Node) -> str:
    match node:
        case Number():
            return _number(node)
        case Item(name, per):
            if node.at and per:
                return f"{name[:-1]}/{per})"
            return f"{name}/{per}" if per else name
        case Negative(body):
            return f"－{_atom(body)}"
        case Sum(terms):
            return "".join(
                f"{_SIGNS[sign] if i else ''}{_bracket(term) if isinstance(term, Sum) else _spell(term)}"
                for i, (sign, term) in enumerate(terms)
            )
        case Product(factors):
            return "".join(
                f"{_STROKES[stroke] if i else ''}{_factor(factor)}"
                for i, (stroke, factor) in enumerate(factors)
            )
        case Defined(name, body):
            return f"{name}{_bracket(body)}"
        case Total(body):
            return f"Σ{_atom(body)}"
        case Positive(body):
            return f"{_spell(body) if isinstance(body, Item | Defined | Call) else _bracket(body)}為正數"
        case Percentage(body):
            inner = _bracket(body) if isinstance(body, Sum | Percentage) else _spell(body)
            return f"{inner}×100%"
        case Relation(op, left, right):
            return f"{_spell(left)}{_OPS[op]}{_spell(right)}"
        case Call(function, arguments):
            return f"{BY_KEY[function].name}（{'，'.join(map(_spell, arguments))}）"


def _number(node: Number) -> str:
    note = f"（{node.note}）" if node.note else ""
    return f"{node.text}{'%' if node.percent else node.unit or ''}{note}"


def _bracket(node: Node) -> str:
    return f"（{_spell(node)}）"


def _atom(node: Node) -> str:
    return _spell(node) if isinstance(node, Number | Item | Defined | Call) else _bracket(node)


def _factor(node: Node) -> str:
    return _bracket(node) if isinstance(node, Sum | Product | Percentage) else _spell(node)


def _limit(limit: Limit | None) -> str:
    return f"{_OPS[limit.op]}{limit.text}{limit.unit or ''}" if limit else ""


def _rule(rule: str | None) -> str:
    if not rule:
        return ""
    return rule if rule[0] in "≥≤<>＜＞≧≦" else f"（{rule}）"


def _definition(definition: Definition) -> str:
    return f"{definition.name}＝{_spell(definition.body)}"


def _spell_formula(formula: Formula) -> str:
    body = _spell(formula.body) if formula.body is not None else ""
    named = f"{formula.result_name}＝{body}" if formula.result_name and body else body
    pieces = (
        f"{formula.condition}：" if formula.condition else "",
        named,
        _rule(formula.target_rule),
        _limit(formula.limit),
        *(f"（{note}）" for note in formula.notes if is_note(note)),
        f" 單位：{formula.unit}" if formula.unit else "",
        *(f" 備註：{note}" for note in formula.notes if not is_note(note)),
        *(f" 備註：{_definition(one)}" for one in formula.definitions),
    )
    return "".join(pieces)
