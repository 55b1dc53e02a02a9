"""The year of one measure as a chart shows it: what came in, what is due, and the year before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from hengtu.core.judging.results import Result
from hengtu.core.judging.rulebook import Colour
from hengtu.core.periods import Period
from hengtu.core.plan import Kpi, Measure
from hengtu.engines.lights import COLOURS
from hengtu.queries.results import (
    Judged,
    Reported,
    codes_of_year,
    follow_year,
    list_parts,
    read_values,
)
from hengtu.queries.trees import KPI
from hengtu.store.models import NodeResultRow

MONTHS = range(1, 13)
Course = tuple[float | None, ...]
# The light of every KPI, by month and code.
Lights = Mapping[int, Mapping[str, Colour]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A measure's ROC year; ``results`` reach to the last month with figures, the courses over twelve months.

    ``shown`` is the month that is judged. ``before`` is the value at the end of each month a year earlier.
    """

    roc_year: int
    shown: int
    unit: str
    target: float | None
    results: tuple[Result, ...]
    planned: Course
    before: Course

    @property
    def actual(self) -> Course:
        """The value at the end of each month."""
        return pad(tuple(result.value for result in self.results))

    @property
    def lights(self) -> tuple[str, ...]:
        """The light of each month that has a value, else nothing."""
        lit = tuple("" if one.value is None else one.light for one in self.results)
        return lit + ("",) * (len(MONTHS) - len(lit))


def pad(course: Course) -> Course:
    """Return a course with None for the months that are left."""
    return course + (None,) * (len(MONTHS) - len(course))


def view_year(kpi: Kpi, measure: Measure, reported: Reported) -> Year:
    """Return the year of a measure; no SQL statement beyond those for the figures."""
    results = follow_year(kpi, measure, reported)
    period = reported.period
    return Year(
        roc_year=period.roc_year,
        shown=period.months[-1],
        unit=measure.unit or "",
        target=next((one.target for one in reversed(results)), None),
        results=results,
        planned=plan_year(kpi, measure, reported, results),
        before=follow_before(kpi, measure, reported),
    )


def plan_year(
    kpi: Kpi, measure: Measure, reported: Reported, results: tuple[Result, ...]
) -> Course:
    """Return what is due at the end of each month; of a count where less is better only until now.

    Such a count is held against the months that were reported, which those to come are not.
    """
    known = tuple(result.planned for result in results)
    if any(result.direction == "lower" and varies(known) for result in results):
        return pad(known)
    ahead = (reported.judge(kpi, measure, month) for month in MONTHS[len(results) :])
    return known + tuple(result.planned for result in ahead)


def varies(course: Course) -> bool:
    """Tell whether what is due changes from month to month."""
    return len({value for value in course if value is not None}) > 1


def follow_before(kpi: Kpi, measure: Measure, reported: Reported) -> Course:
    """Return the values of the year before, nothing where no figure of it was reported."""
    roc_year = reported.period.roc_year - 1
    last = reported.latest.get(roc_year, 0)
    earlier = replace(reported, period=Period(roc_year, month=last or 12))
    months = MONTHS[:last]
    return pad(tuple(earlier.judge(kpi, measure, month).value for month in months))


def follow_lights(judged: Judged) -> Lights:
    """Return the light of every KPI for each month of the year up to the last with figures; two SQL statements."""
    codes = {pk: code for kind, pk, code in list_parts(judged.reported.plan) if kind == KPI}
    months = codes_of_year(judged.reported)
    found: dict[int, dict[str, Colour]] = {Period.from_code(one).months[-1]: {} for one in months}
    rows = NodeResultRow.objects.filter(plan=judged.reported.plan, kind=KPI, period__in=months)
    for part, period, light in rows.values_list("part_id", "period", "light"):
        if part in codes:
            found[Period.from_code(period).months[-1]][codes[part]] = COLOURS[light]
    return found


def follow_values(
    judged: Judged, codes: Collection[str] | None = None
) -> Mapping[tuple[str, int], Course]:
    """Return the values at the end of each month by (KPI code, measure), of all KPIs or some; one SQL statement."""
    return {
        key: tuple(values.get(month) for month in MONTHS)
        for key, values in read_values(judged, codes).items()
    }
