"""Printed ranges, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.ranges import read_range


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("20～25", 20, 25),
        ("２０－２５ 之間", 20, 25),
        ("介於 20 至 25 之間", 20, 25),
        ("18~22℃", 18, 22),
        ("20件至25件", 20, 25),
        ("3.5～4.5分（含）", 3.5, 4.5),
        ("1,000~1,500人", 1000, 1500),
        ("-2~2", -2, 2),
        ("22±2度", 20, 24),
        ("200件±10%", 180, 220),
        ("50%±5%", 45, 55),
        ("≥1且≤3", 1, 3),
        ("≦ 3 且 ≧ 1", 1, 3),
        ("1以上3以下", 1, 3),
        ("不低於95%、不高於98%", 95, 98),
    ],
)
def test_ranges(printed: str, low: float, high: float) -> None:
    found = read_range(printed)
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    "printed",
    [
        *("", "20", "≤3", "90%以上", "1-6月", "105~108年", "9月至12月", "25～20", "20～20"),
        *("1/2-3/4", "113.1.1-113.6.30", "02-1234567", "20 25", "1.4 2.7 3.5"),
        *("≥1且≥3", "A~B", "2" * 5000),
    ],
)
def test_what_is_no_range(printed: str) -> None:
    assert read_range(printed) is None


@given(st.integers(-999, 9999), st.integers(1, 999), st.sampled_from(["~", "～", "至", "－"]))
def test_a_range_of_any_numbers_has_its_ends(low: int, more: int, sign: str) -> None:
    found = read_range(f"{low}{sign}{low + more}")
    assert found is not None
    assert (found.low, found.high) == (low, low + more)


@given(st.text(alphabet="0123456789.~±≥≤至且%件 ", max_size=80))
def test_nothing_breaks_it(printed: str) -> None:
    found = read_range(printed)
    assert found is None or found.low < found.high
