"""Formulas as agencies print them: parsed once to a small tree, then spelled, listed and evaluated."""

from hengtu.core.formulas.evaluation import Answer, Outcome, Step, evaluate
from hengtu.core.formulas.failure import FormulaError
from hengtu.core.formulas.reading import parse, parse_expression
from hengtu.core.formulas.spelling import spell
from hengtu.core.formulas.tree import Formula, items

__all__ = [
    "Answer",
    "Formula",
    "FormulaError",
    "Outcome",
    "Step",
    "evaluate",
    "items",
    "parse",
    "parse_expression",
    "spell",
]
