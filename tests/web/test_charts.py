"""Charts from values: what is drawn lies in its box, what is missing is not drawn, words follow the values."""

import json
import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import AGENCY
from tests.web.test_results import give, read

from hengtu.core.forecasting.outlook import Ahead
from hengtu.core.judging.results import Result
from hengtu.queries.dashboards import Tally
from hengtu.queries.years import MONTHS, Year
from hengtu.store.models import PlanRow, User
from hengtu.web.bars import ORDER, draw_bars, draw_stacks
from hengtu.web.charts import PAGE, draw_year, make_mark
from hengtu.web.periods import head_columns, show_period
from hengtu.web.plots import plot_year
from hengtu.web.sparks import SIZE, draw_spark

PLAN = f"{AGENCY}/plans/114-116-map"
NUMBERS = st.floats(-1e9, 1e9, allow_nan=False) | st.none()
LIGHTS = ("green", "yellow", "red", "white")


def make_year(values: list[float | None], *, shown: int = 3, target: float | None = 50.0) -> Year:
    results = tuple(
        Result(
            code="A1.1",
            measure=1,
            period=f"114-{month:02d}",
            value=value,
            light="white" if value is None else "green",
        )
        for month, value in enumerate(values, 1)
    )
    return Year(
        roc_year=114,
        shown=shown,
        unit="件",
        target=target,
        results=results,
        planned=tuple(float(month) for month in MONTHS),
        before=(None,) * 12,
    )


def numbers_of(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]


@given(st.lists(NUMBERS, max_size=12))
def test_lines_lie_in_their_box_and_break_where_values_are_missing(
    values: list[float | None],
) -> None:
    known = [value for value in values if value is not None]
    drawn = draw_year(make_year(values))
    if len(known) < 2:
        assert drawn is None
        return
    assert drawn
    spots = numbers_of(drawn.actual)
    assert len(spots) == 2 * len(known)
    assert all(0 <= x <= PAGE.width for x in spots[::2])
    assert all(0 <= y <= PAGE.height for y in spots[1::2])
    runs = sum(
        value is not None and (n == 0 or values[n - 1] is None) for n, value in enumerate(values)
    )
    assert drawn.actual.count("M") == runs
    assert len(drawn.dots) == len(known)


@given(st.lists(NUMBERS, min_size=12, max_size=12), st.integers(1, 12))
def test_sparklines_lie_in_their_box_and_end_with_the_month(
    values: list[float | None], until: int
) -> None:
    known = [value for value in values[:until] if value is not None]
    spark = draw_spark(tuple(values), "red", "件", until)
    assert (spark is None) == (len(known) < 2)
    if spark:
        spots = numbers_of(spark.line)
        assert len(spots) == 2 * len(known)
        assert all(0 <= x <= SIZE.width for x in spots[::2])
        assert all(0 <= y <= SIZE.height for y in spots[1::2])
        assert spark.label.endswith("件")


def test_every_light_has_a_shape_of_its_own() -> None:
    shapes = {make_mark(50, 50, light) for light in LIGHTS}
    assert len(shapes) == len(LIGHTS)


def test_a_plot_tells_what_is_there_and_nothing_else() -> None:
    plot = plot_year(make_year([1.0, None, 1234.5]), "件數")
    assert plot
    data = json.loads(plot.json)
    series = {one["role"]: one for one in data["series"]}
    assert set(series) == {"actual", "planned", "target"}
    assert series["actual"]["told"] == ["1件", "", "1,234.5件"] + [""] * 9
    assert series["actual"]["values"][:3] == [1.0, None, 1234.5]
    assert series["target"]["told"] == ["50件"] * 12
    assert (data["labels"][0], data["spoken"][8], data["now"]) == ("1月", "114年9月", 2)
    assert plot_year(make_year([1.0]), "件數") is None
    assert "target" not in (plot_year(make_year([1.0, 2.0], target=None), "件數") or plot).json


def test_a_forecast_leaves_from_the_last_value_before_it() -> None:
    ahead = tuple(Ahead(month, 10.0 * month, 9.0 * month, 11.0 * month) for month in range(4, 13))
    year = make_year([10.0, 20.0, 30.0])
    plot = plot_year(year, "件數", ahead=ahead)
    assert plot
    assert plot.band
    forecast = plot.series[-1]
    assert forecast.role == "forecast"
    assert forecast.values[:4] == (None, None, 30.0, 40.0)
    assert plot.band.low[2] == plot.band.high[2] == 30.0
    assert forecast.told[:3] == ("", "", "")
    assert "（" in forecast.told[11]
    drawn = draw_year(year, ahead=ahead)
    assert drawn
    assert numbers_of(drawn.ahead)[:2] == numbers_of(drawn.actual)[-2:]
    assert drawn.band.endswith("Z")


@given(
    st.lists(
        st.fixed_dictionaries({light: st.integers(0, 60) for light in LIGHTS}),
        min_size=1,
        max_size=12,
    )
)
def test_stacks_are_as_high_as_their_counts(counts: list[dict[str, int]]) -> None:
    tallies = [Tally(month, one) for month, one in enumerate(counts, 1)]  # type: ignore[arg-type]
    stacks = draw_stacks(tallies)
    assert len(stacks.blocks) == sum(bool(n) for one in counts for n in one.values())
    most = max(sum(one.values()) for one in counts) or 1
    by_place = iter(stacks.blocks)
    for tally in tallies:
        for colour in ORDER:
            if count := tally.counts[colour]:
                block = next(by_place)
                assert block.colour == colour
                assert float(block.height) == pytest.approx(160 * count / most, abs=0.06)
                assert float(block.y) >= 0


def test_bars_stay_within_a_hundred() -> None:
    bars = draw_bars(
        [("甲", "", "green", 130.0), ("乙", "", "red", 50.0), ("丙", "", "white", None)]
    )
    assert [float(bar.width) for bar in bars.bars] == [bars.width, bars.width / 2, 0.0]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("114", "114年度"),
        ("114-09", "114年9月"),
        ("114Q3", "114年第3季"),
        ("114H2", "114年下半年"),
        ("其他", "其他"),
    ],
)
def test_periods_in_words(code: str, words: str) -> None:
    assert show_period(code) == words


def test_headings_of_periods_are_grouped_by_year() -> None:
    assert head_columns(["113-12", "114-01", "114Q1", "114", "x"]) == (
        ("113年度", ("12月",)),
        ("114年度", ("1月", "第1季", "全年")),
        ("", ("x",)),
    )


def test_the_year_before_is_drawn_beside_this_one(
    page: Client, officer: User, plan: PlanRow
) -> None:
    for month in (1, 2, 3):
        give(officer, plan, "AC1.1", month, 20.0 * month)
    text = read(page, f"{PLAN}/kpis/AC1.1/?month=114-03")
    assert "上年度實績" not in text
    assert 'class="line before"' not in text
    for month in range(1, 13):
        give(officer, plan, "AC1.1", month, 7.0 * month, roc_year=113)
    text = read(page, f"{PLAN}/kpis/AC1.1/?month=114-03")
    assert text.count("上年度實績") >= 2
    assert 'class="line before"' in text
    assert "84%" in text
