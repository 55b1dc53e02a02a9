"""The command ``hengtu``: file commands need no database, the others run on the configured one."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Iterable, Sequence
from typing import NoReturn

from hengtu import __version__
from hengtu.cli.failure import CommandError
from hengtu.cli.site import Site
from hengtu.readers.failure import ReadError
from hengtu.wording.commands import help_text
from hengtu.wording.failures import failure_message
from hengtu.wording.usage import tell_usage
from hengtu.writers.failure import WriteError

FINE, FINDINGS, WRONG = 0, 1, 2
# Which module adds a command: one command never waits for the imports of the others.
FILE_COMMANDS = {
    "read": "documents",
    "check": "documents",
    "write": "writing",
    "diff": "comparing",
    "schema": "schemas",
    "formula": "formulas",
    "compute": "computing",
}
SITE_COMMANDS = {
    "demo": "database",
    "serve": "database",
    "migrate": "database",
    "import": "database",
    "user": "users",
    "recompute": "recomputing",
}


class _Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        raise CommandError("usage", problem=tell_usage(message), command=self.prog)


def main(argv: Sequence[str] | None = None, *, site: Site | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 findings at level error, 2 wrong use.

    Without a site only the file commands are there.
    """
    _speak_utf8()
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        options = build_parser(site, words[:1]).parse_args(words)
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except (CommandError, ReadError, WriteError) as failure:
        return _complain(failure_message(failure.reason, failure.args_))
    except BrokenPipeError:
        _let_go_of_output()
        return FINE
    except OSError as refused:
        _let_go_of_output()
        return _complain(failure_message("cannot_write", {"file": refused.strerror or ""}))
    except KeyboardInterrupt:
        return 130
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else FINE


def build_parser(site: Site | None = None, wanted: Iterable[str] = ()) -> argparse.ArgumentParser:
    """Return the parser of the wanted commands, or of all when one of them is unknown."""
    parser = _Parser(prog="hengtu", description=help_text("hengtu"))
    parser.add_argument("--version", action="version", version=f"hengtu {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    known = {**FILE_COMMANDS, **(SITE_COMMANDS if site else {})}
    names = [name for name in wanted if name in known] or list(known)
    for module in dict.fromkeys(known[name] for name in names):
        room = importlib.import_module(f"hengtu.cli.{module}")
        if module in SITE_COMMANDS.values():
            room.add_commands(commands, site)
        else:
            room.add_commands(commands)
    return parser


def _complain(sentence: str) -> int:
    print(f"hengtu: {' '.join(sentence.splitlines())}", file=sys.stderr)
    return WRONG


def _let_go_of_output() -> None:
    """Send what Python still holds nowhere: it would complain about it when it ends."""
    if sys.__stdout__ is not None and sys.stdout is sys.__stdout__:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno())


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
