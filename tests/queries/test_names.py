"""Small questions whose answers a planner can check."""

import pytest

from hengtu.core.plan import Task, Timing
from hengtu.queries.alignment import likeness, part_of
from hengtu.queries.schedules import month_state, proposal


def test_names_that_share_words_come_near() -> None:
    assert likeness("提升市民參與", "擴大市民參與") > 0.5
    assert likeness("提升市民參與", "加速案件查處") == 0
    assert likeness("", "甲") == 0


@pytest.mark.parametrize(
    ("lead", "members", "part"),
    [
        ("水利局", (), "lead"),
        ("工務局", ("水利局", "環保局"), "member"),
        ("工務局", ("環保局",), ""),
        (None, (), ""),
    ],
)
def test_an_agency_finds_itself_by_the_end_of_its_name(
    lead: str | None, members: tuple[str, ...], part: str
) -> None:
    assert part_of("雲湖市政府水利局", lead, members) == part


def test_months_of_the_table_are_never_overruled_by_words() -> None:
    told = Task(content="按季", months=(1,), timing=Timing(raw="按季", months=(3, 6, 9, 12)))
    assert proposal(told) == ()
    assert [month_state(told, month) for month in (1, 3)] == ["planned", "none"]


def test_monthly_work_is_proposed_for_every_month_and_quarterly_only_when_fixed() -> None:
    monthly = Task(content="按月", timing=Timing(raw="按月", frequency="monthly"))
    quarterly = Task(content="按季", timing=Timing(raw="按季", frequency="quarterly"))
    assert len(proposal(monthly)) == 12
    assert month_state(quarterly, 3) == "unknown"
