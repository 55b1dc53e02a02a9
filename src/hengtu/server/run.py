"""Start the site: prepare Django, bring the tables up to date, serve."""

from __future__ import annotations

import os

import django
from django.conf import settings
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from hengtu.server.database import SQLITE_FILE

SETTINGS = "hengtu.server.settings"


def prepare() -> None:
    """Load the settings and the apps; a second call does nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if not os.environ.get("HENGTU_DATABASE_URL"):
        settings.HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
        # The home may be older than the site and open to others; what SQLite adds follows this file.
        (settings.HOME / SQLITE_FILE).touch(mode=0o600)
    django.setup()


def migrate() -> None:
    """Create or update the tables of the configured database, and what is derived from older ones."""
    prepare()
    call_command("migrate", interactive=False, verbosity=0)
    from hengtu.services.results import derive_missing

    derive_missing()


def serve(
    host: str = "127.0.0.1", port: int = 8000, *, workers: int | None = None, threads: int = 4
) -> None:
    """Serve pages until the process is interrupted; as many workers as processors, four at most."""
    prepare()
    # Every worker signs with the same key, also where it could not be kept in the home folder.
    os.environ["HENGTU_SECRET_KEY"] = settings.SECRET_KEY
    Granian(
        "hengtu.server.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or min(4, os.cpu_count() or 1),
        blocking_threads=threads,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()
