"""The strategy map: themes × perspectives, objectives as cards, cause and effect as arrows behind them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hengtu.core.plan import Plan
from hengtu.wording import reports as words
from hengtu.wording.catalogue import Language, say
from hengtu.writers.figure import (
    Arrow,
    Box,
    Card,
    Figure,
    LightColour,
    LightMark,
    LightMarks,
    Part,
    Point,
)
from hengtu.writers.reports.map_frame import (
    LABEL_WIDTH,
    band_words,
    draw_heading,
    draw_legend,
    draw_themes,
    label_height,
    shifted,
    theme_height,
)
from hengtu.writers.reports.map_grid import Grid, Seat, arrange
from hengtu.writers.reports.map_routes import Route, assign_tracks, plan_routes
from hengtu.writers.reports.map_sizes import (
    Inset,
    Sheet,
    column_width,
    lay_out,
    port,
    seat_words,
    write_inset,
)
from hengtu.writers.reports.values import title_for

OUT_SHIFT, IN_SHIFT = 28.0, 14.0
OUT_PART, IN_PART = 0.4, 0.65


def light_of(colour: LightColour, *, lang: Language = "zh-Hant", note: str = "") -> LightMark:
    """Return the light of a colour: shape and word; a note such as ``96%`` follows the word.

    The note of a white light is its reason (尚未到期) and stands alone.
    """
    word = say(words.LIGHT_WORDS[colour], lang)
    told = note if colour == "white" and note else f"{word} {note}".strip()
    return LightMark(colour, words.LIGHT_SHAPES[colour], told)


def draw_map(
    plan: Plan, *, lang: Language, lights: LightMarks | None = None, framed: bool = False
) -> Figure:
    """Return the strategy map of a plan.

    ``lights`` gives a light by objective code. ``framed`` adds what a page prints around the map:
    the title, mission, vision and core values above, the legend below.
    """
    grid = arrange(plan)
    routes = plan_routes(grid, plan.links)
    parts, sheet = _draw_grid(plan, grid, routes, lang, lights or {})
    width, height = sheet.right + 4, sheet.bottom + 4
    if framed:
        above, offset = draw_heading(plan, lang, width)
        below, height = draw_legend(
            lang, lights=bool(lights), arrows=bool(routes), top=height + offset
        )
        parts = [*above, *(shifted(part, offset) for part in parts), *below]
    paper = Box(x=0, y=0, width=width, height=height, role="paper")
    return Figure(
        title=title_of(plan, lang),
        description=describe(plan, lang),
        lang=lang,
        width=width,
        height=height,
        parts=(paper, *parts) if framed else tuple(parts),
    )


def title_of(plan: Plan, lang: Language) -> str:
    """Return the title of a plan's map."""
    return title_for(plan, words.MAP, lang)


def describe(plan: Plan, lang: Language) -> str:
    """Return one sentence with the numbers of a map."""
    counts = (
        (words.COUNT_THEMES, len(plan.themes)),
        (words.COUNT_PERSPECTIVES, len(plan.perspectives)),
        (words.COUNT_OBJECTIVES, len(plan.objectives)),
        (words.COUNT_KPIS, len(plan.kpis)),
    )
    told = [say(sentence, lang, n=n) for sentence, n in counts if n]
    return say(words.LIST_COMMA, lang).join(told)


def _draw_grid(
    plan: Plan, grid: Grid, routes: Sequence[Route], lang: Language, lights: LightMarks
) -> tuple[list[Part], Sheet]:
    column = column_width(grid)
    insets = {
        seat.key: write_inset(
            seat,
            # The narrowest the card can become: gutters only widen it.
            width=column * seat.span + 16 * (seat.span - 1),
            light=lights.get(seat.objective.code),
            kind=say(words.COMMON_GOAL, lang) if seat.objective.kind == "common" else "",
        )
        for seat in grid.seats
    }
    left = LABEL_WIDTH if plan.perspectives else 4.0
    header = theme_height(grid.themes, column, lang)
    sheet = lay_out(
        grid,
        tracks=assign_tracks(routes),
        insets=insets,
        labels=[label_height(band, lang) for band in grid.bands],
        left=left,
        top=8 + header + (10 if header else 0),
    )
    return [
        *draw_themes(grid.themes, sheet, lang),
        *sheet.bands,
        *(band_words(grid, sheet, lang) if plan.perspectives else ()),
        *(
            Arrow(cause=r.code, effect=r.goal.objective.code, points=trace(r, sheet))
            for r in routes
        ),
        *(_card(seat, sheet, insets[seat.key], lights, lang) for seat in grid.seats),
    ], sheet


def _card(seat: Seat, sheet: Sheet, inset: Inset, lights: LightMarks, lang: Language) -> Card:
    code = seat.objective.code
    box = sheet.boxes[seat.key]
    light = lights.get(code)
    edge = Box(
        x=box.x,
        y=box.y,
        width=5,
        height=box.height,
        role=f"edge-{light.colour}" if light else "edge",
        radius=2.5,
    )
    mark = light.word if light else inset.mark
    told = [f"{code} {seat.objective.name}", *([mark] if mark else [])]
    return Card(
        key=seat.key,
        code=code,
        label=say(words.LIST_COMMA, lang).join(told),
        box=box,
        parts=(box, edge, *seat_words(box, inset)),
        light=light.colour if light else None,
    )


def trace(route: Route, sheet: Sheet) -> tuple[Point, ...]:
    """Return the corners of a route on a sheet."""
    start = sheet.boxes[route.start.key]
    goal = sheet.boxes[route.goal.key]
    if not route.channels:
        return _straight(route, start, goal)
    places = [(axis, sheet.track((axis, n), route.code)) for axis, n in route.channels]
    first = port(start, route.leave, shift=_shift(start, goal, OUT_SHIFT), part=OUT_PART)
    last = port(goal, route.enter, shift=_shift(goal, start, IN_SHIFT), part=IN_PART)
    points = [first, _meet(places[0], first)]
    points += [
        (one, other) if axis == "V" else (other, one)
        for (axis, one), (_, other) in pairwise(places)
    ]
    return (*points, _meet(places[-1], last), last)


def _meet(place: tuple[str, float], point: Point) -> Point:
    axis, track = place
    return (point[0], track) if axis == "H" else (track, point[1])


def _shift(own: Box, other: Box, distance: float) -> float:
    return distance if other.x + other.width / 2 >= own.x + own.width / 2 else -distance


def _straight(route: Route, start: Box, goal: Box) -> tuple[Point, ...]:
    narrow = start if start.width <= goal.width else goal
    x = narrow.x + narrow.width / 2
    upwards = route.leave == "top"
    return (
        (x, start.y if upwards else start.bottom),
        (x, goal.bottom if upwards else goal.y),
    )
