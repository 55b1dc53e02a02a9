"""The file commands keep their contract: what they print, where, and how they exit."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hengtu.cli.main import main

TABLE = (
    "策略目標\tKPI\tKPI計算公式及計量單位\t112年實際值\t113年目標值\t行動方案\n"
    "AC1 提升效率\tAC1.1 依限辦結率\t依限件數÷總件數×100% 單位：%\t95\t96\tAC1.1.1 稽催計畫\n"
)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(f"澄海市政府環境局113年度平衡計分卡\n\n{TABLE}", encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main([str(a) for a in arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    code, out, err = run(capsys, *arguments)
    assert code in (0, 1)
    assert err == ""
    return json.loads(out)


def test_read_prints_plan_and_findings(capsys: pytest.CaptureFixture[str], document: Path) -> None:
    read = run_json(capsys, "read", document, "--json")
    assert set(read) == {"plan", "findings"}
    assert [k["code"] for k in read["plan"]["kpis"]] == ["AC1.1"]
    assert read["plan"]["source"]["file"] == "plan.txt"


def test_what_read_prints_fits_the_schemas(
    capsys: pytest.CaptureFixture[str], document: Path
) -> None:
    schema = run_json(capsys, "schema", "plan")
    jsonschema.validate(run_json(capsys, "read", document, "--json"), schema)
    findings = run_json(capsys, "schema", "findings")
    jsonschema.validate(run_json(capsys, "check", document, "--json"), findings)


def test_a_summary_is_read_by_people(capsys: pytest.CaptureFixture[str], document: Path) -> None:
    code, out, _ = run(capsys, "read", document)
    assert code == 0
    assert "指標 1" in out
    assert "檢查發現" in out


def test_the_json_of_read_is_read_again(
    capsys: pytest.CaptureFixture[str], document: Path, tmp_path: Path
) -> None:
    out = run(capsys, "read", document, "--json")[1]
    stored = tmp_path / "plan.json"
    stored.write_text(out, encoding="utf-8")
    assert run(capsys, "read", stored, "--json")[1] == out
    stored.write_text(json.dumps(json.loads(out)["plan"]), encoding="utf-8")
    assert json.loads(run(capsys, "read", stored, "--json")[1])["plan"] == json.loads(out)["plan"]


def test_diff_of_a_document_and_its_revision(
    capsys: pytest.CaptureFixture[str], document: Path, tmp_path: Path
) -> None:
    revised = tmp_path / "revised.txt"
    revised.write_text(document.read_text("utf-8").replace("\t96\t", "\t90\t"), encoding="utf-8")
    changes = run_json(capsys, "diff", document, revised, "--json")["changes"]
    assert changes == [
        {
            "kind": "changed",
            "subject": "AC1.1",
            "field": "measures[1].values[target 113].value",
            "old": "96",
            "new": "90",
        }
    ]
    assert run(capsys, "diff", document, document)[1].strip() == "兩份計畫沒有差異。"


def test_a_difference_is_told_in_words(capsys: pytest.CaptureFixture[str], repo_root: Path) -> None:
    samples = repo_root / "examples"
    plans = samples / "bureau" / "plan.txt", samples / "revision" / "plan.txt"
    lines = run(capsys, "diff", *plans)[1].splitlines()
    assert "變更 AC1.1 114 目標值：88 → 87.5" in lines
    assert "刪除 WP1.2 指標：事業廢水稽查家次" in lines
    assert "變更 GF1.1.1：辦理綠能投資媒合平臺 → 辦理綠能投資媒合平臺及說明會" in lines


def test_sarif_names_rule_and_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(TABLE.replace("AC1", "API"), encoding="utf-8")
    log = run_json(capsys, "check", path, "--sarif")
    results = log["runs"][0]["results"]
    assert {r["ruleId"] for r in results} >= {"R101"}
    assert all(r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in results)


def test_read_exits_1_on_an_error_finding(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "poem.txt"
    path.write_text("白日依山盡\n黃河入海流\n", encoding="utf-8")
    code, out, err = run(capsys, "read", path, "--json")
    assert (code, err) == (1, "")
    assert [f["level"] for f in json.loads(out)["findings"]].count("error") == 1


WRONG = {
    "no command": [],
    "unknown command": ["dance"],
    "no file": ["read"],
    "missing file": ["read", "nowhere.txt"],
    "a folder": ["read", "."],
    "unknown format": ["read", "{tmp}/plan.xyz"],
    "empty": ["read", "{tmp}/empty.txt"],
    "binary": ["read", "{tmp}/binary.txt"],
    "bad json": ["read", "{tmp}/bad.json"],
    "no plan json": ["read", "{tmp}/list.json"],
    "check of nothing": ["check", "nowhere.txt", "--json"],
    "two forms at once": ["check", "{tmp}/list.json", "--json", "--sarif"],
    "diff with one": ["diff", "{tmp}/list.json"],
    "unknown schema": ["schema", "poem"],
    "unknown report": ["write", "{tmp}/list.json", "--report", "poem", "--to", "x.svg"],
    "unknown option": ["read", "{tmp}/list.json", "--loud"],
}


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG.keys())
def test_wrong_use_is_one_clear_line_and_exit_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str]
) -> None:
    (tmp_path / "plan.xyz").write_bytes(b"x")
    (tmp_path / "empty.txt").write_bytes(b"\n \t\n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    code, out, err = run(capsys, *(a.replace("{tmp}", str(tmp_path)) for a in arguments))
    assert (code, out) == (2, "")
    assert not re.search("argument|invalid|expected|required", err)
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_help_and_version_exit_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version")[0] == 0
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert all(name in out for name in ("read", "check", "write", "diff", "schema"))


def test_check_tells_broken_duties_of_a_rulebook(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "plan.txt"
    more = "".join(f"\t\t\t\t\tAC1.1.{n} 稽催計畫之{n}\n" for n in (2, 3, 4))
    path.write_text(f"澄海市政府環境局113年度平衡計分卡\n\n{TABLE}{more}", encoding="utf-8")
    plain = run_json(capsys, "check", path, "--json")
    assert "P201" not in {one["code"] for one in plain["findings"]}
    code, out, _ = run(capsys, "check", path, "--json", "--rulebook", "scorecard-form")
    found = json.loads(out)
    (broken,) = [one for one in found["findings"] if one["code"] == "P201"]
    assert (code, broken["level"], broken["subject"]) == (1, "error", "AC1.1")
    assert found["summary"]["total"] == plain["summary"]["total"] + 1
    own = tmp_path / "own.yaml"
    own.write_text(
        "code: own\ntitle: 自訂\nsource: product default\nbands: [{at_least: 0, light: red}]\n"
        "binding: {actions_per_kpi: 4}\n",
        encoding="utf-8",
    )
    code, out, _ = run(capsys, "check", path, "--rulebook", own)
    assert "P201" not in out
    code, _, err = run(capsys, "check", path, "--rulebook", "no-such")
    assert (code, "default" in err) == (2, True)
