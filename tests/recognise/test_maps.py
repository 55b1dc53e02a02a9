"""Strategy maps are read in any layout, and slips of the page are told where they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hengtu.core.draft import Draft
from hengtu.readers.recognise.assemble import recognise
from hengtu.readers.txt import read

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "recognise" / "maps.yaml").read_text("utf-8")
)


def draft_of(text: str) -> Draft:
    return recognise(read(text.replace("\\t", "\t").encode()))


@pytest.fixture(scope="module", params=CASES, ids=[case["about"] for case in CASES])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(request.param)


def test_a_map_is_read_as_the_case_says(case: dict[str, Any]) -> None:
    plan = draft_of(case["paper"]).plan
    assert {o.code: o.name for o in plan.objectives} == case["objectives"]
    if "themes" in case:
        assert {t.code: t.name for t in plan.themes} == case["themes"]
    if "perspectives" in case:
        assert {p.code: p.name for p in plan.perspectives} == case["perspectives"]
    for code, lead in case.get("leads", {}).items():
        assert {t.code: t.lead for t in plan.themes}[code] == lead
    for code, members in case.get("members", {}).items():
        assert {t.code: [m.name for m in t.members] for t in plan.themes}[code] == members
    assert [(link.from_, link.to) for link in plan.links] == [
        tuple(pair) for pair in case.get("links", [])
    ]


def test_only_what_the_case_says_is_told(case: dict[str, Any]) -> None:
    findings = draft_of(case["paper"]).findings
    told = {(f.code, line) for f in findings for line in f.where.all_lines()}
    loud = {(f.code, f.where.line) for f in findings if f.level != "hint"}
    assert loud == {tuple(pair) for pair in case.get("findings", [])}
    assert {tuple(pair) for pair in case.get("hints", [])} <= told


PARENT = """
海東市東港區公所
108年度策略地圖

海東市政府108年策略地圖
108.3.5 第12次市政會議(定稿)
【使命】
服務市民
【願景】
幸福的港都
【核心價值】
廉能、效率、創新、關懷
策略主題\t幸福城市 A\t活力經濟 B
顧客 C\tAC1增加托育據點\tBC1促進就業
財務 F\tAF1提高預算效能\tBF1活化資產
分組成員\t社會局(主政) 教育局、警察局、消防局\t勞動局(主政) 財政局、交通局、衛生局

東港區公所策略地圖
【使命】
貼近里民的服務
【願景】
安居樂業的港邊
策略主題\t親民服務 A\t防災社區 B
顧客 C\tAC1縮短等候時間\tBC1提升防災意識
財務 F\tAF1撙節支出\tBF1爭取經費
"""


def test_the_map_of_the_government_above_is_the_parents() -> None:
    plan = draft_of(PARENT).plan
    assert plan.parent_plan is not None
    assert plan.parent_plan.agency.name == "海東市政府"
    assert plan.parent_plan.roc_years.first == 108
    assert [o.name for o in plan.parent_plan.objectives][:2] == ["增加托育據點", "促進就業"]
    assert [o.name for o in plan.objectives][:2] == ["縮短等候時間", "提升防災意識"]
    assert plan.parent_plan.document.adopted is not None
    assert plan.parent_plan.document.adopted.status == "定稿"
    lead = {t.code: (t.lead, [m.name for m in t.members]) for t in plan.parent_plan.themes}
    assert lead["A"] == ("社會局", ["教育局", "警察局", "消防局"])


def test_statements_stay_with_their_own_map() -> None:
    plan = draft_of(PARENT).plan
    assert plan.mission is not None
    assert plan.vision is not None
    assert plan.parent_plan is not None
    assert plan.parent_plan.vision is not None
    assert (plan.mission.text, plan.vision.text) == ("貼近里民的服務", "安居樂業的港邊")
    assert plan.parent_plan.vision.text == "幸福的港都"
    assert [v.text for v in plan.parent_plan.core_values] == ["廉能", "效率", "創新", "關懷"]
    assert plan.core_values == ()


def test_the_order_of_the_two_maps_does_not_matter() -> None:
    head, city, own = (
        PARENT.partition("海東市政府108年")[0],
        *PARENT.split("海東市政府108年")[1:],
        "",
    )
    city, _, own = city.partition("東港區公所策略地圖")
    plan = draft_of(f"{head}東港區公所策略地圖{own}\n海東市政府108年{city}").plan
    assert plan.parent_plan is not None
    assert {o.code: o.name for o in plan.objectives}["AC1"] == "縮短等候時間"
    assert {o.code: o.name for o in plan.parent_plan.objectives}["AC1"] == "增加托育據點"
    assert plan.vision is not None
    assert plan.vision.text == "安居樂業的港邊"


def test_a_governments_own_map_is_its_own() -> None:
    text = PARENT.partition("東港區公所策略地圖")[0].replace(
        "海東市東港區公所\n108年度策略地圖", ""
    )
    plan = draft_of(text).plan
    assert plan.parent_plan is None
    assert [t.lead for t in plan.themes] == ["社會局", "勞動局"]


def test_a_misread_agency_is_read_right_where_the_list_proves_it() -> None:
    text = PARENT.replace("教育局、警察局", "勞勤局、警察局").replace("(主政)", "(主功)")
    draft = draft_of(text)
    told = {(f.raw, f.reading) for f in draft.findings if f.code == "R111"}
    assert ("社會局(主功)", "主政") in told
    assert draft.plan.parent_plan is not None
    assert draft.plan.parent_plan.themes[0].lead == "社會局"


def test_an_agency_that_no_list_knows_keeps_its_name_and_is_asked_about() -> None:
    draft = draft_of(PARENT.replace("教育局、警察局", "蔚藍局、警察局"))
    told = [(f.raw, f.level, f.certainty) for f in draft.findings if f.code == "R115"]
    assert told == [("蔚藍局", "hint", "open")]
    assert draft.plan.parent_plan is not None
    assert "蔚藍局" in {
        unit.name for theme in draft.plan.parent_plan.themes for unit in theme.members
    }


def test_the_columns_of_themes_may_stand_in_any_order() -> None:
    rows = [
        ["策略主題", "樂活 A", "安全 B", "數位 C"],
        ["顧客 C", "AC1甲目標", "BC1乙目標", "CC1丙目標"],
        ["主辦單位", "企劃科", "管理科", "資訊科"],
    ]
    orders = ([0, 1, 2, 3], [0, 3, 1, 2], [0, 2, 3, 1])
    read_as = []
    for order in orders:
        text = "\n".join("\t".join(row[n] for n in order) for row in rows)
        plan = draft_of(text).plan
        read_as.append(
            (
                {(t.code, t.name, t.lead) for t in plan.themes},
                {(o.code, o.name) for o in plan.objectives},
            )
        )
    assert read_as[0] == read_as[1] == read_as[2]


WORDS = st.sampled_from(
    ["策略主題", "顧客 C", "財務 F", "樂活 A", "安全 B", "AC1甲目標", "BC1 乙目標、BC2丙目標", "TC1丁", "主辦單位", "分組成員", "環保局(主政) 工務局、", "API 戊目標", "C1 己目標", "",
     "●AC1", "使命", "【願景】", "核心價值", "A", "關聯圖", "AC1→AP1", "訂定3項策略目標", "組織架構", "主任", "第一課", "(1/2)", "　", "（", "→"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=6), max_size=14))
def test_no_table_makes_the_reader_raise_or_invent(rows: list[list[str]]) -> None:
    text = "\n".join("\t".join(row) for row in rows)
    text = f"某計畫\n\n{text}"
    plan = draft_of(text).plan
    whole = "".join(text.split())
    for objective in plan.objectives:
        assert "".join(objective.name.split()) in whole
    for theme in plan.themes:
        assert "".join(theme.name.split()) in whole
    assert len({objective.code for objective in plan.objectives}) == len(plan.objectives)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(PARENT)), st.integers(0, len(PARENT)))
def test_a_document_cut_anywhere_keeps_every_name_it_prints(start: int, end: int) -> None:
    text = PARENT[min(start, end) : max(start, end)]
    text = f"某計畫\n\n{text}"
    plan = draft_of(text).plan
    whole = "".join(text.split())
    plans = [plan, *([plan.parent_plan] if plan.parent_plan else [])]
    assert all(o.name in whole for each in plans for o in each.objectives)
    assert all(t.name in whole for each in plans for t in each.themes)
