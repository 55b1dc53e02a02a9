"""What is wrong with a file is told in the language of the sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hengtu.wording.failures import PROBLEMS, failure_message, tell_problem


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        ("field_missing", "缺少此欄位"),
        ("not_one_of sum、last", "須為下列之一：sum、last"),
        ("wrong_type list", "資料型別不符，應為 list"),
        ("114年", "114年"),
    ],
)
def test_a_problem_is_told_with_what_was_found(problem: str, told: str) -> None:
    assert tell_problem(problem) == told
    assert failure_message("bad_plan", {"path": "$", "problem": problem, "file": "x"}) == (
        f"計畫 JSON 的「$」不正確：{told}（x）"
    )


@pytest.mark.parametrize("key", PROBLEMS)
def test_every_problem_has_its_english(key: str) -> None:
    assert re.fullmatch(r"[ -~]+", tell_problem(key, "en"))


def test_every_refusal_of_a_rulebook_or_plan_has_words(repo_root: Path) -> None:
    room = repo_root / "src" / "hengtu"
    source = "".join(module.read_text("utf-8") for module in (room / "core").rglob("*.py"))
    source += (room / "readers" / "rulebooks" / "load.py").read_text("utf-8")
    reasons = re.findall(r'(?:RulebookError|PlanFormatError)\([^,]+, f?"(\w+)', source)
    assert len(reasons) > 10
    assert set(reasons) <= set(PROBLEMS)
