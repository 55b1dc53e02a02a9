"""Scores from 0 to 100: achievement, and what people assess beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hengtu.core.judging.lights import Achievement
from hengtu.core.judging.rulebook import Rulebook, ScorePart


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score 0–100; None while a part is not assessed. ``coverage`` is the share of weights known."""

    value: float | None
    coverage: float
    parts: tuple[tuple[ScorePart, float, float | None], ...] = ()


def score_achievement(achieved: Achievement | None) -> float | None:
    """Return the score 0–100 of an achievement; met or not met counts 100 or 0, none stays none."""
    if achieved is None:
        return None
    if achieved.capped is None:
        return 100.0 if achieved.met else 0.0
    return achieved.capped


def score(
    achieved: Achievement | None,
    rulebook: Rulebook,
    assessed: Mapping[ScorePart, float] | None = None,
) -> Score:
    """Return the score by the parts of a rulebook; ``assessed`` holds what people assessed, 0–100.

    >>> from hengtu.core.judging.rulebook import PRODUCT_DEFAULT
    >>> score(None, PRODUCT_DEFAULT).value is None
    True
    """
    known: dict[ScorePart, float | None] = {**(assessed or {})}
    known["achievement"] = score_achievement(achieved)
    parts = tuple((name, weight, known.get(name)) for name, weight in rulebook.parts)
    there = [(weight, value) for _, weight, value in parts if value is not None]
    coverage = sum(weight for weight, _ in there) / 100
    if len(there) < len(parts):
        return Score(value=None, coverage=coverage, parts=parts)
    total = sum(weight * value for weight, value in there) / 100
    return Score(value=min(max(total, 0.0), 100.0), coverage=1.0, parts=parts)
