"""Sizes of a map: how wide columns and channels are, how tall cards and rows, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from hengtu.writers.figure import Box, LightMark, Words
from hengtu.writers.palette import BANDS
from hengtu.writers.reports.map_grid import Grid, Seat
from hengtu.writers.reports.map_routes import Channel, Side
from hengtu.writers.typeset import em_of, width_of, wrap

CODE_SIZE, LIGHT_SIZE, NAME_SIZE, NAME_LEADING = 13, 13, 15, 21
PAD_LEFT, PAD_RIGHT, PAD_Y = 16, 12, 10
HEAD = 18
GUTTER, TRACK, STACK_GAP, BAND_GAP, BAND_PAD, EDGE = 16, 8, 14, 10, 12, 12
COMFORT_WIDTH, NARROWEST, WIDEST, WIDEST_FREE = 1240, 168, 300, 380
NAME_LINES = 3
Tracks = Mapping[Channel, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inset:
    """What is written on a card: the head (code, mark at the right) and the lines of the name."""

    code: str
    mark: str
    mark_role: str
    mark_below: bool
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """The height that the words need."""
        rows = HEAD + self.mark_below * HEAD + len(self.lines) * NAME_LEADING
        return 2 * PAD_Y + rows


def write_inset(seat: Seat, *, width: float, light: LightMark | None, kind: str) -> Inset:
    """Return the words of a card of a given width."""
    room = width - PAD_LEFT - PAD_RIGHT
    text = light.text if light else kind
    head = width_of(seat.objective.code, CODE_SIZE) + 10 + width_of(text, LIGHT_SIZE)
    return Inset(
        code=seat.objective.code,
        mark=text,
        mark_role=f"light-{light.colour}" if light else "kind",
        mark_below=bool(text) and head > room,
        lines=wrap(seat.objective.name, size=NAME_SIZE, width=room),
    )


def column_width(grid: Grid) -> float:
    """Return the width of the columns: the page's share, wider where a name needs many lines."""
    share = (COMFORT_WIDTH - GUTTER * grid.columns) / grid.columns
    base = max(share if grid.themes else min(share, WIDEST_FREE), NARROWEST)
    longest = max((_ems(seat.objective.name) / seat.span for seat in grid.seats), default=0)
    wished = longest * NAME_SIZE / NAME_LINES * 1.1 + PAD_LEFT + PAD_RIGHT
    return max(base, min(wished, WIDEST))


def _ems(text: str) -> float:
    return sum(map(em_of, text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Where everything stands: columns by left edge, gutters and channels by their first track."""

    lefts: tuple[float, ...]
    column: float
    tracks: Tracks
    places: Mapping[Channel, float]
    boxes: Mapping[str, Box]
    bands: tuple[Box, ...]
    right: float
    bottom: float

    def track(self, channel: Channel, code: str) -> float:
        """Return the coordinate of a cause's track in a channel."""
        return self.places[channel] + TRACK * self.tracks[channel][code]


def lay_out(
    grid: Grid,
    *,
    tracks: Tracks,
    insets: Mapping[str, Inset],
    labels: Sequence[float],
    left: float,
    top: float,
) -> Sheet:
    """Return the sheet of a grid whose cards' words and bands' label heights are known."""
    column = column_width(grid)
    gutters = [_gutter_width(grid, tracks, index) for index in range(grid.columns + 1)]
    lefts = tuple(
        left + edge + index * column
        for index, edge in enumerate(accumulate(gutters[: grid.columns]))
    )
    right = lefts[-1] + column + gutters[-1]
    sheet = Sheet(
        lefts=lefts, column=column, tracks=tracks, right=right, bottom=top,
        places=_gutter_places(gutters, lefts, column, tracks), boxes={}, bands=(),
    )  # fmt: skip
    return _stacked(sheet, grid, insets, labels, top)


def _count(tracks: Tracks, channel: Channel) -> int:
    return max(tracks.get(channel, {}).values(), default=-1) + 1


def _room(count: int) -> float:
    return 2 * EDGE + TRACK * (count - 1) if count else 0


def _gutter_width(grid: Grid, tracks: Tracks, index: int) -> float:
    base = GUTTER / 2 if index in (0, grid.columns) else GUTTER
    return max(base, _room(_count(tracks, ("V", index))))


def _gutter_places(
    gutters: list[float], lefts: tuple[float, ...], column: float, tracks: Tracks
) -> dict[Channel, float]:
    starts = [lefts[0] - gutters[0], *(left + column for left in lefts)]
    return {
        ("V", index): start + _first_track(gutters[index], _count(tracks, ("V", index)))
        for index, start in enumerate(starts)
    }


def _first_track(room: float, count: int) -> float:
    return (room - TRACK * (count - 1)) / 2


def _row_heights(grid: Grid, insets: Mapping[str, Inset], labels: Sequence[float]) -> list[float]:
    heights = [_row_height(grid, row, insets) for row in range(grid.rows)]
    for band, label in zip(grid.bands, labels, strict=True):
        rows = heights[band.first_row : band.last_row + 1]
        heights[band.last_row] += max(0.0, label - sum(rows))
    return heights


def _stacked(
    sheet: Sheet,
    grid: Grid,
    insets: Mapping[str, Inset],
    labels: Sequence[float],
    top: float,
) -> Sheet:
    heights = _row_heights(grid, insets, labels)
    firsts = {band.first_row for band in grid.bands}
    places = dict(sheet.places)
    boxes: dict[str, Box] = {}
    row_spans: list[tuple[float, float, float, float]] = []
    y = top
    for row, height in enumerate([*heights, 0.0]):
        base = _channel_base(row, grid.rows, row in firsts)
        room = max(base, _room(_count(sheet.tracks, ("H", row))))
        places["H", row] = y + _first_track(room, _count(sheet.tracks, ("H", row)))
        pad = room if row in (0, grid.rows) else (room - BAND_GAP) / 2
        row_spans.append((y, y + room, y + room + height, pad))
        y += room
        boxes |= _row_boxes(sheet, grid, row, y, height, insets)
        y += height
    bands = tuple(_band(sheet, row_spans, band.first_row, band.last_row) for band in grid.bands)
    ordered = {seat.key: boxes[seat.key] for seat in grid.seats}
    return replace(sheet, places=places, boxes=ordered, bands=_in_colours(bands), bottom=y)


def _channel_base(row: int, rows: int, is_first: bool) -> float:
    if row in (0, rows):
        return BAND_PAD
    return 2 * BAND_PAD + BAND_GAP if is_first else STACK_GAP


def _band(
    sheet: Sheet, spans: list[tuple[float, float, float, float]], first: int, last: int
) -> Box:
    top = spans[first][1] - spans[first][3]
    bottom = spans[last][2] + spans[last + 1][3]
    return Box(x=4, y=top, width=sheet.right - 4, height=bottom - top, role="band-0", radius=14)


def _in_colours(bands: tuple[Box, ...]) -> tuple[Box, ...]:
    return tuple(replace(box, role=f"band-{index % BANDS}") for index, box in enumerate(bands))


def _cells(grid: Grid, row: int) -> list[list[Seat]]:
    seats = [seat for seat in grid.seats if seat.row == row]
    columns = dict.fromkeys(seat.column for seat in seats)
    return [[seat for seat in seats if seat.column == column] for column in columns]


def _row_height(grid: Grid, row: int, insets: Mapping[str, Inset]) -> float:
    return max((sum(_heights(cell, insets, 0)) for cell in _cells(grid, row)), default=0.0)


def _heights(cell: list[Seat], insets: Mapping[str, Inset], single: float) -> list[float]:
    """Return the heights of a cell's cards, each but the last with the gap below it."""
    own = [insets[seat.key].height for seat in cell]
    if len(own) == 1:
        return [max(own[0], single)]
    return [height + STACK_GAP for height in own[:-1]] + own[-1:]


def _row_boxes(
    sheet: Sheet, grid: Grid, row: int, top: float, height: float, insets: Mapping[str, Inset]
) -> dict[str, Box]:
    cells = _cells(grid, row)
    single = max((insets[cell[0].key].height for cell in cells if len(cell) == 1), default=0.0)
    boxes: dict[str, Box] = {}
    for cell in cells:
        heights = _heights(cell, insets, single)
        y = top + (height - sum(heights)) / 2
        for seat, tall in zip(cell, heights, strict=True):
            boxes[seat.key] = _card_box(sheet, seat, y, insets, single)
            y += tall
    return boxes


def _card_box(
    sheet: Sheet, seat: Seat, y: float, insets: Mapping[str, Inset], single: float
) -> Box:
    own = insets[seat.key].height
    left = sheet.lefts[seat.column]
    right = sheet.lefts[seat.column + seat.span - 1] + sheet.column
    height = max(own, single) if seat.stack == 1 else own
    return Box(x=left, y=y, width=right - left, height=height, role="card", radius=10)


def port(box: Box, side: Side, *, shift: float = 0.0, part: float = 0.5) -> tuple[float, float]:
    """Return a point on a side of a box: ``shift`` from the middle, ``part`` of the height."""
    if side in ("top", "bottom"):
        return box.x + box.width / 2 + shift, box.y if side == "top" else box.bottom
    return box.x if side == "left" else box.right, box.y + box.height * part


def seat_words(box: Box, inset: Inset) -> tuple[Words, ...]:
    """Return the words of a card in their places."""
    x, y = box.x + PAD_LEFT, box.y + PAD_Y
    code = Words(x=x, y=y + 13, text=inset.code, size=CODE_SIZE, role="code", bold=True)
    y += HEAD + inset.mark_below * HEAD
    return (
        code,
        *(
            Words(
                x=x, y=y + 16 + n * NAME_LEADING, text=line, size=NAME_SIZE, role="name", bold=True
            )
            for n, line in enumerate(inset.lines)
        ),
        # Last, so that the words run as in the card's label (WCAG 2.5.3).
        *((_mark(box, inset),) if inset.mark else ()),
    )


def _mark(box: Box, inset: Inset) -> Words:
    below = inset.mark_below
    return Words(
        x=box.x + PAD_LEFT if below else box.right - PAD_RIGHT,
        y=box.y + PAD_Y + 13 + below * HEAD,
        text=inset.mark,
        size=LIGHT_SIZE,
        role=inset.mark_role,
        bold=inset.mark_role != "kind",
        anchor="start" if below else "end",
    )
