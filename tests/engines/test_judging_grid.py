"""Figures as a grid: nothing is lost, and every item has the step that its figures show."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.judging_plans import Items, number_figures
from tests.engines.judging_strategies import series

from hengtu.core.judging.series import Series
from hengtu.core.periods import Period
from hengtu.engines.judging import make_grid


@given(st.lists(series("AC1.1", 1, "甲乙丙丁") | series("AC1.1", 2, ""), max_size=3))
@settings(deadline=None, max_examples=60)
def test_a_grid_keeps_every_figure(drawn: list[list[object]]) -> None:
    actuals = [one for rows in drawn for one in rows]
    items = Items(actuals)  # type: ignore[arg-type]
    grid = number_figures(actuals, items)  # type: ignore[arg-type]
    for (code, measure, name), number in items.numbers.items():
        wanted = items.figures.own[code, measure, name]
        found = grid.series(number)
        assert found == wanted
        assert found is not None
        assert found.step == wanted.step == grid.step[grid.rows([number])[0]]


def test_rows_in_any_order_and_items_without_figures() -> None:
    august, year = Period(114, month=8).code, Period(113).code
    grid = make_grid([9, 4, 9], [august, august, year], [1.0, np.nan, 7.0], [0, 0, 0])
    assert grid.first_year == 113
    assert grid.rows([4, 9, 5, -1]).tolist() == [0, 1, 2, 2]
    assert grid.series(5) is None
    assert grid.series(4) == Series(gaps={Period(114, month=8): "not_reported"})
    assert grid.series(9) == Series(values={Period(114, month=8): 1.0, Period(113): 7.0})


def test_no_figures_at_all() -> None:
    grid = make_grid([], [], [], [])
    assert grid.rows([3]).tolist() == [0]
    assert grid.series(3) is None
