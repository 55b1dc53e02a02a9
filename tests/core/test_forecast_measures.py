"""Whatever was reported of a measure, its year's end is forecast or refused, never an error."""

from __future__ import annotations

import math
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st
from tests.core.judged import CODE

from hengtu.core.actuals import Actual
from hengtu.core.amounts import MissingKind
from hengtu.core.forecasting.measures import forecast_measure
from hengtu.core.forecasting.outlook import Forecast, Refusal
from hengtu.core.judging.figures import sort_figures
from hengtu.core.judging.results import compute_measure
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT
from hengtu.core.periods import Period
from hengtu.core.plan import Kpi, Measure, PlanValue
from hengtu.wording.forecasts import tell_grounds

FORMULAS = (
    ("宣導場次/年", "場", ("宣導場次",)),
    ("依限件數÷受理件數×100%", "%", ("依限件數", "受理件數")),
    ("實際支用數÷年度預算數×100%", "%", ("實際支用數", "年度預算數")),
    ("土建工程*60%+機電設備*40%", "%", ("土建工程", "機電設備")),
    ("（本年度收入－上年度收入）÷上年度收入×100%", "%", ("收入",)),
    ("累計認證處數", "處", ("累計認證處數",)),
    (None, "%", ("",)),
    (None, "件", ("",)),
)
PERIODS = st.one_of(
    st.builds("{}-{:02d}".format, st.integers(112, 114), st.integers(1, 12)),
    st.builds("{}Q{}".format, st.integers(112, 114), st.integers(1, 4)),
    st.builds("{}H{}".format, st.integers(112, 114), st.integers(1, 2)),
    st.builds(str, st.integers(112, 114)),
)
VALUES = st.one_of(st.floats(-1000, 1000), st.just(0.0), st.sampled_from(get_args(MissingKind)))


@st.composite
def reported(draw: st.DrawFn) -> tuple[Kpi, list[Actual]]:
    formula, unit, names = draw(st.sampled_from(FORMULAS))
    target = PlanValue(roc_year=114, kind="target", value=draw(st.floats(-10, 100)))
    measure = Measure(formula=formula, unit=unit, direction="higher", values=(target,))
    rows = draw(st.lists(st.tuples(st.sampled_from(names), PERIODS, VALUES), max_size=60))
    actuals = [
        Actual(code=CODE, period=period, item=name, missing=value)  # type: ignore[arg-type]
        if isinstance(value, str)
        else Actual(code=CODE, period=period, item=name, value=value)
        for name, period, value in rows
    ]
    return Kpi(code=CODE, name="績效", measures=(measure,)), actuals


@given(reported(), st.integers(1, 12))
def test_any_figures_are_forecast_or_refused(
    given_kpi: tuple[Kpi, list[Actual]], month: int
) -> None:
    kpi, actuals = given_kpi
    figures, period = sort_figures(actuals), Period(114, month=month)
    found = forecast_measure(kpi, kpi.measures[0], figures, period=period, rulebook=PRODUCT_DEFAULT)
    assert tell_grounds(found)
    if isinstance(found, Refusal):
        return
    assert found.low <= found.value <= found.high
    assert all(math.isfinite(number) for one in found.months for number in one)
    assert found.months == () or found.low < found.high or found.kind != "count"


@given(reported())
def test_a_year_that_is_known_ends_with_its_result(given_kpi: tuple[Kpi, list[Actual]]) -> None:
    kpi, actuals = given_kpi
    figures, measure = sort_figures(actuals), kpi.measures[0]
    period = Period(114, month=12)
    found = forecast_measure(kpi, measure, figures, period=period, rulebook=PRODUCT_DEFAULT)
    result = compute_measure(kpi, measure, figures, period=period, rulebook=PRODUCT_DEFAULT)
    if isinstance(found, Forecast):
        assert (found.value, found.method) == (result.value, "known")
        assert found.light == result.light
