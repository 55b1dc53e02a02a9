"""Formulas run as agencies print them: the cases of tests/cases/formulas."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from hengtu.core.formulas import FormulaError, evaluate, items, parse, spell
from hengtu.core.formulas.failure import FormulaReason
from hengtu.core.formulas.functions import FUNCTIONS
from hengtu.wording.formulas import tell_error, tell_hint

CASES = Path(__file__).resolve().parent.parent / "cases" / "formulas"


def load() -> list[dict[str, Any]]:
    return [
        case
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text("utf-8"))
    ]


READ = [case for case in load() if "error" not in case]
REFUSED = [case for case in load() if "error" in case]


@pytest.mark.parametrize("case", READ, ids=lambda case: case["formula"])
def test_reads_what_is_printed(case: dict[str, Any]) -> None:
    formula = parse(case["formula"])
    if "items" in case:
        assert list(items(formula)) == case["items"]
    if "spelled" in case:
        assert spell(formula) == case["spelled"]
    for field in ("unit", "condition", "target_rule", "result_name", "leftover_index"):
        if field in case:
            assert getattr(formula, field) == case[field]
    for note in case.get("notes", ()):
        assert note in formula.notes
    assert bool(formula.repairs) == case.get("repaired", False)
    if "limit" in case:
        assert formula.limit is not None
        limit = {"op": formula.limit.op, "value": formula.limit.value, "unit": formula.limit.unit}
        assert limit == case["limit"]


@pytest.mark.parametrize("case", [c for c in READ if "values" in c], ids=lambda c: c["formula"])
def test_computes_what_is_printed(case: dict[str, Any]) -> None:
    outcome = evaluate(parse(case["formula"]), case["values"], unit=case.get("unit_given"))
    if "missing" in case:
        assert (outcome.answer.value, outcome.answer.missing) == (None, case["missing"])
    else:
        assert outcome.answer.value == pytest.approx(case["value"], rel=1e-9)
    assert outcome.scaled == case.get("scaled", False)
    if "met" in case:
        assert outcome.met is case["met"]
    assert outcome.steps


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["formula"])
def test_says_what_is_wrong(case: dict[str, Any]) -> None:
    with pytest.raises(FormulaError) as refused:
        parse(case["formula"])
    expected = case["error"]
    assert (refused.value.reason, refused.value.position) == (
        expected["reason"],
        expected["position"],
    )
    assert list(refused.value.expected) == expected.get("expected", [])
    for lang in ("zh-Hant", "en"):
        assert tell_error(refused.value, lang)
        assert tell_hint(refused.value, lang)


@pytest.mark.parametrize("case", READ, ids=lambda case: case["formula"])
def test_its_own_spelling_reads_the_same(case: dict[str, Any]) -> None:
    formula = parse(case["formula"])
    again = parse(spell(formula))
    assert again == formula
    assert spell(again) == spell(formula)


@pytest.mark.parametrize("case", READ, ids=lambda case: case["formula"])
def test_what_a_measure_keeps_of_it_reads_the_same(case: dict[str, Any]) -> None:
    formula = parse(case["formula"])
    if formula.body is None or formula.definitions:
        return
    kept = parse(formula.expression)
    assert items(kept) == items(formula)
    assert kept.body == formula.body


def test_every_function_is_documented(repo_root: Path) -> None:
    english = (repo_root / "docs" / "formulas.md").read_text("utf-8")
    chinese = (repo_root / "docs" / "zh-Hant" / "formulas.md").read_text("utf-8")
    for function in FUNCTIONS:
        assert f"{function.name}（" in english or f"{function.name}(" in english
        assert function.name in chinese
        assert f"`{function.others[0]}`" in english
        assert f"`{function.others[0]}`" in chinese


def test_every_reason_is_documented(repo_root: Path) -> None:
    text = (repo_root / "docs" / "formulas.md").read_text("utf-8")
    assert [reason for reason in get_args(FormulaReason) if f"`{reason}`" not in text] == []
