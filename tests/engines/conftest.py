"""A connection to the PostgreSQL that HENGTU_DATABASE_URL names."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest


@pytest.fixture
def postgres() -> Iterator[psycopg.Connection]:
    """Open a connection whose changes are taken back, or skip without a server."""
    address = os.environ.get("HENGTU_DATABASE_URL", "")
    if not address.startswith("postgres"):
        pytest.skip("HENGTU_DATABASE_URL names no PostgreSQL")
    with psycopg.connect(address) as opened:
        yield opened
        opened.rollback()
