"""Small charts of printed values and of a year month by month; the table beside each says the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hengtu.core.forecasting.outlook import Ahead
from hengtu.core.plan import PlanValue
from hengtu.queries.kpis import MeasureView
from hengtu.queries.years import Course, Year
from hengtu.web.figures import show_number
from hengtu.wording.numbers import print_number

Spot = tuple[float, float]
Point = Callable[[int, float], Spot]


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a chart and the room around its lines."""

    width: float
    height: float
    side: float = 24.0
    top: float = 26.0
    bottom: float = 28.0


PAGE = Frame(560.0, 170.0)
PANEL = Frame(296.0, 116.0, side=16.0)


@dataclass(frozen=True, slots=True)
class Dot:
    """A value on the chart."""

    x: str
    y: str
    label_y: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class YearChart:
    """A measure over the twelve months of a year, in the units of the view box; empty paths are not drawn."""

    width: int
    height: int
    ticks: tuple[tuple[str, str], ...]
    actual: str
    planned: str
    before: str
    ahead: str
    band: str
    target: str
    target_label: tuple[str, str] | None
    dots: tuple[tuple[str, str], ...]
    now: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws, in the units of the view box."""

    width: int
    height: int
    ticks: tuple[tuple[str, str], ...]
    actual: str
    target: str
    dots: tuple[Dot, ...]


def draw_values(view: MeasureView) -> Chart | None:
    """Return the chart of a measure with at least two numbers of one kind, else None."""
    numbers = {
        "actual": list_numbers(row[1] for row in view.rows),
        "target": list_numbers(row[2] for row in view.rows),
    }
    flat = [value for series in numbers.values() for _place, value in series]
    if max((len(series) for series in numbers.values()), default=0) < 2:
        return None
    point = scale(flat, places=len(view.rows), frame=PAGE)
    dots = [
        make_dot(*point(place, value), value, kind)
        for kind, series in numbers.items()
        for place, value in series
    ]
    return Chart(
        width=int(PAGE.width),
        height=int(PAGE.height),
        ticks=tuple((f"{point(n, flat[0])[0]:.1f}", row[0]) for n, row in enumerate(view.rows)),
        actual=make_path([point(*pair) for pair in numbers["actual"]]),
        target=make_path([point(*pair) for pair in numbers["target"]]),
        dots=tuple(dots),
    )


def list_numbers(values: Iterable[PlanValue | None]) -> list[tuple[int, float]]:
    """Return (place, number) of the values that are numbers."""
    return [
        (place, value.value)
        for place, value in enumerate(values)
        if value is not None and value.value is not None
    ]


def make_dot(x: float, y: float, value: float, kind: str) -> Dot:
    """Return a dot whose label stands above it for actuals and below for targets, but never on the years."""
    below = kind == "target" and y + 16.0 <= PAGE.height - PAGE.bottom + 4.0
    offset = 16.0 if below else -8.0
    return Dot(f"{x:.1f}", f"{y:.1f}", f"{y + offset:.1f}", show_number(value), kind)


def make_path(points: Sequence[tuple[float, float]]) -> str:
    """Return an SVG path through the points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) if points else ""


def draw_year(year: Year, frame: Frame = PAGE, *, ahead: Sequence[Ahead] = ()) -> YearChart | None:
    """Return the year of a measure with values in at least two months, ``ahead`` what is forecast."""
    actual = number(year.actual)
    if len(actual) < 2:
        return None
    courses = (actual, number(year.planned), number(year.before))
    values = [value for course in courses for value in course.values()]
    values += [value for one in ahead for value in one[1:]]
    point = scale(
        [*values, *([] if year.target is None else [year.target])], places=12, frame=frame
    )
    spots = {n: point(n, value) for n, value in actual.items()}
    return YearChart(
        width=int(frame.width),
        height=int(frame.height),
        ticks=tuple((f"{point(n, values[0])[0]:.1f}", str(n + 1)) for n in range(12)),
        actual=make_broken_path(spots),
        planned=make_path([point(*pair) for pair in courses[1].items()]),
        before=make_broken_path({n: point(n, value) for n, value in courses[2].items()}),
        ahead=draw_ahead(point, ahead, spots),
        band=draw_band(point, ahead, spots),
        target="" if year.target is None else make_path([point(n, year.target) for n in (0, 11)]),
        target_label=label_target(point, year.target),
        dots=tuple(
            (year.lights[n], make_mark(x, y, year.lights[n])) for n, (x, y) in spots.items()
        ),
        now=label_now(point, year, spots),
    )


def number(course: Course) -> dict[int, float]:
    """Return the values of a course by their place."""
    return {n: value for n, value in enumerate(course) if value is not None}


def draw_ahead(point: Point, ahead: Sequence[Ahead], spots: Mapping[int, Spot]) -> str:
    """Return the path of a forecast, from the value of the month before it."""
    known = [spots[n] for n in spots if ahead and n == ahead[0].month - 2]
    return make_path([*known, *(point(month - 1, value) for month, value, _low, _high in ahead)])


def draw_band(point: Point, ahead: Sequence[Ahead], spots: Mapping[int, Spot]) -> str:
    """Return the outline of a forecast's interval, from the value of the month before it."""
    known = [spots[n] for n in spots if ahead and n == ahead[0].month - 2]
    upper = [*known, *(point(month - 1, high) for month, _value, _low, high in ahead)]
    lower = [point(month - 1, low) for month, _value, low, _high in reversed(ahead)]
    return make_path([*upper, *lower]) + "Z" if len(upper) + len(lower) > 2 else ""


def label_target(point: Point, target: float | None) -> tuple[str, str] | None:
    """Return the height of the target's line and its number."""
    return None if target is None else (f"{point(0, target)[1]:.1f}", show_number(target))


def label_now(point: Point, year: Year, spots: Mapping[int, Spot]) -> tuple[str, str, str] | None:
    """Return where the number of the month that is judged stands, clear of the target's line, and the number."""
    place = year.shown - 1
    value = year.actual[place]
    if value is None:
        return None
    x, y = spots[place]
    line = None if year.target is None else point(place, year.target)[1]
    below = line is not None and -4 < y - line < 22
    return f"{x:.1f}", f"{y + (17 if below else -9):.1f}", print_number(value)


def make_mark(x: float, y: float, light: str) -> str:
    """Return the path of a light's shape around a spot: star, triangle, dot or square."""
    if light == "green":
        return make_star(x, y)
    if light == "yellow":
        return f"M{x:.1f} {y - 5:.1f}l5 9h-10z"
    if light == "red":
        return f"M{x - 4:.1f} {y:.1f}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"
    return f"M{x - 3.5:.1f} {y - 3.5:.1f}h7v7h-7z"


def make_star(x: float, y: float, size: float = 6.0) -> str:
    """Return the path of a star with five points."""
    corners = (
        (math.pi * n / 5 - math.pi / 2, size if n % 2 == 0 else size * 0.4) for n in range(10)
    )
    return make_path([(x + r * math.cos(a), y + r * math.sin(a)) for a, r in corners]) + "Z"


def scale(values: Sequence[float], *, places: int, frame: Frame) -> Point:
    """Return where a value at a place stands; the values fill the height."""
    low, high = min(values), max(values)
    step = (frame.width - 2 * frame.side) / max(places - 1, 1)
    room = frame.height - frame.top - frame.bottom

    def point(place: int, value: float) -> Spot:
        share = (value - low) / (high - low) if high > low else 0.5
        return frame.side + place * step, frame.height - frame.bottom - share * room

    return point


def make_broken_path(spots: Mapping[int, Spot]) -> str:
    """Return an SVG path through spots by month, broken where a month has none."""
    return "".join(
        f"{'L' if n - 1 in spots else 'M'}{x:.1f} {y:.1f}" for n, (x, y) in spots.items()
    )
