"""The command that writes a report of a plan."""

from __future__ import annotations

import argparse
from pathlib import Path

from hengtu.cli.failure import CommandError
from hengtu.cli.judging import add_options, judge_plan, marks_of
from hengtu.cli.printing import Commands, add_command
from hengtu.readers import read_file
from hengtu.wording.catalogue import LANGUAGES
from hengtu.wording.commands import help_text
from hengtu.writers.produce import REPORTS, write_report


def add_commands(commands: Commands) -> None:
    """Add write."""
    write = add_command(commands, "write", run_write)
    write.add_argument("plan", type=Path, help=help_text("file"))
    write.add_argument("--report", required=True, choices=tuple(REPORTS), help=help_text("report"))
    write.add_argument("--to", required=True, type=Path, help=help_text("to"))
    write.add_argument("--lang", choices=LANGUAGES, default="zh-Hant", help=help_text("lang"))
    add_options(write, needed=False)


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
