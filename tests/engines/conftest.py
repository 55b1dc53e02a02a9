"""The engines that this machine has: the others are skipped with the reason.

Spark's Java process takes seconds to start: all tests that want it form one group and share one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest

from hengtu.engines.engine import Engine, EngineError, EngineName, Places, open_engine

SPARK = pytest.mark.xdist_group("spark")


@pytest.fixture
def postgres() -> Iterator[psycopg.Connection]:
    """Open a connection whose changes are taken back, or skip without a server."""
    with psycopg.connect(_address()) as opened:
        yield opened
        opened.rollback()


@pytest.fixture(scope="session")
def spark() -> Iterator[Engine]:
    """Start Spark once, or skip where it or Java is not installed."""
    yield from _open("spark")


QUICK = ["numpy", "duckdb", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=[*QUICK, pytest.param("spark", marks=SPARK)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Open one engine after the other."""
    if request.param == "spark":
        yield request.getfixturevalue("spark")
    else:
        yield from _open(request.param)


@pytest.fixture(params=QUICK)
def quick_engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Open one engine after the other, without Spark."""
    yield from _open(request.param)


def _open(name: EngineName) -> Iterator[Engine]:
    opening = open_engine(name, Places(database=_address() if name == "postgres" else ""))
    try:
        opened = opening.__enter__()
    except EngineError as refused:
        if refused.reason not in ("engine_missing", "java_missing"):
            raise
        pytest.skip(str(refused))
    yield opened
    opening.__exit__(None, None, None)


def _address() -> str:
    address = os.environ.get("HENGTU_DATABASE_URL", "")
    if not address.startswith("postgres"):
        pytest.skip("HENGTU_DATABASE_URL names no PostgreSQL")
    return address
