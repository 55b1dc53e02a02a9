"""The samples in bulk: every measure and month as the path of one record judges them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.engines.judging_plans import check_same, judge_both

from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Rulebook
from hengtu.core.periods import Period
from hengtu.readers import read_file
from hengtu.readers.actuals import read_actuals
from hengtu.readers.items import read_items_file

DIFFERENCE = replace(PRODUCT_DEFAULT, code="difference", lower="difference")


def rulebook_of(roc_year: int) -> Rulebook:
    return PRODUCT_DEFAULT if roc_year == 114 else DIFFERENCE


@pytest.mark.parametrize("sample", ["bureau", "office"])
def test_every_month_of_the_samples(repo_root: Path, sample: str) -> None:
    folder = repo_root / "examples" / sample
    bulk, single = judge_both(
        read_file(folder / "plan.txt").plan,
        read_actuals((folder / "actuals.csv").read_bytes(), "actuals.csv"),
        first=Period(113, month=11),
        last=Period(115, month=2),
        rulebook_of=rulebook_of,
        rules=read_items_file(folder / "items.csv"),
    )
    check_same(bulk, single, rulebook_of)
    print(f"{sample}: {bulk.single.mean():.0%} of the measures judged one by one")
    assert not bulk.single.any()
    assert (bulk.lights >= 0).any(axis=1).sum() > 10
