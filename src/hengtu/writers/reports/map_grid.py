"""Where the cards of a strategy map stand: columns, rows and places in a stack, without sizes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hengtu.core.plan import Objective, Perspective, Plan, Theme

WIDEST_FREE_ROW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """The place of an objective: row, first column, columns covered, depth in a stack of ``stack``.

    ``key`` is its code, told apart where a document uses a code twice.
    """

    objective: Objective
    row: int
    column: int
    span: int = 1
    depth: int = 0
    stack: int = 1
    key: str = ""

    @property
    def columns(self) -> range:
        """The columns covered."""
        return range(self.column, self.column + self.span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A perspective's rows; ``perspective`` is None for what stands under none."""

    perspective: Perspective | None
    first_row: int
    last_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A map without sizes."""

    themes: tuple[Theme, ...]
    columns: int
    rows: int
    bands: tuple[Band, ...]
    seats: tuple[Seat, ...]


def arrange(plan: Plan) -> Grid:
    """Return the grid of a plan's objectives.

    Objectives under a theme stand in its column, those of a perspective alone span the row above
    them, those of no perspective get a lane of their own at the bottom.
    """
    groups = _groups(plan)
    themes = _themes(plan)
    columns = len(themes) or _free_columns([len(members) for _, members in groups])
    seats: list[Seat] = []
    bands: list[Band] = []
    row = 0
    for perspective, members in groups:
        first = row
        placed = _free_rows(_unthemed(members, themes), first, columns, spread=bool(themes))
        seats += placed
        row = max((seat.row + 1 for seat in placed), default=first)
        stacked = _stacks(members, themes, row)
        seats += stacked
        row += bool(stacked) or row == first
        bands.append(Band(perspective=perspective, first_row=first, last_row=row - 1))
    return Grid(
        themes=themes, columns=columns, rows=row, bands=tuple(bands), seats=_in_reading_order(seats)
    )


def _themes(plan: Plan) -> tuple[Theme, ...]:
    used = {objective.theme for objective in plan.objectives}
    return plan.themes if used & {theme.code for theme in plan.themes} else ()


def _groups(plan: Plan) -> list[tuple[Perspective | None, list[Objective]]]:
    known = {perspective.code for perspective in plan.perspectives}
    groups: list[tuple[Perspective | None, list[Objective]]] = [
        (perspective, [o for o in plan.objectives if o.perspective == perspective.code])
        for perspective in plan.perspectives
    ]
    rest = [o for o in plan.objectives if o.perspective not in known]
    return [*groups, (None, rest)] if rest else groups


def _unthemed(members: Sequence[Objective], themes: Sequence[Theme]) -> list[Objective]:
    codes = {theme.code for theme in themes}
    return [objective for objective in members if objective.theme not in codes]


def _free_columns(sizes: Sequence[int]) -> int:
    largest = max(sizes, default=1)
    if largest <= WIDEST_FREE_ROW:
        return max(largest, 1)
    return min(
        range(3, WIDEST_FREE_ROW + 1), key=lambda n: (sum(-(-size // n) for size in sizes), n)
    )


def _free_rows(members: Sequence[Objective], row: int, columns: int, *, spread: bool) -> list[Seat]:
    seats: list[Seat] = []
    for start in range(0, len(members), columns):
        line = members[start : start + columns]
        edges = [index * columns // len(line) for index in range(len(line) + 1)]
        for index, objective in enumerate(line):
            column = edges[index] if spread else index
            span = edges[index + 1] - edges[index] if spread else 1
            seats.append(Seat(objective=objective, row=row, column=column, span=span))
        row += 1
    return seats


def _stacks(members: Sequence[Objective], themes: Sequence[Theme], row: int) -> list[Seat]:
    return [
        Seat(objective=objective, row=row, column=column, depth=depth, stack=len(cell))
        for column, theme in enumerate(themes)
        for cell in [[o for o in members if o.theme == theme.code]]
        for depth, objective in enumerate(cell)
    ]


def _in_reading_order(seats: Sequence[Seat]) -> tuple[Seat, ...]:
    ordered = sorted(seats, key=lambda seat: (seat.row, seat.column, seat.depth))
    seen: Counter[str] = Counter()
    keyed = []
    for seat in ordered:
        code = seat.objective.code
        seen[code] += 1
        keyed.append(replace(seat, key=code if seen[code] == 1 else f"{code}~{seen[code]}"))
    return tuple(keyed)
