"""A small chart of printed values: actuals as a line, targets as a dashed one; the table says the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hengtu.core.plan import PlanValue
from hengtu.queries.kpis import MeasureView
from hengtu.web.figures import show_number

WIDTH, HEIGHT = 560.0, 170.0
LEFT, RIGHT, TOP, BOTTOM = 24.0, 24.0, 26.0, 28.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A value on the chart."""

    x: str
    y: str
    label_y: str
    label: str
    kind: str


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
    low, high = min(flat), max(flat)
    step = (WIDTH - LEFT - RIGHT) / max(len(view.rows) - 1, 1)

    def point(place: int, value: float) -> tuple[float, float]:
        share = (value - low) / (high - low) if high > low else 0.5
        return LEFT + place * step, HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    dots = [
        make_dot(*point(place, value), value, kind)
        for kind, series in numbers.items()
        for place, value in series
    ]
    return Chart(
        width=int(WIDTH),
        height=int(HEIGHT),
        ticks=tuple((f"{LEFT + n * step:.1f}", row[0]) for n, row in enumerate(view.rows)),
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
