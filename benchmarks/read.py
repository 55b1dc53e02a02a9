"""Reading each sample, beside what reading its lines alone costs, in one run.

The ratio says what understanding costs; seconds depend on the machine and are for orientation.
Documents of ../shared are measured too where they are.
"""

import contextlib
import io
import time
from collections.abc import Callable
from pathlib import Path

from hengtu.cli.main import main as run_hengtu

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5


def list_documents() -> list[Path]:
    """Return every sample document on this machine."""
    folders = (ROOT / "examples", ROOT.parent / "shared" / "seeds")
    return sorted(path for folder in folders for path in folder.rglob("*.txt"))


def split_lines(path: Path) -> None:
    """Read a document and split its lines and cells: the floor."""
    for line in path.read_text(encoding="utf-8").splitlines():
        line.split("\t")


def read_plan(path: Path) -> None:
    """Read a document to plan and findings, as the command does; the output goes nowhere."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        run_hengtu(["read", str(path), "--json"])


def measure(action: Callable[[Path], None], path: Path) -> float:
    """Return the best time of some rounds in seconds."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        action(path)
        times.append(time.perf_counter() - started)
    return min(times)


def report(documents: list[Path]) -> None:
    """Print one line for every document."""
    print(f"{'document':<44}{'kB':>6}{'lines':>10}{'read':>10}{'ratio':>8}")
    for path in documents:
        floor = measure(split_lines, path)
        full = measure(read_plan, path)
        size = path.stat().st_size / 1000
        name = f"{path.parent.name}/{path.name}"
        print(
            f"{name:<44}{size:>6.0f}{floor * 1e3:>8.2f}ms{full * 1e3:>8.1f}ms{full / floor:>7.0f}x"
        )


if __name__ == "__main__":
    report(list_documents())
