"""How wide words are and where their lines break, in a system CJK font nobody has measured yet.

Widths are upper bounds over Noto Sans, PingFang and JhengHei, so that words stay inside their box.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

NARROW = frozenset("ijl.,:;'|!I()[]{} `")
BROAD = frozenset("mwMW%@&")
CLOSERS = frozenset("、，。；：！？）」』》〉】〕］｝”’…,.;:!?)]}％%")
PAUSES = frozenset("、，。；：,;")
LONGEST_FAIR = 300
JOINTS = frozenset("及與和或並暨之以（「【")
TAILS = frozenset("的之 ")
OPENERS = frozenset("（「『《〈【〔［｛“‘([{")
_PIECES = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-/&'_]*|\s+|.", re.DOTALL)


def em_of(character: str) -> float:
    """Return the width of one character in em.

    >>> em_of("衡"), em_of("i") < em_of("m")
    (1.0, True)
    """
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Cc"):
        return 0.0
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if character in NARROW:
        return 0.36
    if character in BROAD:
        return 0.95
    return 0.72 if character.isupper() else 0.61


def width_of(text: str, size: float) -> float:
    """Return the width of a line in the unit of ``size``."""
    return sum(map(em_of, text)) * size


def wrap(text: str, *, size: float, width: float) -> tuple[str, ...]:
    """Return the lines of a text: as few as its width allows, broken where it pauses, else evenly.

    A word is cut only where it does not fit a line of its own.

    >>> wrap("提升公文處理效率", size=10, width=50)
    ('提升公文', '處理效率')
    >>> wrap("簡化流程、縮短公文時間", size=10, width=60)
    ('簡化流程、', '縮短公文時間')
    """
    pieces = _pieces(" ".join(text.split()), size, width)
    fewest = _fill(pieces, size, width)
    if len(fewest) < 2 or len(pieces) > LONGEST_FAIR:
        return tuple(fewest)
    return _broken(pieces, len(fewest), size=size, width=width) or tuple(fewest)


def _broken(pieces: list[str], lines: int, *, size: float, width: float) -> tuple[str, ...]:
    """Return the cheapest way to set pieces in a number of lines, none when there is no way."""
    share = width_of("".join(pieces), size) / lines
    best: list[dict[int, tuple[float, tuple[str, ...]]]] = [{0: (0.0, ())}]
    for _ in range(lines):
        reached: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (cost, above) in best[-1].items():
            for end, line in _lines_from(pieces, start, size, width):
                more = cost + _cost(line, pieces, end, share, size)
                if end not in reached or more < reached[end][0]:
                    reached[end] = (more, (*above, line))
        best.append(reached)
    return best[-1].get(len(pieces), (0.0, ()))[1]


def _lines_from(
    pieces: list[str], start: int, size: float, width: float
) -> Iterator[tuple[int, str]]:
    line = ""
    for end in range(start, len(pieces)):
        line += pieces[end]
        if width_of(line.strip(), size) > width:
            return
        if line.strip():
            yield end + 1, line.strip()


def _cost(line: str, pieces: list[str], end: int, share: float, size: float) -> float:
    uneven = ((width_of(line, size) - share) / share) ** 2
    if end == len(pieces) or line[-1] in PAUSES:
        return uneven
    return uneven + (0.12 if pieces[end][0] in JOINTS or line[-1] in TAILS else 0.25)


def _fill(pieces: list[str], size: float, width: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and width_of((line + piece).rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str, size: float, width: float) -> list[str]:
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        glued = bool(pieces) and (piece in CLOSERS or pieces[-1][-1] in OPENERS)
        if glued and width_of(pieces[-1] + piece, size) <= width:
            pieces[-1] += piece
        elif width_of(piece, size) > width:
            pieces.extend(piece)
        else:
            pieces.append(piece)
    return pieces
