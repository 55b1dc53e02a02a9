"""The command ``recompute``: all results anew, or with ``--audit`` what had drifted."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from hengtu.cli.arguments import plain_words
from hengtu.cli.engines import ENGINES, open_named
from hengtu.cli.failure import CommandError
from hengtu.cli.printing import print_json
from hengtu.cli.progress import Progress
from hengtu.cli.site import Site
from hengtu.wording.commands import help_text
from hengtu.wording.recomputing import drift_line, recompute_line, time_left

if TYPE_CHECKING:
    from hengtu.services.recomputing import Audit, Step

Commands = Any  # argparse gives its sub-parser action no public type
FINE, FOUND, INTERRUPTED = 0, 1, 130
SHOWN = 20
MOST_WORKERS = 2  # beside the process that writes; more wait for it
MANY = 64


def add_commands(commands: Commands, site: Site) -> None:
    """Add ``recompute``."""
    parser: argparse.ArgumentParser = commands.add_parser("recompute", help=help_text("recompute"))
    parser.add_argument("--agency", type=plain_words, help=help_text("agency"))
    parser.add_argument("--audit", action="store_true", help=help_text("drift_audit"))
    parser.add_argument("--json", action="store_true", help=help_text("json"))
    parser.add_argument("--engine", choices=ENGINES, default="numpy", help=help_text("engine"))
    parser.add_argument("--workers", type=_few, help=help_text("workers"))
    parser.add_argument("--quiet", action="store_true", help=help_text("quiet"))
    parser.set_defaults(run=run_recompute, site=site)


def _few(text: str) -> int:
    if not text.isdecimal() or int(text) > MANY:
        raise argparse.ArgumentTypeError(f"0–{MANY}？{text[:20]}")
    return int(text)


def run_recompute(options: argparse.Namespace) -> int:
    """Recompute or audit; 1 when an audit finds drift, 130 when interrupted."""
    options.site.prepare()
    options.site.migrate()
    course = _Course(options)
    try:
        with _failures(course):
            return _audit(options, course) if options.audit else _recompute(options, course)
    except KeyboardInterrupt:
        course.bar.clear()
        key = "interrupted_audit" if options.audit else "interrupted"
        print(recompute_line(key, done=course.done, total=course.total), file=sys.stderr)
        return INTERRUPTED


@contextmanager
def _failures(course: _Course) -> Iterator[None]:
    """Tell in one line what ended the work and how far it came; CommandError."""
    from concurrent.futures.process import BrokenProcessPool

    from django.db import Error

    try:
        yield
    except (BrokenProcessPool, Error) as failure:
        course.bar.clear()
        lost = isinstance(failure, BrokenProcessPool)
        problem = (str(failure).strip().splitlines() or [type(failure).__name__])[0]
        raise CommandError(
            "worker_lost" if lost else "database_failed",
            problem=problem,
            done=str(course.done),
            total=str(course.total),
        ) from failure


def _recompute(options: argparse.Namespace, course: _Course) -> int:
    from hengtu.services import recomputing
    from hengtu.services.accounts import system_actor

    with _resources(options) as given:
        recomputing.recompute(actor=system_actor(), tell=course.tell, **given)
    course.bar.clear()
    if options.json:
        print_json(course.summary())
    else:
        print(course.sentence("done"))
    return FINE


def _audit(options: argparse.Namespace, course: _Course) -> int:
    from hengtu.services import recomputing

    with _resources(options) as given:
        found = recomputing.audit(tell=course.tell, **given)
    course.bar.clear()
    if options.json:
        drifts = [asdict(drift) for drift in found.drifts]
        print_json({**course.summary(), "count": found.count, "drift": drifts})
    else:
        _print_drifts(course, found)
    return FOUND if found.count else FINE


def _print_drifts(course: _Course, found: Audit) -> None:
    for drift in found.drifts[:SHOWN]:
        print(drift_line(**asdict(drift)))
    if found.count > SHOWN:
        print(recompute_line("more_drift", count=found.count - SHOWN))
    print(course.sentence("drifted" if found.count else "no_drift", count=found.count))


@contextmanager
def _resources(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Give the agency, and the other processes or the engine that work ahead."""
    agency = _find_agency(options.agency)
    if options.engine == "numpy":
        yield {"agency": agency, "workers": _count_workers(options.workers, agency)}
        return
    with open_named(options.engine) as engine:
        yield {"agency": agency, "engine": engine}


def _find_agency(name: str | None) -> Any:
    from hengtu.queries.agencies import NotFoundError, find_agency

    if name is None:
        return None
    try:
        return find_agency(name)
    except NotFoundError as unknown:
        raise CommandError("unknown_agency", agency=name) from unknown


def _count_workers(asked: int | None, agency: object) -> int:
    """Return how many processes work ahead: none for one agency or little work."""
    from hengtu.queries.judgements import is_much

    if asked is not None:
        return asked
    if agency is not None or not is_much():
        return 0
    return min(MOST_WORKERS, os.cpu_count() or 1)


class _Course:
    """What was done until now, and the bar that shows it."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.bar = Progress(quiet=options.quiet)
        self.audit = options.audit
        self.done = self.total = self.results = self.differed = 0

    def tell(self, step: Step) -> None:
        """Take note of an agency that is done and show it."""
        self.done, self.total = step.done, step.total
        self.results += step.results
        self.differed += step.differed
        percent = f"{100 * step.share:.0f}"
        words = recompute_line(
            "progress",
            percent=percent,
            done=step.done,
            total=step.total,
            left=time_left(self.bar.left(step.share)),
        )
        line = recompute_line(
            "agency_checked" if self.audit else "agency",
            percent=percent,
            agency=step.agency,
            results=f"{step.results:,}",
            written=f"{step.differed:,}",
        )
        if step.done or self.bar.on_terminal:
            self.bar.show(step.share, words, line)

    def summary(self) -> dict[str, Any]:
        """Return the figures of the whole."""
        return {"agencies": self.done, "results": self.results, "rows": self.differed}

    def sentence(self, key: str, count: int = 0) -> str:
        """Return the figures of the whole in words."""
        if not self.done:
            return recompute_line("nothing")
        return recompute_line(
            key,
            agencies=self.done,
            results=f"{self.results:,}",
            written=f"{self.differed:,}",
            seconds=f"{time.monotonic() - self.bar.started:.1f}",
            count=f"{count:,}",
        )
