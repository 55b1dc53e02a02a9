"""Other processes that work out agencies ahead of the one that writes.

Nothing of the tables is imported before a worker has loaded the settings.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import connection as waiting
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hengtu.engines.engine import Engine
    from hengtu.services.preparing import Prepared

AHEAD = 1  # agencies that wait, worked out, beside those in work


def prepare_all(
    agencies: Sequence[int], *, workers: int = 0, engine: Engine | None = None
) -> Iterator[Prepared]:
    """Yield what is to be written for each agency, in the order given.

    Each worker opens the configured database itself. Without any the work is done here; so it is with an
    engine, which has processes of its own.
    """
    if engine is not None:
        from hengtu.services.preparing import prepare_by

        yield from prepare_by(engine, agencies)
        return
    if not workers:
        yield from map(_prepare, agencies)
        return
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)
    try:
        yield from _work_ahead(pool, agencies, workers + AHEAD)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _work_ahead(
    pool: ProcessPoolExecutor, agencies: Sequence[int], most: int
) -> Iterator[Prepared]:
    ahead: deque[Future[Prepared]] = deque()
    left = iter(agencies)
    while True:
        while len(ahead) < most and (agency := next(left, None)) is not None:
            with _deaf_to_ctrl_c():
                ahead.append(pool.submit(_prepare, agency))
        if not ahead:
            return
        yield ahead.popleft().result()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let a process that is started here inherit that Ctrl-C is not for it; ours waits until it runs."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare(agency: int) -> Prepared:
    from hengtu.services.preparing import prepare

    return prepare(agency)


def _begin() -> None:
    """Make a worker ready; it ends with the process that started it."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import django

    django.setup()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        waiting.wait([parent.sentinel])
        os._exit(1)
