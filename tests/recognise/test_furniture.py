"""Running heads leave the paper, and nothing else does."""

from __future__ import annotations

import pytest

from hengtu.core.paper import Paper, Table
from hengtu.readers.recognise.furniture import clear_pages
from hengtu.readers.txt.read import read


def cleared(text: str) -> Paper:
    return clear_pages(read(text.encode()))


def printed(text: str) -> list[str]:
    return [words for _, words in cleared(text).texts()]


TITLE = "松濤市水利局113年度服務計畫"


@pytest.mark.parametrize(
    "head",
    [
        "第 3 頁，共 9 頁",
        "第3頁",
        "- 3 -",
        f"{TITLE}　第3頁",
        f"{TITLE}  3/9",
        "水利局 服務計畫 - 3 -\n水利局 服務計畫 - 4 -",
        f"{TITLE}\n3",
    ],
)
def test_a_running_head_in_a_table_cuts_it_and_goes(head: str) -> None:
    paper = cleared(f"{TITLE}\n\n項目\t內容\n甲\t乙\n{head}\n丙\t丁\n")
    assert [words for _, words in paper.texts()] == [TITLE, "項目\t內容", "甲\t乙", "丙\t丁"]
    assert len([block for block in paper.blocks if isinstance(block, Table)]) == 2


@pytest.mark.parametrize(
    "line",
    [
        "一、計畫目標 ……… 第3頁",
        "詳見工作手冊第 3 頁",
        "12",
        "辦理第 3 案",
        "完成率 3/4",
        "113/1/9 修訂",
    ],
)
def test_words_that_only_name_a_page_or_a_number_stay(line: str) -> None:
    assert line in printed(f"{TITLE}\n\n{line}\n\n項目\t內容\n甲\t乙\n")


def test_the_title_page_keeps_its_title() -> None:
    assert printed(f"{TITLE}\n第 1 頁\n\n項目\t內容\n甲\t乙\n")[0] == TITLE
