"""Whatever the plan, the rules and the figures, bulk judging answers as the path of one record does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engines.judging_plans import (
    Items,
    check_same,
    define_all,
    judge_both,
    number_figures,
)
from tests.engines.judging_strategies import RULEBOOKS, actuals, plans, rules

from hengtu.core.judging.definition import Definition
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Rulebook
from hengtu.core.periods import Period
from hengtu.engines.judging import (
    Months,
    Question,
    batches,
    judge_months,
    judge_together,
    make_grid,
)
from hengtu.engines.numpy.engine import NumpyEngine

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@given(st.data())
@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
def test_bulk_is_the_same(data: st.DataObject) -> None:
    plan = data.draw(plans())
    rulebooks = {year: data.draw(RULEBOOKS) for year in (112, 113, 114)}
    bulk, single = judge_both(
        plan,
        data.draw(actuals(plan)),
        first=Period(112, month=data.draw(st.integers(1, 12))),
        last=Period(114, month=data.draw(st.integers(1, 12))),
        rulebook_of=rulebooks.__getitem__,
        rules=data.draw(rules(plan)),
        idle=data.draw(st.booleans()),
    )
    check_same(bulk, single, rulebooks.__getitem__)


@given(st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
def test_together_is_the_same_as_alone(data: st.DataObject) -> None:
    plan = data.draw(plans())
    figures = data.draw(actuals(plan))
    items = Items(figures)
    definitions = define_all(plan, items)
    grid = number_figures(figures, items)

    def judge(some: Sequence[Definition]) -> Months:
        first, last = Period(112, month=3), Period(114, month=10)
        return judge_months(
            some, grid, first=first, last=last, rulebook_of=lambda roc_year: PRODUCT_DEFAULT
        )

    alone = [judge([definition]) for definition in definitions]
    for size in (1, batches.BLOCK):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(batches, "BLOCK", size)
            together = judge([*definitions, *definitions])
        check_alike(together, [*alone, *alone])
    question = Question(
        definitions=definitions,
        grid=grid,
        first=Period(112, month=3),
        last=Period(114, month=10),
        rulebook_of=lambda roc_year: PRODUCT_DEFAULT,
    )
    for asked in judge_together([question, question], NumpyEngine()):
        check_alike(asked, alone)


def check_alike(together: Months, alone: Sequence[Months]) -> None:
    for one in fields(Months):
        if one.name != "periods":
            found = np.concatenate([getattr(months, one.name) for months in alone])
            np.testing.assert_array_equal(getattr(together, one.name), found)


def test_no_months_and_no_measures() -> None:
    grid = make_grid([], [], [], [])
    first, last = Period(114, month=1), Period(114, month=2)

    def book(roc_year: int) -> Rulebook:
        return PRODUCT_DEFAULT

    assert judge_months([], grid, first=first, last=last, rulebook_of=book).values.shape == (0, 2)
    assert judge_months([], grid, first=last, last=first, rulebook_of=book).values.shape == (0, 0)
    with pytest.raises(ValueError, match="months"):
        judge_months([], grid, first=Period(114), last=last, rulebook_of=book)
