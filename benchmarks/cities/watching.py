"""A command timed from its start to its end, with the memory of all its processes at the peak."""

from __future__ import annotations

import resource
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.1


@dataclass(frozen=True, slots=True)
class Watched:
    """How long a command took and kept processors busy (seconds), its peak memory (bytes), end and output."""

    seconds: float
    busy: float
    peak: int
    code: int
    out: str


def watch(words: Sequence[str], environment: Mapping[str, str]) -> Watched:
    """Run a command and measure it."""
    started, before = time.perf_counter(), _busy()
    process = subprocess.Popen(
        words, env=dict(environment), stdout=subprocess.PIPE, encoding="utf-8"
    )
    peaks = [0]
    watching = threading.Thread(target=_watch, args=(process, peaks), daemon=True)
    watching.start()
    out, _ = process.communicate()
    seconds = time.perf_counter() - started
    watching.join()
    return Watched(seconds, _busy() - before, peaks[0], process.returncode, out)


def _busy() -> float:
    """Return the processor time of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(process: subprocess.Popen[str], peaks: list[int]) -> None:
    while process.poll() is None:
        peaks[0] = max(peaks[0], sum(map(_memory, _family(process.pid))))
        time.sleep(PAUSE)


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))
    except OSError:
        return


def _memory(pid: int) -> int:
    """Return the memory of a process, what it shares with others by parts; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
