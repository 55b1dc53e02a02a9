"""Programs on DuckDB: over columns in memory and over Parquet files. Needs the extra ``bulk``."""

from hengtu.engines.duckdb.running import Answers, compute_columns, compute_parquet, judge_columns

__all__ = ["Answers", "compute_columns", "compute_parquet", "judge_columns"]
