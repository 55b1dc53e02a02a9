"""The year's end comes out as planners expect it: the cases of tests/cases/forecasts."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from tests.core.forecast_cases import compare, forecast_case, forecast_series, load

from hengtu.core.forecasting.outlook import Forecast, Method, Refusal, RefusalReason
from hengtu.wording.forecasts import tell_grounds, tell_headline

SERIES, PLANS = load("series"), load("plans")


@pytest.mark.parametrize("case", SERIES)
def test_series_come_out_as_the_case_says(case: dict[str, Any]) -> None:
    compare(forecast_series(case), case)


@pytest.mark.parametrize("case", PLANS)
def test_measures_come_out_as_the_case_says(case: dict[str, Any]) -> None:
    compare(forecast_case(case), case)


def all_found() -> list[Forecast | Refusal]:
    return [
        *(forecast_series(case.values[0]) for case in SERIES),
        *(forecast_case(case.values[0]) for case in PLANS),
    ]


def test_every_forecast_and_refusal_explains_itself_in_both_languages() -> None:
    for found in all_found():
        zh_hant, english = tell_grounds(found, unit="件"), tell_grounds(found, "en", "件")
        told = [*zh_hant, *english, tell_headline(found), tell_headline(found, "en")]
        assert len(zh_hant) == len(english) > 0
        assert not [one for one in told if "{" in one or "nan" in one or "None" in one]
        assert not [one for one in english if "推估" in one or "預" in one]


def test_the_cases_show_every_refusal_but_that_of_figures_beyond_all_measure() -> None:
    reasons = {found.reason for found in all_found() if isinstance(found, Refusal)}
    assert reasons == {*get_args(RefusalReason)} - {"beyond"}


def test_the_cases_show_every_method_but_one() -> None:
    methods = {found.method for found in all_found() if isinstance(found, Forecast)}
    assert methods == {*get_args(Method)} - {"seasonal_change"}


def test_an_early_warning_is_named_in_the_reasons() -> None:
    warned = [found for found in all_found() if isinstance(found, Forecast) and found.warning]
    assert len(warned) >= 8
    for found in warned:
        assert "預警" in tell_grounds(found)[-1]
