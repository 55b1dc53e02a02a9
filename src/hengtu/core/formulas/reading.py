"""A printed formula to its tree and the clauses around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from hengtu.core.formulas.brackets import mend_brackets
from hengtu.core.formulas.calls import MASK
from hengtu.core.formulas.clauses import Clauses, equals_at, read_clauses
from hengtu.core.formulas.definitions import outgrow
from hengtu.core.formulas.failure import MAX_LENGTH, FormulaError
from hengtu.core.formulas.grammar import read_tokens
from hengtu.core.formulas.lexemes import Lexing
from hengtu.core.formulas.remarks import has_operator, is_note
from hengtu.core.formulas.signs import fold_signs, tidy_name
from hengtu.core.formulas.spelling import spell
from hengtu.core.formulas.tree import (
    Defined,
    Definition,
    Formula,
    Item,
    Node,
    Number,
    Percentage,
    Product,
    Repair,
    Sum,
    rename,
)
from hengtu.core.hanzi import squeeze

_COUNTED = re.compile(r"(?:數|數量|人次|場次|件次|金額|總額)$")
_UNIT = re.compile(r"(人次|場次|件次|班次|人|件|次|場|戶|篇|則|張|支|案|項|份|家|處|天|日|元)數?$")
_AND = re.compile(r"[及和與暨、]")
_BLANKS = re.compile(r"\s")
_LISTED = re.compile(r"[、,，;；]")
_WEIGHT = re.compile(r"([^\d%()（）]+)[(（]?(\d+(?:\.\d+)?)%[)）]?")
_BRACKETED = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_NOTHING = " ,，、;；。:."
_LIMIT_AMID = re.compile(r"[≥≤<>=]+\s*\d[\d,.]*\s*(?:%|[^\d\s%]{0,4})[\s,;、。]+(?=\S)")
_SHOWN = 8  # characters of the second measure that an error names
_AROUND = re.compile(r"\s*([()（）\[\]【】/*×÷+\-－＋=＝])\s*")


@lru_cache(maxsize=4096)
def parse(text: str) -> Formula:
    """Return the formula that a text prints; FormulaError where it cannot be read.

    >>> from hengtu.core.formulas.tree import items
    >>> formula = parse("[（全年件數－錯誤件數）÷全年件數]×100%≥95% 單位：%")
    >>> items(formula), formula.limit.value, formula.unit
    (('全年件數', '錯誤件數'), 95.0, '%')
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError("too_long", text=text[:80], position=MAX_LENGTH)
    clauses = read_clauses(text)
    expression = _printed(clauses)
    body, repairs, notes = _read_body(clauses)
    if body is None and clauses.limit is None and clauses.target_rule is None:
        raise FormulaError("empty", text=text)
    if body is not None and clauses.legend:
        body = rename(body, lambda item: _by_legend(item, clauses.legend))
    if body is not None and (clauses.legend or clauses.reworded):
        expression = spell(body)
    definitions = tuple(map(_define, clauses.defining))
    if definitions and body is not None and outgrow(body, definitions):
        first = definitions[0].name
        position = max(text.find(first), 0)
        raise FormulaError("definitions_grow", text=text, position=position, found=first)
    body, result_name = _lift(body, clauses.result_name)
    return Formula(
        body=body,
        result_name=result_name,
        limit=clauses.limit,
        unit=clauses.unit,
        condition=clauses.condition,
        target_rule=clauses.target_rule,
        definitions=definitions,
        notes=tuple(dict.fromkeys((*notes, *clauses.notes))),
        leftover_index=clauses.leftover_index,
        expression=expression,
        text=text,
        repairs=repairs,
    )


def parse_expression(text: str) -> Node:
    """Return the tree of a bare expression, nothing printed around it; FormulaError otherwise."""
    if len(text) > MAX_LENGTH:
        raise FormulaError("too_long", text=text[:80], position=MAX_LENGTH)
    return read_tokens(Lexing.of(text))


def _printed(clauses: Clauses) -> str:
    """Return the printed expression without wraps and without the clauses taken out."""
    kept = clauses.kept.strip(_NOTHING)
    if not _BLANKS.search(kept):
        return kept
    return _AROUND.sub(r"\1", squeeze(kept)).strip(_NOTHING)


def _read_body(clauses: Clauses) -> tuple[Node | None, tuple[Repair, ...], tuple[str, ...]]:
    start, end = _split_result(clauses)
    signs, repairs, front = mend_brackets(clauses.signs[start:end])
    if not signs.strip(_NOTHING):
        return None, (), ()
    signs = clauses.unmask(signs, start - front)
    lexing = Lexing(signs if repairs else clauses.kept[start:end], signs)
    try:
        return _joined(read_tokens(lexing)), repairs, tuple(lexing.notes)
    except FormulaError as error:
        error.position = min(max(error.position - front, 0) + start, len(clauses.text))
        error.text = clauses.text
        raise _several(error, clauses) or error from None


def _several(error: FormulaError, clauses: Clauses) -> FormulaError | None:
    """Return the error of a cell with several measures: a limit amid the text, and one at its end."""
    if error.reason != "unknown_character" or not (clauses.limit or clauses.target_rule):
        return None
    ended = _LIMIT_AMID.match(clauses.folded, error.position)
    if ended is None:
        return None
    found = clauses.text[ended.end() : ended.end() + _SHOWN].split()[0]
    return FormulaError("several_measures", text=clauses.text, position=ended.end(), found=found)


def _split_result(clauses: Clauses) -> tuple[int, int]:
    """Return the stretch of the expression; a name before or after an equals sign names the result."""
    signs = clauses.signs
    at = equals_at(signs, "=:")
    if at is None:
        return 0, len(signs)
    left, right = signs[:at], signs[at + 1 :]
    if not right.strip(_NOTHING):
        return 0, at
    if not _calculates(left):
        clauses.result_name = clauses.words(0, at) or None
        return _only(clauses, at)
    if not _calculates(right):
        clauses.result_name = clauses.words(at + 1, len(signs))
        return 0, at
    raise FormulaError("two_expressions", text=clauses.text, position=at, found=clauses.text[at])


def _only(clauses: Clauses, at: int) -> tuple[int, int]:
    again = equals_at(clauses.signs[at + 1 :])
    if again is not None:
        position = at + 1 + again
        raise FormulaError("two_expressions", text=clauses.text, position=position, found="=")
    return at + 1, len(clauses.signs)


def _calculates(signs: str) -> bool:
    if MASK in signs:
        return True
    bare = _BRACKETED.sub(lambda found: " " if is_note(found[1]) else found[0], signs)
    return has_operator(re.sub(r"[()\[\]{}]", " ", bare))


def _joined(node: Node) -> Node:
    """Return 甲件數及乙件數 as the sum it stands for, when it is all that is printed."""
    if isinstance(node, Sum):
        return _weighted_sum(node) or node
    if not isinstance(node, Item) or "「" in node.name:
        return node
    if weighted := _weighted(node.name):
        return weighted
    names = [name for name in _AND.split(node.name) if name]
    if len(names) < 2 or not all(_COUNTED.search(name) and len(name) > 2 for name in names):
        return node
    units = {found[1] for name in names if (found := _UNIT.search(name))}
    return node if len(units) > 1 else Sum(tuple(("+", Item(name, node.per)) for name in names))


def _weighted_sum(node: Sum) -> Sum | None:
    """Return 規劃(20%)＋施工(80%) as the weighted progress it stands for."""
    names = [term.name for sign, term in node.terms if sign == "+" and isinstance(term, Item)]
    return _weighted("、".join(names)) if len(names) == len(node.terms) else None


def _weighted(name: str) -> Sum | None:
    """Return 規劃(20%)、施工(80%) as the weighted progress it stands for, where the weights total 100 %."""
    parts = [_WEIGHT.fullmatch(part) for part in _LISTED.split(name) if part]
    if len(parts) < 2 or not all(parts):
        return None
    given = [(part[1], part[2]) for part in parts if part]
    if sum(Decimal(weight) for _, weight in given) != 100:
        return None
    return Sum(
        tuple(
            ("+", Product((("*", Item(item)), ("*", Number(weight, percent=True)))))
            for item, weight in given
        )
    )


def _by_legend(item: Item, legend: Mapping[str, str]) -> Node:
    """Return an item under the name that its letter stands for (A：結案件數), or the sum that it does."""
    letter = item.inner
    if has_operator(fold_signs(legend.get(letter, ""))) and not item.at:
        return parse_expression(legend[letter])
    return replace(item, name=item.name.replace(letter, legend.get(letter, letter)))


def _lift(body: Node | None, result_name: str | None) -> tuple[Node | None, str | None]:
    """Return the body without a bracket that defines the result itself: 合格率（甲÷乙）×100%."""
    match body:
        case Defined(name, inner) if result_name is None:
            return inner, name
        case Percentage(Defined(name, inner)) if result_name is None:
            return Percentage(inner), name
        case _:
            return body, result_name


def _define(text: str) -> Definition:
    at = fold_signs(text).find("=")
    return Definition(tidy_name(text[:at]), parse_expression(text[at + 1 :]))
