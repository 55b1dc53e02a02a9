"""Which way the arrows of a map go: through the channels between cards, never across one.

A horizontal channel ``H i`` runs above row i (the last one below the last row), a vertical channel ``V j``
left of column j (the last one right of the last column). A route leaves its card by the top, the bottom or
a side, follows channels and enters its effect.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hengtu.core.plan import Link
from hengtu.writers.reports.map_grid import Grid, Seat

Side = Literal["top", "bottom", "left", "right"]
Channel = tuple[Literal["H", "V"], int]


@dataclass(frozen=True, slots=True)
class Route:
    """The way of one arrow; no channels mean a straight line."""

    start: Seat
    goal: Seat
    leave: Side
    enter: Side
    channels: tuple[Channel, ...] = ()

    @property
    def code(self) -> str:
        """The code of the cause: arrows of one cause share a track."""
        return self.start.objective.code


def plan_routes(grid: Grid, links: Iterable[Link]) -> tuple[Route, ...]:
    """Return the routes of the links whose two ends stand on the map, each pair once."""
    seats = {seat.key: seat for seat in grid.seats}
    pairs = dict.fromkeys((link.from_, link.to) for link in links)
    return tuple(
        _route(grid, seats[cause], seats[effect])
        for cause, effect in pairs
        if cause in seats and effect in seats and cause != effect
    )


def _route(grid: Grid, start: Seat, goal: Seat) -> Route:
    if _is_straight(grid, start, goal):
        upwards = (goal.row, goal.depth) < (start.row, start.depth)
        return Route(start, goal, *(("top", "bottom") if upwards else ("bottom", "top")))
    upwards = goal.row <= start.row
    out = start.row if upwards else start.row + 1
    into = goal.row + 1 if goal.row < start.row else goal.row
    leave = _exit(start, goal, upwards)
    enter = _exit(goal, start, goal.row >= start.row)
    channels = _between(grid, start, goal, out, into)
    first = [_gutter(start, leave)] if leave in ("left", "right") else []
    last = [_gutter(goal, enter)] if enter in ("left", "right") else []
    if first and first == last and not _is_blocked(grid, first[0][1], _rows_between(start, goal)):
        return Route(start, goal, leave, enter, (first[0],))
    return Route(start, goal, leave, enter, _joined(first, channels, last))


def _exit(seat: Seat, other: Seat, by_top: bool) -> Side:
    if seat.depth == (0 if by_top else seat.stack - 1) and not _same_cell(seat, other):
        return "top" if by_top else "bottom"
    return "left" if other.column < seat.column else "right"


def _same_cell(one: Seat, other: Seat) -> bool:
    return one.row == other.row and one.column == other.column


def _gutter(seat: Seat, side: Side) -> Channel:
    return ("V", seat.column if side == "left" else seat.column + seat.span)


def _between(grid: Grid, start: Seat, goal: Seat, out: int, into: int) -> list[Channel]:
    if out == into:
        return [("H", out)]
    wished = goal.column if start.column < goal.column else goal.column + goal.span
    rows = range(min(out, into), max(out, into))
    free = [g for g in range(grid.columns + 1) if not _is_blocked(grid, g, rows)]
    return [("H", out), ("V", min(free, key=lambda g: (abs(g - wished), g))), ("H", into)]


def _rows_between(start: Seat, goal: Seat) -> range:
    return range(min(start.row, goal.row) + 1, max(start.row, goal.row))


def _is_blocked(grid: Grid, gutter: int, rows: range) -> bool:
    return any(
        seat.row in rows and seat.column < gutter < seat.column + seat.span for seat in grid.seats
    )


def _joined(
    first: Sequence[Channel], between: Sequence[Channel], last: Sequence[Channel]
) -> tuple[Channel, ...]:
    middle = list(between)
    if first and len(middle) > 1 and middle[1] == first[0]:
        middle = middle[2:]
    if last and len(middle) > 1 and middle[-2] == last[0]:
        middle = middle[:-2]
    whole = [*first, *middle, *last]
    return tuple(c for index, c in enumerate(whole) if index == 0 or c != whole[index - 1])


def _is_straight(grid: Grid, start: Seat, goal: Seat) -> bool:
    if _same_cell(start, goal):
        return abs(start.depth - goal.depth) == 1
    narrow, wide = sorted((set(start.columns), set(goal.columns)), key=len)
    upper, lower = sorted((start, goal), key=lambda seat: seat.row)
    exposed = upper.depth == upper.stack - 1 and lower.depth == 0
    if start.row == goal.row or not exposed or not narrow <= wide:
        return False
    return not any(
        upper.row < seat.row < lower.row and narrow & set(seat.columns) for seat in grid.seats
    )


def assign_tracks(routes: Sequence[Route]) -> Mapping[Channel, Mapping[str, int]]:
    """Return, for each channel, the track of each cause that runs there; runs that overlap differ."""
    spans: dict[Channel, dict[str, tuple[float, float]]] = defaultdict(dict)
    for route in routes:
        for index, channel in enumerate(route.channels):
            low, high = sorted((_rank(route, index - 1), _rank(route, index + 1)))
            known = spans[channel].get(route.code, (low, high))
            spans[channel][route.code] = (min(low, known[0]), max(high, known[1]))
    return {channel: _coloured(runs) for channel, runs in spans.items()}


def _rank(route: Route, index: int) -> float:
    """Return where a leg ends, on the axis of its neighbour: even for channels, odd for cards."""
    if 0 <= index < len(route.channels):
        return 2.0 * route.channels[index][1]
    seat, side = (route.start, route.leave) if index < 0 else (route.goal, route.enter)
    if side in ("top", "bottom"):
        return 2.0 * seat.column + seat.span
    return 2.0 * seat.row + (2 * seat.depth + 1) / seat.stack


def _coloured(runs: Mapping[str, tuple[float, float]]) -> dict[str, int]:
    tracks: dict[str, int] = {}
    ends: list[float] = []
    for code, (low, high) in sorted(runs.items(), key=lambda run: (run[1], run[0])):
        free = next((track for track, end in enumerate(ends) if end < low), len(ends))
        ends[free:] = [high, *ends[free + 1 :]]
        tracks[code] = free
    return tracks
