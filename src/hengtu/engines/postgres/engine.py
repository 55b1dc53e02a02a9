"""PostgreSQL as one of the engines: columns go into tables of one transaction, which is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from hengtu.engines.answers import Answers
from hengtu.engines.engine import EngineError
from hengtu.engines.lights import Judged, LightBatch
from hengtu.engines.numpy.batches import Batch
from hengtu.engines.postgres.copying import fill_table, run
from hengtu.engines.postgres.running import answer_table, judge_table
from hengtu.engines.shapes import Shape, answer_shapes, judge_shapes
from hengtu.engines.sql.arrays import lay_lights, lay_operands

if TYPE_CHECKING:
    import psycopg

_TABLE = "hengtu_given"
_CONNECT_SECONDS = 10


class PostgresEngine:
    """One statement for every shape, over a connection that is given."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def compute(self, batches: Sequence[Batch]) -> list[Answers]:
        """Return the answers of every batch."""
        return answer_shapes(batches, lambda shapes: [self._answer(one) for one in shapes])

    def judge(self, batches: Sequence[LightBatch]) -> list[Judged]:
        """Return the lights of every batch."""
        return judge_shapes(batches, lambda some: [self._judge(one) for one in some])

    def _answer(self, shape: Shape) -> Answers:
        arrays, source = lay_operands(shape.program, shape.columns, shape.rows, table=_TABLE)
        fill_table(self._connection, _TABLE, arrays)
        answers = answer_table(self._connection, shape.program, source)
        run(self._connection, f"DROP TABLE {_TABLE}")
        return answers

    def _judge(self, batch: LightBatch) -> Judged:
        arrays, source = lay_lights(batch, table=_TABLE)
        fill_table(self._connection, _TABLE, arrays)
        judged = judge_table(self._connection, source, batch.direction, batch.rulebook)
        run(self._connection, f"DROP TABLE {_TABLE}")
        return judged


@contextmanager
def open_postgres(address: str) -> Iterator[PostgresEngine]:
    """Open a connection to the server of an address; EngineError where there is none.

    What is written there stays in one transaction and is taken back at the end.
    """
    import psycopg

    if not address.startswith(("postgres://", "postgresql://")):
        raise EngineError("server_needed", "postgres")
    try:
        connection = psycopg.connect(address, connect_timeout=_CONNECT_SECONDS)
    except psycopg.Error as refused:
        # The address holds a password: only the server's own words are told.
        raise EngineError("engine_unreachable", "postgres", _first_line(refused)) from None
    try:
        yield PostgresEngine(connection)
    except psycopg.Error as refused:
        raise EngineError("engine_failed", "postgres", _first_line(refused)) from refused
    finally:
        connection.close()


def _first_line(refused: Exception) -> str:
    return next(iter(str(refused).splitlines()), "")
