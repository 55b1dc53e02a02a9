"""formula, compute and written lights keep their contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hengtu.cli.main import main

TABLE = (
    "策略目標\tKPI\tKPI計算公式及計量單位\t112年實際值\t113年目標值\t行動方案\n"
    "AC1 提升效率\tAC1.1 依限辦結率\t依限件數÷總件數×100% 單位：%\t95\t96\tAC1.1.1 稽催計畫\n"
)
HEAD = "code,measure,period,item,value,missing,note\n"
ROWS = "AC1.1,1,113-01,依限件數,90,,\nAC1.1,1,113-01,總件數,100,,\n"
RATE = "（全年收件數－全年錯件數）÷全年收件數×100%≥95%"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(f"澄海市政府環境局113年度平衡計分卡\n\n{TABLE}", encoding="utf-8")
    return path


@pytest.fixture
def actuals(tmp_path: Path) -> Path:
    path = tmp_path / "actuals.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main([str(a) for a in arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_formula_prints_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--set", "全年收件數=2,00", "--set", "全年錯件數 = 3")
    assert run(capsys, "formula", RATE, *given)[0] == 2
    given = ("--set", "全年收件數=200", "--set", "全年錯件數 = 3", "--json")
    code, out, err = run(capsys, "formula", RATE, *given)
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert list(told) == [
        "text",
        "items",
        "value",
        "missing",
        "unit",
        "threshold",
        "met",
        "steps",
        "error",
    ]
    assert told["items"] == ["全年收件數", "全年錯件數"]
    assert (told["value"], told["missing"], told["met"]) == (98.5, None, True)
    assert told["threshold"] == {"op": ">=", "value": 95.0, "unit": "%"}
    assert told["steps"][-1]["value"] == 98.5


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        (("甲÷乙",), "not_reported"),
        (("甲÷乙", "--set", "甲=1", "--set", "乙=0"), "not_computable"),
        (("甲÷乙", "--set", "甲=無資料", "--set", "乙=2"), "no_data"),
        (("甲÷乙", "--set", "甲=not_due", "--set", "乙=2"), "not_due"),
    ],
)
def test_no_value_exits_1(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], missing: str
) -> None:
    code, out, _ = run(capsys, "formula", *arguments, "--json")
    told = json.loads(out)
    assert (code, told["value"], told["missing"], told["error"]) == (1, None, missing, None)
    code, out, _ = run(capsys, "formula", *arguments)
    assert code == 1
    assert "沒有數值" in out


@pytest.mark.parametrize("text", ["甲÷", "", "甲＋乙＝丙＋丁", "（" * 300 + "甲", "甲" * 5000])
def test_a_formula_that_cannot_be_read_says_where_and_why(
    capsys: pytest.CaptureFixture[str], text: str
) -> None:
    code, out, err = run(capsys, "formula", text, "--json")
    told = json.loads(out)
    assert (code, err, told["value"]) == (1, "", None)
    assert set(told["error"]) == {"code", "message", "position", "hint"}
    assert run(capsys, "formula", text)[0] == 1


@pytest.mark.parametrize("given", ["甲", "=1", "甲=", "甲=一二三", "甲=x", "甲=1e999", "丙=1"])
def test_a_bad_set_exits_2(capsys: pytest.CaptureFixture[str], given: str) -> None:
    code, out, err = run(capsys, "formula", "甲÷乙", "--set", given)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_a_unit_in_percent_scales_a_share(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("formula", "甲÷乙", "--unit", "%", "--set", "甲=1", "--set", "乙=4", "--json")
    told = json.loads(run(capsys, *arguments)[1])
    assert (told["value"], told["unit"]) == (25.0, "%")
    assert "scaled" in [step["kind"] for step in told["steps"]]


def test_compute_prints_the_contract(
    capsys: pytest.CaptureFixture[str], document: Path, actuals: Path
) -> None:
    code, out, err = run(
        capsys, "compute", document, "--actuals", actuals, "--period", "113-01", "--json"
    )
    assert (code, err) == (0, "")
    result: dict[str, Any] = json.loads(out)["results"][0]
    contract = {"code", "measure", "period", "value", "target", "achievement", "light", "score"}
    assert contract | {"coverage", "explanation", "reason"} <= set(result)
    assert "missing" not in result
    assert (result["value"], result["target"], result["light"]) == (90.0, 96.0, "yellow")
    assert all(step["text"] for step in result["explanation"])


def test_compute_tells_what_is_missing(
    capsys: pytest.CaptureFixture[str], document: Path, actuals: Path
) -> None:
    actuals.write_text(HEAD + "AC1.1,1,113-01,依限件數,,no_data,\n", encoding="utf-8")
    arguments = ("compute", document, "--actuals", actuals, "--period", "113-01", "--json")
    result = json.loads(run(capsys, *arguments)[1])["results"][0]
    assert "value" not in result
    assert (result["missing"], result["light"]) == ("not_reported", "white")


def test_compute_takes_the_latest_period_and_prints_for_people(
    capsys: pytest.CaptureFixture[str], document: Path, actuals: Path
) -> None:
    code, out, _ = run(capsys, "compute", document, "--actuals", actuals)
    assert code == 0
    assert "113-01" in out
    assert "▲ 注意 AC1.1" in out


def test_compute_tells_codes_that_the_plan_does_not_have(
    capsys: pytest.CaptureFixture[str], document: Path, actuals: Path
) -> None:
    actuals.write_text(HEAD + ROWS + "ZZ9.9,1,113-01,,1,,\n", encoding="utf-8")
    code, out, err = run(capsys, "compute", document, "--actuals", actuals, "--json")
    assert code == 0
    assert json.loads(out)["results"]
    assert "ZZ9.9" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--period", "113-13"),
        ("--period", "2024年"),
        ("--rulebook", "none"),
        ("--rulebook", "none.yaml"),
        ("--items", "none.csv"),
    ],
)
def test_wrong_use_of_compute_exits_2(
    capsys: pytest.CaptureFixture[str],
    document: Path,
    actuals: Path,
    arguments: tuple[str, ...],
) -> None:
    code, out, err = run(capsys, "compute", document, "--actuals", actuals, *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_compute_without_figures_asks_for_a_period(
    capsys: pytest.CaptureFixture[str], document: Path, actuals: Path
) -> None:
    actuals.write_text(HEAD, encoding="utf-8")
    assert run(capsys, "compute", document, "--actuals", actuals)[0] == 2
    assert run(capsys, "compute", document, "--actuals", document)[0] == 2
    assert run(capsys, "compute", document, "--actuals", document.parent)[0] == 2
    assert run(capsys, "compute", document)[0] == 2


@pytest.mark.parametrize(("report", "suffix"), [("map", "svg"), ("scorecard", "csv")])
def test_written_reports_carry_the_lights(
    capsys: pytest.CaptureFixture[str], document: Path, actuals: Path, report: str, suffix: str
) -> None:
    plain, lit = document.parent / f"plain.{suffix}", document.parent / f"lit.{suffix}"
    assert run(capsys, "write", document, "--report", report, "--to", plain)[0] == 0
    arguments = ("write", document, "--report", report, "--to", lit, "--actuals", actuals)
    assert run(capsys, *arguments)[0] == 0
    assert "▲" in lit.read_text("utf-8")
    assert "▲" not in plain.read_text("utf-8")


def test_a_rulebook_of_other_years_is_refused(
    capsys: pytest.CaptureFixture[str], document: Path, actuals: Path
) -> None:
    book = document.parent / "own.yaml"
    rules = "bands: [{at_least: 50, light: green}, {at_least: 0, light: red}]"
    book.write_text(
        f"code: own\ntitle: 自訂\nsource: product default\n{rules}\nvalid: {{first_roc_year: 113}}\n",
        encoding="utf-8",
    )
    arguments = ("compute", document, "--actuals", actuals, "--rulebook", book)
    assert "★" in run(capsys, *arguments)[1]
    assert run(capsys, *arguments, "--period", "112")[0] == 2


def test_a_value_times_a_hundred_percent_is_in_percent(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(capsys, "formula", "甲÷乙×100%", "--set", "甲=1", "--set", "乙=4", "--json")
    assert (code, json.loads(out)["value"], json.loads(out)["unit"]) == (0, 25.0, "%")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless file here")
def test_an_endless_file_of_actuals_is_refused(
    repo_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = repo_root / "examples" / "bureau" / "plan.txt"
    assert main(["compute", str(plan), "--actuals", "/dev/zero"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_rulebook_says_how_many_decimals_a_unit_shows(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(
        "雲湖市政府水利局114年度平衡計分卡\n\n"
        "策略目標\tKPI\tKPI計算公式及計量單位\t113年實際值\t114年目標值\n"
        "AC1 提升效率\tAC1.1 依限辦結率\t依限件數÷總件數×100% 單位：%\t95\t90\n",
        encoding="utf-8",
    )
    figures = tmp_path / "actuals.csv"
    figures.write_text(
        "code,measure,period,item,value\nAC1.1,1,114,依限件數,2\nAC1.1,1,114,總件數,2.1\n",
        encoding="utf-8",
    )
    book = tmp_path / "own.yaml"
    book.write_text(
        "code: own\ntitle: 自訂\nsource: product default\ndecimals: {'%': 0}\n"
        "bands: [{at_least: 100, light: green}, {at_least: 0, light: red}]\n",
        encoding="utf-8",
    )
    printed = []
    for more in ([], ["--rulebook", str(book)]):
        assert main(["compute", str(plan), "--actuals", str(figures), *more]) == 0
        printed.append(capsys.readouterr().out)
    assert "95.24%" in printed[0]
    assert "95%" in printed[1]
    assert "95.24%" not in printed[1].split("達成度")[0]
