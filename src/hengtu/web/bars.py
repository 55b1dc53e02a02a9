"""Bars drawn on the server: lights month by month in stacks, and scores side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengtu.core.judging.rulebook import Colour
from hengtu.queries.dashboards import Tally

ORDER: tuple[Colour, ...] = ("green", "yellow", "red", "white")
STACK_WIDTH, STACK_HEIGHT, FOOT, TOP = 560.0, 190.0, 24.0, 6.0
MONTHS_SHOWN = 12
ROW, BAR_WIDTH, BAR_HEIGHT = 40, 420.0, 12
LEAST_LABEL = 13.0


@dataclass(frozen=True, slots=True)
class Block:
    """The part of a stack that one light takes; the label stands in its middle where it has room."""

    colour: Colour
    x: str
    y: str
    width: str
    height: str
    label: str
    label_x: str
    label_y: str


@dataclass(frozen=True, slots=True)
class Stacks:
    """A stack for each month, in the units of the view box."""

    width: int
    height: int
    ticks: tuple[tuple[str, int], ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A lying bar below its name."""

    name: str
    told: str
    colour: str
    y: int
    width: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below each other; full is a score of 100."""

    width: int
    height: int
    bars: tuple[Bar, ...]


def draw_stacks(tallies: Sequence[Tally]) -> Stacks:
    """Return the lights of every month as a stack, the best at the bottom."""
    step = STACK_WIDTH / MONTHS_SHOWN
    most = max((sum(tally.counts.values()) for tally in tallies), default=1) or 1
    return Stacks(
        width=int(STACK_WIDTH),
        height=int(STACK_HEIGHT),
        ticks=tuple((f"{(n + 0.5) * step:.1f}", n + 1) for n in range(MONTHS_SHOWN)),
        blocks=tuple(block for tally in tallies for block in stack(tally, step, most)),
    )


def stack(tally: Tally, step: float, most: int) -> Iterator[Block]:
    """Yield the blocks of a month."""
    floor = STACK_HEIGHT - FOOT
    scale = (floor - TOP) / most
    x = (tally.month - 1) * step + step * 0.14
    for colour in ORDER:
        height = tally.counts.get(colour, 0) * scale
        if height:
            floor -= height
            yield Block(
                colour=colour,
                x=f"{x:.1f}",
                y=f"{floor:.1f}",
                width=f"{step * 0.72:.1f}",
                height=f"{height:.1f}",
                label=str(tally.counts[colour]) if height >= LEAST_LABEL else "",
                label_x=f"{x + step * 0.36:.1f}",
                label_y=f"{floor + height / 2 + 4:.1f}",
            )


def draw_bars(rows: Sequence[tuple[str, str, str, float | None]]) -> Bars:
    """Return (name, words, colour, score 0–100) as bars; without a score there is no bar."""
    return Bars(
        width=int(BAR_WIDTH),
        height=ROW * len(rows),
        bars=tuple(
            Bar(
                name, told, colour, ROW * n, f"{BAR_WIDTH * min(max(score or 0, 0), 100) / 100:.1f}"
            )
            for n, (name, told, colour, score) in enumerate(rows)
        ),
    )
