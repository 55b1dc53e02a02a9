"""Reports by name and format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hengtu.core.plan import Plan
from hengtu.wording import reports as words
from hengtu.wording.catalogue import Language
from hengtu.writers import csv, html
from hengtu.writers.failure import WriteError
from hengtu.writers.figure import LightMarks
from hengtu.writers.report import Report
from hengtu.writers.reports.factors import describe_factors
from hengtu.writers.reports.fouryear import describe_fouryear
from hengtu.writers.reports.map import draw_map
from hengtu.writers.reports.map_list import describe_map
from hengtu.writers.reports.schedule import describe_schedule
from hengtu.writers.reports.scorecard import describe_scorecard
from hengtu.writers.reports.service import describe_service
from hengtu.writers.svg import draw

Describe = Callable[[Plan, Language, LightMarks | None], Report]
REPORTS: Mapping[str, Describe] = {
    "map": describe_map,
    "scorecard": describe_scorecard,
    "schedule": lambda plan, lang, _: describe_schedule(plan, lang),
    "service": lambda plan, lang, _: describe_service(plan, lang),
    "fouryear": lambda plan, lang, _: describe_fouryear(plan, lang),
    "factors": lambda plan, lang, _: describe_factors(plan, lang),
}
TITLES: Mapping[str, str] = {
    "map": words.MAP,
    "scorecard": words.SCORECARD,
    "schedule": words.SCHEDULE,
    "service": words.SERVICE,
    "fouryear": words.FOURYEAR,
    "factors": words.FACTORS,
}
WRITERS: Mapping[str, Callable[[Report], bytes]] = {".html": html.write, ".csv": csv.write}
DRAWN = ("map",)


def formats_of(report: str) -> tuple[str, ...]:
    """Return the suffixes a report can be written with."""
    return (".svg", *WRITERS) if report in DRAWN else tuple(WRITERS)


def write_report(
    plan: Plan, *, report: str, suffix: str, lang: Language, results: LightMarks | None = None
) -> bytes:
    """Return the file of a report; ``results`` gives the lights by objective code.

    WriteError ``bad_output`` when the format does not fit the report, ``nothing_to_report`` when the
    plan has nothing for it.
    """
    suffix = suffix.lower()
    if report not in REPORTS or suffix not in formats_of(report):
        formats = " ".join(formats_of(report))
        raise WriteError("bad_output", format=suffix, formats=formats)
    if suffix == ".svg":
        return _draw(plan, report, lang, results)
    return WRITERS[suffix](REPORTS[report](plan, lang, results))


def _draw(plan: Plan, report: str, lang: Language, lights: LightMarks | None) -> bytes:
    if not plan.objectives:
        raise WriteError("nothing_to_report", report=TITLES[report])
    figure = draw_map(plan, lang=lang, lights=lights, framed=True)
    return draw(figure, standalone=True).encode()
