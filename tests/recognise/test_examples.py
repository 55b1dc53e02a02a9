"""The samples are read to the last fact, and the clean ones bother nobody."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest
import yaml

from hengtu.core.exchange import plan_to_json
from hengtu.readers import read_file

SAMPLES = {
    "city/plan.txt": "city/truth.yaml",
    "bureau/plan.txt": "bureau/truth.yaml",
    "office/plan.txt": "office/truth.yaml",
    "office/service.txt": "office/service.truth.yaml",
    "fouryear/plan.txt": "fouryear/truth.yaml",
    "revision/plan.txt": "revision/truth.yaml",
}


@pytest.fixture(scope="module")
def tools(shared_dir: Path) -> dict[str, Any]:
    return runpy.run_path(str(shared_dir / "tools" / "compare_truth.py"))


@pytest.mark.parametrize(("document", "truth"), SAMPLES.items())
def test_every_fact_of_a_sample_is_read(
    tools: dict[str, Any], repo_root: Path, document: str, truth: str
) -> None:
    examples = repo_root / "examples"
    plan = json.loads(json.dumps(plan_to_json(read_file(examples / document).plan)))
    expected = yaml.load((examples / truth).read_text("utf-8"), Loader=yaml.CSafeLoader)
    _, misses = tools["compare"](expected, plan)
    assert not misses, misses[:5]


@pytest.mark.parametrize("document", ["city/plan.txt", "fouryear/plan.txt"])
def test_a_clean_sample_has_no_finding_above_hint(repo_root: Path, document: str) -> None:
    draft = read_file(repo_root / "examples" / document)
    assert [f for f in draft.findings if f.level != "hint"] == []


def test_the_defects_of_the_bureau_are_told(repo_root: Path) -> None:
    codes = {f.code for f in read_file(repo_root / "examples" / "bureau" / "plan.txt").findings}
    assert {"R101", "R132", "R141", "R142", "R145"} <= codes
