"""Personal names never leave the door; positions and org units always do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.recognise.papers import paper_of

from hengtu.core.paper import Paper
from hengtu.readers.recognise.persons.persons import mask_persons
from hengtu.readers.recognise.persons.surnames import COMPOUND, SURNAMES, is_name
from hengtu.readers.txt import read

GIVEN = "怡君志豪淑芬雅婷家瑋俊傑美玲建宏宗翰佩珊冠宇欣妤明哲秀蓮"
POSITIONS = (
    "主任",
    "秘書",
    "課長",
    "科員",
    "課員",
    "辦事員",
    "副處長",
    "技士",
    "股長",
    "專員",
    "戶籍員",
    "里幹事",
)
UNITS = ("企劃課", "服務股", "資訊室", "第二科")


def printed(paper: Paper) -> str:
    return "\n".join(text for _, text in paper.texts())


def names() -> st.SearchStrategy[str]:
    given_names = st.text(alphabet=GIVEN, min_size=2, max_size=2)
    families = st.one_of(st.sampled_from(sorted(SURNAMES)), st.sampled_from(sorted(COMPOUND)))
    return st.builds(lambda family, own: family + own, families, given_names).filter(is_name)


@given(
    people=st.lists(
        st.tuples(names(), st.sampled_from(POSITIONS)), min_size=1, max_size=8, unique=True
    ),
    style=st.sampled_from(["fused", "before", "unit", "column", "blank", "bracket", "wrapped"]),
)
def test_no_name_of_a_committee_survives(people: list[tuple[str, str]], style: str) -> None:
    cells = {
        "fused": lambda name, post: name + post,
        "before": lambda name, post: post + name,
        "unit": lambda name, post: "企劃課" + name + post,
        "column": lambda name, post: f"{name}|{post}",
        "blank": lambda name, post: f"{post} {name}",
        "bracket": lambda name, post: f"{name}（{post}）",
        "wrapped": lambda name, post: f"{name[0]} {name[1:]}{post}",
    }[style]
    head = "職別|姓名|職稱|分工" if style == "column" else "職別|職稱姓名|分工"
    rows = [f"委員|{cells(name, post)}|督導業務" for name, post in people]
    text = "\n".join(["工作小組", "", head, *rows, "", f"會議由{people[0][0]}主持。"])
    masked, _ = mask_persons(paper_of(text))
    assert not [name for name, _ in people if name in printed(masked).replace(" ", "")]


@pytest.mark.parametrize(
    "text",
    [
        "職別|職稱|任務\n委員|企劃課課長|督導\n委員|主任秘書|督導\n幹事|約僱人員|協辦\n委員|業務單位主管|督導\n委員|高級管理師|督導",
        "由企劃課課長擔任召集人，各課課長為委員，副主任襄助。",
        "陳情組組長、文書組組長、安全管理員、程式設計師、許可課課長、林務局局長共同督導。",
        "承辦人：業務單位 聯絡人：陳情專線 窗口：各課室",
        "姓名|單位|分工\n待聘|企劃課|督導\n（出缺）|服務股|協辦\n各課課長|各課|督導",
        "編號|計畫項目|承辦人\n1|高齡者關懷|社會課\n2|古蹟維護|文化課",
    ],
)
def test_positions_units_and_words_stay(text: str) -> None:
    paper = paper_of(text)
    assert mask_persons(paper) == (paper, ())


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("聯絡人：甘明珠 分機123", "聯絡人：○○○ 分機123"),
        ("召集人：甘明珠 科長、副召集人：柳依依", "召集人：○○○ 科長、副召集人：○○○"),
        ("會議由甘明珠科長主持。", "會議由○○○科長主持。"),
        ("請課長柳依依擔任講師。", "請課長○○○擔任講師。"),
        ("承辦人員：瓦歷斯·諾幹", "承辦人員：○○○"),
    ],
)
def test_names_beside_labels_and_positions_in_prose(text: str, after: str) -> None:
    masked, maskings = mask_persons(paper_of(text))
    assert printed(masked) == after
    assert not any(masking.fused for masking in maskings)


def test_a_short_name_is_masked_as_a_name_only() -> None:
    text = "姓名|職稱|分工\n高山|課長|督導業務\n\n請高山課長於高山地區辦理。"
    masked, _ = mask_persons(paper_of(text))
    assert printed(masked).splitlines()[1:] == ["○○○\t課長\t督導業務", "請○○○課長於高山地區辦理。"]


def test_the_source_shows_the_mask_and_every_line() -> None:
    text = "職別|職稱|任務\n委員|甘明珠課長|督導\n委員|柳依依秘書|督導"
    _, maskings = mask_persons(paper_of(text))
    assert [(m.source.raw, m.source.all_lines(), m.fused) for m in maskings] == [
        ("○○○課長、○○○秘書", (1, 2, 3), True)
    ]


def test_a_page_without_header_goes_on(repo_root: Path) -> None:
    text = "姓名|職稱|分工\n甘明珠|課長|督導\n\n亓有恆|課員|協辦"
    masked, _ = mask_persons(paper_of(text))
    assert "亓有恆" not in printed(masked)


def test_documents_without_people_stay_as_they_are(seeds: list[Path]) -> None:
    untouched = [path.name[:3] for path in seeds if not mask_persons(read(path.read_bytes()))[1]]
    assert untouched == ["000", "002", "003", "004"]


@given(
    st.lists(
        st.lists(st.text(alphabet="甘明珠課長主任委員姓名職稱 、○()A", max_size=12), max_size=5),
        max_size=6,
    )
)
def test_masking_twice_is_masking_once(rows: list[list[str]]) -> None:
    once, _ = mask_persons(paper_of("甲\n" + "\n".join("|".join(row) for row in rows)))
    assert len(once.blocks) == len(mask_persons(once)[0].blocks)
