"""Judging in bulk: measures × months with their values, lights and scores, and what they roll up to."""

from hengtu.engines.judging.grid import Grid, make_grid
from hengtu.engines.judging.judging import judge_months
from hengtu.engines.judging.months import Months

__all__ = ["Grid", "Months", "judge_months", "make_grid"]
