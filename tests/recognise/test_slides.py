"""KSF/KPI slides: labels in any order and form, the objective before or after them."""

from __future__ import annotations

import pytest

from hengtu.core.plan import Kpi
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecards.scorecard import Scorecards, read_scorecards
from hengtu.readers.recognise.scorecards.slides import label_of
from hengtu.readers.txt import read


def look(text: str) -> tuple[Scorecards, Notes]:
    paper = read(text.encode())
    notes = Notes(paper)
    return read_scorecards(paper, notes), notes


def factors(said: Scorecards) -> dict[str, list[str]]:
    return {
        one.code.objective: [factor.text for factor in one.success_factors]
        for one in said.objectives
        if one.code and one.success_factors
    }


def kpis(said: Scorecards) -> list[tuple[str, str | None]]:
    return [(kpi.name, kpi.objective) for kpi in said.kpis]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("關鍵成功因素(KSF)：", ("factor", "")),
        ("KSF（關鍵成功因素）：團隊", ("factor", "團隊")),
        ("【關鍵績效指標】件數", ("kpi", "件數")),
        ("KPI1：件數", ("kpi", "件數")),
        ("■ 策略目標：AC1 便民", ("objective", "AC1 便民")),
        ("KPI 是重要的", None),
        ("績效指標檢討", None),
    ],
)
def test_labels_come_in_many_forms(text: str, read_as: tuple[str, str] | None) -> None:
    assert label_of(text) == read_as


def test_the_objective_may_stand_behind_its_slide() -> None:
    said, _ = look(
        "策略主題：(A)便民\n\n- **KPI**：轉檔完成比率\n- **KSF**：\n - 經費到位。\n - 廠商配合。\n\n"
        "**AC1紙本檔案\n電子化**\n\n策略主題：(A)便民\n\n- **KPI**：巡檢到達率\n- **KSF**：\n - 分區排班。\n\nAP1 路燈定期巡檢\n"
    )
    assert kpis(said) == [("轉檔完成比率", "AC1"), ("巡檢到達率", "AP1")]
    assert factors(said) == {"AC1": ["經費到位。", "廠商配合。"], "AP1": ["分區排班。"]}
    assert [one.name for one in said.objectives] == ["紙本檔案電子化", "路燈定期巡檢"]
    assert {one.theme for one in said.objectives} == {"A"}


def test_the_objective_may_stand_before_its_slide() -> None:
    said, _ = look(
        "AC1 提升品質\nKSF：\n- 專業人力\n- 系統穩定\nKPI：滿意度\n\n"
        "AP1 精進流程\n關鍵成功因素(KSF)：1.標準化 2.跨科合作\n關鍵績效指標(KPI)：\n- 處理天數\n- 退件率\n"
    )
    assert kpis(said) == [("滿意度", "AC1"), ("處理天數", "AP1"), ("退件率", "AP1")]
    assert factors(said) == {"AC1": ["專業人力", "系統穩定"], "AP1": ["標準化", "跨科合作"]}


def test_labels_in_brackets_hold_lists_of_codes_and_actions() -> None:
    said, _ = look(
        "策略主題：B 深耕在地\n【策略目標】BC1 活絡經濟\n【關鍵成功因素】\n一、商圈輔導\n二、行銷推廣\n"
        "【關鍵績效指標】\nBC1.1 成長率\nBC1.2 場次\n【行動方案】\nBC1.1.1 亮點計畫\n"
    )
    assert [(kpi.code, kpi.name, kpi.objective) for kpi in said.kpis] == [
        ("BC1.1", "成長率", "BC1"),
        ("BC1.2", "場次", "BC1"),
    ]
    assert factors(said) == {"BC1": ["商圈輔導", "行銷推廣"]}
    assert [(a.code, a.text, a.kpi) for a in said.actions] == [("BC1.1.1", "亮點計畫", "BC1.1")]


def test_a_slide_and_the_scorecard_speak_of_one_kpi() -> None:
    said, notes = look(
        "AC1 便民\nKPI：線上申辦比率\nKSF：\n- 系統穩定\n\n"
        "策略目標\tKPI\t113年目標值\nAC1 便民\tAC1.1 線上 申辦比率\t60%\n"
    )
    (kpi,) = said.kpis
    assert (kpi.code, kpi.source.all_lines()) == ("AC1.1", (7, 2))
    assert not notes.findings


def test_a_slightly_different_name_is_told() -> None:
    said, notes = look(
        "AC1 便民\nKPI：線上申辦案件比例\nKSF：\n- 系統\n\n"
        "策略目標\tKPI\t113年目標值\nAC1 便民\tAC1.1 線上申辦案件比率\t60%\n"
    )
    assert [kpi.name for kpi in said.kpis] == ["線上申辦案件比率"]
    assert [(f.code, f.subject) for f in notes.findings] == [("X101", "AC1.1")]


def test_a_kpi_only_on_slides_has_a_code_of_ours() -> None:
    said, _ = look("AC1 便民\nKPI：等候分鐘\nKSF：\n- 櫃檯調度\n")
    (kpi,) = said.kpis
    assert isinstance(kpi, Kpi)
    assert kpi.code == "AC1-1"


def test_prose_about_indicators_is_no_slide() -> None:
    for text in ("KPI：\n本所採用平衡計分卡。", "績效指標：\n詳見附表。\n\n本計畫經費如下。"):
        said, notes = look(text)
        assert said == Scorecards()
        assert not notes.findings
