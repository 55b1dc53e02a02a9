"""The commands that run on the configured database: demo, serve, migrate, import."""

from __future__ import annotations

import argparse
import errno
import socket
from pathlib import Path
from typing import Any

from hengtu.cli.arguments import plain_words
from hengtu.cli.failure import CommandError
from hengtu.cli.site import Site
from hengtu.core.judging.dependencies import CycleError
from hengtu.readers.actuals import read_actuals
from hengtu.readers.opening import open_bytes
from hengtu.wording.commands import help_text, summary

Commands = Any  # argparse gives its sub-parser action no public type
PORT = 8000


def add_commands(commands: Commands, site: Site) -> None:
    """Add the commands on the database of a site."""
    demo = _add(commands, "demo", run_demo, site)
    serve = _add(commands, "serve", run_serve, site)
    for parser in (demo, serve):
        parser.add_argument("--host", default="127.0.0.1", help=help_text("host"))
        parser.add_argument("--port", type=_port, default=PORT, help=help_text("port"))
    _add(commands, "migrate", run_migrate, site)
    load = _add(commands, "import", run_import, site)
    load.add_argument("file", type=Path, help=help_text("file"))
    load.add_argument("--agency", required=True, type=plain_words, help=help_text("agency"))
    load.add_argument("--actuals", action="store_true", help=help_text("actuals"))


def _add(commands: Commands, name: str, run: Any, site: Site) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_text(name))
    parser.set_defaults(run=run, site=site)
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"1–65535？{text[:20]}")
    return int(text)


def run_demo(options: argparse.Namespace) -> int:
    """Fill the demo with samples and serve it."""
    _require_free(options.host, options.port)
    samples = options.site.prepare_demo()
    options.site.migrate()
    from hengtu.services import demo

    demo.fill(samples)
    names = "、".join(username for username, _, _ in demo.PEOPLE)
    print(summary("accounts", accounts=names, password=demo.PASSWORD))
    return _serve(options)


def run_serve(options: argparse.Namespace) -> int:
    """Serve on the configured database."""
    _require_free(options.host, options.port)
    options.site.prepare()
    options.site.migrate()
    return _serve(options)


def _serve(options: argparse.Namespace) -> int:
    shown = f"[{options.host}]" if ":" in options.host else options.host
    print(summary("serving", url=f"http://{shown}:{options.port}"), flush=True)
    options.site.serve(options.host, options.port)
    return 0


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as refused:
            if refused.errno == errno.EADDRINUSE:
                raise CommandError("port_taken", port=str(port)) from refused
            problem = f"{host}:{port}: {refused.strerror}"
            raise CommandError("usage", problem=problem, command="hengtu serve") from refused


def run_migrate(options: argparse.Namespace) -> int:
    """Create or update the tables."""
    options.site.prepare()
    options.site.migrate()
    print(summary("migrated"))
    return 0


def run_import(options: argparse.Namespace) -> int:
    """Import a plan document, or actuals, into an agency; 1 when the document has error findings."""
    content = open_bytes(options.file)
    options.site.prepare()
    options.site.migrate()
    if options.actuals:
        return _import_actuals(options.file.name, content, options.agency)
    return _import_plan(options.file.name, content, options.agency)


def _import_plan(name: str, content: bytes, agency_name: str) -> int:
    from hengtu.services import accounts, agencies, documents, plans

    system = accounts.system_actor()
    documents.peek(name, content)
    agency = agencies.create_agency(actor=system, name=agency_name)
    document = documents.upload(actor=system, agency=agency, name=name, content=content)
    try:
        row = plans.adopt(actor=system, document=document)
    except plans.NothingToAdoptError as nothing:
        documents.discard(actor=system, document=document)
        raise CommandError("nothing_adopted", file=name) from nothing
    except CycleError as circle:
        documents.discard(actor=system, document=document)
        raise CommandError("kpi_cycle", path=" → ".join(circle.path)) from circle
    errors = document.findings.filter(level="error").exists()
    key = "imported_with_errors" if errors else "imported"
    print(summary(key, title=row.title, agency=agency_name))
    return int(errors)


def _import_actuals(name: str, content: bytes, agency_name: str) -> int:
    rows = read_actuals(content, name)
    from hengtu.queries.agencies import NotFoundError, find_agency
    from hengtu.queries.codes import find_plan_with
    from hengtu.services import accounts, actuals

    try:
        agency = find_agency(agency_name)
    except NotFoundError as unknown:
        raise CommandError("unknown_agency", agency=agency_name) from unknown
    plan = find_plan_with(agency, {row.code for row in rows})
    if plan is None:
        raise CommandError("no_plan", agency=agency_name)
    system = accounts.system_actor()
    try:
        count = actuals.import_rows(actor=system, plan=plan, rows=rows, file=name)
    except actuals.UnknownCodeError as unknown:
        line = str(unknown.line + 1)
        raise CommandError("unknown_code", code=unknown.code, line=line) from unknown
    print(summary("actuals_imported", count=count, agency=agency_name))
    return 0
