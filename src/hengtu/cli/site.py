"""What the commands on the database need of the site; the server room gives it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Site(Protocol):
    """The site as the command line sees it."""

    def prepare(self) -> None:
        """Load settings and tables; CommandError when the database cannot be reached."""

    def prepare_demo(self) -> Path:
        """Turn to the demo's own SQLite home and return the folder of sample documents."""

    def migrate(self) -> None:
        """Create or update the tables."""

    def serve(self, host: str, port: int) -> None:
        """Serve until interrupted."""
