"""The command ``user``: accounts from the terminal."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from typing import Any, cast

from hengtu.cli.arguments import plain_words
from hengtu.cli.failure import CommandError
from hengtu.cli.site import Site
from hengtu.core.access import ROLES, Role
from hengtu.wording.commands import help_text, summary

Commands = Any  # argparse gives its sub-parser action no public type


def add_commands(commands: Commands, site: Site) -> None:
    """Add ``user add|list|disable|password``."""
    parser: argparse.ArgumentParser = commands.add_parser("user", help=help_text("user"))
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    add = _add(actions, "add", run_add, site)
    add.add_argument("--agency", required=True, type=plain_words, help=help_text("agency"))
    add.add_argument("--role", required=True, help=help_text("role"))
    add.add_argument("--name", type=plain_words, help=help_text("display_name"))
    _add(actions, "list", run_list, site, username=False)
    _add(actions, "disable", run_disable, site)
    password = _add(actions, "password", run_password, site)
    for secret in (add, password):
        secret.add_argument(
            "--password-stdin", action="store_true", help=help_text("password_stdin")
        )


def _add(
    actions: Commands, name: str, run: Any, site: Site, *, username: bool = True
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=help_text(f"user_{name}"))
    parser.set_defaults(run=_on_site, then=run, site=site)
    if username:
        parser.add_argument("username", type=plain_words, help=help_text("username"))
    return parser


def _on_site(options: argparse.Namespace) -> int:
    options.site.prepare()
    options.site.migrate()
    done: int = options.then(options)
    return done


def run_add(options: argparse.Namespace) -> int:
    """Make an account with a role in an agency; its password must be changed at the first sign-in."""
    if options.role not in ROLES:
        raise CommandError("unknown_role", role=options.role, roles="、".join(ROLES))
    from hengtu.queries.agencies import NotFoundError, find_agency
    from hengtu.services.accounts import AccountError, system_actor
    from hengtu.services.registration import register

    try:
        agency = find_agency(options.agency)
    except NotFoundError as unknown:
        raise CommandError("unknown_agency", agency=options.agency) from unknown
    with _PasswordRules():
        try:
            register(
                actor=system_actor(),
                username=options.username,
                password=_ask(options),
                display_name=options.name or "",
                agency=agency,
                role=cast("Role", options.role),
            )
        except AccountError as taken:
            if taken.code != "name_taken":
                problem = f"username: {taken.subject!r}"
                raise CommandError("usage", problem=problem, command="hengtu user") from taken
            raise CommandError("user_exists", username=options.username) from taken
    role, name = options.role, options.username
    print(summary("user_added", username=name, agency=agency.name, role=role))
    return 0


def run_list(options: argparse.Namespace) -> int:
    """Print every account with its roles."""
    from hengtu.queries.accounts import list_accounts

    for account in list_accounts():
        roles = "、".join(f"{agency}：{role}" for agency, role in account.roles)
        print(f"{account.username}\t{account.state}\t{roles}")
    return 0


def run_disable(options: argparse.Namespace) -> int:
    """Disable an account."""
    from hengtu.services.accounts import system_actor
    from hengtu.services.registration import disable

    disable(actor=system_actor(), user=_find(options.username))
    print(summary("user_disabled", username=options.username))
    return 0


def run_password(options: argparse.Namespace) -> int:
    """Set a password that must be changed at the next sign-in."""
    from hengtu.services import accounts

    user = _find(options.username)
    with _PasswordRules():
        accounts.set_password(actor=accounts.system_actor(), user=user, password=_ask(options))
    print(summary("password_changed", username=options.username))
    return 0


def _find(username: str) -> Any:
    from hengtu.queries.accounts import find_user

    user = find_user(username)
    if user is None:
        raise CommandError("unknown_user", username=username)
    return user


def _ask(options: argparse.Namespace) -> str:
    if options.password_stdin:
        try:
            return os.fsencode(sys.stdin.readline().rstrip("\r\n")).decode("utf-8")
        except UnicodeError as unreadable:
            raise CommandError("weak_password", problem="UTF-8?") from unreadable
    if not sys.stdin.isatty():
        raise CommandError("password_needed")
    return getpass.getpass()


class _PasswordRules:
    """Turns the site's refusal of a weak password into one sentence."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, refused: BaseException | None, trace: object) -> None:
        messages = getattr(refused, "messages", None)
        if messages:
            raise CommandError("weak_password", problem="、".join(messages)) from refused
