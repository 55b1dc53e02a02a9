"""Small charts of printed values and of a year month by month; the table beside each says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hengtu.core.judging.results import Result
from hengtu.core.plan import PlanValue
from hengtu.queries.kpis import MeasureView
from hengtu.web.figures import show_number
from hengtu.wording.numbers import print_number


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
    """A measure over the twelve months of a year, in the units of the view box."""

    width: int
    height: int
    ticks: tuple[tuple[str, str], ...]
    actual: str
    planned: str
    target: str
    target_label: tuple[str, str] | None
    dots: tuple[tuple[str, str, str], ...]
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
    """Return a dot whose label stands above it for actuals and below for targets."""
    offset = -8.0 if kind == "actual" else 16.0
    return Dot(f"{x:.1f}", f"{y:.1f}", f"{y + offset:.1f}", show_number(value), kind)


def make_path(points: Sequence[tuple[float, float]]) -> str:
    """Return an SVG path through the points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) if points else ""


def draw_year(results: Sequence[Result], shown: int, frame: Frame = PAGE) -> YearChart | None:
    """Return the year of a measure with values in at least two months, ``shown`` the month judged."""
    actual = [(n, r.value) for n, r in enumerate(results) if r.value is not None]
    planned = [(n, r.planned) for n, r in enumerate(results) if r.planned is not None]
    target = results[-1].target if results else None
    if len(actual) < 2:
        return None
    values = [value for _n, value in (*actual, *planned)]
    point = scale([*values, *([] if target is None else [target])], places=12, frame=frame)
    spots = {n: point(n, value) for n, value in actual}
    now = spots.get(shown - 1)
    return YearChart(
        width=int(frame.width),
        height=int(frame.height),
        ticks=tuple((f"{point(n, values[0])[0]:.1f}", str(n + 1)) for n in range(12)),
        actual=make_broken_path(spots),
        planned=make_path([point(*pair) for pair in planned]),
        target="" if target is None else make_path([point(0, target), point(11, target)]),
        target_label=None
        if target is None
        else (f"{point(0, target)[1]:.1f}", show_number(target)),
        dots=tuple((f"{x:.1f}", f"{y:.1f}", results[n].light) for n, (x, y) in spots.items()),
        now=(f"{now[0]:.1f}", f"{now[1] - 9:.1f}", print_number(dict(actual)[shown - 1]))
        if now
        else None,
    )


def scale(
    values: Sequence[float], *, places: int, frame: Frame
) -> Callable[[int, float], tuple[float, float]]:
    """Return where a value at a place stands; the values fill the height."""
    low, high = min(values), max(values)
    step = (frame.width - 2 * frame.side) / max(places - 1, 1)
    room = frame.height - frame.top - frame.bottom

    def point(place: int, value: float) -> tuple[float, float]:
        share = (value - low) / (high - low) if high > low else 0.5
        return frame.side + place * step, frame.height - frame.bottom - share * room

    return point


def make_broken_path(spots: Mapping[int, tuple[float, float]]) -> str:
    """Return an SVG path through spots by month, broken where a month has none."""
    return "".join(
        f"{'L' if n - 1 in spots else 'M'}{x:.1f} {y:.1f}" for n, (x, y) in spots.items()
    )
