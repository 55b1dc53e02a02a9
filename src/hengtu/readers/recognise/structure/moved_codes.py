"""KPIs and actions follow an objective whose printed code was wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hengtu.core.plan import Action, Kpi

_LAST = re.compile(r"(\d+)$")


def move_codes(
    kpis: Sequence[Kpi], actions: Sequence[Action], moved: Mapping[int, tuple[str, str]]
) -> tuple[tuple[Kpi, ...], tuple[Action, ...]]:
    """Return KPIs and actions under the right code; ``moved`` is line → (printed code, right code).

    Only what stands on the line of a repaired objective moves. A KPI code that was made because the
    printed one was taken becomes the next of the right objective.
    """
    if not moved:
        return tuple(kpis), tuple(actions)
    taken = {kpi.code for kpi in kpis}
    by_line: dict[int, list[str]] = {}
    found = []
    for kpi in kpis:
        line = kpi.source.line or 0
        printed, right = moved.get(line, ("", ""))
        if printed and kpi.objective == printed:
            code = _free(right, kpi.code, taken)
            taken.add(code)
            by_line.setdefault(line, []).append(code)
            kpi = replace(kpi, code=code, objective=right)
        found.append(kpi)
    return tuple(found), tuple(_followed(action, by_line, actions) for action in actions)


def _free(right: str, code: str, taken: set[str]) -> str:
    """Return the code of the right objective with the KPI's own number, or the next free one."""
    last = _LAST.search(code)
    number = int(last[1]) if last else 1
    while f"{right}.{number}" in taken:
        number += 1
    return f"{right}.{number}"


def _followed(
    action: Action, by_line: Mapping[int, list[str]], actions: Sequence[Action]
) -> Action:
    """Return the action under the KPI that moved on its line; with several, the one of its number."""
    codes = by_line.get(action.source.line or 0, [])
    if not codes or not action.kpi:
        return action
    number = _LAST.search(action.kpi)
    same = [code for code in codes if number and code.endswith(f".{number[1]}")]
    kpi = (same or codes)[0]
    taken = {other.code for other in actions}
    return replace(action, kpi=kpi, code=_free(kpi, action.code, taken))
