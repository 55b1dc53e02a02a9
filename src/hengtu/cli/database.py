"""The commands that run on the configured database."""

from __future__ import annotations

from typing import Any


def add_commands(commands: Any) -> None:
    """Add demo, serve, migrate, import and user."""
