"""Brackets that a printed formula forgot: added where the reading does not change."""

from __future__ import annotations

import re

from hengtu.core.formulas.signs import BRACKET, OPENING
from hengtu.core.formulas.tree import Repair

_SCALE = re.compile(r"\s*[*xX]\s*100\s*%\s*$")


def mend_brackets(signs: str) -> tuple[str, tuple[Repair, ...], int]:
    """Return the text with its brackets in pairs, the repairs, and how many were put in front.

    A bracket never opened is opened at the start, one never closed is closed before a final ×100%.

    >>> mend_brackets("[(甲-乙)/甲*100%")[0], mend_brackets("甲+乙)/丙")[0]
    ('[(甲-乙)/甲)*100%', '(甲+乙)/丙')
    """
    unclosed, unopened = _unmatched(signs)
    if not unclosed and not unopened:
        return signs, (), 0
    repairs = [Repair("bracket_added", position) for position in sorted((*unclosed, *unopened))]
    if unclosed:
        scale = _SCALE.search(signs)
        end = scale.start() if scale and unclosed[-1] < scale.start() else len(signs.rstrip())
        signs = signs[:end] + ")" * len(unclosed) + signs[end:]
    return "(" * len(unopened) + signs, tuple(repairs), len(unopened)


def _unmatched(signs: str) -> tuple[list[int], list[int]]:
    unclosed: list[int] = []
    unopened: list[int] = []
    for bracket in BRACKET.finditer(signs):
        if bracket[0] in OPENING:
            unclosed.append(bracket.start())
        elif unclosed:
            unclosed.pop()
        else:
            unopened.append(bracket.start())
    return unclosed, unopened
