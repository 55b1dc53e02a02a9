"""The commands that read a document: read and check."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from hengtu.cli.judging import read_rulebook_option
from hengtu.cli.printing import Commands, add_command, print_findings, print_json
from hengtu.cli.sarif import print_sarif
from hengtu.core.duties import check_duties
from hengtu.core.exchange import plan_to_json
from hengtu.core.issues import Finding, tell_once
from hengtu.core.plan import Plan
from hengtu.readers import read_file
from hengtu.wording.commands import help_text, summary
from hengtu.wording.findings import count_levels, print_finding


def add_commands(commands: Commands) -> None:
    """Add read and check."""
    read = add_command(commands, "read", run_read)
    read.add_argument("file", type=Path, help=help_text("file"))
    read.add_argument("--json", action="store_true", help=help_text("json"))
    check = add_command(commands, "check", run_check)
    check.add_argument("file", type=Path, help=help_text("file"))
    form = check.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=help_text("json"))
    form.add_argument("--sarif", action="store_true", help=help_text("sarif"))
    check.add_argument("--rulebook", default="default", help=help_text("rulebook_code"))


def run_read(options: argparse.Namespace) -> int:
    """Print what a document says; 1 when a finding stands at level error."""
    draft = read_file(options.file)
    if options.json:
        print_json({"plan": plan_to_json(draft.plan), "findings": _printed(draft.findings)})
    else:
        _print_plan(draft.plan)
        print_findings(draft.findings)
    return int(draft.has_errors)


def run_check(options: argparse.Namespace) -> int:
    """Print the findings of a document, broken duties of the rulebook among them; 1 for one at level error."""
    rulebook = read_rulebook_option(options.rulebook)
    draft = read_file(options.file)
    findings = tell_once((*draft.findings, *check_duties(draft.plan, rulebook)))
    if options.sarif:
        print_json(print_sarif(findings, options.file))
    elif options.json:
        totals = {**count_levels(findings), "total": len(findings)}
        print_json({"findings": _printed(findings), "summary": totals})
    else:
        print_findings(findings)
    return int(any(one.level == "error" for one in findings))


def _printed(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    return [print_finding(finding) for finding in findings]


def _print_plan(plan: Plan) -> None:
    if plan.title or plan.agency.name:
        print(summary("plan", title=plan.title, agency=plan.agency.name))
    print(
        summary(
            "counts",
            themes=len(plan.themes),
            objectives=len(plan.objectives),
            kpis=len(plan.kpis),
            actions=len(plan.actions),
            strategies=sum(len(g.strategies) for g in plan.guidelines),
            work_items=len(plan.work_items),
        )
    )
