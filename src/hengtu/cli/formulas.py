"""The command that reads and works out one formula; it needs no database."""

from __future__ import annotations

import argparse
import math
from difflib import get_close_matches
from typing import cast, get_args

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
from hengtu.core.hanzi import has_hanzi
from hengtu.core.judging.figures import tidy
from hengtu.wording.commands import help_text, summary
from hengtu.wording.explanations import NO_VALUES, OPS
from hengtu.wording.formulas import tell_error, tell_evaluation, tell_hint
from hengtu.wording.numbers import print_number
from hengtu.writers.json import describe_error, describe_outcome, list_names

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
        print_json(describe_outcome(options.text, formula, outcome, unit=options.unit))
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
    names = {tidy(name): name for name in list_names(formula)}
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


def _fail(options: argparse.Namespace, error: FormulaError) -> int:
    if options.json:
        print_json(describe_error(options.text, error, unit=options.unit))
    else:
        position = error.position + 1
        print(summary("error_at", position=position, message=tell_error(error)))
        if error.text:
            print(_marked(error))
        print(tell_hint(error))
    return NO_VALUE


def _marked(error: FormulaError) -> str:
    """Return the words around the place of an error, the place marked."""
    first, last = max(0, error.position - AROUND), error.position + AROUND
    before, after = error.text[first : error.position], error.text[error.position : last]
    return summary("marked", before=" ".join(before.split()), after=" ".join(after.split()))


def _print(formula: Formula, outcome: Outcome) -> None:
    if formula.repairs:
        print(summary("read_as", formula=spell(formula)))
    print(summary("items", items="、".join(list_names(formula))))
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
