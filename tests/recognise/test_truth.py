"""Every fact of the five documents is read, and nothing else, whatever clothes they wear."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.recognise.clothes import ENCODINGS, LINE_ENDS, move_sections, shuffle_columns

from hengtu.core.exchange import plan_to_json
from hengtu.readers import read_bytes

STEMS = (
    "000_e40f9970a17d8c1f",
    "001_9109536972f953d1",
    "002_f130fccda52777fa",
    "003_3f86de66af70b905",
    "004_cf3d183061d1c452",
)
Check = Callable[..., None]


@pytest.fixture(scope="module")
def tools(shared_dir: Path) -> dict[str, Any]:
    return runpy.run_path(str(shared_dir / "tools" / "compare_truth.py"))


@pytest.fixture(scope="module")
def documents(shared_dir: Path) -> Mapping[str, tuple[str, dict[str, Any]]]:
    def load(stem: str) -> tuple[str, dict[str, Any]]:
        truth = yaml.load(
            (shared_dir / "truth" / f"{stem}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
        )
        return (shared_dir / "seeds" / f"{stem}.txt").read_text("utf-8"), truth

    return {stem: load(stem) for stem in STEMS}


@pytest.fixture(scope="module")
def mutants(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mutants")
    for stem in STEMS:
        command = [
            sys.executable,
            str(shared_dir / "tools" / "mutate.py"),
            str(shared_dir / "seeds" / f"{stem}.txt"),
            str(shared_dir / "truth" / f"{stem}.yaml"),
            str(folder / stem),
        ]
        subprocess.run(command, check=True)
    return folder


@pytest.fixture(scope="module")
def check(tools: dict[str, Any], shared_dir: Path) -> Check:
    """Return a check that a reading holds exactly the facts of a truth and no personal name."""

    def run(data: bytes, truth: Any, stem: str) -> None:
        draft = read_bytes(data, "plan.txt")
        plan = json.loads(json.dumps(plan_to_json(draft.plan), ensure_ascii=False))
        rows, misses = tools["compare"](truth, plan)
        assert not misses, misses[:5]
        assert all(found == total and not extra for _, found, total, extra in rows)
        flat = json.dumps([plan, [f.raw for f in draft.findings]], ensure_ascii=False)
        names = tools["personal_names"](shared_dir / "seeds" / f"{stem}.txt")
        assert not [name for name in names if name and name in flat]

    return run


@pytest.mark.parametrize("stem", STEMS)
def test_the_document_as_it_is(documents: Any, check: Check, stem: str) -> None:
    text, truth = documents[stem]
    check(text.encode(), truth, stem)


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("mutation", ["rename", "reblank", "padded", "years"])
def test_mutants(mutants: Path, check: Check, stem: str, mutation: str) -> None:
    truth = yaml.load(
        (mutants / stem / f"{mutation}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    data = (mutants / stem / f"{mutation}.txt").read_bytes()
    if mutation == "years":
        _shift_revisions(truth, by=4)
    check(data, truth, stem)


def _shift_revisions(truth: dict[str, Any], by: int) -> None:
    """The tool moves the years of the printed acts but not those of the truth's ``113-01-11``."""
    document = truth["document"]
    for act in (*(document.get("revision_dates") or ()), *filter(None, [document.get("enacted")])):
        year, _, rest = act["roc_date"].partition("-")
        act["roc_date"] = f"{int(year) + by}-{rest}"


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(documents: Any, check: Check, stem: str, encoding: str) -> None:
    text, truth = documents[stem]
    if encoding == "cp950":  # Big5 has ≧ and ≦ only
        text = text.replace("≥", "≧").replace("≤", "≦")
    data = text.encode(encoding)
    check(data, truth, stem)


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("ending", LINE_ENDS, ids=["crlf", "cr"])
def test_line_ends(documents: Any, check: Check, stem: str, ending: str) -> None:
    text, truth = documents[stem]
    check(text.replace("\n", ending).encode(), truth, stem)


COLUMNS = [
    ("000_e40f9970a17d8c1f", ("KPI", "實際值"), ()),
    ("001_9109536972f953d1", ("職稱", "任務分配"), ()),
    ("002_f130fccda52777fa", ("編號", "評估體制"), ()),
    ("003_3f86de66af70b905", ("KPI", "實際值"), ()),
    ("004_cf3d183061d1c452", ("KSF", "KPI"), ("策略目標",)),
]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("stem", "header", "fixed"), COLUMNS)
def test_column_orders(
    documents: Any, check: Check, stem: str, header: Any, fixed: Any, seed: int
) -> None:
    text, truth = documents[stem]
    shuffled = shuffle_columns(text, header=header, fixed=fixed, seed=seed)
    assert shuffled != text
    check(shuffled.encode(), truth, stem)


SECTIONS = [
    ("000_e40f9970a17d8c1f", ("策略主題：(A)", "(1/2)$", "簡報結束"), (0, 2, 1, 3)),
    ("001_9109536972f953d1", ("品質執行委員會$", "作業時程管制表$"), (0, 2, 1)),
    ("003_3f86de66af70b905", ("平衡計分卡", "填表說明"), (1, 0, 2)),
    ("004_cf3d183061d1c452", ("人事處策略地圖", "組織效能 A", "簡報完畢"), (0, 2, 1, 3)),
]


@pytest.mark.parametrize(("stem", "cuts", "order"), SECTIONS)
def test_section_orders(
    documents: Any, check: Check, stem: str, cuts: tuple[str, ...], order: tuple[int, ...]
) -> None:
    text, truth = documents[stem]
    moved, moved_truth = move_sections(text, truth, cuts, order)
    check(moved.encode(), moved_truth, stem)
