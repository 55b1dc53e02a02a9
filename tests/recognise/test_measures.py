"""The cell that says how a KPI is measured, for one KPI or several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.paper import Paper
from hengtu.core.plan import Measure
from hengtu.core.source import Source
from hengtu.readers.recognise.measures.measures import read_standard
from hengtu.readers.recognise.notes import Notes


def read(
    text: str, *names: str, unit_hint: str | None = None
) -> tuple[tuple[tuple[Measure, ...], ...], list[str]]:
    notes = Notes(Paper(()))
    measures = read_standard(
        text,
        kpi_names=names or ("某項指標",),
        where=Source(line=3),
        subject="AC1.1",
        notes=notes,
        unit_hint=unit_hint,
    )
    return measures, [found.code for found in notes.findings]


def one(text: str, *, unit_hint: str | None = None) -> Measure:
    ((measure,),), _ = read(text, unit_hint=unit_hint)
    return measure


def test_reads_formula_unit_threshold_and_direction() -> None:
    measure = one("實到人數/應到人 數*100%≥74.6% 單位：%")
    assert measure.formula == "實到人數/應到人數*100%"
    assert measure.items == ("實到人數", "應到人數")
    assert (measure.unit, measure.direction) == ("%", "higher")
    assert measure.threshold is not None
    assert (measure.threshold.op, measure.threshold.value, measure.threshold.unit) == (
        ">=",
        74.6,
        "%",
    )


@pytest.mark.parametrize(
    ("text", "op", "value", "direction"),
    [
        ("次數/年至少 290 次", ">=", 290, "higher"),
        ("滿意度不低於85%", ">=", 85, "higher"),
        ("滿意度達90%以上", ">=", 90, "higher"),
        ("辦理日數不超過7日", "<=", 7, "lower"),
        ("辦理天數3日以內", "<=", 3, "lower"),
        ("完成率100%", "=", 100, None),
        ("112年8月底前完成100%=設計*40%+施工*60%", "=", 100, None),
    ],
)
def test_reads_thresholds_in_words(text: str, op: str, value: float, direction: str | None) -> None:
    measure = one(text)
    assert measure.threshold is not None
    assert (measure.threshold.op, measure.threshold.value) == (op, value)
    assert measure.direction == direction


def test_several_kpis_share_one_numbered_cell() -> None:
    dealt, codes = read("1. 篇數/年≥4篇 2. 則數/年≥6則 單位：篇數 則數", "甲篇數", "乙則數")
    assert [[(m.formula, m.unit, m.index) for m in ms] for ms in dealt] == [
        [("篇數/年", "篇數", 1)],
        [("則數/年", "則數", 1)],
    ]
    assert codes == []


def test_two_measures_under_one_code_are_told() -> None:
    dealt, codes = read("宣導圖片張數≥20張 宣導影片支數≥5支 單位：張、支")
    assert [(m.index, m.formula, m.unit, m.label) for m in dealt[0]] == [
        (1, "宣導圖片張數", "張", "圖片張數"),
        (2, "宣導影片支數", "支", "影片支數"),
    ]
    assert codes == ["R144"]


def test_a_leftover_index_is_dropped_and_told() -> None:
    dealt, codes = read("2.參加次數/年≥12 次 單位：次數")
    assert (dealt[0][0].formula, codes) == ("參加次數/年", ["R148"])


def test_rules_notes_and_conditions_stay_out_of_the_formula() -> None:
    rule = one("平均日數(目標值 為逐年縮短2%) 單位：日數")
    assert (rule.formula, rule.target_rule, rule.direction) == (
        "平均日數",
        "目標值為逐年縮短2%",
        "lower",
    )
    note = one("（甲數－乙數）÷甲數×100%（移撥之情事不列入計算）備註：乙數＝丙數＋丁數")
    assert note.items == ("甲數", "乙數")
    assert note.notes == ("移撥之情事不列入計算", "乙數＝丙數＋丁數")
    due = one("112年8月底前完成100%=設計*40%+施工*60%")
    assert (due.condition, due.items) == ("112年8月底前", ("設計", "施工"))


@pytest.mark.parametrize(
    "text",
    [
        "隨時利用會議進行講解或訓練",
        "每人每年應完成學習時數20小時,其中10小時須於9月30日以前完成課程:1.政策(1小時)2.環境(4小時)",
        "完成報告1份",
        "是/否",
        "新方案之提案；創新措施",
    ],
)
def test_a_requirement_is_no_formula_and_bothers_nobody(text: str) -> None:
    (measures,), codes = read(text)
    assert [(m.formula, m.items, m.formula_raw) for m in measures] == [(None, (), text)]
    assert codes == []


def test_a_formula_that_cannot_be_read_is_told() -> None:
    (measures,), codes = read("甲數÷÷乙數×100%")
    assert (measures[0].formula, codes) == (None, ["M102"])


def test_without_a_cell_the_unit_comes_from_the_values_or_the_name() -> None:
    assert read("", "申請件 數")[0][0][0].unit == "件"
    assert read("", "申請件 數", unit_hint="%")[0][0][0].unit == "%"
    assert read("", "滿意程度")[0][0][0].unit is None


def test_a_printed_unit_goes_before_the_values_unit() -> None:
    assert one("甲數/乙數*100% 單位：%", unit_hint="件").unit == "%"
    assert one("辦理次數", unit_hint="次").unit == "次"


@given(
    st.text(alphabet="甲乙數率123. ≥≤%+-*/()（）單位：:，、；次年備註=「」", max_size=60),
    st.integers(1, 3),
)
def test_no_cell_raises_and_every_kpi_gets_a_measure(text: str, kpis: int) -> None:
    dealt, _ = read(text, *[f"指標{i}" for i in range(kpis)])
    assert len(dealt) == kpis
    assert all(measures for measures in dealt)
    for measures in dealt:
        assert [m.index for m in measures] == list(range(1, len(measures) + 1))


def test_a_share_without_times_a_hundred_is_told_to_be_scaled() -> None:
    assert read("實到人數/應到人數 單位：%")[1] == ["M101"]
    assert read("實到人數/應到人數*100% 單位：%")[1] == []
    assert read("實到人數/應到人數 單位：倍")[1] == []


def test_a_bracket_that_was_left_open_is_closed_and_told() -> None:
    ((measure,),), told = read("[（實到人數－遲到人數）/應到人數×100%")
    assert told == ["M103"]
    assert set(measure.items) == {"實到人數", "遲到人數", "應到人數"}
