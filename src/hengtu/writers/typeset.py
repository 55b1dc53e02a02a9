"""How wide words are and where their lines break, in a system CJK font nobody has measured yet.

Widths are upper bounds over Noto Sans, PingFang and JhengHei, so that words stay inside their box.
"""

from __future__ import annotations

import re
import unicodedata

NARROW = frozenset("ijl.,:;'|!I()[]{} `")
BROAD = frozenset("mwMW%@&")
CLOSERS = frozenset("、，。；：！？）」』》〉】〕］｝”’…,.;:!?)]}％%")
PAUSES = frozenset("、，。；：,;")
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
    """Return the lines of a text, as few and as even as its width allows; never cut a word that fits.

    >>> wrap("提升公文處理效率", size=10, width=50)
    ('提升公文', '處理效率')
    """
    pieces = _pieces(" ".join(text.split()), size, width)
    fewest = _fill(pieces, size, width)
    return tuple(_even(pieces, size, width, fewest))


def _even(pieces: list[str], size: float, width: float, fewest: list[str]) -> list[str]:
    """Return the fewest lines broken where the text pauses, else as even as may be."""
    narrowest = width / max(len(fewest), 1)
    step = size / 2
    tries = [
        _fill(pieces, size, narrowest + count * step)
        for count in range(int((width - narrowest) / step) + 1)
    ]
    fitting = [
        lines
        for lines in tries
        if len(lines) == len(fewest) and all(width_of(line, size) <= width for line in lines)
    ]
    return max([*fitting, fewest], key=_pauses)


def _pauses(lines: list[str]) -> int:
    return sum(line[-1] in PAUSES for line in lines[:-1])


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
