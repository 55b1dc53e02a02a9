"""Programs as plain SQL text."""

from hengtu.engines.sql.arithmetic import StatementTooLongError
from hengtu.engines.sql.dialect import DUCKDB, POSTGRES, Dialect
from hengtu.engines.sql.statement import Source, write_statement

__all__ = ["DUCKDB", "POSTGRES", "Dialect", "Source", "StatementTooLongError", "write_statement"]
