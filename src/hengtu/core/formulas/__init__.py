"""Formulas as agencies print them: parsed once to a small tree, then spelled, listed and evaluated."""

from hengtu.core.formulas.failure import FormulaError
from hengtu.core.formulas.reading import parse
from hengtu.core.formulas.spelling import spell
from hengtu.core.formulas.tree import Formula, items

__all__ = ["Formula", "FormulaError", "items", "parse", "spell"]
