"""compute tells the year's end beside each result, and warns in its text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hengtu.cli.main import main
from hengtu.core.forecasting.outlook import CONFIDENCE

TABLE = (
    "策略目標\tKPI\tKPI計算公式及計量單位\t112年實際值\t113年目標值\t行動方案\n"
    "AC1 提升效率\tAC1.1 依限辦結率\t依限件數÷總件數×100% 單位：%\t95\t96\tAC1.1.1 稽催計畫\n"
)
HEAD = "code,measure,period,item,value,missing,note\n"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(f"澄海市政府環境局113年度平衡計分卡\n\n{TABLE}", encoding="utf-8")
    return path


def actuals(folder: Path, months: int, done: int) -> Path:
    rows = [
        f"AC1.1,1,113-{month:02d},{item},{value},,\n"
        for month in range(1, months + 1)
        for item, value in (("依限件數", done), ("總件數", 100))
    ]
    path = folder / "actuals.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return path


def compute(capsys: pytest.CaptureFixture[str], plan: Path, figures: Path) -> dict[str, Any]:
    assert main(["compute", str(plan), "--actuals", str(figures), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)["results"][0]["forecast"]
    return found


def test_the_forecast_stands_beside_the_result(
    capsys: pytest.CaptureFixture[str], document: Path
) -> None:
    found = compute(capsys, document, actuals(document.parent, 6, 90))
    assert found["method"] == "run_rate"
    assert found["value"] == pytest.approx(90)
    assert found["low"] < 90 < found["high"] <= 100
    assert found["confidence"] == CONFIDENCE
    assert [one["month"] for one in found["months"]] == [7, 8, 9, 10, 11, 12]
    assert (found["will_meet"], found["warning"], found["light"]) == ("no", "likely", "yellow")
    assert found["warning_text"] == "很可能未達"
    assert [step["kind"] for step in found["explanation"]][-1] == "warning"
    assert all(step["text"] for step in found["explanation"])


def test_a_refusal_says_why(capsys: pytest.CaptureFixture[str], document: Path) -> None:
    found = compute(capsys, document, actuals(document.parent, 2, 90))
    assert found["refused"] == "too_few_months"
    assert found["text"] == "只有 2 個月的資料，滿 3 個月才推估年底"
    assert "value" not in found


def test_the_text_warns_and_keeps_silent_where_the_target_will_be_met(
    capsys: pytest.CaptureFixture[str], document: Path
) -> None:
    for done, warned in ((90, True), (99, False)):
        figures = actuals(document.parent, 6, done)
        assert main(["compute", str(document), "--actuals", str(figures)]) == 0
        lines = [line for line in capsys.readouterr().out.splitlines() if "預警" in line]
        assert bool(lines) == warned
        assert not lines or "AC1.1" in lines[0]
