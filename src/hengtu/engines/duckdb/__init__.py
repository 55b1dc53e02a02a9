"""Programs on DuckDB: over columns in memory and over Parquet files. Needs the extra ``bulk``."""

from hengtu.engines.answers import Answers
from hengtu.engines.duckdb.running import (
    compute_columns,
    compute_parquet,
    judge_columns,
    judge_parquet,
)

__all__ = ["Answers", "compute_columns", "compute_parquet", "judge_columns", "judge_parquet"]
