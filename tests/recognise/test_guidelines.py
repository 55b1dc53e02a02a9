"""Guidelines, strategies and methods in every layout that agencies print."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.recognise.papers import paper_of, told, unread

from hengtu.core.plan import Guideline
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.service.guidelines import read_guidelines

Told = dict[str, dict[str, list[str]]]


def outline(guidelines: tuple[Guideline, ...]) -> Told:
    return {g.name: {s.name: [m.text for m in s.methods] for s in g.strategies} for g in guidelines}


def read(text: str) -> tuple[Told, Notes]:
    notes = Notes(paper_of(text))
    return outline(read_guidelines(notes.paper, notes)), notes


def test_a_page_break_cuts_three_cells_and_a_name_that_began_rows_before() -> None:
    text = """
實施要領|執行策略|執行方法
一、|(一)整理環境，並增|每季檢查照明、
|
實施要領|執行策略|執行方法
改善環境|設座椅。|標示及動線。
二、傾聽民意，建立信|(一)辦理調查。|每年辦理1次。
|(二)公開結果，讓民眾知|於網站公開。

實施要領|執行策略|執行方法
任|道。|
|(三)追蹤改善。|按月列管。
五|(一)檢討流程。|逐項檢討。

實施要領|執行策略|執行方法
、 精 進 作 業||
"""
    plan, notes = read(text)
    assert plan == {
        "改善環境": {"整理環境，並增設座椅。": ["每季檢查照明、標示及動線。"]},
        "傾聽民意，建立信任": {
            "辦理調查。": ["每年辦理1次。"],
            "公開結果，讓民眾知道。": ["於網站公開。"],
            "追蹤改善。": ["按月列管。"],
        },
        "精進作業": {"檢討流程。": ["逐項檢討。"]},
    }
    assert told(notes) == [
        ("R132", (1, 4, 9, 14)),
        ("R131", (2, 5)),
        ("R131", (2, 5)),
        ("R131", (2, 5)),
        ("R131", (6, 10)),
        ("R131", (7, 10)),
        ("R131", (12, 15)),
    ]
    assert unread(notes) == []


def test_a_blank_after_a_full_stop_is_a_lost_line_break_and_numbers_part_methods() -> None:
    text = """
實施要項|推動策略|具體作法
一、服務|1.訓練|辦理講習。 測驗成效。
|2.設備|(1)汰換座椅。 (2)增設插座。
|3.用語|依1.5版辦理
"""
    plan, notes = read(text)
    assert plan == {
        "服務": {
            "訓練": ["辦理講習。", "測驗成效。"],
            "設備": ["汰換座椅。", "增設插座。"],
            "用語": ["依1.5版辦理"],
        }
    }
    assert told(notes) == [("R164", (2,))]


def test_other_layouts_say_the_same() -> None:
    layouts = [
        "執行方法|執行策略|實施要領\n辦理講習。|(一)訓練|一、服務\n訂定範本。|(二)用語|",
        "推動要項|推動策略|具體措施|主辦單位\n服務|訓練|辦理講習。|第一課\n|用語|訂定範本。|各課",
        "一、服務\n\n執行策略|執行方法|完成期限\n（一）訓練|辦理講習。|6月底\n（二）用語|訂定範本。|每季",
        "實施要領|執行策略|執行方法\n壹、服務\n|1.訓練|辦理講習。\n|2.用語|訂定範本。",
        "執行策略|執行方法\n一、服務|\n(一)訓練|辦理講習。\n(二)用語|訂定範本。",
        "實 施 要 領|執 行 策 略|執 行 方 法\n一、服 務|(一)訓 練|辦理講習。\n|(二)用 語|訂定範本。",
        "實施要領|執行策略|執行方法\n一、服務|(一)訓練|辦理講習。\n\n實施要領|執行策略|執行方法\n一、服務(續)|(二)用語|訂定範本。",
    ]
    for text in layouts:
        assert read(text)[0] == {"服務": {"訓練": ["辦理講習。"], "用語": ["訂定範本。"]}}, text


def test_two_columns_are_guidelines_and_strategies() -> None:
    plan, _ = read("實施要領|具體作法\n一、服務|（一）設置服務台。\n|（二）加強訓練。")
    assert plan == {"服務": {"設置服務台。": [], "加強訓練。": []}}


def test_an_unnumbered_table_goes_on_only_where_the_words_stop_short() -> None:
    text = """
推動要項|推動策略|具體措施
環境|檢討動線，使民眾便利。|每季巡檢一次。
|更新指標。|換裝雙語指標，並增設

推動要項|推動策略|具體措施
||無障礙坡道。
效率|簡化書表。|減少書表。
"""
    plan, notes = read(text)
    assert plan["環境"]["更新指標。"] == ["換裝雙語指標，並增設無障礙坡道。"]
    assert list(plan["效率"]) == ["簡化書表。"]
    assert told(notes) == [("R132", (1, 5)), ("R131", (3, 6))]


def test_a_column_for_the_due_date_is_kept_as_printed() -> None:
    notes = Notes(
        paper_of("實施要領|執行策略|執行方法|完成期限\n一、服務|1.訓練|辦理講習。|視經費而定")
    )
    method = read_guidelines(notes.paper, notes)[0].strategies[0].methods[0]
    assert method.timing is not None
    assert method.timing.raw == "視經費而定"


def test_tables_of_other_kinds_are_left_alone() -> None:
    for header in (
        "構面|策略目標|關鍵績效指標|行動方案|衡量標準",
        "編號|計畫項目|工作內容|1月|2月|執行狀態",
        "策略主題|主政機關|協辦機關",
        "職別|職稱|任務分配",
    ):
        assert read(f"{header}\n甲|乙|丙|丁|戊")[0] == {}


CELLS = st.sampled_from(
    ["", "一、甲", "(一)乙。", "丙，", "丁", "二、", "五", "、戊", "（續）", "1.己 2.庚", "。"]
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=8))
def test_cut_tables_never_break_the_reading_and_invent_no_words(rows: list[list[str]]) -> None:
    lines = ["|".join(row) if any(row) else "" for row in rows]
    plan, notes = read("\n".join(["實施要領|執行策略|執行方法", *lines]))
    printed = "".join(text for _, text in notes.paper.texts())
    for word in yaml.safe_dump(plan, allow_unicode=True):
        assert word in printed or word.isspace() or word.isascii()


def test_an_outline_without_table_says_the_same() -> None:
    lines = "貳、實施要領\n一、服務\n（一）訓練\n1.辦理講習。\n（二）用語\n訂定範本。\n二、意見\n（一）調查\n每年1次。\n\n參、附則\n一、甲"
    plan, _ = read(f"東港區公所115年度提升服務品質執行計畫\n\n{lines}")
    assert plan == {
        "服務": {"訓練": ["辦理講習。"], "用語": ["訂定範本。"]},
        "意見": {"調查": ["每年1次。"]},
    }
    assert read(f"東港區公所115年度施政計畫\n\n{lines}")[0] == {}
