"""Programs on PostgreSQL, over a connection that is given."""

from hengtu.engines.postgres.running import compute_table, judge_table

__all__ = ["compute_table", "judge_table"]
