"""The command that prints the JSON Schemas of the contract."""

from __future__ import annotations

import argparse

from hengtu.cli.printing import Commands, add_command, print_json
from hengtu.core.schema import actuals_schema, findings_schema, plan_schema
from hengtu.wording.commands import help_text

SCHEMAS = {"plan": plan_schema, "actuals": actuals_schema, "findings": findings_schema}


def add_commands(commands: Commands) -> None:
    """Add schema."""
    schema = add_command(commands, "schema", run_schema)
    schema.add_argument("document", choices=tuple(SCHEMAS), help=help_text("document"))


def run_schema(options: argparse.Namespace) -> int:
    """Print a JSON Schema."""
    print_json(SCHEMAS[options.document]())
    return 0
