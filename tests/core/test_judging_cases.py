"""Lights come out as planners expect them: the cases of tests/cases/judging."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.core.judged import judge_case

from hengtu.core.amounts import MISSING_KINDS
from hengtu.wording.explanations import explain

CASES = Path(__file__).resolve().parent.parent / "cases" / "judging"
NUMBERS = ("value", "planned", "achievement", "score", "coverage")
WORDS = ("missing", "light", "reason", "grade")


def load() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['case']}")
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize("case", load())
def test_judges_as_the_case_says(case: dict[str, Any]) -> None:
    result = judge_case(case)
    for field in NUMBERS:
        if field in case:
            wanted = case[field]
            given = getattr(result, field)
            assert given == (None if wanted is None else pytest.approx(wanted, rel=1e-9)), field
    for field in WORDS:
        if field in case:
            assert getattr(result, field) == case[field], field
    if "direction_found" in case:
        assert result.direction == case["direction_found"]


@pytest.mark.parametrize("case", load())
def test_every_result_explains_itself_in_both_languages(case: dict[str, Any]) -> None:
    result = judge_case(case)
    assert (result.value is None) == (result.missing is not None)
    assert result.light != "white" or result.reason is not None
    zh_hant, english = explain(result.explanation), explain(result.explanation, "en")
    assert len(zh_hant) == len(english) > 0
    assert not [told for told in (*zh_hant, *english) if "{" in told]


def test_every_kind_of_missing_has_its_case() -> None:
    cases = [case.values[0] for case in load()]
    assert {case.get("missing") for case in cases} >= set(MISSING_KINDS)


def test_no_sentence_prints_the_bound_that_was_missed() -> None:
    case = {"name": "辦理場次", "direction": "higher", "target": 100_000}
    result = judge_case({**case, "figures": {"指標值": {"114": 89_999.9}}})
    assert result.light == "red"
    assert not [told for told in explain(result.explanation) if "＝90%" in told]
