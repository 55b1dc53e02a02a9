"""Guidelines of a service plan that has no table for them: an outline under a heading that says so."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hengtu.core.hanzi import unwrap
from hengtu.core.numbering import Mark, read_mark
from hengtu.core.paper import Line, Paper
from hengtu.core.plan import Guideline, Method, Strategy
from hengtu.core.source import Source
from hengtu.core.workplan import read_target, read_timing

_SERVICE = re.compile(r"服務品質|為民服務|服務效能|服務躍升|優質服務|提升服務|服務精進")
_HEADING = re.compile(r"要領|要項|(?:執行|推動|實施)(?:策略|作法|做法|方法)|具體(?:作法|做法|措施)")
_TITLE_LINES = 8


@dataclass(frozen=True, slots=True)
class _Point:
    """A line of the outline with its mark."""

    line: Line
    mark: Mark | None


def read_prose(paper: Paper) -> tuple[Guideline, ...]:
    """Return the guidelines listed as outline lines; empty unless the title speaks of service."""
    lines = [block for block in paper.blocks if isinstance(block, Line)]
    if not any(_SERVICE.search(line.text) for line in lines[:_TITLE_LINES]):
        return ()
    points = [_Point(line, read_mark(line.text)) for line in lines]
    for index, point in enumerate(points):
        if point.mark and len(point.line.text) <= 40 and _HEADING.search(point.line.text):
            guidelines = _build(_under(points, index))
            if guidelines:
                return guidelines
    return ()


def _under(points: list[_Point], at: int) -> list[_Point]:
    """Return the lines under a heading: up to the next one of its rank."""
    rank = points[at].mark
    depth = rank.depth if rank else 0
    below: list[_Point] = []
    for point in points[at + 1 :]:
        if point.mark and point.mark.depth <= depth:
            break
        below.append(point)
    return below


def _build(points: list[_Point]) -> tuple[Guideline, ...]:
    depths = list(dict.fromkeys(point.mark.depth for point in points if point.mark))
    if len(depths) < 2 or depths[0] != min(depths):
        return ()
    made: list[Guideline] = []
    for point in points:
        level = depths.index(point.mark.depth) if point.mark else 2
        if level == 0 and point.mark:
            made.append(
                Guideline(
                    no=_no(point.mark), name=unwrap(point.mark.rest), source=_source(point.line)
                )
            )
        elif made:
            made[-1] = _grown(made[-1], point, level)
    return tuple(made) if len(made) > 1 and all(g.strategies for g in made) else ()


def _grown(guideline: Guideline, point: _Point, level: int) -> Guideline:
    """Return the guideline with one more strategy or method."""
    text = unwrap(point.mark.rest if point.mark else point.line.text)
    if level == 1 and point.mark:
        strategy = Strategy(no=_no(point.mark), name=text, source=_source(point.line))
        return replace(guideline, strategies=(*guideline.strategies, strategy))
    if not guideline.strategies:
        return guideline
    last = guideline.strategies[-1]
    method = Method(
        text=text, timing=read_timing(text), target=read_target(text), source=_source(point.line)
    )
    grown = replace(last, methods=(*last.methods, method))
    return replace(guideline, strategies=(*guideline.strategies[:-1], grown))


def _no(mark: Mark) -> str:
    return f"({mark.no})" if mark.depth in (3, 5) else mark.no


def _source(line: Line) -> Source:
    return Source.at(line.place, raw=line.text)
