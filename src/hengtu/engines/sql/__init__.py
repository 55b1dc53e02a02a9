"""Programs as plain SQL text."""

from hengtu.engines.sql.dialect import DUCKDB, POSTGRES, SPARK, Dialect
from hengtu.engines.sql.kinds import StatementTooLongError
from hengtu.engines.sql.lights import JudgedSource, write_judgement
from hengtu.engines.sql.statement import Source, write_statement

__all__ = [
    "DUCKDB",
    "POSTGRES",
    "SPARK",
    "Dialect",
    "JudgedSource",
    "Source",
    "StatementTooLongError",
    "write_judgement",
    "write_statement",
]
