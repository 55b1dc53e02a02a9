"""Results of whole plans: the samples say in their own README which indicators are behind."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.judged import CODE, actual, judge_case

from hengtu.core.actuals import Actual
from hengtu.core.judging.figures import sort_figures
from hengtu.core.judging.items import check_over_time, find_items, over_time_of
from hengtu.core.judging.results import Result, compute, compute_nodes, latest_period
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT
from hengtu.core.judging.series import OverTime
from hengtu.core.periods import Period
from hengtu.core.plan import Kpi, Measure, Plan, PlanValue
from hengtu.readers import read_file
from hengtu.readers.actuals import read_actuals
from hengtu.readers.items import read_items_file

YEAR_END = Period(114, month=12)
SAMPLES = ("bureau", "office")


def load(root: Path, sample: str) -> tuple[Plan, tuple[Actual, ...]]:
    folder = root / "examples" / sample
    actuals = read_actuals((folder / "actuals.csv").read_bytes(), "actuals.csv")
    return read_file(folder / "plan.txt").plan, actuals


def judged(root: Path, sample: str, period: Period = YEAR_END) -> tuple[Result, ...]:
    plan, actuals = load(root, sample)
    results = compute(plan, actuals, period=period, rulebook=PRODUCT_DEFAULT)
    return tuple(result for result in results if result.value is not None)


def told_behind(root: Path) -> dict[str, set[str]]:
    """Return the codes that the samples' README calls behind."""
    text = (root / "examples" / "README.md").read_text("utf-8")
    sentence = re.search(r"Behind are (.+?) \(bureau\) and (.+?) \(office\)", text, re.S)
    assert sentence
    codes = [set(re.findall(r"[A-Z]{2}\d\.\d", part)) for part in sentence.groups()]
    return dict(zip(SAMPLES, codes, strict=True))


def at_pace(result: Result) -> float:
    """Return the achievement in percent, a count with months missing taken at its pace."""
    assert result.achievement is not None
    pace = next((step for step in result.explanation if step.kind == "pace"), None)
    assert result.value
    return result.achievement * (float(pace.facts["value"] or 0) / result.value if pace else 1)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_samples_are_behind_where_they_say(repo_root: Path, sample: str) -> None:
    behind = {r.code for r in judged(repo_root, sample) if at_pace(r) < 98}
    assert behind == told_behind(repo_root)[sample]


def test_the_samples_near_misses(repo_root: Path) -> None:
    bureau = {r.code: r for r in judged(repo_root, "bureau")}
    office = {r.code: r for r in judged(repo_root, "office")}
    assert bureau["RL1.1"].light == "yellow"
    assert (office["BC1.1"].light, office["BC1.1"].reason) == ("yellow", "partial")
    assert at_pace(office["BC1.1"]) > 100


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_guess_by_words_is_what_the_samples_declare(repo_root: Path, sample: str) -> None:
    plan, _ = load(repo_root, sample)
    measures = {(k.code, m.index): (k, m) for k in plan.kpis for m in k.measures}
    rules = read_items_file(repo_root / "examples" / sample / "items.csv")
    for (code, index, item), rule in rules.items():
        kpi, measure = measures[code, index]
        assert over_time_of(kpi, measure)[item] == rule, (code, item)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_can_be_judged(repo_root: Path, sample: str, month: int) -> None:
    plan, actuals = load(repo_root, sample)
    period = Period(114, month=month)
    results = compute(plan, actuals, period=period, rulebook=PRODUCT_DEFAULT)
    assert [r.code for r in results] == [k.code for k in plan.kpis for _ in k.measures]
    assert all(0 <= result.coverage <= 1 for result in results)
    nodes = compute_nodes(plan, results, PRODUCT_DEFAULT)
    assert {node.kind for node in nodes} >= {"kpi", "objective", "theme", "plan"}


def test_the_latest_period_is_that_of_the_last_figure(repo_root: Path) -> None:
    assert latest_period(load(repo_root, "bureau")[1]) == YEAR_END
    assert latest_period([actual("114-05", "甲", 1), actual("114-07", "甲", "not_due")]) == Period(
        114, month=5
    )
    assert latest_period([]) is None


RATIO = {"name": "辦結率", "formula": "依限件數÷受理件數×100%", "unit": "%", "target": 90}
COUNTS = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(1, 10_000)), min_size=1, max_size=12
)


def ratio(pairs: list[tuple[int, int]], scale: float = 1.0) -> Result:
    figures = {
        "依限件數": {f"114-{i:02d}": a * scale for i, (a, _) in enumerate(pairs, 1)},
        "受理件數": {f"114-{i:02d}": b * scale for i, (_, b) in enumerate(pairs, 1)},
    }
    return judge_case({**RATIO, "figures": figures, "period": f"114-{len(pairs):02d}"})


@given(COUNTS, st.integers(2, 1000))
def test_scaling_numerator_and_denominator_changes_nothing(
    pairs: list[tuple[int, int]], scale: int
) -> None:
    plain, scaled = ratio(pairs), ratio(pairs, scale)
    assert scaled.value == pytest.approx(plain.value, rel=1e-9)
    assert (scaled.light, scaled.coverage) == (plain.light, plain.coverage)


@given(COUNTS)
def test_a_ratio_is_a_ratio_of_sums(pairs: list[tuple[int, int]]) -> None:
    above, below = (sum(part) for part in zip(*pairs, strict=True))
    assert ratio(pairs).value == pytest.approx(above / below * 100, rel=1e-9)


@given(
    st.lists(st.integers(0, 50), min_size=2, max_size=12),
    st.integers(0, 11),
    st.sampled_from(["higher", "lower"]),
    st.integers(1, 400),
)
def test_leaving_a_month_out_never_makes_more_of_a_count(
    counts: list[int], left_out: int, direction: str, target: int
) -> None:
    figures: dict[str, object] = {f"114-{i:02d}": n for i, n in enumerate(counts, 1)}
    case = {"name": "次數", "formula": "檢查次數/年", "direction": direction, "target": target}
    period = f"114-{len(counts):02d}"
    gap = f"114-{left_out % len(counts) + 1:02d}"
    known = judge_case({**case, "period": period, "figures": {"檢查次數": figures}})
    figures[gap] = "not_reported"
    missing = judge_case({**case, "period": period, "figures": {"檢查次數": figures}})
    assert missing.coverage < known.coverage
    if direction == "higher" and missing.value is not None and known.value is not None:
        assert (missing.achievement or 0) <= (known.achievement or 0) + 1e-9


def test_what_would_change_it() -> None:
    pairs = [(80, 100)]
    steps = {step.kind: step.facts for step in ratio(pairs).explanation}
    assert steps["change_value"]["value"] == pytest.approx(81)
    assert steps["change_operand"] == {
        "item": "依限件數",
        "now": 80.0,
        "needed": pytest.approx(81),
        "light": "yellow",
    }


def test_a_part_of_a_progress_is_never_asked_for_more_than_all() -> None:
    case = {
        "name": "工程進度",
        "formula": "設計*20%+施工*80%",
        "unit": "%",
        "direction": "higher",
        "target": 60,
        "figures": {"設計": {"114-12": 100}, "施工": {"114-12": 10}},
    }
    step = next(s for s in judge_case(case).explanation if s.kind == "change_operand")
    assert step.facts["item"] == "施工"


def test_several_measures_give_one_result_each() -> None:
    target = PlanValue(roc_year=114, kind="target", value=2.0)
    measures = tuple(
        Measure(index=i, formula=f"{name}/年", direction="higher", values=(target,))
        for i, name in ((1, "場次"), (2, "篇數"))
    )
    plan = Plan(kpis=(Kpi(code=CODE, name="場次及篇數", measures=measures),))
    rows = [
        Actual(code=CODE, period="114", item="場次", value=2.0),
        Actual(code=CODE, period="114", measure=2, item="篇數", value=1.0),
    ]
    results = compute(plan, rows, period=YEAR_END, rulebook=PRODUCT_DEFAULT)
    assert [(r.measure, r.value, r.light) for r in results] == [(1, 2, "green"), (2, 1, "red")]


SHARED = Plan(
    kpis=tuple(
        Kpi(
            code=code,
            name="比率",
            measures=(Measure(formula=f"{name}÷全年受理件數×100%", unit="%"),),
        )
        for code, name in (("AC1.1", "線上申辦件數"), ("AC1.2", "依限辦結件數"))
    )
)


def test_an_item_entered_once_serves_every_kpi() -> None:
    found = {item.name: item.users for item in find_items(SHARED)}
    assert found["全年受理件數"] == (("AC1.1", 1), ("AC1.2", 1))
    rows = [
        Actual(code="AC1.1", period="114", item="全年受理件數", value=200.0),
        Actual(code="AC1.2", period="114", item="依限辦結件數", value=190.0),
    ]
    result = compute(SHARED, rows, period=YEAR_END, rulebook=PRODUCT_DEFAULT)[1]
    assert result.value == pytest.approx(95)
    assert "AC1.1" in [step.facts.get("giver") for step in result.explanation]


def test_an_item_at_two_times_is_entered_once() -> None:
    printed = "（本年度櫃台服務人次－上年度櫃台服務人次）÷上年度櫃台服務人次×100%"
    plan = Plan(
        kpis=(Kpi(code="A", name="成長率", measures=(Measure(formula=printed, unit="%"),)),)
    )
    assert [(item.name, item.over_time) for item in find_items(plan)] == [("櫃台服務人次", "sum")]


def test_a_short_name_or_two_different_givers_mean_two_things() -> None:
    figures = sort_figures(
        [
            Actual(code="A", period="114", item="全年受理件數", value=1.0),
            Actual(code="B", period="114", item="全年受理件數", value=2.0),
        ]
    )
    assert "全年受理件數" not in figures.by_name
    plan = Plan(
        kpis=tuple(
            Kpi(code=c, name="場次", measures=(Measure(formula="場次/年"),)) for c in ("A", "B")
        )
    )
    assert len(find_items(plan)) == 2


def test_a_note_that_defines_an_item_is_worked_out_or_entered() -> None:
    raw = "業務費決算數÷業務費預算數×100% 備註：決算數＝實支數＋保留數"
    case = {"name": "執行率", "formula": raw, "unit": "%", "direction": "higher", "target": 90}
    parts = {"實支數": {114: 80}, "保留數": {114: 10}, "業務費預算數": {114: 100}}
    whole = {"業務費決算數": {114: 95}, "業務費預算數": {114: 100}}
    assert judge_case({**case, "figures": parts}).value == pytest.approx(90)
    assert judge_case({**case, "figures": whole}).value == pytest.approx(95)


@pytest.mark.parametrize(
    ("formula", "name", "rules"),
    [
        ("規劃*15%+施工*85%", "進度", {"規劃": "last", "施工": "last"}),
        ("受理件數/年", "件數", {"受理件數": "sum"}),
        ("總時數÷受訓人員總數", "平均時數", {"總時數": "last", "受訓人員總數": "last"}),
        (
            "（登記案件總數－更正案件數）÷登記案件總數×100%",
            "正確率",
            {"登記案件總數": "sum", "更正案件數": "sum"},
        ),
        ("補正件數÷收件總數×100%", "補正率", {"補正件數": "sum", "收件總數": "sum"}),
        ("用水總量/員工人數", "每人每月用水量", {"用水總量": "sum", "員工人數": "sum"}),
        ("平均滿意度", "平均滿意度", {"平均滿意度": "mean"}),
    ],
)
def test_guesses_by_words_and_shape(formula: str, name: str, rules: dict[str, OverTime]) -> None:
    guessed = over_time_of(Kpi(code="X", name=name), Measure(formula=formula))
    assert {item: guessed[item] for item in rules} == rules


def test_percentages_do_not_add_up() -> None:
    assert check_over_time("", "%", "sum") == "sum_of_percentages"
    assert check_over_time("執行率", None, "sum") == "sum_of_percentages"
    assert check_over_time("執行數", "元", "sum") is None


def test_rules_files_are_read(repo_root: Path) -> None:
    path = repo_root / "examples" / "office" / "items.csv"
    with path.open(encoding="utf-8") as file:
        assert len(read_items_file(path)) == sum(1 for _ in csv.DictReader(file))
