"""Cause–effect diagrams in text: arrows that are printed, arrows that are lost, nodes out of order."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from hengtu.core.codes import PERSPECTIVE_NAMES, find_codes
from hengtu.core.hanzi import squeeze
from hengtu.core.paper import Line
from hengtu.core.plan import Link
from hengtu.core.source import Source
from hengtu.readers.recognise.maps.cells import fold_code
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.sightings import ObjectiveSighting
from hengtu.readers.recognise.structure.wrong_codes import split_lists

_ARROW = re.compile(r"\s*(?:→|⇒|➔|➜|➡|⟶|►|▶|=+>|-+>|─+>|—+>)\s*")
_BACKWARD = re.compile(r"\s*(?:←|⇐|<=+|<-+)\s*")
_DIAGRAM = re.compile(
    r"關聯圖|關連圖|因果(?:關係|關聯|連結|鏈)?圖|(?:策略|目標)(?:連結|因果|關係)圖|連動圖"
)
_LEAST = 3


def holds_arrow(text: str) -> bool:
    """Whether a line prints an arrow, so that it tells links and no node."""
    return _ARROW.search(text) is not None or _BACKWARD.search(text) is not None


def read_links(lines: Sequence[Line], notes: Notes) -> list[Link]:
    """Return the arrows printed between objective codes: ``AL1 → AP1、AP2 → AC1``."""
    links: dict[tuple[str, str], Link] = {}
    for line in lines:
        text = fold_code(line.text)
        forward = bool(_ARROW.search(text))
        if not forward and not _BACKWARD.search(text):
            continue
        steps = [_codes(part) for part in (_ARROW if forward else _BACKWARD).split(text)]
        for left, right in itertools.pairwise(steps):
            starts, ends = (left, right) if forward else (right, left)
            source = Source.at(line.place, raw=line.text)
            links |= {
                (a, b): Link(from_=a, to=b, source=source)
                for a in starts
                for b in ends
                if a != b and (a, b) not in links
            }
            if starts and ends:
                notes.claim(line)
    return list(links.values())


def _codes(text: str) -> list[str]:
    return [code.text for _, code in find_codes(text) if code.level == "objective"]


def tell_lost_edges(
    groups: Sequence[Sequence[Line]],
    objectives: Sequence[ObjectiveSighting],
    links: Sequence[Link],
    notes: Notes,
) -> None:
    """Tell a diagram of which only the nodes are left."""
    count = len({o.code.text for o in objectives if o.code})
    titles = [
        group
        for group in groups
        if _DIAGRAM.search(squeeze("".join(line.text for line in group))) and len(group) <= _LEAST
    ]
    for group in titles:
        notes.claim(*group)
    if not titles or links or count < _LEAST:
        return
    title = titles[-1]
    raw = "".join(line.text for line in title)
    where = Source.at(*(line.place for line in title), raw=raw)
    notes.tell("R162", where, subject=raw, reading=str(count))


def tell_stray_nodes(objectives: Sequence[ObjectiveSighting], notes: Notes) -> None:
    """Tell nodes that stand alone among those of another perspective, in lists kept by perspective."""
    for run in _runs(objectives):
        letters = [o.code.perspective for o in run if o.code]
        for before, node, after in zip(run, run[1:], run[2:], strict=False):
            if not (before.code and node.code and after.code):
                continue
            around, own = before.code.perspective, node.code.perspective
            if around == after.code.perspective != own and letters.count(own) > 1:
                notes.tell(
                    "R163",
                    node.source,
                    subject=node.code.text,
                    reading=PERSPECTIVE_NAMES.get(own, own),
                )


def _runs(objectives: Sequence[ObjectiveSighting]) -> list[list[ObjectiveSighting]]:
    """Return the lists that run by perspective.

    A list by theme changes its perspective at nearly every node; it tells nothing about places.
    """
    runs = [[objectives[n] for n in listed] for listed in split_lists(objectives)]
    return [run for run in runs if len(run) >= _LEAST and _by_perspective(run)]


def _by_perspective(run: Sequence[ObjectiveSighting]) -> bool:
    pairs = [(a.code, b.code) for a, b in itertools.pairwise(run) if a.code and b.code]
    kept = sum(1 for a, b in pairs if a.perspective == b.perspective)
    themes = sum(1 for a, b in pairs if a.theme == b.theme)
    return kept > themes and kept * 2 >= len(pairs)
