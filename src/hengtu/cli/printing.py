"""What every command prints: one JSON document, or findings in lines."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from hengtu.core.issues import LEVELS, Finding
from hengtu.wording.commands import help_text, summary
from hengtu.wording.findings import LEVEL_NAMES, count_levels, finding_message

Commands = Any  # argparse gives its sub-parser action no public type


def add_command(commands: Commands, name: str, run: Any) -> argparse.ArgumentParser:
    """Add a command with its help text and return its parser."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_text(name))
    parser.set_defaults(run=run)
    return parser


def print_json(document: object) -> None:
    """Print one JSON document to standard output."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def print_findings(findings: tuple[Finding, ...]) -> None:
    """Print findings in lines, the counts first."""
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
