"""Mission, vision and core values are found under, behind and beside their labels."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengtu.core.plan import Plan
from hengtu.readers.recognise.assemble import recognise
from hengtu.readers.recognise.narrative.statement_lines import split_values
from hengtu.readers.txt import read


def plan_of(text: str) -> Plan:
    return recognise(read(text.encode())).plan


@pytest.mark.parametrize(
    "text",
    [
        "使命\n\n守護港灣，服務旅客\n\n願景\n\n東方最美的港口",
        "【使命】\n守護港灣，服務旅客\n【願景】\n東方最美的港口",
        "使命：守護港灣，服務旅客\n願景：東方最美的港口",
        "一、使命\n\n守護港灣，\n服務旅客\n\n二、願景\n\n東方最美\n的港口",
        "使命\t守護港灣，服務旅客\n願景\t東方最美的港口",
        "使命 守護港灣，服務旅客\t\t願景 東方最美的港口",
        "使\n命\n\n守護港灣，服務旅客\n\n願\n景\n\n東方最美的港口",
        "港務處使命 願景\n\n本處使命\n\n守護港灣，服務旅客\n\n本處願景\n\n東方最美的港口",
    ],
)
def test_mission_and_vision(text: str) -> None:
    plan = plan_of(f"海東市政府港務處策略地圖\n\n{text}\n")
    assert plan.mission is not None
    assert plan.vision is not None
    assert plan.mission.text == "守護港灣，服務旅客"
    assert plan.vision.text == "東方最美的港口"


def test_statements_printed_twice_are_one_with_both_places() -> None:
    plan = plan_of("使命\n\n守護港灣\n\n策略地圖\n\n【使命】\n\n守護港灣\n")
    assert plan.mission is not None
    assert plan.mission.source.all_lines() == (3, 9)


def test_points_under_a_label_are_items() -> None:
    plan = plan_of("願景\n\n- 安全的港口\n- 友善的港口\n")
    assert plan.vision is not None
    assert plan.vision.items == ("安全的港口", "友善的港口")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("廉正務實、同理傾聽", ["廉正務實", "同理傾聽"]),
        ("廉正務實·同理傾聽·持續創新", ["廉正務實", "同理傾聽", "持續創新"]),
        ("廉正務實 同理傾聽 持續創新", ["廉正務實", "同理傾聽", "持續創新"]),
        ("廉正務實同理 傾聽持續創新", ["廉正務實", "同理傾聽", "持續創新"]),
        ("專業 效率 關懷", ["專業", "效率", "關懷"]),
        ("誠信，創新；效能", ["誠信", "創新", "效能"]),
        ("安全", ["安全"]),
        ("", []),
    ],
)
def test_core_values_are_split(text: str, values: list[str]) -> None:
    assert split_values(text) == values


def test_a_line_break_parts_core_values() -> None:
    plan = plan_of("核心價值\n\n廉正務實、同理傾聽\n持續創新、團隊共好\n")
    assert [v.text for v in plan.core_values] == ["廉正務實", "同理傾聽", "持續創新", "團隊共好"]


def test_a_scorecard_cell_is_no_statement() -> None:
    plan = plan_of("策略目標\tKPI\t113年目標值\nAC1 增加遊客\tAC1.1 願景館參觀人次\t500\n")
    assert plan.vision is None


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="使命願景核心價值廉正務實、：【】\n\t 一二", max_size=60))
def test_splitting_never_raises_and_loses_no_letter(text: str) -> None:
    joined = "".join(split_values(text))
    assert set(joined) <= set(text)
    plan_of(f"某計畫\n{text}")
