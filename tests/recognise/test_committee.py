"""Committees by seat and position, whatever their columns are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.recognise.papers import paper_of, unread

from hengtu.core.plan import Committee
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.persons.persons import mask_persons
from hengtu.readers.recognise.service.committee import read_committee


def read(text: str) -> tuple[Committee | None, Notes]:
    paper, _ = mask_persons(paper_of(text))
    notes = Notes(paper)
    return read_committee(paper, notes), notes


LAYOUTS = [
    "職別|職稱|任務分配\n召集人|甘明珠主任|綜理業務。\n委員|柳依依課長|1. 督導。 2. 列管。",
    "職務|姓名|單位職稱|分工\n召集人|甘明珠|主任|綜理業務。\n委員|柳依依|課長|(一)督導。(二)列管。",
    "編組職稱|現職人員|任務\n召集人|主任 甘明珠|綜理業務。\n委員|課長柳依依|1、督導。2、列管。",
    "工作項目|現職|職　稱\n綜理業務。|主任|召集人\n1.督導。 2.列管。|課長|委員",
    "職稱|姓名|現職|工作項目\n召集人|甘明珠|主任|綜理業務。\n委員|柳依依|課長|督導。\n||||\n|||列管。",
]


@pytest.mark.parametrize("text", LAYOUTS)
def test_every_layout_tells_the_same(text: str) -> None:
    committee, notes = read(f"東港區公所114年度服務小組名單\n\n{text}")
    assert committee is not None
    assert committee.name == "服務小組"
    assert [(m.role, m.position, [t.text for t in m.tasks]) for m in committee.members] == [
        ("召集人", "主任", ["綜理業務。"]),
        ("委員", "課長", ["督導。", "列管。"]),
    ]
    assert unread(notes) == []


@pytest.mark.parametrize(
    ("cell", "position", "unit"),
    [
        ("企劃課甘明珠課長", "課長", "企劃課"),
        ("企劃課課長甘明珠", "課長", "企劃課"),
        ("社會課長", "社會課長", None),
        ("副主任", "副主任", None),
        ("主任秘書", "主任秘書", None),
        ("業務單位主管", "主管", "業務單位"),
    ],
)
def test_positions_with_units(cell: str, position: str, unit: str | None) -> None:
    committee, _ = read(f"職別|職稱|任務\n召集人|主任|綜理\n委員|{cell}|督導")
    assert committee is not None
    assert (committee.members[1].position, committee.members[1].org_unit) == (position, unit)


def test_a_unit_column_is_kept_and_a_vacant_seat_has_no_position() -> None:
    committee, _ = read(
        "職別|單位|職稱|分工\n召集人||區長|綜理\n幹事|秘書室|課員|彙整\n幹事|各課||協辦"
    )
    assert committee is not None
    assert [(m.position, m.org_unit) for m in committee.members] == [
        ("區長", None),
        ("課員", "秘書室"),
        ("", "各課"),
    ]


def test_an_approval_block_is_no_committee() -> None:
    committee, notes = read("承辦人|課長|主任秘書|機關首長\n|||")
    assert committee is None
    assert unread(notes) == []


def test_other_tables_are_no_committee() -> None:
    for text in (
        "編號|計畫項目|工作內容|主辦單位\n1|講習|辦理講習|第一課",
        "策略主題|主政機關|協辦機關\n甲|乙局|丙局",
        "構面|策略目標|職稱\n顧客|提升滿意|主任",
    ):
        assert read(text)[0] is None


WORD = st.sampled_from(
    ["召集人", "委員", "主任", "○○○課長", "督導。", "", "1. 甲 2. 乙", "姓名", "職稱"]
)


@given(st.lists(st.lists(WORD, min_size=1, max_size=4), min_size=1, max_size=6))
def test_odd_tables_never_break_the_reading(rows: list[list[str]]) -> None:
    read("甲\n職別|職稱|任務分配\n" + "\n".join("|".join(row) for row in rows))


def test_seats_listed_in_lines() -> None:
    committee, _ = read(
        "貳、推動小組\n一、召集人：甘明珠主任，綜理業務。\n二、副召集人：秘書\n三、委員3人，由各課課長擔任，督導各課業務。\n\n參、附則"
    )
    assert committee is not None
    assert committee.name == "推動小組"
    assert [(m.role, m.position, [t.text for t in m.tasks]) for m in committee.members] == [
        ("召集人", "主任", ["綜理業務。"]),
        ("副召集人", "秘書", []),
        ("委員", "各課課長", ["督導各課業務"]),
    ]


def test_one_line_with_a_label_is_no_committee() -> None:
    assert read("聯絡人：甘明珠\n承辦人：柳依依\n\n會議：召集人")[0] is None


def test_an_approval_block_below_does_not_join_the_committee() -> None:
    committee, notes = read(
        "職別|單位|職稱|分工\n召集人||區長|綜理\n\n幹事|秘書室|課員|彙整\n\n承辦人|課長|主任秘書|區長\n|||"
    )
    assert committee is not None
    assert [member.role for member in committee.members] == ["召集人", "幹事"]
    assert unread(notes) == []
