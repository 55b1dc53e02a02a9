"""Schedule-control tables: months that are told, months that were lost, and rows that slipped."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.recognise.papers import paper_of, told, unread

from hengtu.core.paper import Cell, Paper, Row, Table
from hengtu.core.source import Place
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.persons.persons import mask_persons
from hengtu.readers.recognise.service.cell_statements import split_contents
from hengtu.readers.recognise.service.months import month_columns
from hengtu.readers.recognise.service.schedule import Schedule, read_schedule
from hengtu.readers.txt import read as read_txt

TWELVE = "|".join(f"{month}月" for month in range(1, 13))
Work = list[
    tuple[str, str | None, str, list[tuple[str, tuple[int, ...] | None, str | None, str | None]]]
]


def marks(*months: int, sign: str = "●", other: str = "") -> str:
    return "|".join(sign if month in months else other for month in range(1, 13))


def read(text: str) -> tuple[Schedule, Notes]:
    notes = Notes(paper_of(text))
    return read_schedule(notes.paper, notes), notes


def work(schedule: Schedule) -> Work:
    return [
        (w.no, w.section, w.name, [(t.content, t.months, t.status, t.note) for t in w.tasks])
        for w in schedule.work_items
    ]


def test_bars_that_came_out_as_dashes_tell_no_month() -> None:
    text = """
東港區公所114年度工作管制表

課別|編號|計畫項目|工作內容|預定執行時程月份||||||||||||執行狀態|說明
||||1|2|3|4|5|6|7|8|9|10|11|12||
企劃課|1|講習計畫|研擬計畫|-|-|-|-|-|-|-|-|-|-|-|-|-|已完成|
|||辦理講習|-|-|-|-|-|-|-|-|-|-|-|-|-|-|依期執行|延後辦理
成果彙整|||-|-|-|-|-|-|-|-|-|-|-|-|-|-|依期執行|
2|訪視計畫|每月訪視|-|-|-|-|-|-|-|-|-|-|-|-|-|已完成||
||回報結果|-|-|-|-|-|-|-|-|-|-|-|-|-|-|||已完成

資訊 課|3|資安演練|辦理演練|—|—|—|—|—|—|—|—|—|—|—|—|—|—|—|依期執行|114年新增
"""
    schedule, notes = read(text)
    assert work(schedule) == [
        (
            "1",
            "企劃課",
            "講習計畫",
            [
                ("研擬計畫", None, "已完成", None),
                ("辦理講習", None, "依期執行", "延後辦理"),
                ("成果彙整", None, "依期執行", None),
            ],
        ),
        (
            "2",
            "企劃課",
            "訪視計畫",
            [("每月訪視", None, "已完成", None), ("回報結果", None, "已完成", None)],
        ),
        ("3", "資訊課", "資安演練", [("辦理演練", None, "依期執行", "114年新增")]),
    ]
    assert told(notes) == [("R161", (3, 4, 5, 11)), ("R124", (7,)), ("R124", (8, 9))]
    assert unread(notes) == []
    assert [unit.name for unit in schedule.org_units] == ["企劃課", "資訊課"]


@pytest.mark.parametrize("sign", ["●", "V", "✓", "○", "*", "1", "━", "執行", "—"])
def test_every_sign_tells_its_months(sign: str) -> None:
    schedule, notes = read(
        f"編號|計畫項目|工作內容|{TWELVE}|狀態\n"
        f"1|甲計畫|研擬內容|{marks(1, 2, sign=sign)}|已完成\n||辦理內容|{marks(7, sign=sign)}|執行中"
    )
    assert [task.months for task in schedule.work_items[0].tasks] == [(1, 2), (7,)]
    assert told(notes) == []


def test_dashes_beside_signs_mean_that_nothing_is_planned() -> None:
    schedule, notes = read(
        f"編號|計畫項目|工作內容|{TWELVE}|狀態\n1|甲計畫|研擬|{marks(1, 2, other='-')}|已完成\n"
        f"2|乙計畫|辦理|{marks(other='-')}|未開始\n3|丙計畫|全程辦理|{marks(*range(1, 13))}|執行中"
    )
    tasks = [item.tasks[0].months for item in schedule.work_items]
    assert tasks == [(1, 2), None, tuple(range(1, 13))]
    assert told(notes) == []


def test_twelve_blank_months_everywhere_are_lost_bars() -> None:
    schedule, notes = read(
        f"項次|工作項目|承辦課室|{TWELVE}|備註\n1|講習|第一課|{marks()}|\n2|會議|第二課|{marks()}|每季1次"
    )
    assert [
        (item.name, item.section, item.tasks[0].months, item.tasks[0].note)
        for item in schedule.work_items
    ] == [
        ("講習", "第一課", None, None),
        ("會議", "第二課", None, "每季1次"),
    ]
    assert told(notes) == [("R161", (1, 2))]


def test_rows_that_slipped_left_keep_their_months() -> None:
    schedule, notes = read(
        f"課別|編號|計畫項目|工作內容|{TWELVE}|狀態|說明\n"
        f"企劃課|1|講習|研擬|{marks(1)}|已完成|\n"
        f"2|訪視|訪視各里|{marks(3, 6)}|執行中|延後|\n"
        f"||彙整|{marks(12)}|未開始||"
    )
    assert work(schedule)[1] == (
        "2",
        "企劃課",
        "訪視",
        [("訪視各里", (3, 6), "執行中", "延後"), ("彙整", (12,), "未開始", None)],
    )
    assert told(notes) == [("R124", (3, 4))]


def test_other_columns_and_orders() -> None:
    schedule, notes = read(
        "主辦單位|工作項目|執行情形|項次|具體作法|第1季|第2季|第3季|第4季|協辦單位\n"
        "第一課|講習|已完成|一|辦理講習|V||||第二課、第三課\n第二課|訪視|執行中|二|訪視各里||V|V||"
    )
    first, second = schedule.work_items
    assert (first.no, first.section, first.tasks[0].partners) == (
        "1",
        "第一課",
        ("第二課", "第三課"),
    )
    assert (first.tasks[0].months, second.tasks[0].months) == ((1, 2, 3), (4, 5, 6, 7, 8, 9))
    assert first.tasks[0].status == "已完成"
    assert unread(notes) == []


def test_sections_as_bands_as_headings_and_none() -> None:
    rows = [f"1|甲|甲項工作|{marks(1)}", f"2|乙|乙項工作|{marks(2)}"]
    head = f"編號|計畫項目|工作內容|{TWELVE}"
    band = f"{head}\n第一課{'|' * 14}\n{rows[0]}\n第二課{'|' * 14}\n{rows[1]}"
    headings = f"一、第一課\n{head}\n{rows[0]}\n\n二、第二課\n{head}\n{rows[1]}"
    for text in (band, headings):
        schedule, notes = read(text)
        assert [(item.no, item.section) for item in schedule.work_items] == [
            ("1", "第一課"),
            ("2", "第二課"),
        ]
        assert [unit.name for unit in schedule.org_units] == ["第一課", "第二課"]
        assert unread(notes) == []
    assert [item.section for item in read(f"{head}\n{rows[0]}")[0].work_items] == [None]


def test_a_due_date_column_tells_months_only_where_its_words_fix_them() -> None:
    schedule, notes = read(
        "編號|計畫項目|工作內容|辦理期程|執行情形\n1|講習|辦理講習|每季1次|已完成\n2|調查|發放問卷|4月及10月|執行中\n"
        "3|諮詢|受理諮詢|全年|執行中\n4|清查|清查檔案|視人力而定|執行中"
    )
    tasks = [item.tasks[0] for item in schedule.work_items]
    assert [task.months for task in tasks] == [None, (4, 10), tuple(range(1, 13)), None]
    assert [task.timing and task.timing.raw for task in tasks] == [
        "每季1次",
        "4月及10月",
        "全年",
        "視人力而定",
    ]
    assert told(notes) == []


def test_words_propose_but_never_set_the_months_of_the_table() -> None:
    schedule, _ = read(
        f"編號|計畫項目|工作內容|{TWELVE}\n1|抽查|每年1月及7月抽查|{marks(2)}\n2|調查|每年4月調查|{marks()}"
    )
    tasks = [item.tasks[0] for item in schedule.work_items]
    assert [(task.months, task.timing and task.timing.months) for task in tasks] == [
        ((2,), (1, 7)),
        (None, (4,)),
    ]


def test_several_contents_in_one_cell() -> None:
    schedule, notes = read(
        f"編號|計畫項目|工作內容|{TWELVE}\n1|甲|1.研擬計畫 2.召開會議|{marks(1)}\n2|乙|列印名冊逐戶訪查 每月更新資料庫|{marks(2)}\n"
        f"3|丙|訂定清查計畫並公布 於網站|{marks(3)}\n4|丁|辦理講習。 彙整成果。|{marks(4)}"
    )
    assert [[task.content for task in item.tasks] for item in schedule.work_items] == [
        ["研擬計畫", "召開會議"],
        ["列印名冊逐戶訪查", "每月更新資料庫"],
        ["訂定清查計畫並公布於網站"],
        ["辦理講習。", "彙整成果。"],
    ]
    assert [(f.code, f.level, f.where.all_lines()) for f in notes.findings] == [
        ("R164", "hint", (3, 5))
    ]


def test_pages_with_header_repeated_and_an_item_that_goes_on() -> None:
    head = f"單位|項次|計畫項目|工作內容|{TWELVE}|說明"
    schedule, notes = read(
        f"{head}\n第一課|1|講習|研擬計畫|{marks(1)}|\n\n{head}\n第一課|||辦理講習|{marks(2)}|\n|1|講習|彙整成果|{marks(3)}|"
    )
    assert [len(item.tasks) for item in schedule.work_items] == [3]
    assert told(notes) == [("R132", (1, 4))]


def test_a_content_cut_by_the_page_break_is_joined() -> None:
    schedule, notes = read(
        f"項次|計畫項目|工作內容|{TWELVE}|狀態\n1|講習|研擬年度講|{marks(1)}|已完成\n\n||習計畫|{marks()}|\n2|會議|召開會議|{marks(2)}|已完成"
    )
    assert schedule.work_items[0].tasks[0].content == "研擬年度講習計畫"
    assert told(notes) == [("R131", (2, 4))]


def test_merged_and_shaded_cells_of_office_documents() -> None:
    def row(line: int, *cells: Cell) -> Row:
        return Row(cells, Place(line=line))

    header = row(
        1,
        *(Cell(text) for text in ("編號", "計畫項目", "工作內容")),
        Cell("預定進度月份", columns=12),
        Cell("狀態"),
    )
    months = row(2, *(Cell("") for _ in range(3)), *(Cell(str(n)) for n in range(1, 13)), Cell(""))
    texts = [Cell("1"), Cell("講習"), Cell("辦理講習")]
    shaded = [
        Cell("", fill="FFFFFF"),
        Cell("", fill="9DC3E6", columns=3),
        *(Cell("") for _ in range(8)),
    ]
    paper = Paper(
        (Table((header, months, row(3, *texts, *shaded, Cell("已完成")))),), format="docx"
    )
    task = read_schedule(paper, Notes(paper)).work_items[0].tasks[0]
    assert (task.months, task.status) == ((2, 3, 4), "已完成")


def test_tables_of_other_kinds_are_left_alone(seeds: list[Path]) -> None:
    for path in seeds:
        paper, _ = mask_persons(read_txt(path.read_bytes()))
        notes = Notes(paper)
        assert bool(read_schedule(paper, notes).work_items) == path.name.startswith("001")


def test_month_headers() -> None:
    def columns(texts: Iterable[str]) -> dict[int, tuple[int, ...]]:
        return month_columns(Row(tuple(Cell(text) for text in texts)))

    assert columns(["", *(f"{n}月" for n in range(1, 13))])[12] == (12,)
    assert columns(["一月", "二月", "三月", "四月", "五月", "六月"])[5] == (6,)
    assert columns([f"114年{n}月" for n in (7, 8, 9, 10, 11, 12, 1, 2)])[6] == (1,)
    assert columns(["第一季", "第二季", "第三季", "第四季"])[3] == (10, 11, 12)
    assert columns(["1", "甲", "2"]) == {}


CELL = st.sampled_from(
    ["", "1", "二", "第一課", "講習", "辦理講習", "-", "—", "●", "已完成", "114年新增", "1月"]
)


@given(
    st.lists(st.lists(CELL, min_size=1, max_size=20), max_size=8),
    st.sampled_from(
        [
            f"課別|編號|計畫項目|工作內容|{TWELVE}|狀態|說明",
            "項次|工作項目|預定進度月份||||||||||||狀態",
        ]
    ),
)
def test_noise_never_breaks_the_reading_and_adds_no_months(
    rows: list[list[str]], head: str
) -> None:
    lines = ["|".join(row) if any(row) else "" for row in rows]
    schedule, notes = read("\n".join([head, *lines]))
    printed = "".join(lines)
    for task in (task for item in schedule.work_items for task in item.tasks):
        assert task.content
        assert all(part in printed for part in task.content)
        assert task.months is None or all(1 <= month <= 12 for month in task.months)
    assert {finding.code for finding in notes.findings} <= {"R124", "R131", "R132", "R161", "R164"}


def test_quarters_over_months_count_as_months() -> None:
    schedule, _ = read(
        f"編號|計畫項目|工作內容|第1季|||第2季|||第3季|||第4季|||狀態\n|||{TWELVE}|\n1|講習|辦理講習|{marks(1, 5)}|執行中"
    )
    assert schedule.work_items[0].tasks[0].months == (1, 5)


def test_a_status_that_moved_past_the_header_is_found() -> None:
    schedule, _ = read(
        f"編號|計畫項目|工作內容|{TWELVE}|狀態||\n1|講習|辦理講習|{marks(1)}||已完成|\n2|會議|召開會議|{marks(2)}|||配合市府"
    )
    tasks = [item.tasks[0] for item in schedule.work_items]
    assert [(task.status, task.note) for task in tasks] == [("已完成", None), (None, "配合市府")]


def test_the_unit_column_is_the_section_and_people_are_none() -> None:
    head = f"編號|計畫項目|承辦人|工作內容|承辦單位|{TWELVE}"
    for holder, section in (("○○○", "第一課"), ("課員", "第一課")):
        schedule, _ = read(f"{head}\n1|講習|{holder}|辦理講習|第一課|{marks(1)}")
        assert schedule.work_items[0].section == section
    schedule, _ = read(f"編號|計畫項目|工作內容|{TWELVE}|主辦人員\n1|講習|辦理講習|{marks(1)}|課員")
    assert (schedule.work_items[0].section, schedule.org_units) == ("課員", ())


def test_months_lost_on_one_page_only() -> None:
    schedule, notes = read(
        f"編號|計畫項目|工作內容|{TWELVE}|狀態\n1|講習|辦理講習|{marks(1)}|已完成\n\n"
        f"2|會議|召開會議|-|-|-|-|-|-|-|-|-|-|-|-|-|-|依期執行"
    )
    tasks = [item.tasks[0] for item in schedule.work_items]
    assert [(task.months, task.status) for task in tasks] == [((1,), "已完成"), (None, "依期執行")]
    assert told(notes) == [("R161", (1, 4))]


@pytest.mark.parametrize(
    ("cell", "contents"),
    [
        ("研擬年度服務提升計畫按季檢討辦理情形", ["研擬年度服務提升計畫", "按季檢討辦理情形"]),
        ("列印名冊逐戶訪查每月更新資料庫", ["列印名冊逐戶訪查", "每月更新資料庫"]),
        (
            "推動同仁建議及研究發展獎勵參加市府創新提案競賽",
            ["推動同仁建議及研究發展獎勵", "參加市府創新提案競賽"],
        ),
    ],
)
def test_two_contents_that_ran_together_are_parted(cell: str, contents: list[str]) -> None:
    assert split_contents(cell, wraps=False) == (contents, True)


@pytest.mark.parametrize(
    "cell",
    [
        "考核小組每年度終了於翌年1月辦理考核",
        "全體同仁每年資安研習時數6小時",
        "依據年度宣導計畫參加各機關聯合宣導活動",
        "鼓勵同仁參加專業證照訓練課程",
        "每月定期檢核網站資料並按季檢討改善",
        "派員參加府級教育訓練，按月檢討成效",
    ],
)
def test_one_content_stays_one(cell: str) -> None:
    assert split_contents(cell, wraps=False) == ([cell], False)
