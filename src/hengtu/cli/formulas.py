"""The command that reads and works out one formula; it needs no database."""

from __future__ import annotations

import argparse
import math
from typing import Any, cast, get_args

from hengtu.cli.failure import CommandError
from hengtu.cli.printing import Commands, print_json
from hengtu.core.amounts import MissingKind, fold, read_missing, read_number
from hengtu.core.formulas import Formula, FormulaError, Outcome, evaluate, parse
from hengtu.core.formulas.evaluation import Known
from hengtu.core.formulas.tree import Percentage, items
from hengtu.core.hanzi import has_hanzi
from hengtu.core.judging.figures import tidy
from hengtu.core.judging.items import operands
from hengtu.wording.commands import help_text, summary
from hengtu.wording.explanations import NO_VALUES, OPS
from hengtu.wording.formulas import tell_error, tell_evaluation, tell_hint
from hengtu.wording.numbers import print_number

FINE, NO_VALUE = 0, 1


def add_commands(commands: Commands) -> None:
    """Add formula."""
    parser = commands.add_parser("formula", help=help_text("formula"))
    parser.set_defaults(run=run_formula)
    parser.add_argument("text", help=help_text("text"))
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help=help_text("set")
    )
    parser.add_argument("--unit", help=help_text("unit"))
    parser.add_argument("--json", action="store_true", help=help_text("json"))


def run_formula(options: argparse.Namespace) -> int:
    """Print a formula's items, value and steps; 1 when there is no value."""
    given = dict(_read_set(text) for text in options.set)
    try:
        formula = parse(options.text)
    except FormulaError as error:
        return _fail(options, error)
    known = _match(formula, given)
    outcome = evaluate(formula, known, unit=options.unit)
    if options.json:
        print_json(_describe(options, formula, outcome))
    else:
        _print(formula, outcome)
    return FINE if outcome.answer.value is not None else NO_VALUE


def _read_set(text: str) -> tuple[str, Known]:
    name, equals, value = text.rpartition("=")
    if not equals or not name.strip():
        raise CommandError("bad_set", given=text)
    words = value.strip()
    if words in get_args(MissingKind):
        return tidy(name), cast("MissingKind", words)
    number = read_number(fold(words).removesuffix("%"))
    if number and math.isfinite(float(number[0])):
        return tidy(name), float(number[0])
    if has_hanzi(words) and (missing := read_missing(words)):
        return tidy(name), missing
    raise CommandError("bad_set", given=text)


def _match(formula: Formula, given: dict[str, Known]) -> dict[str, Known]:
    """Return what was given by the names that the formula prints."""
    names = {tidy(name): name for name in _names(formula)}
    for name in given:
        if name not in names:
            raise CommandError("unknown_item", given=name, items="、".join(_names(formula)))
    return {names[name]: value for name, value in given.items()}


def _names(formula: Formula) -> list[str]:
    """Return the items as printed, then those of notes that define them."""
    in_notes = [node.name for node in operands(formula)]
    return list(dict.fromkeys((*items(formula), *in_notes)))


def _describe(options: argparse.Namespace, formula: Formula, outcome: Outcome) -> dict[str, Any]:
    answer, limit = outcome.answer, formula.limit
    return {
        "text": options.text,
        "items": _names(formula),
        "value": answer.value,
        "missing": answer.missing,
        "unit": options.unit or _unit(formula),
        "threshold": {"op": limit.op, "value": limit.value, "unit": limit.unit} if limit else None,
        "met": outcome.met,
        "steps": [
            {
                "kind": step.kind,
                "expression": step.text,
                "value": step.answer.value,
                "missing": step.answer.missing,
                "text": tell_evaluation(step),
            }
            for step in outcome.steps
        ],
        "error": None,
    }


def _unit(formula: Formula) -> str | None:
    printed = formula.unit or (formula.limit.unit if formula.limit else None)
    return printed or ("%" if isinstance(formula.body, Percentage) else None)


def _fail(options: argparse.Namespace, error: FormulaError) -> int:
    told = {
        "code": error.reason,
        "message": tell_error(error),
        "position": error.position,
        "hint": tell_hint(error),
    }
    if options.json:
        nothing = {"value": None, "missing": "not_computable", "unit": options.unit}
        rest: dict[str, Any] = {"threshold": None, "met": None, "steps": [], "error": told}
        print_json({"text": options.text, "items": [], **nothing, **rest})
    else:
        position = error.position + 1
        print(summary("error_at", position=position, message=told["message"]))
        print(told["hint"])
    return NO_VALUE


def _print(formula: Formula, outcome: Outcome) -> None:
    print(summary("items", items="、".join(_names(formula))))
    for step in outcome.steps:
        print(f"  {tell_evaluation(step)}")
    if outcome.answer.value is None:
        reason = NO_VALUES[outcome.answer.reason or "item_missing"]
        print(summary("no_value", reason=reason))
    else:
        print(summary("value", value=print_number(outcome.answer.value, 6)))
    if limit := formula.limit:
        print(summary("threshold", threshold=f"{OPS[limit.op]}{limit.text}{limit.unit or ''}"))
        if outcome.met is not None:
            print(summary("met" if outcome.met else "not_met"))
