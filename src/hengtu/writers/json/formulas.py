"""A formula worked out, or why it cannot be read, as a JSON object."""

from __future__ import annotations

from typing import Any

from hengtu.core.formulas import Formula, FormulaError, Outcome
from hengtu.core.formulas.tree import Percentage, items
from hengtu.core.judging.items import operands
from hengtu.wording.catalogue import Language
from hengtu.wording.formulas import tell_error, tell_evaluation, tell_hint


def list_names(formula: Formula) -> list[str]:
    """Return the items as printed, then those of notes that define them."""
    in_notes = [node.name for node in operands(formula)]
    return list(dict.fromkeys((*items(formula), *in_notes)))


def describe_outcome(
    text: str,
    formula: Formula,
    outcome: Outcome,
    *,
    unit: str | None = None,
    lang: Language = "zh-Hant",
) -> dict[str, Any]:
    """Return items, value or kind of missing, threshold and steps of a formula."""
    answer, limit = outcome.answer, formula.limit
    return {
        "text": text,
        "items": list_names(formula),
        "value": answer.value,
        "missing": answer.missing,
        "unit": unit or unit_of(formula),
        "threshold": {"op": limit.op, "value": limit.value, "unit": limit.unit} if limit else None,
        "met": outcome.met,
        "steps": [
            {
                "kind": step.kind,
                "expression": step.text,
                "value": step.answer.value,
                "missing": step.answer.missing,
                "text": tell_evaluation(step, lang),
            }
            for step in outcome.steps
        ],
        "error": None,
    }


def unit_of(formula: Formula) -> str | None:
    """Return the unit that a formula prints with itself or its threshold; ×100% gives %."""
    printed = formula.unit or (formula.limit.unit if formula.limit else None)
    return printed or ("%" if isinstance(formula.body, Percentage) else None)


def describe_error(
    text: str, error: FormulaError, *, unit: str | None = None, lang: Language = "zh-Hant"
) -> dict[str, Any]:
    """Return the same object for a formula that cannot be read, with the place, the reason and a hint."""
    told = {
        "code": error.reason,
        "message": tell_error(error, lang),
        "position": error.position,
        "hint": tell_hint(error, lang),
    }
    nothing = {"value": None, "missing": "not_computable", "unit": unit}
    rest: dict[str, Any] = {"threshold": None, "met": None, "steps": [], "error": told}
    return {"text": text, "items": [], **nothing, **rest}
