"""Which database the site runs on: ``HENGTU_DATABASE_URL``, else SQLite in the home folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg

# Without IMMEDIATE, transactions that read before they write fail under load instead of waiting.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
    ),
}
SQLITE_FILE = "hengtu.sqlite3"
POSTGRES_SCHEMES = frozenset({"postgres", "postgresql"})


class DatabaseAddressError(ValueError):
    """A database address that names no database Hengtu runs on."""


def describe_database(address: str, home: Path) -> dict[str, Any]:
    """Return Django's settings for an address such as ``postgresql://name:word@host:5432/hengtu``.

    An empty address means SQLite in ``home``. Raises DatabaseAddressError.
    """
    if not address:
        return describe_sqlite(str(home / SQLITE_FILE))
    try:
        parts = urlsplit(address)
        # Asking for the port is what checks it.
        _checked = parts.port
    except ValueError as failure:
        raise DatabaseAddressError(f"HENGTU_DATABASE_URL: {failure}") from failure
    if parts.scheme in POSTGRES_SCHEMES and len(parts.path) < 2:
        raise DatabaseAddressError("HENGTU_DATABASE_URL: no name of a database")
    if parts.scheme == "sqlite":
        return describe_sqlite(unquote(parts.path.removeprefix("/")) or ":memory:")
    if parts.scheme in POSTGRES_SCHEMES:
        return describe_postgres(address)
    raise DatabaseAddressError(
        f"HENGTU_DATABASE_URL: scheme {parts.scheme!r} is none of postgresql, sqlite"
    )


def describe_sqlite(path: str) -> dict[str, Any]:
    """Return the settings of an SQLite file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": SQLITE_OPTIONS,
    }


def describe_postgres(address: str) -> dict[str, Any]:
    """Return the settings of a PostgreSQL database with psycopg's connection pool."""
    parts = urlsplit(address)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # The pool keeps connections; Django refuses to keep them a second time.
        "CONN_MAX_AGE": 0,
        "OPTIONS": options,
    }


def find_problem(described: Mapping[str, Any]) -> str | None:
    """Return in one line why a PostgreSQL cannot be reached, else None.

    A pool keeps trying and at last tells only that it gave up.
    """
    if described["ENGINE"] != "django.db.backends.postgresql":
        return None
    options = {name: value for name, value in described["OPTIONS"].items() if name != "pool"}
    named = {
        "dbname": described["NAME"],
        "user": described["USER"],
        "password": described["PASSWORD"],
        "host": described["HOST"],
        "port": described["PORT"],
    }
    given = {"connect_timeout": 10, **options, **{k: v for k, v in named.items() if v}}
    try:
        psycopg.connect(**given).close()
    except psycopg.Error as failure:
        return (str(failure).strip().splitlines() or [type(failure).__name__])[0]
    return None
