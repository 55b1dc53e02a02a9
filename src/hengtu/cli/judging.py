"""A plan judged by its actuals, as compute and write need it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hengtu.cli.failure import CommandError
from hengtu.core.actuals import Actual, is_period
from hengtu.core.judging.items import Rules
from hengtu.core.judging.results import Result, compute, compute_nodes, latest_period
from hengtu.core.judging.rollup import Node
from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.periods import Period, read_period
from hengtu.core.plan import Plan
from hengtu.readers.actuals import read_actuals
from hengtu.readers.items import read_items_file
from hengtu.readers.opening import open_bytes
from hengtu.readers.rulebooks import load_preset, read_rulebook_file
from hengtu.wording.catalogue import Language
from hengtu.wording.commands import help_text, summary
from hengtu.wording.lights import tell_reason
from hengtu.wording.numbers import print_score
from hengtu.writers.figure import LightMark
from hengtu.writers.reports.map import light_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The results of a plan for a period, with the lights above them and what they were judged by."""

    plan: Plan
    actuals: Sequence[Actual]
    rules: Rules | None
    period: Period
    rulebook: Rulebook
    results: tuple[Result, ...]
    nodes: tuple[Node, ...]


def add_options(parser: argparse.ArgumentParser, *, needed: bool) -> None:
    """Add what judging takes: actuals, period, rulebook, items."""
    parser.add_argument("--actuals", type=Path, required=needed, help=help_text("actuals_file"))
    parser.add_argument("--period", help=help_text("period"))
    parser.add_argument("--rulebook", default="default", help=help_text("rulebook_code"))
    parser.add_argument("--items", type=Path, help=help_text("items_file"))


def judge_plan(plan: Plan, options: argparse.Namespace) -> Judged:
    """Return the results of a plan by the options; ReadError or CommandError for what cannot be used."""
    actuals = read_actuals(open_bytes(options.actuals), str(options.actuals))
    rulebook = read_rulebook_option(options.rulebook)
    rules = read_items_file(options.items) if options.items else None
    period = _period(options.period, actuals, options.actuals)
    if not rulebook.valid_in(period.roc_year):
        raise CommandError("rulebook_of_other_years", code=rulebook.code, given=str(period))
    _tell_strays(plan, actuals)
    results = compute(plan, actuals, period=period, rulebook=rulebook, rules=rules)
    return Judged(
        plan=plan,
        actuals=actuals,
        rules=rules,
        period=period,
        rulebook=rulebook,
        results=results,
        nodes=compute_nodes(plan, results, rulebook),
    )


def marks_of(judged: Judged, lang: Language) -> dict[str, LightMark]:
    """Return the lights of objectives as maps and scorecards show them."""
    return {
        node.code: light_of(node.light, lang=lang, note=_note(node, lang))
        for node in judged.nodes
        if node.kind == "objective"
    }


def _note(node: Node, lang: Language) -> str:
    if node.light == "white":
        return tell_reason(node.reason or "not_reported", lang)
    return f"{print_score(node.score, 0)}%" if node.score is not None else ""


def read_rulebook_option(given: str) -> Rulebook:
    """Return the rulebook of a preset's code or of a file."""
    if given.endswith((".yaml", ".yml")):
        return read_rulebook_file(Path(given))
    return load_preset(given)


def _period(given: str | None, actuals: Sequence[Actual], path: Path) -> Period:
    if given is None:
        latest = latest_period(actuals)
        if latest is None:
            raise CommandError("no_figures", file=str(path))
        return latest
    period = read_period(given) if is_period(given) else None
    if period is None:
        raise CommandError("bad_period", given=given)
    return period


def _tell_strays(plan: Plan, actuals: Sequence[Actual]) -> None:
    known = {kpi.code for kpi in plan.kpis}
    strays = dict.fromkeys(actual.code for actual in actuals if actual.code not in known)
    if strays:
        told = summary("not_in_plan", codes="、".join(list(strays)[:10]))
        print(f"hengtu: {told}", file=sys.stderr)
