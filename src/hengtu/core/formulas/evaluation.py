"""A formula on one record: the value or the kind of missing, and every step that led there."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from hengtu.core.amounts import MISSING_KINDS, MissingKind
from hengtu.core.formulas.definitions import find_defining
from hengtu.core.formulas.rounding import round_half_up
from hengtu.core.formulas.spelling import spell
from hengtu.core.formulas.tree import (
    Call,
    Defined,
    Formula,
    Item,
    Negative,
    Node,
    Number,
    Percentage,
    Positive,
    Product,
    Relation,
    Relator,
    Sum,
    Total,
    is_percentage,
    is_share,
)

Known = float | MissingKind
StepKind = Literal[
    "item",
    "definition",
    "sum",
    "product",
    "total",
    "positive",
    "percentage",
    "already_percentage",
    "scaled",
    "function",
    "condition",
]
NoValue = Literal["item_missing", "division_by_zero", "not_finite", "no_expression"]
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Answer:
    """A number, or the kind of missing with its reason and the items that are missing."""

    value: float | None = None
    missing: MissingKind | None = None
    reason: NoValue | None = None
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was worked out, in canonical spelling, and its answer."""

    kind: StepKind
    text: str
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The answer of a formula, whether its printed limit is met, and the steps in order.

    ``scaled`` tells that a quotient without ×100% was taken times 100 because its unit is %.
    """

    answer: Answer
    met: bool | None = None
    scaled: bool = False
    steps: tuple[Step, ...] = ()


def evaluate(formula: Formula, known: Mapping[str, Known], *, unit: str | None = None) -> Outcome:
    """Return the outcome of a formula for the values of its items, percentages as people type them.

    An item without a value is ``not_reported``; what is missing stays missing and is never zero.

    >>> from hengtu.core.formulas import parse
    >>> evaluate(parse("甲÷乙×100%≥90%"), {"甲": 45, "乙": 50}).answer.value
    90.0
    """
    if formula.body is None:
        return Outcome(answer=Answer(missing="not_computable", reason="no_expression"))
    run = _Run(known, {d.name: d.body for d in formula.definitions})
    answer = run.answer(formula.body)
    printed = unit or formula.unit or (formula.limit.unit if formula.limit else None)
    scaled = printed in ("%", "％") and is_share(formula.body)
    if scaled:
        answer = run.note("scaled", formula.body, _times_hundred(answer))
    limit = formula.limit
    met = None
    if limit and answer.value is not None:
        met = meets(answer.value, limit.op, limit.value)
    return Outcome(answer=answer, met=met, scaled=scaled, steps=tuple(run.steps))


def meets(value: float, op: Relator, bound: float) -> bool:
    """Return whether a value stands in a relation to a bound, equal within 1e-9 of it.

    >>> meets(56 / 500 * 100, "<=", 11.2)
    True
    """
    equal = math.isclose(value, bound, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    match op:
        case "=":
            return equal
        case "<>":
            return not equal
        case ">=":
            return equal or value > bound
        case "<=":
            return equal or value < bound
        case ">":
            return not equal and value > bound
        case "<":
            return not equal and value < bound


def worst(answers: list[Answer]) -> Answer | None:
    """Return what several operands lack together: the gravest kind and every missing item, or None."""
    lacking = [answer for answer in answers if answer.missing]
    if not lacking:
        return None
    gravest = max(lacking, key=lambda answer: MISSING_KINDS.index(answer.missing or "blank"))
    absent = tuple(dict.fromkeys(name for answer in lacking for name in answer.absent))
    return Answer(missing=gravest.missing, reason=gravest.reason, absent=absent)


@dataclass
class _Run:
    known: Mapping[str, Known]
    definitions: Mapping[str, Node]
    steps: list[Step] = field(default_factory=list)
    open: set[str] = field(default_factory=set)

    def note(self, kind: StepKind, node: Node, answer: Answer) -> Answer:
        """Keep a step, an item once."""
        step = Step(kind, spell(node), answer)
        if kind != "item" or step not in self.steps:
            self.steps.append(step)
        return answer

    def answer(self, node: Node) -> Answer:
        """Return the answer of a node after those below it."""
        match node:
            case Number():
                return _finite(node.value)
            case Item():
                return self._item(node)
            case Sum():
                return self._sum(node)
            case Product():
                return self._product(node)
            case Negative(body):
                return _mapped(self.answer(body), -1.0)
            case Defined(_, body):
                return self.note("definition", node, self.answer(body))
            case Total(body):
                return self.note("total", node, self.answer(body))
            case Positive(body):
                return self.note("positive", node, _as_sign(self.answer(body)))
            case Percentage(body):
                return self._percentage(node, body)
            case Relation():
                return self._relation(node)
            case Call():
                return self._call(node)

    def _item(self, node: Item) -> Answer:
        given = self.known.get(node.name)
        if given is None:
            return self._defined(node) or self.note(
                "item",
                node,
                Answer(missing="not_reported", reason="item_missing", absent=(node.name,)),
            )
        if isinstance(given, str):
            return self.note(
                "item", node, Answer(missing=given, reason="item_missing", absent=(node.name,))
            )
        return self.note("item", node, _finite(float(given)))

    def _defined(self, node: Item) -> Answer | None:
        """Return an item by the note that defines it: 決算數＝實支數＋保留數 defines 業務費決算數 too."""
        name = find_defining(node.name, self.definitions, self.open)
        if name is None:
            return None
        self.open.add(name)
        answer = self.answer(self.definitions[name])
        self.open.discard(name)
        return self.note("definition", node, answer)

    def _sum(self, node: Sum) -> Answer:
        answers = [self.answer(term) for _, term in node.terms]
        if lacking := worst(answers):
            return self.note("sum", node, lacking)
        total = 0.0
        for (sign, _), answer in zip(node.terms, answers, strict=True):
            total += (answer.value or 0.0) if sign == "+" else -(answer.value or 0.0)
        return self.note("sum", node, _finite(total))

    def _product(self, node: Product) -> Answer:
        answers = [self.answer(factor) for _, factor in node.factors]
        if lacking := worst(answers):
            return self.note("product", node, lacking)
        result = 1.0
        for (stroke, _), answer in zip(node.factors, answers, strict=True):
            number = answer.value or 0.0
            if stroke == "/" and number == 0:
                zero = Answer(missing="not_computable", reason="division_by_zero")
                return self.note("product", node, zero)
            result = result * number if stroke == "*" else result / number
        return self.note("product", node, _finite(result))

    def _relation(self, node: Relation) -> Answer:
        left, right = self.answer(node.left), self.answer(node.right)
        if lacking := worst([left, right]):
            return self.note("condition", node, lacking)
        holds = meets(left.value or 0.0, node.op, right.value or 0.0)
        return self.note("condition", node, Answer(1.0 if holds else 0.0))

    def _call(self, node: Call) -> Answer:
        """Return the answer of a function; what ``if`` does not choose is not looked at."""
        match node.function:
            case "if":
                condition = self.answer(node.arguments[0])
                if condition.value is None:
                    return self.note("function", node, condition)
                chosen = node.arguments[1 if condition.value else 2]
                return self.note("function", node, self.answer(chosen))
            case "if_missing":
                given = self.answer(node.arguments[0])
                there = given.value is not None
                return self.note(
                    "function", node, given if there else self.answer(node.arguments[1])
                )
        answers = [self.answer(one) for one in node.arguments]
        if node.function == "count":
            known = [answer for answer in answers if answer.value is not None]
            return self.note("function", node, Answer(float(len(known))))
        kind: StepKind = "condition" if node.function in ("and", "or", "not") else "function"
        if lacking := worst(answers):
            return self.note(kind, node, lacking)
        return self.note(kind, node, _applied(node, [one.value or 0.0 for one in answers]))

    def _percentage(self, node: Percentage, body: Node) -> Answer:
        answer = self.answer(body)
        if is_percentage(body):
            return self.note("already_percentage", node, answer)
        return self.note("percentage", node, _times_hundred(answer))


def _applied(node: Call, given: list[float]) -> Answer:
    """Return the answer of a function whose arguments are all there."""
    match node.function:
        case "mean":
            return _finite(_added(given) / len(given))
        case "sum":
            return _finite(_added(given))
        case "max":
            return Answer(max(given))
        case "min" | "and":
            return Answer(min(given))
        case "or":
            return Answer(max(given))
        case "not":
            return Answer(1.0 - given[0])
        case "abs":
            return Answer(abs(given[0]))
        case _:
            return _finite(round_half_up(given[0], int(given[1]) if len(given) > 1 else 0))


def _added(given: list[float]) -> float:
    """Return the sum from left to right, as every engine adds."""
    total = 0.0
    for number in given:
        total += number
    return total


def _mapped(answer: Answer, factor: float) -> Answer:
    return answer if answer.value is None else _finite(answer.value * factor)


def _times_hundred(answer: Answer) -> Answer:
    return _mapped(answer, 100.0)


def _as_sign(answer: Answer) -> Answer:
    if answer.value is None:
        return answer
    return Answer(1.0 if meets(answer.value, ">", 0.0) else 0.0)


def _finite(number: float) -> Answer:
    if math.isfinite(number):
        return Answer(number)
    return Answer(missing="not_computable", reason="not_finite")
