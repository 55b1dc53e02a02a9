"""The command ``hengtu`` with the site behind it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import hengtu
from hengtu.cli.failure import CommandError
from hengtu.cli.main import main as run_command
from hengtu.server.home import find_home


class LocalSite:
    """The site of this machine, loaded only when a command needs it."""

    def prepare(self) -> None:
        """Load settings and tables; CommandError when the database cannot be reached."""
        from hengtu.server.database import DatabaseAddressError, find_problem
        from hengtu.server.run import prepare

        try:
            prepare()
        except (DatabaseAddressError, OSError) as failure:
            raise CommandError("no_database", problem=str(failure)) from failure
        from django.conf import settings

        if problem := find_problem(settings.DATABASES["default"]):
            raise CommandError("no_database", problem=problem)

    def prepare_demo(self) -> Path:
        """Turn to the demo's own SQLite home and return the folder of sample documents."""
        os.environ.pop("HENGTU_DATABASE_URL", None)
        if "HENGTU_HOME" not in os.environ:
            os.environ["HENGTU_HOME"] = str(find_home(os.environ) / "demo")
        os.environ["HENGTU_DEMO"] = "1"
        self.prepare()
        return find_samples()

    def migrate(self) -> None:
        """Create or update the tables; CommandError when the database cannot be reached."""
        from django.db import Error

        from hengtu.server.run import migrate

        try:
            migrate()
        except Error as failure:
            problem = (str(failure).strip().splitlines() or [type(failure).__name__])[0]
            raise CommandError("no_database", problem=problem) from failure

    def serve(self, host: str, port: int) -> None:
        """Serve until interrupted."""
        from hengtu.server.run import serve

        serve(host, port)


def find_samples() -> Path:
    """Return the folder of sample documents: inside the package, or in the checkout beside it."""
    package = Path(hengtu.__file__).parent
    inside = package / "examples"
    return inside if inside.is_dir() else package.parents[1] / "examples"


def main() -> int:
    """Run one command with this machine's site and return its exit code."""
    return run_command(site=LocalSite())


if __name__ == "__main__":
    sys.exit(main())
