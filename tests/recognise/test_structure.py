"""Names are chosen by agreement; counts are checked; damage and noise are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.draft import Draft
from hengtu.core.paper import Line
from hengtu.readers.recognise.assemble import recognise
from hengtu.readers.recognise.maps.agencies import read_agency, read_members, read_role
from hengtu.readers.recognise.maps.org_units import unit_kind, units_in_kpi
from hengtu.readers.recognise.noise import is_noise
from hengtu.readers.recognise.structure.damaged_names import damaged_forms
from hengtu.readers.recognise.structure.lookalikes import read_terms
from hengtu.readers.recognise.structure.naming import choose_name, compare_names
from hengtu.readers.txt import read


def draft_of(text: str) -> Draft:
    return recognise(read(text.encode()))


@pytest.mark.parametrize(
    ("printed", "chosen", "difference"),
    [
        ("強化員工專業智能", "強化員工專業智能", None),
        ("強化員工，專業智能。", "強化員工專業智能", None),
        ("強化員工福專業智能", "強化員工專業智能", "added"),
        ("強化員工專能", "強化員工專業智能", "dropped"),
        ("強化員專業智能", "強化員工專業智能", "dropped"),
        ("未來發展策略", "末來發展策略", "misread"),
        ("書表電子化", "推動書表電子化", "wording"),
        ("提升機關知能", "提升各機關知能", "wording"),
        ("管控員額成長", "管控本府員額成長", "wording"),
        ("提高預算效能", "提升預算效能", "wording"),
        ("完全不同的名稱", "另一個策略目標", "wording"),
    ],
)
def test_how_a_name_differs(printed: str, chosen: str, difference: str | None) -> None:
    assert compare_names(printed, chosen, attested=2) == difference


def test_one_printing_proves_no_damage() -> None:
    assert compare_names("強化員工專能", "強化員工專業智能", attested=1) == "wording"


def test_the_scorecard_decides_between_equals() -> None:
    assert choose_name([("甲名稱", 2), ("乙名稱", 5), ("丙名稱", 1)]) == "乙名稱"


@given(
    st.lists(st.tuples(st.text(min_size=1, max_size=8), st.integers(1, 5)), min_size=1, max_size=6)
)
def test_the_chosen_name_is_a_printed_one(names: list[tuple[str, int]]) -> None:
    chosen = choose_name(names)
    assert chosen in [name for name, _ in names]
    assert all(compare_names(name, chosen, attested=2) != "" for name, _ in names)


@pytest.mark.parametrize(
    ("name", "printed", "reading"),
    [
        ("產案局", {"產業局"}, "產業局"),
        ("交運局", set(), "交通局"),
        ("海防局", set(), "消防局"),
        ("交運局", {"交通局"}, "交通局"),
        ("工務局", set(), None),
        ("甲乙局", set(), None),
    ],
)
def test_agencies_that_no_place_has(name: str, printed: set[str], reading: str | None) -> None:
    found = read_agency(name, frozenset(printed))
    assert (found.name if found else None) == reading


def test_a_duty_has_one_agency() -> None:
    assert read_agency("經管局", frozenset({"產業局"})) is None


def test_members_at_blanks_and_marks() -> None:
    assert [m.name for m in read_members("環保局(主政) 工務局 水利局")] == [
        "環保局",
        "工務局",
        "水利局",
    ]
    assert [m.name for m in read_members("環 保局（主政）\n工 務局、水利局")] == [
        "環保局",
        "工務局",
        "水利局",
    ]


def test_roles() -> None:
    assert [read_role(word) for word in ("主政", "主功", "協辦", "新增", "主任")] == [
        "主政", "主政", "協辦", None, None,
    ]  # fmt: skip


def test_common_terms_show_misread_characters() -> None:
    assert read_terms("提高洽公滿竟度") == ("提高洽公滿意度", "滿竟度", "滿意度")
    assert read_terms("提高洽公滿意度") is None


def test_a_title_that_lost_a_character_of_the_agencys_name() -> None:
    draft = draft_of(
        "海東市政府園林處策略地圖\n\n海東市府 園林處 平衡計分卡\n\n海東市園林處工作報告\n"
    )
    assert [(f.code, f.where.line, f.raw) for f in draft.findings if f.code == "R112"] == [
        ("R112", 3, "海東市府 園林處")
    ]


def test_short_forms_are_no_damage() -> None:
    assert "海東市園林處" not in damaged_forms("海東市政府園林處")
    assert "海東市府園林處" in damaged_forms("海東市政府園林處")


def test_counts_that_agree_are_kept_and_others_told() -> None:
    text = "訂定3項策略目標\n及9項KPI\n\n策略主題\t甲 A\t乙 B\n顧客 C\tAC1 子目標\tBC1 丑目標\n財務 F\tAF1 寅目標\t\n"
    draft = draft_of(text)
    claims = {c.what: (c.printed, c.counted) for c in draft.plan.claims}
    assert claims["objectives"] == (3, 3)
    assert [f.subject for f in draft.findings if f.code == "R171"] == []
    wrong = draft_of(text.replace("訂定3項", "訂定5項"))
    assert [(f.subject, f.where.line, f.reading) for f in wrong.findings if f.code == "R171"] == [
        ("objectives", 1, "3")
    ]


@pytest.mark.parametrize(
    "text", ["每一KPI所列行動方案以3項為限", "每年至少2項策略目標", "前3項行動方案"]
)
def test_rules_are_no_claims(text: str) -> None:
    assert draft_of(f"某處策略地圖\n\n{text}\n").plan.claims == ()


def test_an_organisation_chart_given_as_a_list() -> None:
    plan = draft_of(
        "東港戶政事務所策略地圖\n\n組織架構\n\n主任\n\n秘書\n\n登記課\n\n人事管理員\n\n使命\n\n服務鄉親\n"
    ).plan
    assert [(u.name, u.kind) for u in plan.org_units] == [
        ("主任", "head"), ("秘書", "deputy"), ("登記課", "section"), ("人事管理員", "staff_office"),
    ]  # fmt: skip


def test_units_named_in_kpis() -> None:
    assert units_in_kpi("參加座談會（企劃科業務場次）人員滿意度") == ["企劃科"]
    assert units_in_kpi("接受訓練（含各科業務）時數") == []
    assert unit_kind("以上各項說明") is None


@pytest.mark.parametrize(
    ("text", "noise"),
    [
        ("2", True), ("- 3 -", True), ("第 2 頁，共 5 頁", True), ("敬請指教", True), ("簡報結束 敬請指教", True),
        ("HARBOR", True), ("報告單位：企劃科", True), ("關鍵績效指標一覽表", True), ("港灣戶政", True),
        ("提升服務品質", False), ("104年5月", False), ("本所位於港邊，服務三萬人。", False),
    ],
)  # fmt: skip
def test_noise(text: str, noise: bool) -> None:
    assert is_noise(Line(text), "海東市港灣區戶政事務所") is noise


def test_kpis_and_actions_follow_a_repaired_objective() -> None:
    rows = [
        "策略主題\t甲 A\t乙 B\t丙 C",
        "顧客 C\tAC1降低火災發生\tBC1縮短到達時間\tCC1提高存活率",
        "財務 F\tAF1善用經費\tBF1善用經費\tCF1善用經費",
        "",
        "策略目標\tKPI\t112年實際值\t113年目標值\t行動方案",
        "CC1提高存活率\tCC1.1存活率\t30%\t35%\tCC1.1.1訓練",
        "AF1善用經費\tAF1.1執行率\t90%\t95%\tAF1.1.1管控",
        "BF1善用經費\tBF1.1執行率\t90%\t95%\tBF1.1.1管控",
        "CC1善用經費\tCC1.1執行率\t91%\t96%\tCC1.1.1管控",
    ]
    draft = draft_of("\n".join(rows))
    kpis = {k.code: (k.name, k.objective) for k in draft.plan.kpis}
    assert kpis["CC1.1"] == ("存活率", "CC1")
    assert kpis["CF1.1"] == ("執行率", "CF1")
    assert {a.code: a.kpi for a in draft.plan.actions}["CF1.1.1"] == "CF1.1"
    assert ("R102", 9) in {(f.code, f.where.line) for f in draft.findings}


def test_factors_that_lost_characters_are_told_and_kept() -> None:
    head = "策略目標\tKSF\tKPI\t行動方案\n"
    rows = [
        f"{letter}F1 善用經費\t{letter}F1 {'如質落實執行' if letter == 'C' else '如質落實預算執行'}\t{letter}F1.1 執行率\t{letter}F1.1.1 管控"
        for letter in "ABCD"
    ]
    draft = draft_of("某處平衡計分卡\n\n" + head + "\n".join(rows))
    told = [(f.subject, f.reading) for f in draft.findings if f.code == "R114"]
    assert told == [("CF1", "如質落實預算執行")]
    factors = {o.code: [t.text for t in o.success_factors] for o in draft.plan.objectives}
    assert factors["CF1"] == ["如質落實執行"]
