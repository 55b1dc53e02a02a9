"""What a bracket says: an exclusion, a population, where a number comes from, or operands."""

from __future__ import annotations

import re

_EXCLUSION = re.compile(
    r"^\s*(?:均|皆|但|惟)?(?:不含|未含|不包含|不包括|不計|不列|不納入|未納入|排除|扣除|剔除|包含|包括|含(?=.)|例如|如(?=.)|即(?=.)"
    r"|係|註|備註|說明|以.*計|限|單位|採|依|按)"
)
_SPLIT = re.compile(r"[-+*/]")
_UNIT_RATIO = re.compile(
    r"^\s*(?:千元|萬元|元|平方公尺|公尺|公里|公頃|人|件|次|場|戶|公斤|噸|度|公噸|公升|小時|時|分|日|天|次數|%)\s*/\s*[^-+*/()]{1,6}$"
)
_PLAIN = re.compile(r"\d[\d,.]*\s*%?\s*[^\d\s]{0,2}")


def is_note(inside: str) -> bool:
    """Whether the words of a bracket are an exclusion, a population or a remark, not part of a name."""
    return bool(_EXCLUSION.match(inside)) or _sentence(inside) or bool(_UNIT_RATIO.match(inside))


def _sentence(inside: str) -> bool:
    return (
        len(inside) >= 6
        and not has_operator(inside)
        and re.search(r"不列入|不計入|不納入|不予計|[則者]不計|之情事|計算|為準|為限", inside)
        is not None
    )


def has_operator(inside: str) -> bool:
    """Whether operators outside quotations tie two operands of which not all are plain numbers."""
    bare = re.sub(r"「[^」]*」(?:\s*[-+/]\s*「[^」]*」)*|『[^』]*』", "字", inside)
    if _UNIT_RATIO.match(bare):
        return False
    pieces = [piece.strip(" ()[]{}") for piece in _SPLIT.split(bare)]
    if len(pieces) < 2 or not all(pieces):
        return False
    return not all(_PLAIN.fullmatch(piece) for piece in pieces)


def explains_number(inside: str) -> bool:
    """Whether a bracket after a number only says where it comes from: 4構面*5項."""
    pieces = [piece.strip() for piece in _SPLIT.split(inside)]
    return len(pieces) == 1 or all(piece[:1].isdigit() for piece in pieces)
