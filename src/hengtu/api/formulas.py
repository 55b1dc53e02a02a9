"""A formula worked out without storing anything, as ``hengtu formula`` does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Router

from hengtu.api.failure import RefusedError
from hengtu.api.guard import SignedIn
from hengtu.api.schemas import FormulaIn, FormulaOut, answers
from hengtu.core.formulas import Formula, FormulaError, evaluate, parse
from hengtu.core.formulas.evaluation import Known
from hengtu.core.judging.figures import tidy
from hengtu.wording.catalogue import language_of
from hengtu.writers.json import describe_error, describe_outcome, list_names

router = Router(tags=["formulas"])


# Nothing is stored, so there is nothing that a forged request could do.
@router.post(
    "/formulas/evaluate",
    response=answers(FormulaOut),
    auth=SignedIn(csrf=False),
    operation_id="evaluate_formula",
)
def answer_formula(request: HttpRequest, given: FormulaIn) -> dict[str, Any]:
    """Read a printed formula and work it out; ``error`` tells where and why it cannot be read."""
    lang = language_of(get_language() or "")
    try:
        formula = parse(given.text)
    except FormulaError as error:
        return describe_error(given.text, error, unit=given.unit, lang=lang)
    outcome = evaluate(formula, match_names(formula, given.values), unit=given.unit)
    return describe_outcome(given.text, formula, outcome, unit=given.unit, lang=lang)


def match_names(formula: Formula, given: Mapping[str, Known]) -> dict[str, Known]:
    """Return values by the names that a formula prints; RefusedError for one that it does not have."""
    names = {tidy(name): name for name in list_names(formula)}
    for name in given:
        if tidy(name) not in names:
            message = _("公式沒有「%(name)s」這個數據項") % {"name": name}
            known = "、".join(names.values())
            raise RefusedError(422, "unknown_item", message, "body.given.values", known)
    return {names[tidy(name)]: value for name, value in given.items()}
