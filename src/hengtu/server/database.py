"""Which database the site runs on: ``HENGTU_DATABASE_URL``, else SQLite in the home folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# Without IMMEDIATE, transactions that read before they write fail under load instead of waiting.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
    ),
}
POSTGRES_SCHEMES = frozenset({"postgres", "postgresql"})


class DatabaseAddressError(ValueError):
    """A database address that names no database Hengtu runs on."""


def describe_database(address: str, home: Path) -> dict[str, Any]:
    """Return Django's settings for an address such as ``postgresql://name:word@host:5432/hengtu``.

    An empty address means SQLite in ``home``. Raises DatabaseAddressError.
    """
    if not address:
        return describe_sqlite(str(home / "hengtu.sqlite3"))
    parts = urlsplit(address)
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
