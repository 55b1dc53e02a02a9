"""What nobody understood is shown; what was cut or damaged is said once and never read as a value."""

import random
from pathlib import Path

import pytest

from hengtu.core.draft import Draft
from hengtu.readers.recognise.assemble import recognise
from hengtu.readers.recognise.cut_end import trim_cut_end
from hengtu.readers.txt import read

PLAN = (
    "青嵐市翠屏地政事務所中程施政計畫（114至115年度）\n\n"
    "壹、關鍵績效指標\n\n"
    "關鍵策略目標\t關鍵績效指標\t評估體制\t評估方式\t衡量標準\t114年\t115年\n"
    "甲目標（業務成果）\t甲次數\t1\t統計數據\t全年次數\t11次\t12次\n"
    "乙目標（業務成果）\t乙次數\t1\t統計數據\t全年次數\t21次\t22次\n"
    "丙目標（業務成果）\t丙次數\t1\t統計數據\t全年次數\t31次\t32次\n"
)


def draft(text: str) -> Draft:
    return recognise(read(text.encode()))


def told(found: Draft) -> list[str]:
    return [finding.code for finding in found.findings]


def test_a_clean_plan_leaves_nothing() -> None:
    found = draft(PLAN)
    assert found.plan.unread == ()
    assert told(found) == []


def test_rows_that_nobody_knows_are_kept_and_told_once_for_a_block() -> None:
    found = draft(PLAN + "\n\n其他統計\n甲欄\t乙欄\n一二\t三四\n")
    assert [text.text for text in found.plan.unread] == ["其他統計", "甲欄 | 乙欄", "一二 | 三四"]
    assert told(found) == ["R004"]


@pytest.mark.parametrize(
    "line", ["- 12 -", "第 3 頁，共 9 頁", "敬請指教", "QINGLAN CITY", "＊＊＊", "Thank you!"]
)
def test_decoration_is_not_reported(line: str) -> None:
    assert told(draft(PLAN + "\n" + line + "\n")) == []


@pytest.mark.parametrize(
    "text",
    [
        "今天天氣很好，大家一起去郊遊。\n下午回家。\n",
        "甲方與乙方訂立契約如下：\n一、租金每月一萬元。\n二、租期一年。\n",
        "a\tb\n1\t2\n",
        "-----\n",
    ],
)
def test_another_kind_of_text_is_one_error(text: str) -> None:
    found = draft(text)
    assert [f.code for f in found.findings if f.level == "error"] == ["R002"]
    assert found.plan.kpis == ()


def test_lost_characters_are_told_with_their_lines() -> None:
    found = draft(PLAN.replace("全年次數\t11次", "全\ufffd次數\t11次"))
    assert [(f.code, f.where.all_lines()) for f in found.findings if f.level == "error"] == [
        ("R005", (6,))
    ]


@pytest.mark.parametrize(
    "text",
    [
        PLAN + "丁目標（業務成果）\t丁次",
        PLAN + "丁目標（業務成果）\t丁次數\t1\t統計數據\t全年次數\t4",
        PLAN.rstrip("次\n"),
        PLAN + "丁目標\t丁\ufffd",
        "壹、目標\n一、甲\n(一) 辦理。\n二、乙\n(一) 辦理。\n三、丙的",
        "壹、總說\n本所依照上級機關之指示，逐年檢討各項業務之辦理情形，並就民眾反映之意見加以改善。\n"
        "貳、展望\n未來將持續推動各項便民措施，並結合地方資源，擴大服務範圍，以使轄內民眾均能就近",
    ],
)
def test_a_cut_document_is_told(text: str) -> None:
    _, cut = trim_cut_end(read(text.encode()))
    assert cut is not None


def test_a_last_row_that_slipped_is_not_cut() -> None:
    slipped = "丁次數\t1\t統計數據\t全年次數\t41次\t42次\n"
    _, cut = trim_cut_end(read((PLAN + slipped).encode()))
    assert cut is None


def test_documents_as_they_are_were_not_cut(seeds: list[Path]) -> None:
    for seed in seeds:
        _, cut = trim_cut_end(read(seed.read_bytes()))
        assert cut is None, seed.name


def test_no_value_is_invented_wherever_a_document_is_cut() -> None:
    data = PLAN.encode()
    whole = _values(recognise(read(data)))
    chance = random.Random(1)
    for _ in range(60):
        part = data[: chance.randrange(120, len(data))]
        assert _values(recognise(read(part))) <= whole


def _values(found: Draft) -> set[tuple[str, int, float | None]]:
    return {
        (kpi.name, value.roc_year, value.value)
        for kpi in found.plan.kpis
        for measure in kpi.measures
        for value in measure.values
    }
