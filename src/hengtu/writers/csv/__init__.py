"""CSV: the leading table of a report, for spreadsheets."""

from hengtu.writers.csv.sheet import write

__all__ = ["write"]
