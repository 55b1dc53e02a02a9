"""Chapters, points and goals of narrative plans."""

from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.plan import Section
from hengtu.readers.recognise.narrative.outline import Outline, read_outline
from hengtu.readers.recognise.narrative.tree import chapter_mark
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.txt import read


def outline(text: str) -> Outline:
    paper = read(text.encode())
    return read_outline(paper, Notes(paper))


def titles(sections: tuple[Section, ...]) -> list[object]:
    return [(s.title, titles(s.sections)) if s.sections else s.title for s in sections]


def test_points_are_paragraphs_and_headings_are_sections() -> None:
    found = outline(
        "壹、總說\n一、檢討\n(一) 登記\n1、隨到隨辦。\n2、依限辦結。\n二、課題\n本所人力有限。\n貳、附則\n"
    )
    assert titles(found.sections) == [("總說", [("檢討", ["登記"]), "課題"]), "附則"]
    assert found.sections[0].sections[0].sections[0].paragraphs == (
        "1、隨到隨辦。",
        "2、依限辦結。",
    )
    assert found.sections[0].sections[1].paragraphs == ("本所人力有限。",)


def test_list_marks_lost_after_a_page_break_change_nothing() -> None:
    kept = outline("壹、總說\n一、檢討\n- (一) 甲事\n - 1、辦理。\n- (二) 乙事\n - 1、辦理。\n")
    lost = outline("壹、總說\n\n一、檢討\n\n- (一) 甲事\n - 1、辦理。\n\n(二) 乙事\n\n1、辦理。\n")
    assert titles(kept.sections) == titles(lost.sections)


def test_a_paragraph_broken_by_a_page_is_one() -> None:
    found = outline(
        "壹、總說\n一、檢討\n- 1、辦理跨機關通報服務，民眾臨櫃申辦時可同時由本所代為通報其他各機關\n\n"
        "並免除往返奔波之苦。\n\n- 2、其他。\n二、展望\n前進。"
    )
    assert found.sections[0].sections[0].paragraphs[0].endswith("其他各機關並免除往返奔波之苦。")


def test_a_heading_is_not_joined_with_its_paragraph() -> None:
    found = outline(
        "參、目標\n一、提升服務品質，深化績效\n\n建置友善服務。\n\n二、擴大加值服務\n\n整合資源。"
    )
    assert titles(found.sections) == [("目標", ["提升服務品質，深化績效", "擴大加值服務"])]


def test_lines_broken_at_the_margin_are_joined() -> None:
    lines = ["以正確之資料與便捷之服務流程成為市民信賴的機關並配"] * 6
    found = outline("壹、願景\n" + "\n".join(lines) + "\n合。\n貳、其他\n無。")
    assert len(found.sections[0].paragraphs) == 1


def test_a_table_of_contents_is_skipped() -> None:
    found = outline("目錄\n壹、願景……1\n貳、目標……3\n壹、願景\n便民。\n貳、目標\n效率。")
    assert titles(found.sections) == ["願景", "目標"]


def test_the_title_of_a_table_is_no_paragraph() -> None:
    found = outline("壹、組織\n設委員會。\n\n本所服務品質委員會\n\n職別\t職稱\n委員\t課長\n")
    assert found.sections[0].paragraphs == ("設委員會。",)


def test_slides_have_no_chapters() -> None:
    assert outline("報告大綱\n一 組織\n二 地圖\n壹、組織\n主任\n").sections == ()


def test_notes_are_not_chapters() -> None:
    found = outline(
        "壹、指標\n一、表\n甲\t乙\n丙\t丁\n註：\n代號意義如下：\n1. 指自評。\n2. 指他評。\n二、附表\n無。"
    )
    assert titles(found.sections) == [("指標", ["表", "附表"])]


def test_the_finer_marks_of_official_documents() -> None:
    found = outline(
        "壹、總說\n一、檢討\n(一)甲事\n1、乙事\n(1)丙事\n甲、丁事。\n乙、戊事。\n二、展望\n前進。"
    )
    assert titles(found.sections) == [
        ("總說", [("檢討", [("甲事", [("乙事", ["丙事"])])]), "展望"])
    ]


def test_goals_with_perspective_and_strategies() -> None:
    found = outline(
        "參、目標\n一、關鍵策略目標\n(一) 提升審查品質（業務成果）\n1、按月抽查。\n2、統一標準。\n"
        "(二) 培育人才（組織學習）\n1、辦理訓練。\n二、共同性目標\n(一) 節約用電（財務管理）\n1、汰換設備。"
    )
    assert [(g.name, g.perspective, g.kind) for g in found.goals] == [
        ("提升審查品質", "業務成果", "key"),
        ("培育人才", "組織學習", "key"),
        ("節約用電", "財務管理", "common"),
    ]
    assert [s.text for s in found.goals[0].strategies] == ["按月抽查。", "統一標準。"]


def test_goals_under_perspective_headings() -> None:
    found = outline(
        "參、關鍵策略目標\n（一）業務成果面向\n1、提升水質\n(1)稽查。\n（二）財務面向\n2、節省經費\n(1)撙節。"
    )
    assert [(g.name, g.perspective) for g in found.goals] == [
        ("提升水質", "業務成果"),
        ("節省經費", "財務"),
    ]


def test_a_bracket_that_is_no_perspective_stays_in_the_name() -> None:
    found = outline(
        "參、關鍵策略目標\n（一）加強宣導（含新住民）\n1、辦理。\n（二）改善環境\n1、辦理。"
    )
    assert found.goals[0].name == "加強宣導（含新住民）"


def test_a_formal_numeral_without_its_mark_is_a_word() -> None:
    assert chapter_mark("陸續辦理說明會") is None
    assert chapter_mark("伍、附則") is not None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "",
                    "壹、",
                    "貳、",
                    "一、",
                    "二、",
                    "(一)",
                    "（二）",
                    "1、",
                    "2.",
                    "(1)",
                    "- ",
                    "註：",
                    "第一章 ",
                ]
            ),
            st.text(alphabet="辦理服務，。；：品質目標", max_size=50),
            st.sampled_from(["\n", "\n\n", "\t甲\n"]),
        ),
        max_size=25,
    )
)
def test_no_word_is_invented_or_printed_twice(pieces: list[tuple[str, str, str]]) -> None:
    text = "".join(mark + words + end for mark, words, end in pieces) + "。"
    found = outline(text)
    printed = "".join(text.split())

    def walk(sections: tuple[Section, ...]) -> int:
        total = 0
        for section in sections:
            assert "".join(section.title.split()) in printed
            total += len("".join(section.title.split()))
            total += sum(len("".join(p.split())) for p in section.paragraphs)
            total += walk(section.sections)
        return total

    assert walk(found.sections) <= len(printed)
