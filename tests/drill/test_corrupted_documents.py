"""Read damaged documents for some seconds: no traceback, no silence, no hang.

HENGTU_DRILL_SECONDS sets how long (3 by default), HENGTU_DRILL_SEED repeats a campaign.
"""

import json
import os
import random
import time
from pathlib import Path

import pytest
from tests.drill.corruption import corrupt

from hengtu.cli.main import main

pytestmark = pytest.mark.drill

SECONDS = float(os.environ.get("HENGTU_DRILL_SECONDS", "3"))
HANG_SECONDS = 10.0


def list_documents(root: Path) -> list[Path]:
    """Return the sample documents and those of ../shared where they are."""
    folders = (root / "examples", root.parent / "shared" / "seeds")
    return sorted(path for folder in folders for path in folder.rglob("*.txt"))


def read_document(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Run the command on a file and hold it to its contract."""
    started = time.perf_counter()
    code = main(["read", str(path), "--json"])
    seconds = time.perf_counter() - started
    out, err = capsys.readouterr()
    assert code in (0, 1, 2), f"exit {code}"
    assert "Traceback" not in err
    assert seconds < HANG_SECONDS, f"took {seconds:.1f} s"
    if code == 2:
        assert err.strip(), "refused without a word"
        return
    answer = json.loads(out)
    assert answer["plan"]["source"]["file"] == path.name
    has_error = any(finding["level"] == "error" for finding in answer["findings"])
    assert has_error == (code == 1), "the exit code does not match the findings"


def test_damaged_documents_are_refused_or_read(
    tmp_path: Path, repo_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = list_documents(repo_root)
    assert documents, "there is no document to damage"
    seed = int(os.environ.get("HENGTU_DRILL_SEED", time.time_ns()))
    chance = random.Random(seed)
    damaged = tmp_path / "document.txt"
    end = time.monotonic() + SECONDS
    rounds = 0
    while time.monotonic() < end:
        document = chance.choice(documents)
        damaged.write_bytes(corrupt(chance, document.read_bytes()))
        rounds += 1
        try:
            read_document(damaged, capsys)
        except Exception as problem:
            kept = damaged.rename(tmp_path / "failed.txt")
            pytest.fail(
                f"HENGTU_DRILL_SEED={seed}, round {rounds}, from {document.name}, kept as {kept}: "
                f"{type(problem).__name__}: {problem}"
            )
    print(f"drill: {rounds} damaged documents read, seed {seed}")
