"""Whatever the plan, the rules and the figures, bulk judging answers as the path of one record does."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engines.judging_plans import check_same, judge_both
from tests.engines.judging_strategies import RULEBOOKS, actuals, plans, rules

from hengtu.core.periods import Period

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
    )
    check_same(bulk, single, rulebooks.__getitem__)
