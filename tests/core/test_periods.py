"""ROC years and their parts, as printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.periods import (
    Period,
    covers_part,
    read_period,
    read_roc_year,
    read_roc_years,
    read_since,
    to_roc,
)


@pytest.mark.parametrize(
    ("printed", "roc_year"),
    [
        ("102年 實際值", 102),
        ("105 年度 目標值", 105),
        ("民國１０５年度", 105),
        ("1 05 年 預 算", 105),
        ("98年度", 98),
        ("2016", 105),
        ("西元2016年", 105),
        ("110", 110),
        ("年度目標", None),
        ("目標值", None),
        ("1500年", None),
        ("3月", None),
    ],
)
def test_reads_the_year_of_a_heading(printed: str, roc_year: int | None) -> None:
    assert read_roc_year(printed) == roc_year


@pytest.mark.parametrize(
    ("printed", "years"),
    [
        ("111-114年", (111, 112, 113, 114)),
        ("111至114年度", (111, 112, 113, 114)),
        ("（民國111年~114年）", (111, 112, 113, 114)),
        ("105、106及107年度", (105, 106, 107)),
        ("109年", (109,)),
        ("目標", ()),
    ],
)
def test_reads_spans_of_years(printed: str, years: tuple[int, ...]) -> None:
    assert read_roc_years(printed) == years


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("109Q1", "109Q1"),
        ("109H2", "109H2"),
        ("109-03", "109-03"),
        ("2020-03", "109-03"),
        ("109年第二季", "109Q2"),
        ("109年度第4季", "109Q4"),
        ("109年上半年", "109H1"),
        ("109年3月", "109-03"),
        ("109年度", "109"),
        ("109-13", "None"),
        ("第一季", "None"),
    ],
)
def test_reads_a_period(printed: str, text: str) -> None:
    assert str(read_period(printed)) == text


@given(
    st.builds(Period, st.integers(60, 150))
    | st.builds(Period, st.integers(60, 150), half=st.integers(1, 2))
    | st.builds(Period, st.integers(60, 150), quarter=st.integers(1, 4))
    | st.builds(Period, st.integers(60, 150), month=st.integers(1, 12))
)
def test_a_period_survives_its_print(period: Period) -> None:
    assert read_period(str(period)) == period
    assert set(period.months) <= set(range(1, 13))


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    (
        read_roc_year(text),
        read_roc_years(text),
        read_period(text),
        read_since(text),
        covers_part(text),
    )


@pytest.mark.parametrize(
    ("printed", "since"),
    [
        ("104/8 /31起 計算", "104.8.31"),
        ("104. 10.開 始", "104.10"),
        ("自109年3月起", "109.3"),
        ("109年3月15日以後", "109.3.15"),
        ("截至109年9月底", None),
        ("已完成", None),
    ],
)
def test_reads_since_when_a_value_counts(printed: str, since: str | None) -> None:
    assert read_since(printed) == since


@pytest.mark.parametrize(
    ("printed", "part"),
    [
        ("1-6月", True),
        ("1月至12月", False),
        ("上半年", True),
        ("截至9月底", True),
        ("104.10.開始", True),
        ("已完成", False),
        ("含網路件數", False),
    ],
)
def test_knows_a_part_of_the_year(printed: str, part: bool) -> None:
    assert covers_part(printed) is part


def test_counts_years_in_both_eras() -> None:
    assert (to_roc(2016), to_roc(105), to_roc(1500), Period(105).ce_year) == (105, 105, None, 2016)
