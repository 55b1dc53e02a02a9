"""Scorecards of many layouts say what they print, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hengtu.core.hanzi import bare
from hengtu.core.plan import PlanValue
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.scorecards.scorecard import Scorecards, read_scorecards
from hengtu.readers.txt import read

CASES = Path(__file__).parents[1] / "cases" / "recognise" / "scorecards.yaml"
Case = dict[str, Any]


def cases() -> list[Case]:
    loaded: list[Case] = yaml.safe_load(CASES.read_text("utf-8"))
    return loaded


def page(text: str) -> bytes:
    """Return a case's page as a file, with tabs for the bars that divide its cells."""
    lines = [re.sub(r" *\| *", "\t", line) if "|" in line else line for line in text.split("\n")]
    return "\n".join(lines).encode()


def look(text: str) -> tuple[Scorecards, Notes]:
    paper = read(page(text))
    notes = Notes(paper)
    return read_scorecards(paper, notes), notes


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_a_layout_is_read(case: Case) -> None:
    said, notes = look(case["page"])
    _check_structure(case, said)
    _check_kpis(case, said)
    _check_actions(case, said)
    if "rules" in case:
        assert [rule.text for rule in said.rules] == case["rules"]
    told = [" ".join(map(str, (f.code, *f.where.all_lines()))) for f in notes.findings]
    assert sorted(told) == sorted(case["findings"])


def _check_structure(case: Case, said: Scorecards) -> None:
    if "themes" in case:
        assert {theme.code: theme.name for theme in said.themes} == case["themes"]
    if "objectives" in case:
        seen = {
            one.code.objective: [one.name, one.perspective, *(f.text for f in one.success_factors)]
            for one in said.objectives
            if one.code
        }
        assert seen == case["objectives"]


def _check_kpis(case: Case, said: Scorecards) -> None:
    kpis = {kpi.code: kpi for kpi in said.kpis}
    for code, expected in case.get("kpis", {}).items():
        assert [kpis[code].name, kpis[code].objective, kpis[code].owner] == expected
    for code, expected in case.get("values", {}).items():
        values = [value for measure in kpis[code].measures for value in measure.values]
        assert [_spelt(value) for value in values] == expected
    for code, expected in case.get("units", {}).items():
        assert kpis[code].measures[0].unit == expected
    for code, expected in case.get("formulas", {}).items():
        assert bare(kpis[code].measures[0].formula or "") == expected


def _spelt(value: PlanValue) -> str:
    figure = f"{value.value:g}" if value.value is not None else value.missing
    return f"{value.period or value.roc_year} {value.kind} {figure}"


def _check_actions(case: Case, said: Scorecards) -> None:
    actions = {action.code: action for action in said.actions}
    if "actions" in case:
        assert set(actions) == set(case["actions"])
    for code, (text, kpi, *owner) in case.get("actions", {}).items():
        assert (actions[code].text, actions[code].kpi) == (text, kpi)
        assert not owner or actions[code].owner == owner[0]
    for code, expected in case.get("budgets", {}).items():
        assert {b.roc_year: b.amount for b in actions[code].budgets} == expected
    for code, expected in case.get("references", {}).items():
        assert [reference.text for reference in actions[code].references] == expected


def test_money_of_a_row_is_told_once_and_shared_by_name() -> None:
    said, _ = look("KPI | 行動方案 | 113年預算(元)\nAC1.1 件數 | AC1.1.1 甲案 AC1.1.2 乙案 | 500")
    first, second = said.actions
    assert [b.amount for b in first.budgets] == [500]
    assert second.budgets == ()
    assert (first.budget_shared_with, second.budget_shared_with) == (("AC1.1.2",), ("AC1.1.1",))


def test_money_printed_for_each_action_is_each_ones_own() -> None:
    said, _ = look(
        "KPI | 行動方案 | 113年預算(元)\nAC1.1 件數 | AC1.1.1 甲案 AC1.1.2 乙案 | 20,000 5,000"
    )
    assert [[b.amount for b in action.budgets] for action in said.actions] == [[20000], [5000]]
    assert all(not action.budget_shared_with for action in said.actions)


def test_tables_of_other_kinds_are_left_alone() -> None:
    for text in (
        "策略主題 | 便民 A | 幸福 B\n顧客 C | AC1 服務 | BC1 關懷",
        "實施要領 | 執行策略 | 執行方法\n一、服務 | (一)便民 | 1.宣導",
        "職別 | 職稱 | 任務分配\n委員 | 課長 | 審議",
        "這是一般文字，績效指標將於年底檢討。\nKPI：\n本計畫採用平衡計分卡。",
        "策略目標 | KPI | 行動方案",
    ):
        said, notes = look(text)
        assert said == Scorecards()
        assert not notes.findings


CELLS = st.sampled_from(
    [
        "",
        "AC1 便民",
        "AC1.1 件數",
        "API.1 件數",
        "AC1.1.1 推廣",
        "顧客構面",
        "策略目標",
        "KPI",
        "〃",
        "—",
        "無",
        "5",
        "90%",
        "1.4 2.6",
        "1,2 00",
        "113年目標值",
        "行動方案",
        "主辦單位",
        "預算(千元)",
        "1.甲 2.乙",
        "第 2 頁",
        "策略主題：(A)便民(1/2)",
        "填表說明：",
        "KSF：",
        "KPI：件數",
        "單位",
        "甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲",
        "\u3000",
        "（",
        "】",
    ]
)
HEADER = (
    "策略目標 | KPI | 計算公式 | 112年實際值 | 113年目標值 | 主責單位 | 行動方案 | 113年預算(元)"
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=9), max_size=12), st.booleans())
def test_no_page_makes_the_reader_fail_or_invent(rows: list[list[str]], headed: bool) -> None:
    lines = ["計畫", HEADER] if headed else ["計畫"]
    text = "\n".join([*lines, *(" | ".join(row) for row in rows)])
    said, _ = look(text)
    printed = bare(text.replace("|", "").replace(" ", ""))
    for kpi in said.kpis:
        assert _pieces(bare(kpi.name), printed) <= 4
        numbers = [v.value for m in kpi.measures for v in m.values if v.value is not None]
        assert set(numbers) <= {5, 90, 4, 6, 1.4, 2.6, 1, 2, 1200, 200, 113}
    assert len({kpi.code for kpi in said.kpis}) == len(said.kpis)
    assert len({action.code for action in said.actions}) == len(said.actions)
    assert {action.kpi for action in said.actions} <= {None, *(kpi.code for kpi in said.kpis)}


def _pieces(text: str, printed: str) -> int:
    """Return of how many printed pieces a text is made; a row may go on over several lines."""
    count = 0
    while text:
        length = next((n for n in range(len(text), 0, -1) if text[:n] in printed), 0)
        assert length, text
        text, count = text[length:], count + 1
    return count


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(8)))
def test_the_order_of_columns_means_nothing(order: list[int]) -> None:
    rows = [
        HEADER,
        "AC1 便民 | AC1.1 辦結率 | 辦結件數/收件數*100% | 88% | 90% | 服務科 | AC1.1.1 簡化 | 3,000",
        "AC2 快速 | AC2.1 天數 | 總天數/件數≤3 單位：天 | 無統計 | 3 | 登記科 | AC2.1.1 稽催 | 0",
    ]
    shuffled = [" | ".join(row.split(" | ")[n] for n in order) for row in rows]
    said, notes = look("\n".join(shuffled))
    straight, _ = look("\n".join(rows))
    assert [(k.code, k.name, k.objective, k.owner) for k in said.kpis] == [
        (k.code, k.name, k.objective, k.owner) for k in straight.kpis
    ]
    assert [_values(said), _money(said)] == [_values(straight), _money(straight)]
    assert not notes.findings


def _values(said: Scorecards) -> list[set[str]]:
    return [{_spelt(v) for m in kpi.measures for v in m.values} for kpi in said.kpis]


def _money(said: Scorecards) -> list[tuple[str, str | None, list[int | None]]]:
    return [(a.code, a.kpi, [b.amount for b in a.budgets]) for a in said.actions]


def test_a_success_factor_that_lost_words_is_told_and_kept() -> None:
    rows = [f"{t}F1 減少用紙 | {t}F1 穩健推動無紙作業 | {t}F1.1 執行率" for t in "ABD"]
    said, notes = look(
        "\n".join(["策略目標 | KSF | KPI", *rows, "CF1 減少用紙 | CF1 穩健推動作業 | CF1.1 執行率"])
    )
    assert [(f.code, f.subject, f.where.line, f.certainty) for f in notes.findings] == [
        ("R114", "CF1", 5, "inferred")
    ]
    assert said.objectives[-1].success_factors[0].text == "穩健推動作業"
