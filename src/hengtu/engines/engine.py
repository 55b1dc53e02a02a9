"""One door to all engines: numpy, DuckDB, PostgreSQL and Spark answer the same questions alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, get_args

from hengtu.engines.answers import Answers
from hengtu.engines.lights import Judged, LightBatch
from hengtu.engines.numpy import Batch

EngineName = Literal["numpy", "duckdb", "postgres", "spark"]
EngineReason = Literal[
    "engine_missing",
    "engine_unreachable",
    "engine_failed",
    "java_missing",
    "java_too_old",
    "server_needed",
]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)
EXTRAS: dict[EngineName, str] = {"duckdb": "bulk", "spark": "spark"}


class Engine(Protocol):
    """Works out whole columns: values with their kinds and limits, and lights."""

    def compute(self, batches: Sequence[Batch]) -> list[Answers]:
        """Return the answers of every batch, in the order given; ValueError for columns of other lengths."""
        ...

    def judge(self, batches: Sequence[LightBatch]) -> list[Judged]:
        """Return the lights of every batch, in the order given."""
        ...


class EngineError(Exception):
    """An engine that cannot be used here; ``reason`` is a wording key, ``detail`` what was found."""

    def __init__(self, reason: EngineReason, engine: EngineName, detail: str = "") -> None:
        super().__init__(f"{engine}: {reason} {detail}".strip())
        self.reason: EngineReason = reason
        self.engine: EngineName = engine
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where engines are found: the address of PostgreSQL, Spark's master, the folder its machines share.

    Without a master Spark runs on this machine.
    """

    database: str = ""
    spark_master: str = ""
    spark_folder: Path | None = None


NOWHERE = Places()


@contextmanager
def open_engine(name: EngineName, places: Places = NOWHERE) -> Iterator[Engine]:
    """Open an engine and close it afterwards; EngineError where it is not installed or not reached."""
    match name:
        case "numpy":
            from hengtu.engines.numpy.engine import NumpyEngine

            yield NumpyEngine()
        case "duckdb":
            _need(name, "duckdb")
            from hengtu.engines.duckdb.engine import DuckEngine

            yield DuckEngine()
        case "postgres":
            from hengtu.engines.postgres.engine import open_postgres

            with open_postgres(places.database) as postgres:
                yield postgres
        case "spark":
            _need(name, "pyspark", "duckdb")
            from hengtu.engines.spark import open_spark

            with open_spark(master=places.spark_master, folder=places.spark_folder) as spark:
                yield spark


def _need(engine: EngineName, *packages: str) -> None:
    """Raise EngineError where a package of an extra is not installed."""
    from importlib.util import find_spec

    if any(find_spec(package) is None for package in packages):
        raise EngineError("engine_missing", engine, EXTRAS[engine])
