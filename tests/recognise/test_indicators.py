"""Indicator tables of multi-year plans, in the layouts that agencies use."""

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from hengtu.core.draft import Draft
from hengtu.core.plan import Kpi
from hengtu.readers.recognise.assemble import recognise
from hengtu.readers.txt import read

TITLE = "青嵐市翠屏地政事務所中程施政計畫（114至117年度）\n\n"
HEADER = "序號\t關鍵策略目標\t編號\t關鍵績效指標\t評估體制\t評估方式\t衡量標準\t年度績效目標值\t\t\t\n\t\t\t\t\t\t\t114\t115\t116\t117\n"
COMMON = HEADER.replace("關鍵策略目標", "共同性目標").replace("關鍵績效指標", "共同性指標")


def draft(text: str) -> Draft:
    return recognise(read(text.encode()))


def rows(*cells: str) -> str:
    return "".join("\t".join(row.split("|")) + "\n" for row in cells)


def values(kpi: Kpi) -> list[tuple[int, str, float | str | None]]:
    return [
        (v.roc_year, v.kind, v.missing or v.value)
        for measure in kpi.measures
        for v in measure.values
    ]


def codes(found: Draft, *, level: str = "warning") -> list[str]:
    levels = {"warning": ("warning", "error"), "hint": ("hint", "warning", "error")}[level]
    return [finding.code for finding in found.findings if finding.level in levels]


def test_years_on_a_second_header_line_and_merged_cells() -> None:
    found = draft(
        TITLE
        + HEADER
        + rows(
            "1|提升審查品質（業務成果）|1|案件正確率|1|統計數據|正確件數÷總件數×100%|97%|98%|98%|99%",
            "||2|抽查次數|1|統計數據|全年抽查次數|4次|4次|4次|4次",
            "2|培育人才（組織學習）|1|訓練時數|3|問卷調查|平均時數|20 小時|20 小時|20 小時|20 小時",
        )
    )
    plan = found.plan
    assert [(o.code, o.name, o.kind) for o in plan.objectives] == [
        ("K1", "提升審查品質", "key"),
        ("K2", "培育人才", "key"),
    ]
    assert [(k.code, k.objective, k.assessment_regime, k.assessment_method) for k in plan.kpis] == [
        ("K1-1", "K1", "1", "統計數據"),
        ("K1-2", "K1", "1", "統計數據"),
        ("K2-1", "K2", "3", "問卷調查"),
    ]
    assert values(plan.kpis[0])[0] == (114, "target", 97)
    assert [m.unit for k in plan.kpis for m in k.measures] == ["%", "次", "小時"]
    names = {p.code: p.name for p in plan.perspectives}
    assert [names[o.perspective or ""] for o in plan.objectives] == ["業務成果", "組織學習"]
    assert codes(found) == []


def test_a_row_broken_by_a_page_with_its_header_printed_again() -> None:
    found = draft(
        TITLE
        + HEADER
        + rows("1|受理陳情申請或|1|依限比率|1|統計數據|依限辦結率（依限件數÷|98%|98%|98%|98%")
        + "\n"
        + HEADER
        + rows(
            "|諮詢案件（行政效率）|||||全部件數）×100%||||",
            "2|其他（行政效率）|1|次數|1|統計數據|全年次數|1次|1次|1次|1次",
        )
    )
    assert [k.name for k in found.plan.kpis] == ["依限比率", "次數"]
    assert found.plan.objectives[0].name == "受理陳情申請或諮詢案件"
    split = [f for f in found.findings if f.code == "R131"]
    assert [(f.subject, f.where.all_lines()) for f in split] == [("K1", (5, 9)), ("K1-1", (5, 9))]
    inner = [f for f in found.findings if f.code == "R133"]
    assert [f.where.all_lines() for f in inner] == [(7, 8)]


def test_a_header_printed_again_between_rows_is_only_a_hint() -> None:
    found = draft(
        TITLE
        + HEADER
        + rows("1|甲目標|1|甲次數|1|統計數據|全年次數|1次|1次|1次|1次")
        + "\n"
        + HEADER
        + rows("2|乙目標|1|乙次數|1|統計數據|全年次數|2次|2次|2次|2次")
    )
    assert len(found.plan.kpis) == 2
    assert codes(found) == []
    assert "R132" in codes(found, level="hint")


def test_values_that_stand_in_the_second_half_of_a_row() -> None:
    header = "關鍵策略目標\t關鍵績效指標\t評估體制\t衡量標準\t115年\t116年\n"
    found = draft(
        TITLE
        + header
        + rows("便民服務|線上比率|1|線上件數÷總件數×100%|30%|35%", "|平均等候時||||")
        + "\n"
        + rows("|間|1|總分鐘÷總人數|15分鐘|14分鐘")
    )
    assert [k.name for k in found.plan.kpis] == ["線上比率", "平均等候時間"]
    assert values(found.plan.kpis[1]) == [(115, "target", 15), (116, "target", 14)]


def test_a_table_that_goes_on_without_header_after_a_page_number() -> None:
    found = draft(
        TITLE
        + HEADER
        + rows("1|甲目標|1|甲次數|1|統計數據|全年次數|1次|1次|1次|1次")
        + "\n- 12 -\n\n"
        + rows("||2|乙次數|1|統計數據|全年次數|2次|2次|2次|2次")
    )
    assert [k.code for k in found.plan.kpis] == ["K1-1", "K1-2"]


def test_key_and_common_tables_both_start_at_one() -> None:
    row = rows("1|{}|1|{}|1|統計數據|全年次數|1次|1次|1次|1次")
    found = draft(
        TITLE
        + HEADER
        + row.format("甲目標", "甲")
        + "\n四、共同性指標\n\n"
        + COMMON
        + row.format("乙目標", "乙")
    )
    assert [(k.code, k.kind, k.objective) for k in found.plan.kpis] == [
        ("K1-1", "key", "K1"),
        ("S1-1", "common", "S1"),
    ]


def test_goals_of_the_chapters_and_of_the_table_are_one() -> None:
    found = draft(
        TITLE
        + "壹、關鍵策略目標\n（一）提升審查品質（業務成果）\n1、按月抽查。\n（二）培育人才（組織學習）\n1、辦理訓練。\n\n"
        + "貳、關鍵績效指標\n\n"
        + HEADER
        + rows("1|提升審查品質|1|正確率|1|統計數據|甲÷乙×100%|97%|97%|97%|97%")
    )
    assert [o.code for o in found.plan.objectives] == ["K1", "K2"]
    first = found.plan.objectives[0]
    assert [s.text for s in first.strategies] == ["按月抽查。"]
    assert len(first.source.all_lines()) == 2


def test_perspectives_and_goals_as_rows_of_their_own_and_printed_codes() -> None:
    found = draft(
        TITLE
        + "策略績效目標\t關鍵績效指標\t衡量標準\t年度目標值\t\n\t\t\t114\t115\n"
        + rows(
            "業務成果面向||||",
            "策略目標一：減少汙染||||",
            "|1-1 達標率|達標數÷總數×100％|80|82",
            "|1-2 查核次數|全年查核次數|120次|130次",
            "財務面向||||",
            "策略目標二：節約經費||||",
            "|2-1 執行率|執行數÷預算數×100％|95|N/A",
        )
    )
    plan = found.plan
    assert [o.name for o in plan.objectives] == ["減少汙染", "節約經費"]
    assert [k.code for k in plan.kpis] == ["K1-1", "K1-2", "K2-1"]
    assert [p.name for p in plan.perspectives] == ["業務成果", "財務"]
    assert values(plan.kpis[2])[1] == (115, "target", "not_applicable")


def test_years_as_rows() -> None:
    found = draft(
        TITLE
        + "關鍵策略目標\t關鍵績效指標\t年度\t目標值\t實際值\t衡量標準\n"
        + rows("供水韌性|管線長度|114|12公里|11公里|完成長度", "||115|13公里||", "||116|14公里||")
    )
    assert values(found.plan.kpis[0]) == [
        (114, "target", 12),
        (114, "actual", 11),
        (115, "target", 13),
        (116, "target", 14),
    ]


def test_columns_in_another_order_with_perspective_unit_and_owner() -> None:
    found = draft(
        TITLE
        + "面向\t項次\t績效指標\t計量單位\t113年度實際值\t114年度目標值\t權責單位\t計算公式\t評估體制\t策略目標\n"
        + rows(
            "業務成果|1|達標率|%|未統計|80|一課|達標數÷總數×100%|1|減少汙染",
            "|2|場次|場|１０|１２||全年場次|1|",
            "財務管理|1|執行率|%|90|－|二課|執行數÷預算數×100%|1|節約經費",
        )
    )
    plan = found.plan
    assert [(k.name, k.owner, k.measures[0].unit) for k in plan.kpis] == [
        ("達標率", "一課", "%"),
        ("場次", "一課", "場"),
        ("執行率", "二課", "%"),
    ]
    assert values(plan.kpis[0]) == [(113, "actual", "not_compiled"), (114, "target", 80)]
    assert values(plan.kpis[1]) == [(113, "actual", 10), (114, "target", 12)]
    assert values(plan.kpis[2])[1] == (114, "target", "blank")


def test_rows_that_slipped_are_put_under_their_headings() -> None:
    found = draft(
        TITLE
        + HEADER
        + rows(
            "1|甲目標|1|甲次數|1|統計數據|全年次數|1次|1次|1次|1次",
            "2|乙次數|1|統計數據|全年次數|2次|3次|4次|5次",
        )
    )
    assert [k.name for k in found.plan.kpis] == ["甲次數", "乙次數"]
    assert values(found.plan.kpis[1])[-1] == (117, "target", 5)
    assert "R124" in codes(found, level="hint")


def test_a_column_that_no_role_covers_is_told() -> None:
    found = draft(
        TITLE
        + "關鍵策略目標\t關鍵績效指標\t權重\t評估體制\t114年目標值\n甲目標\t甲次數\t30%\t1\t5次\n"
    )
    assert [(f.code, f.subject) for f in found.findings] == [("R004", "權重")]


def test_several_indicators_in_one_cell() -> None:
    found = draft(
        TITLE
        + HEADER
        + rows(
            "1|甲目標|1|1.滿意度 2.申訴件數|1|統計數據|1.滿意份數÷有效份數×100% 2.全年申訴件數|1.90% 2.5件|1.91% 2.4件|1.92% 2.3件|1.93% 2.2件"
        )
    )
    assert [(k.code, k.name) for k in found.plan.kpis] == [("K1-1", "滿意度"), ("K1-2", "申訴件數")]
    assert values(found.plan.kpis[1])[-1] == (117, "target", 2)
    assert "R143" in codes(found, level="hint")


def test_a_goal_in_the_line_above_its_table() -> None:
    table = "序\t衡量指標\t算式\t114年\t115年\t評估體制\n"
    found = draft(
        TITLE
        + "目標一：提升接種率（業務成果）\n\n"
        + table
        + "1.1\t接種率\t接種人數÷應接種人數×100%\t50%\t52%\t1\n"
        + "\n目標二：強化食安（業務成果）\n\n"
        + table
        + "2.1\t合格率\t合格件數÷抽驗件數×100%\t95%\t96%\t1\n"
    )
    assert [(k.name, k.objective) for k in found.plan.kpis] == [("接種率", "K1"), ("合格率", "K2")]
    assert [o.name for o in found.plan.objectives] == ["提升接種率", "強化食安"]


def test_stages_of_one_work_are_one_measure() -> None:
    found = draft(
        TITLE
        + "關鍵策略目標\t關鍵績效指標\t評估體制\t衡量標準\t114年目標值\n"
        + "甲目標\t園區進度\t1\t1.完成評估30% 2.完成用地取得60% 3.完成工程100%\t60%\n"
    )
    (kpi,) = found.plan.kpis
    assert values(kpi) == [(114, "target", 60)]


def test_a_heading_that_means_goals_or_values_is_told_by_the_cells_below() -> None:
    found = draft(
        TITLE
        + "年度績效目標\t績效指標\t\t\t\n\t\t衡量標準\t114年度目標值\t評估方式\n"
        + rows(
            "維護治安|破獲率|破獲數÷發生數×100%|85%|統計數據",
            "交通安全|A1類件數|全年件數|20件|統計數據",
        )
    )
    assert [(k.name, values(k)) for k in found.plan.kpis] == [
        ("破獲率", [(114, "target", 85)]),
        ("A1類件數", [(114, "target", 20)]),
    ]
    assert [o.name for o in found.plan.objectives] == ["維護治安", "交通安全"]


def test_strategies_in_a_column_belong_to_the_goal() -> None:
    found = draft(
        TITLE
        + "構面\t策略目標\t策略\t關鍵績效指標\t115\t116\n"
        + rows(
            "業務成果|強化長照|布建據點|據點數|100處|110處", "||提升量能|服務人數|5,000人|5,500人"
        )
    )
    (goal,) = found.plan.objectives
    assert [(s.no, s.text) for s in goal.strategies] == [("1", "布建據點"), ("2", "提升量能")]


def test_serials_under_the_heading_of_the_name() -> None:
    found = draft(
        TITLE
        + "策略績效目標\t\t衡量指標\t\t評估體制\t114年度目標值\n"
        + rows(
            "一|提升效能（40%）|一|滿意度（20%）|1|88%",
            "||二|關懷戶數（20%）|1|360戶",
            "二|活絡產業（60%）|一|場次（60%）|1|8場",
        )
    )
    assert [(k.code, k.name) for k in found.plan.kpis] == [
        ("K1-1", "滿意度"),
        ("K1-2", "關懷戶數"),
        ("K2-1", "場次"),
    ]
    assert [o.name for o in found.plan.objectives] == ["提升效能", "活絡產業"]


def test_footnotes_on_lines_and_in_one_line() -> None:
    table = HEADER + rows("1|甲目標|1|甲次數|1|統計數據|全年次數|1次|1次|1次|1次") + "\n"
    lines = draft(
        TITLE + table + "註：\n\n評估體制代號說明如下：\n\n1. 指自評。\n2. 指他評。\n3. 其它。\n"
    )
    inline = draft(TITLE + table + "註：評估體制代號說明如下：1. 指自評。2. 指他評。3. 其它。\n")
    expected = [("1", "指自評"), ("2", "指他評"), ("3", "其它")]
    for found in (lines, inline):
        assert [(f.code, f.text.rstrip("。")) for f in found.plan.footnotes] == expected


def test_a_cut_row_gives_no_value_of_its_own() -> None:
    whole = HEADER + rows(
        "1|甲目標|1|甲次數|1|統計數據|全年次數|11次|11次|11次|11次",
        "||2|乙次數|1|統計數據|全年次數|21次|21次|21次|21次",
    )
    found = draft(TITLE + whole + "||3|丙次數|1|統計數據|全年次數|31次|3".replace("|", "\t"))
    assert values(found.plan.kpis[2]) == [(114, "target", 31)]
    assert [f.code for f in found.findings] == ["R003"]


WORDS = [
    "",
    "1",
    "2",
    "甲目標（業務成果）",
    "正確率",
    "統計數據",
    "甲÷乙×100%",
    "97%",
    "12次",
    "－",
    "114",
    "未統計",
    "20 小 時",
]
CELLS = st.sampled_from(WORDS)


@settings(deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=12), max_size=12),
    st.randoms(use_true_random=False),
)
def test_no_value_is_invented_from_noisy_tables(
    table: list[list[str]], chance: random.Random
) -> None:
    noisy = "".join(
        "\t".join(row) + chance.choice(["\n", "\n", "\n\n", "\n" + HEADER]) for row in table
    )
    found = draft(TITLE + HEADER + noisy)
    printed = "".join((HEADER + noisy).split())
    assert len({k.code for k in found.plan.kpis}) == len(found.plan.kpis)
    for kpi in found.plan.kpis:
        words = "|".join(
            map(re.escape, sorted(filter(None, [*WORDS, "20 小時"]), key=len, reverse=True))
        )
        assert not re.sub(words, "", kpi.name).strip()
        for measure in kpi.measures:
            for value in measure.values:
                assert value.missing or str(int(value.value or 0)) in printed


def test_every_shape_of_column_order_reads_alike() -> None:
    header = ["關鍵策略目標", "關鍵績效指標", "評估體制", "評估方式", "衡量標準", "114年", "115年"]
    row = ["甲目標", "甲次數", "1", "統計數據", "全年次數", "5次", "6次"]
    for seed in range(20):
        order = random.Random(seed).sample(range(7), 7)
        text = "\t".join(header[i] for i in order) + "\n" + "\t".join(row[i] for i in order) + "\n"
        (kpi,) = draft(TITLE + text).plan.kpis
        assert (kpi.name, kpi.assessment_regime, kpi.objective) == ("甲次數", "1", "K1")
        assert sorted(values(kpi)) == [(114, "target", 5), (115, "target", 6)]
