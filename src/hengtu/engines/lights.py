"""Judged columns: what every engine answers about lights, and its codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hengtu.core.judging.lights import LightReason
from hengtu.core.judging.rulebook import RANK, Colour
from hengtu.engines.columns import THERE, Bools, Codes, Floats, name_kind

COLOURS: dict[int, Colour] = {rank: colour for colour, rank in RANK.items()}
NO_TARGET, NO_DIRECTION, NO_RANGE = 10, 11, 12
_OTHER_REASONS: dict[int, LightReason] = {
    NO_TARGET: "no_target",
    NO_DIRECTION: "no_direction",
    NO_RANGE: "no_range",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """What each row is judged against, NaN where there is none; both ends make a range."""

    target: Floats
    low: Floats | None = None
    high: Floats | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Lights of many rows.

    ``lights`` are −1 white, 0 red, 1 yellow, 2 green; ``reasons`` 0 none, 1–9 the kind of missing, 10 no target,
    11 no direction, 12 no range; ``bands`` the place in the rulebook, −1 where none decided. ``percent`` and
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
