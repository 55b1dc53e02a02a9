"""Judged columns: what every engine answers about lights, and its codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from hengtu.core.amounts import MissingKind
from hengtu.core.judging.lights import LightReason
from hengtu.core.judging.rulebook import RANK, Colour, Rulebook
from hengtu.core.plan import Direction
from hengtu.engines.columns import CODES, THERE, Bools, Codes, Column, Floats, name_kind

COLOURS: dict[int, Colour] = {rank: colour for colour, rank in RANK.items()}
WHITE = RANK["white"]
NO_TARGET, NO_DIRECTION, NO_RANGE = 10, 11, 12
PARTIAL, LOW_COVERAGE, EARLY, FALLEN = 13, 14, 15, 16
_OTHER_REASONS: dict[int, LightReason] = {
    NO_TARGET: "no_target",
    NO_DIRECTION: "no_direction",
    NO_RANGE: "no_range",
    PARTIAL: "partial",
    LOW_COVERAGE: "low_coverage",
    EARLY: "early",
    FALLEN: "fallen",
}
_OTHER_CODES = {reason: code for code, reason in _OTHER_REASONS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """What each row is judged against, NaN where there is none; both ends make a range."""

    target: Floats
    low: Floats | None = None
    high: Floats | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LightBatch:
    """Actuals of one direction with their aims, to be judged by a rulebook."""

    actual: Column
    aims: Aims
    direction: Direction | None
    rulebook: Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Lights of many rows.

    ``lights`` are −1 white, 0 red, 1 yellow, 2 green; ``reasons`` 0 none, 1–9 the kind of missing, 10 no target,
    11 no direction, 12 no range; what is judged in its year (``engines.judging``) also 13 partial, 14 low
    coverage, 15 early, 16 fallen. ``bands`` are the place in the rulebook, −1 where none decided. ``percent`` and
    ``score`` (0–100) are NaN where there are none, ``distance`` where the light is white.
    """

    lights: NDArray[np.int8]
    reasons: Codes
    bands: NDArray[np.int8]
    percent: Floats
    met: Bools
    distance: Floats
    score: Floats


def name_reason(code: int) -> LightReason | None:
    """Return the reason of a code, None for 0."""
    if code == THERE:
        return None
    return _OTHER_REASONS.get(code) or name_kind(code)


def code_reason(reason: LightReason | None) -> int:
    """Return the code of a reason, 0 for none.

    >>> code_reason(None), name_reason(code_reason("partial"))
    (0, 'partial')
    """
    if reason is None:
        return THERE
    return _OTHER_CODES.get(reason) or CODES[cast("MissingKind", reason)]
