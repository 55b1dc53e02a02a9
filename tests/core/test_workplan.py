"""When work is due and what it must reach, from the words alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.workplan import numeral_value, read_target, read_timing

CASES = Path(__file__).parent.parent / "cases" / "recognise"
WORDS = list("每年月季週日半按至少達次件小時%1234567890、，。及第上下一二三十 　（）目標不超過以內")


def cases(name: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = yaml.safe_load((CASES / name).read_text("utf-8"))
    return listed


@pytest.mark.parametrize("case", cases("work_timings.yaml"), ids=lambda case: case["text"])
def test_a_timing_is_read_as_the_words_say(case: dict[str, Any]) -> None:
    timing = read_timing(case["text"])
    if case.get("none"):
        assert timing is None
        return
    assert timing is not None
    months = tuple(case["months"]) if "months" in case else None
    assert (timing.raw, timing.frequency, timing.months) == (
        case["raw"],
        case.get("frequency"),
        months,
    )


@pytest.mark.parametrize("case", cases("work_targets.yaml"), ids=lambda case: case["text"])
def test_a_target_is_read_only_where_one_is_asked_for(case: dict[str, Any]) -> None:
    target = read_target(case["text"])
    if case.get("none"):
        assert target is None
        return
    assert target is not None
    wanted = (case["op"], case["value"], case["unit"], case.get("per"))
    assert (target.op, target.value, target.unit, target.per) == wanted


@given(st.text(alphabet=WORDS, max_size=60))
def test_nothing_is_invented(text: str) -> None:
    timing, target = read_timing(text), read_target(text)
    if timing is not None:
        assert timing.raw
        assert all(1 <= month <= 12 for month in timing.months or ())
    if target is not None:
        assert target.value >= 0
        assert target.raw


@pytest.mark.parametrize("part", ["每年", "1月、", "至少", "每年1", "3至", "每3個", "目標", "年度"])
def test_endless_repetition_ends(part: str) -> None:
    text = part * 4_000
    assert read_timing(text + "甲") == read_timing(text + "乙")
    assert read_target(text + "甲") == read_target(text + "乙")


@pytest.mark.parametrize(("text", "number"), [("十", 10), ("二十三", 23), ("兩", 2), ("07", 7)])
def test_numerals(text: str, number: int) -> None:
    assert numeral_value(text) == number
