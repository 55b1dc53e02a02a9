"""The commands that read and write files and need no database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from hengtu.cli.failure import CommandError
from hengtu.cli.judging import add_options, judge_plan, marks_of
from hengtu.cli.sarif import print_sarif
from hengtu.core.diff import diff_plans
from hengtu.core.exchange import plan_to_json
from hengtu.core.issues import LEVELS, Finding
from hengtu.core.plan import Plan
from hengtu.core.schema import actuals_schema, findings_schema, plan_schema
from hengtu.readers import read_file
from hengtu.wording.catalogue import LANGUAGES
from hengtu.wording.commands import help_text, summary
from hengtu.wording.findings import LEVEL_NAMES, count_levels, finding_message, print_finding
from hengtu.writers.produce import REPORTS, write_report

Commands = Any  # argparse gives its sub-parser action no public type
SCHEMAS = {"plan": plan_schema, "actuals": actuals_schema, "findings": findings_schema}


def add_commands(commands: Commands) -> None:
    """Add read, check, write, diff and schema."""
    read = _add(commands, "read", run_read)
    read.add_argument("file", type=Path, help=help_text("file"))
    read.add_argument("--json", action="store_true", help=help_text("json"))
    check = _add(commands, "check", run_check)
    check.add_argument("file", type=Path, help=help_text("file"))
    form = check.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=help_text("json"))
    form.add_argument("--sarif", action="store_true", help=help_text("sarif"))
    _add_write(commands)
    diff = _add(commands, "diff", run_diff)
    diff.add_argument("old", type=Path, help=help_text("file"))
    diff.add_argument("new", type=Path, help=help_text("file"))
    diff.add_argument("--json", action="store_true", help=help_text("json"))
    schema = _add(commands, "schema", run_schema)
    schema.add_argument("document", choices=tuple(SCHEMAS), help=help_text("document"))


def _add_write(commands: Commands) -> None:
    write = _add(commands, "write", run_write)
    write.add_argument("plan", type=Path, help=help_text("file"))
    write.add_argument("--report", required=True, choices=tuple(REPORTS), help=help_text("report"))
    write.add_argument("--to", required=True, type=Path, help=help_text("to"))
    write.add_argument("--lang", choices=LANGUAGES, default="zh-Hant", help=help_text("lang"))
    add_options(write, needed=False)


def _add(commands: Commands, name: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_text(name))
    parser.set_defaults(run=run)
    return parser


def run_read(options: argparse.Namespace) -> int:
    """Print what a document says; 1 when a finding stands at level error."""
    draft = read_file(options.file)
    if options.json:
        print_json({"plan": plan_to_json(draft.plan), "findings": _printed(draft.findings)})
    else:
        _print_plan(draft.plan)
        _print_findings(draft.findings)
    return int(draft.has_errors)


def run_check(options: argparse.Namespace) -> int:
    """Print the findings of a document; 1 when one stands at level error."""
    draft = read_file(options.file)
    if options.sarif:
        print_json(print_sarif(draft.findings, options.file))
    elif options.json:
        totals = {**count_levels(draft.findings), "total": len(draft.findings)}
        print_json({"findings": _printed(draft.findings), "summary": totals})
    else:
        _print_findings(draft.findings)
    return int(draft.has_errors)


def run_write(options: argparse.Namespace) -> int:
    """Write a report of a plan; the suffix of the output decides the format."""
    plan = read_file(options.plan).plan
    lights = marks_of(judge_plan(plan, options), options.lang) if options.actuals else None
    written = write_report(
        plan,
        report=options.report,
        suffix=options.to.suffix,
        lang=options.lang,
        results=lights,
    )
    try:
        options.to.write_bytes(written)
    except OSError as refused:
        raise CommandError("cannot_write", file=str(options.to)) from refused
    return 0


def run_diff(options: argparse.Namespace) -> int:
    """Print what changed between two plans; always fine."""
    changes = diff_plans(read_file(options.old).plan, read_file(options.new).plan)
    if options.json:
        fields = ("kind", "subject", "field", "old", "new")
        print_json({"changes": [{name: getattr(c, name) for name in fields} for c in changes]})
    else:
        for c in changes:
            print(summary(c.kind, subject=c.subject, field=c.field, old=c.old, new=c.new))
        if not changes:
            print(summary("same"))
    return 0


def run_schema(options: argparse.Namespace) -> int:
    """Print a JSON Schema."""
    print_json(SCHEMAS[options.document]())
    return 0


def print_json(document: object) -> None:
    """Print one JSON document to standard output."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _printed(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    return [print_finding(finding) for finding in findings]


def _print_plan(plan: Plan) -> None:
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


def _print_findings(findings: tuple[Finding, ...]) -> None:
    if not findings:
        print(summary("no_findings"))
        return
    counts = count_levels(findings)
    error, warning, hint = (counts[level] for level in LEVELS)
    print(summary("findings", error=error, warning=warning, hint=hint))
    for finding in findings:
        key = "finding" if finding.where.line else "finding_elsewhere"
        lines = "、".join(map(str, finding.where.all_lines()[:6]))
        level = LEVEL_NAMES[finding.level]
        print(
            summary(
                key, level=level, code=finding.code, line=lines, message=finding_message(finding)
            )
        )
