"""Judging in bulk: measures × months with their values, lights and scores, and what they roll up to."""

from hengtu.engines.judging.grid import Grid, make_grid
from hengtu.engines.judging.judging import Question, judge_months, judge_together
from hengtu.engines.judging.months import Months
from hengtu.engines.judging.outline import Outline, make_outline, roll_up_months
from hengtu.engines.judging.rollup import Group, Level, NodeMonths, make_level, roll_up_level

__all__ = [
    "Grid",
    "Group",
    "Level",
    "Months",
    "NodeMonths",
    "Outline",
    "Question",
    "judge_months",
    "judge_together",
    "make_grid",
    "make_level",
    "make_outline",
    "roll_up_level",
    "roll_up_months",
]
