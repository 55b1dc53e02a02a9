"""What a title page says, in the wordings that agencies use."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.title.acts import read_adoption, read_made, read_revision
from hengtu.readers.recognise.title.agency_names import agency_in_title, parent_of
from hengtu.readers.recognise.title.identity import Identity, read_identity
from hengtu.readers.txt import read


def identify(text: str) -> Identity:
    paper = read(text.encode())
    return read_identity(paper, Notes(paper))


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("青嵐市政府環境保護局105年度策略地圖", "青嵐市政府環境保護局"),
        ("105年度青嵐市政府環境保護局策略地圖", "青嵐市政府環境保護局"),
        ("青嵐縣靖海鄉公所四年施政計畫（112-115年度）", "青嵐縣靖海鄉公所"),
        ("青嵐市立圖書館 114 年度施政計畫", "青嵐市立圖書館"),
        ("青嵐縣翠屏地政事務所為民服務白皮書", "青嵐縣翠屏地政事務所"),
        ("青嵐市立翠屏高級中等學校校務發展計畫", "青嵐市立翠屏高級中等學校"),
        ("青 嵐 市 政 府 民 政 局", "青嵐市政府民政局"),
        ("民國 110 至 113 年中程施政計畫", None),
        ("策略地圖及平衡計分卡", None),
        ("本處願景", None),
    ],
)
def test_agency_stands_before_the_words_of_the_title(title: str, agency: str | None) -> None:
    assert agency_in_title(title) == agency


@pytest.mark.parametrize(
    ("name", "text", "parent"),
    [
        ("青嵐市政府法制處", "", "青嵐市政府"),
        ("交通部觀光署", "", "交通部"),
        ("行政院主計總處", "", "行政院"),
        ("青嵐市翠屏戶政事務所", "依青嵐市政府民政局函辦理", "青嵐市政府民政局"),
        ("青嵐市翠屏戶政事務所", "配合青嵐市政府辦理", "青嵐市政府"),
        ("青嵐市翠屏戶政事務所", "依上級機關函辦理", None),
        ("青嵐市政府", "青嵐市政府策略地圖", None),
    ],
)
def test_parent_is_only_named_when_printed(name: str, text: str, parent: str | None) -> None:
    assert parent_of(name, [text]) == parent


def test_government_and_office_on_two_lines_are_one_agency() -> None:
    identity = identify("青嵐縣政府\n地政處\n112-115年中程施政計畫\n中華民國一百一十二年一月")
    assert identity.agency.name == "青嵐縣政府地政處"
    assert (identity.title, identity.kind) == ("112-115年中程施政計畫", "midterm")
    assert (identity.roc_years.first, identity.roc_years.last) == (112, 115)
    assert identity.document.date == "112-01"


def test_a_line_of_the_year_belongs_to_the_title() -> None:
    identity = identify("105年度\n青嵐市政府消防局\n策略地圖與平衡計分卡\n105年3月製作")
    assert identity.title == "105年度策略地圖與平衡計分卡"
    assert (identity.kind, identity.document.date) == ("strategy_map", "105-03")
    assert identity.document.source.raw == "105年3月製作"


def test_targets_tell_the_years_when_the_title_names_only_one() -> None:
    identity = identify(
        "青嵐市政府消防局110年度平衡計分卡\n"
        "策略目標\t指標\t108年實際值\t109年實際值\t110年目標值\t111年目標值\n甲\t乙\t1\t2\t3\t4"
    )
    assert (identity.roc_years.first, identity.roc_years.last) == (110, 111)


def test_history_of_a_document() -> None:
    identity = identify(
        "青嵐市翠屏區公所113年度為民服務品質執行計畫\n106年3月24日訂定\n112年1月7日修訂\n\n壹、目標\n便民。"
    )
    assert [(r.date, r.act) for r in identity.revisions] == [
        ("106-03-24", "訂定"),
        ("112-01-07", "修訂"),
    ]
    assert identity.kind == "service_quality"
    assert identity.document.date == "112-01-07"


def test_legal_basis_is_listed() -> None:
    identity = identify(
        "青嵐市翠屏區公所服務計畫\n壹、計畫依據\n- 一、甲實施要點。\n- 二、乙執行計畫。\n貳、目標\n便民。"
    )
    assert [text.text for text in identity.document.based_on] == ["甲實施要點", "乙執行計畫"]


@pytest.mark.parametrize(
    ("text", "date", "meeting", "status"),
    [
        ("109.2.18 第2078次市政會議(定稿)", "109.2.18", "第2078次市政會議", "定稿"),
        ("114年2月10日局務會議通過", "114.2.10", "局務會議", "通過"),
        ("112年5月1日第13次主管會報審議通過", "112.5.1", "第13次主管會報", "審議通過"),
    ],
)
def test_adoption_by_a_meeting(text: str, date: str, meeting: str, status: str) -> None:
    adopted = read_adoption(text)
    assert adopted is not None
    assert (adopted.roc_date, adopted.meeting, adopted.status) == (date, meeting, status)


@pytest.mark.parametrize(
    "text",
    [
        "提升服務品質",
        "",
        "109年目標值 95",
        "109年3月辦理說明會並檢討成效",
        "13月45日修訂",
        "第3次會議",
    ],
)
def test_other_lines_are_no_acts(text: str) -> None:
    assert read_revision(text) is None
    assert read_adoption(text) is None
    assert read_made(text) is None


@given(
    st.text(
        alphabet="青嵐市縣政府局處所年度月日計畫策略地圖會議修訂訂定109.()（） \t\n、。",
        max_size=120,
    )
)
def test_any_title_page_is_read_without_complaint(text: str) -> None:
    if text.strip():
        identity = identify(text + "。")
        for revision in identity.revisions:
            assert revision.source.line


def test_title_pages_of_the_documents(seeds: list[Path]) -> None:
    for seed in seeds:
        paper = read(seed.read_bytes())
        identity = read_identity(paper, Notes(paper))
        assert identity.agency.name
        assert identity.agency.parent
        assert identity.title
        assert identity.roc_years.first
