"""The command that reads and works out one formula; it needs no database."""

from __future__ import annotations

import argparse
import math
from difflib import get_close_matches
from typing import Any, cast, get_args

from hengtu.cli.failure import CommandError
from hengtu.cli.printing import Commands, print_json
from hengtu.core.amounts import MissingKind, fold, read_missing, read_number
from hengtu.core.formulas import (
    Formula,
    FormulaError,
    Outcome,
    evaluate,
    parse,
    parse_expression,
    spell,
)
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
AROUND = 20  # characters shown on either side of an error
NEAR = 0.5  # names of one formula differ; half of the characters tell which was meant


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
    known: dict[str, Known] = {}
    for name, value in given.items():
        printed = names.get(name) or names.get(tidy(_respelled(name)))
        if printed is None:
            raise _unknown_item(name, names)
        known[printed] = value
    return known


def _respelled(name: str) -> str:
    """Return an operand as formulas spell it: prev(件數) is 前期(件數)."""
    try:
        return spell(parse_expression(name))
    except FormulaError:
        return name


def _unknown_item(name: str, names: dict[str, str]) -> CommandError:
    items = "、".join(names.values())
    if near := get_close_matches(name, names, n=1, cutoff=NEAR):
        return CommandError("unlike_item", given=name, near=names[near[0]], items=items)
    return CommandError("unknown_item" if names else "no_items", given=name, items=items)


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
        if error.text:
            print(_marked(error))
        print(told["hint"])
    return NO_VALUE


def _marked(error: FormulaError) -> str:
    """Return the words around the place of an error, the place marked."""
    first, last = max(0, error.position - AROUND), error.position + AROUND
    before, after = error.text[first : error.position], error.text[error.position : last]
    return summary("marked", before=" ".join(before.split()), after=" ".join(after.split()))


def _print(formula: Formula, outcome: Outcome) -> None:
    if formula.repairs:
        print(summary("read_as", formula=spell(formula)))
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
