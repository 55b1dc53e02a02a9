"""Cause and effect: whether a new arrow would close a circle."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

Arrow = tuple[str, str]


def find_path(arrows: Iterable[Arrow], start: str, goal: str) -> tuple[str, ...]:
    """Return the codes of a shortest way along the arrows, both ends included; empty without one.

    >>> find_path([("F1", "L1"), ("L1", "P1"), ("P1", "C1")], "F1", "P1")
    ('F1', 'L1', 'P1')
    """
    onward: dict[str, list[str]] = {}
    for cause, effect in arrows:
        onward.setdefault(cause, []).append(effect)
    came_from: dict[str, str] = {start: ""}
    waiting = deque([start])
    while waiting and goal not in came_from:
        code = waiting.popleft()
        for following in onward.get(code, ()):
            if following not in came_from:
                came_from[following] = code
                waiting.append(following)
    return _walk_back(came_from, goal) if goal in came_from else ()


def _walk_back(came_from: dict[str, str], goal: str) -> tuple[str, ...]:
    path = [goal]
    while before := came_from[path[-1]]:
        path.append(before)
    return tuple(reversed(path))
