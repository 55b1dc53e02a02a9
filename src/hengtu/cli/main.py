"""The command ``hengtu``: file commands need no database, the others run on the configured one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from hengtu import __version__
from hengtu.cli import computing, database, files, formulas, users
from hengtu.cli.failure import CommandError
from hengtu.cli.site import Site
from hengtu.readers.failure import ReadError
from hengtu.wording.commands import help_text
from hengtu.wording.failures import failure_message
from hengtu.writers.failure import WriteError

FINE, FINDINGS, WRONG = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        raise CommandError("usage", problem=message, command=self.prog)


def main(argv: Sequence[str] | None = None, *, site: Site | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 findings at level error, 2 wrong use.

    Without a site only the file commands are there.
    """
    _speak_utf8()
    parser = build_parser(site)
    try:
        options = parser.parse_args(argv)
        code: int = options.run(options)
        return code
    except (CommandError, ReadError, WriteError) as failure:
        return _complain(failure_message(failure.reason, failure.args_))
    except BrokenPipeError:
        return FINE
    except KeyboardInterrupt:
        return 130
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else FINE


def build_parser(site: Site | None = None) -> argparse.ArgumentParser:
    """Return the parser of every command."""
    parser = _Parser(prog="hengtu", description=help_text("hengtu"))
    parser.add_argument("--version", action="version", version=f"hengtu {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    files.add_commands(commands)
    formulas.add_commands(commands)
    computing.add_commands(commands)
    if site is not None:
        database.add_commands(commands, site)
        users.add_commands(commands, site)
    return parser


def _complain(sentence: str) -> int:
    print(f"hengtu: {sentence}", file=sys.stderr)
    return WRONG


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
