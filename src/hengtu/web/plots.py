"""What the chart module draws: series as JSON in an attribute, beside the drawing that needs no script."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from django.utils.translation import gettext

from hengtu.core.forecasting.outlook import Ahead
from hengtu.core.periods import Period
from hengtu.core.plan import PlanValue
from hengtu.queries.kpis import MeasureView
from hengtu.queries.years import MONTHS, Course, Year
from hengtu.web.figures import show_value
from hengtu.web.periods import print_period
from hengtu.wording.forecasts import print_ahead
from hengtu.wording.numbers import print_number

PlotKind = Literal["lines", "stack", "bars"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A line or the bars of one colour; ``told`` is each value as people read it, ``lights`` its light."""

    role: str
    name: str
    values: Course
    told: tuple[str, ...]
    lights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """An interval around a line of the same role."""

    role: str
    low: Course
    high: Course


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A chart with its accessible name; ``spoken`` are the labels in full, ``now`` the place shown first.

    ``sparse`` lines are so short that every value gets a dot.
    """

    kind: PlotKind
    name: str
    labels: tuple[str, ...]
    spoken: tuple[str, ...]
    series: tuple[Series, ...]
    now: int | None = None
    band: Band | None = None
    sparse: bool = False

    @property
    def json(self) -> str:
        """The plot as the chart module reads it."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


def plot_year(year: Year, name: str, *, ahead: Sequence[Ahead] = ()) -> Plot | None:
    """Return the year of a measure with values in at least two months."""
    if sum(value is not None for value in year.actual) < 2:
        return None
    tell = teller(year.unit)
    start = find_start(year, ahead)
    lines = [
        Series(role=role, name=title, values=course, told=tell(course))
        for role, title, course in (
            ("actual", gettext("實績"), year.actual),
            ("planned", gettext("應達值"), year.planned),
            ("target", gettext("全年目標"), (year.target,) * len(MONTHS)),
            ("before", gettext("上年度實績"), year.before),
        )
    ]
    lines[0] = replace(lines[0], lights=year.lights)
    band = None
    if ahead:
        lines.append(make_forecast(ahead, start, year.unit))
        band = Band(role="forecast", low=spread(ahead, 2, start), high=spread(ahead, 3, start))
    return Plot(
        kind="lines",
        name=gettext("%(name)s，逐月走勢") % {"name": name},
        labels=tuple(gettext("%(month)s月") % {"month": month} for month in MONTHS),
        spoken=tuple(print_period(Period(year.roc_year, month=month)) for month in MONTHS),
        series=tuple(one for one in lines if any(value is not None for value in one.values)),
        now=year.shown - 1,
        band=band,
    )


def plot_values(view: MeasureView, name: str) -> Plot | None:
    """Return the printed values of a measure with at least two numbers of one kind."""
    printed = {
        "actual": [actual for _period, actual, _target in view.rows],
        "target": [target for _period, _actual, target in view.rows],
    }
    courses = {
        kind: tuple(one.value if one else None for one in values)
        for kind, values in printed.items()
    }
    if max(sum(value is not None for value in course) for course in courses.values()) < 2:
        return None
    names = {"actual": gettext("實際值"), "target": gettext("目標值")}
    labels = tuple(row[0] for row in view.rows)
    return Plot(
        kind="lines",
        name=gettext("%(name)s，歷年走勢") % {"name": name},
        labels=labels,
        spoken=labels,
        series=tuple(
            Series(
                role=kind, name=names[kind], values=course, told=tell_printed(view, printed[kind])
            )
            for kind, course in courses.items()
        ),
        sparse=True,
    )


def tell_printed(view: MeasureView, values: Iterable[PlanValue | None]) -> tuple[str, ...]:
    """Return printed values as they were typed."""
    return tuple(show_value(value, view.measure) if value else "" for value in values)


def teller(unit: str) -> Callable[[Course], tuple[str, ...]]:
    """Return what prints a course with its unit."""
    return lambda course: tuple(
        "" if value is None else f"{print_number(value)}{unit}" for value in course
    )


def make_forecast(ahead: Sequence[Ahead], start: Mapping[int, float], unit: str) -> Series:
    """Return what is forecast as a line from the last value before it; that value is not told twice."""
    told = {one.month: tell_ahead(one, unit) for one in ahead}
    return Series(
        role="forecast",
        name=gettext("預估"),
        values=spread(ahead, 1, start),
        told=tuple(told.get(month, "") for month in MONTHS),
    )


def tell_ahead(ahead: Ahead, unit: str) -> str:
    """Return a forecast with its interval, such as 69%（62–75%）."""
    value, low, high = print_ahead(ahead.value, ahead.low, ahead.high)
    named = {"value": f"{value}{unit}", "low": low, "high": f"{high}{unit}"}
    return gettext("%(value)s（%(low)s–%(high)s）") % named


def find_start(year: Year, ahead: Sequence[Ahead]) -> dict[int, float]:
    """Return the last value before a forecast, by its month: there line and band begin."""
    month = ahead[0].month - 1 if ahead else 0
    value = year.actual[month - 1] if month else None
    return {} if value is None else {month: value}


def spread(ahead: Sequence[Ahead], place: int, start: Mapping[int, float]) -> Course:
    """Return one number of every month to come and of the start, None for the months before."""
    known = {**start, **{one.month: one[place] for one in ahead}}
    return tuple(known.get(month) for month in MONTHS)
