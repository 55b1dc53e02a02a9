"""A column is known by what its heading means, whatever words an agency uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from hengtu.readers import read_bytes

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "recognise" / "headings.yaml").read_text("utf-8")
)
SCORECARD = {
    "perspective": ("構面", "顧客"),
    "objective": ("策略目標", "AC1 擴大服務對象"),
    "kpi": ("績效指標", "AC1.1 線上申辦比率"),
    "formula": ("計算公式", "線上件數÷申辦總件數×100%"),
    "unit": ("單位", "%"),
    "actual": ("105年實際值", "61.5"),
    "target": ("106年目標值", "64"),
    "owner": ("主責單位", "綜合課"),
    "action": ("行動方案", "AC1.1.1 簡化申辦畫面"),
}
PLAN = {
    "perspective": ("構面", "服務效能"),
    "objective": ("關鍵策略目標", "擴大服務對象"),
    "kpi": ("關鍵績效指標", "線上申辦比率"),
    "regime": ("評估體制", "1"),
    "method": ("評估方式", "統計數據"),
    "formula": ("衡量標準", "線上件數÷申辦總件數×100%"),
    "unit": ("單位", "%"),
    "actual": ("105年度實際值", "61.5"),
    "target": ("106年度目標值", "64"),
    "owner": ("承辦單位", "綜合課"),
}
FORMS = {
    "scorecard": ("沙里市政府資訊處106年度策略地圖及平衡計分卡", SCORECARD),
    "plan": ("沙里市政府資訊處106年度施政計畫關鍵績效指標", PLAN),
}


def cases() -> Iterator[tuple[str, str, str]]:
    """Yield form, what the column holds and the word that heads it."""
    for role, words in CASES.items():
        for form, (_, columns) in FORMS.items():
            if role in columns or role == "weight":
                yield from (
                    (form, role, word) for word in (*words.get("both", ()), *words.get(form, ()))
                )


def table(form: str, role: str, word: str) -> str:
    title, columns = FORMS[form]
    shown = {**columns, role: (word.replace("\n", " "), columns.get(role, ("", "10"))[1])}
    heads, entries = zip(*shown.values(), strict=True)
    return f"{title}\n\n" + "\t".join(heads) + "\n" + "\t".join(entries) + "\n"


def facts(text: str) -> dict[str, Any]:
    plan = read_bytes(text.encode(), "plan.txt").plan
    (kpi,) = plan.kpis
    (measure,) = kpi.measures
    (goal,) = plan.objectives
    return {
        "perspective": [p.name for p in plan.perspectives],
        "objective": goal.name,
        "kpi": kpi.name,
        "formula": measure.formula,
        "unit": measure.unit,
        "values": [(v.roc_year, v.kind, v.value) for v in measure.values],
        "owner": kpi.owner,
        "action": [action.text for action in plan.actions],
        "method": kpi.assessment_method,
        "of": kpi.objective == goal.code and goal.perspective == plan.perspectives[0].code,
    }


@pytest.mark.parametrize(("form", "role", "word"), list(cases()))
def test_a_heading_is_known_by_its_meaning(form: str, role: str, word: str) -> None:
    assert facts(table(form, role, word)) == {
        "perspective": ["服務效能" if form == "plan" else "顧客"],
        "objective": "擴大服務對象",
        "kpi": "線上申辦比率",
        "formula": "線上件數÷申辦總件數×100%",
        "unit": "%",
        "values": [(105, "actual", 61.5), (106, "target", 64.0)],
        "owner": "綜合課",
        "action": ["簡化申辦畫面"] if form == "scorecard" else [],
        "method": "統計數據" if form == "plan" else None,
        "of": True,
    }
