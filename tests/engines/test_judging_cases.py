"""The cases of tests/cases/judging in bulk, in every month of their years."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.core.judged import CODE, build_actuals, build_plan
from tests.engines.judging_plans import check_same, judge_both

from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.periods import Period
from hengtu.readers.rulebooks import load_preset

CASES = Path(__file__).resolve().parent.parent / "cases" / "judging"


def load() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['case']}")
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize("case", load())
def test_judges_every_month_as_one_record(case: dict[str, Any]) -> None:
    book = load_preset(case.get("rulebook", "default"))

    def rulebook_of(roc_year: int) -> Rulebook:
        return book

    bulk, single = judge_both(
        build_plan(case),
        build_actuals(case.get("figures", {})),
        first=Period(113, month=1),
        last=Period(114, month=12),
        rulebook_of=rulebook_of,
        rules={(CODE, 1, item): rule for item, rule in case.get("rules", {}).items()},
    )
    check_same(bulk, single, rulebook_of)
    assert not bulk.single.any()
