"""The command that tells what changed between two plans."""

from __future__ import annotations

import argparse
from pathlib import Path

from hengtu.cli.printing import Commands, add_command, print_json
from hengtu.core.diff import diff_plans
from hengtu.readers import read_file
from hengtu.wording.changes import tell_changes
from hengtu.wording.commands import help_text, summary


def add_commands(commands: Commands) -> None:
    """Add diff."""
    diff = add_command(commands, "diff", run_diff)
    diff.add_argument("old", type=Path, help=help_text("file"))
    diff.add_argument("new", type=Path, help=help_text("file"))
    diff.add_argument("--json", action="store_true", help=help_text("json"))


def run_diff(options: argparse.Namespace) -> int:
    """Print what changed between two plans; always fine."""
    changes = diff_plans(read_file(options.old).plan, read_file(options.new).plan)
    if options.json:
        fields = ("kind", "subject", "field", "old", "new")
        print_json({"changes": [{name: getattr(c, name) for name in fields} for c in changes]})
    else:
        for told in tell_changes(changes):
            line = summary(
                told.kind, subject=told.subject, field=told.place, old=told.old, new=told.new
            )
            print(" ".join(line.split()).replace(" ：", "："))
        if not changes:
            print(summary("same"))
    return 0
