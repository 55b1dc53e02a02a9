"""Programs on PostgreSQL, over a connection that is given."""

from hengtu.engines.postgres.copying import fetch_arrays, fill_table
from hengtu.engines.postgres.running import answer_table, compute_table, judge_table

__all__ = ["answer_table", "compute_table", "fetch_arrays", "fill_table", "judge_table"]
