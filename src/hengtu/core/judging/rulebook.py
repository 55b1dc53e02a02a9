"""Rulebooks: the dated rules by which a jurisdiction judges, each with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Colour = Literal["green", "yellow", "red", "white"]
LowerRule = Literal["ratio", "difference"]
ScorePart = Literal["achievement", "progress", "challenge"]
RollUp = Literal["weighted_mean", "worst", "count"]
TOLERANCE = 1e-9
MOST_DECIMALS = 6


Topic = Literal["bands", "grades", "lights", "score", "lower", "cap", "roll_up", "binding"]


class RulebookError(ValueError):
    """A rulebook that cannot be used; ``where`` is the field, ``reason`` a wording key."""

    def __init__(self, where: str, reason: str, found: object = "") -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason
        self.found = found


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Achievements from ``at_least`` percent upwards earn a light and, where there are any, a grade."""

    at_least: float
    light: Colour
    grade: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSource:
    """The instrument, article and date a rule stands in; without one it is a product default.

    ``covers`` names the fields that the instrument prescribes; every other field is a product default.
    """

    instrument: str = ""
    article: str = ""
    date: str = ""
    covers: tuple[str, ...] = ()

    @property
    def product_default(self) -> bool:
        """Whether no official source is known."""
        return not self.instrument


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What a plan must keep to under a rulebook, and is an error where it does not.

    ``actions_per_kpi`` is the most a KPI may have; ``weights`` asks for weights that total 100 under every
    parent; ``lowered_targets`` for a reason wherever a year's target falls behind the year before.
    """

    actions_per_kpi: int | None = None
    weights: bool = False
    lowered_targets: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """How achievements become lights and scores, for ROC years ``valid_from`` to ``valid_to``.

    ``lower`` is the rule for measures where less is better: target ÷ actual, or 2 − actual ÷ target. ``cap``
    is the highest achievement, in percent, that a score counts. ``parts`` are what a score is made of, with
    their weights. A node with less than ``least_coverage`` of its children known gets no light. Before the
    month ``judged_from`` a count that is behind an even curve is not judged. ``fallen`` is the best light of
    a measure to be held that fell below a target it had reached. ``decimals`` are those shown for a unit;
    ``note`` is what the source asks for beside it and no band can say.
    """

    code: str
    title: str
    title_en: str = ""
    bands: tuple[Band, ...]
    source: RuleSource = RuleSource()
    valid_from: int | None = None
    valid_to: int | None = None
    lower: LowerRule = "ratio"
    cap: float = 100.0
    parts: tuple[tuple[ScorePart, float], ...] = (("achievement", 100.0),)
    roll_up: RollUp = "weighted_mean"
    least_coverage: float = 0.0
    judged_from: int = 3
    fallen: Colour = "yellow"
    decimals: tuple[tuple[str, int], ...] = ()
    binding: Binding = Binding()
    note: str = ""
    note_en: str = ""

    def decimals_for(self, unit: str | None) -> int | None:
        """Return how many decimals are shown for a unit, or None where the rulebook does not say."""
        return dict(self.decimals).get((unit or "").strip())

    def band_for(self, achievement: float) -> Band:
        """Return the band of an achievement in percent; equal within 1e-9 counts as reached."""
        reached = (band for band in self.bands if reaches(achievement, band.at_least))
        return next(reached, self.bands[-1])

    def next_band(self, light: Colour) -> Band | None:
        """Return the lowest band whose light is better, or None for the best."""
        better = [band for band in self.bands if RANK[band.light] > RANK[light]]
        return better[-1] if better else None

    def valid_in(self, roc_year: int) -> bool:
        """Whether the rulebook holds in a ROC year."""
        after = self.valid_from is None or self.valid_from <= roc_year
        return after and (self.valid_to is None or roc_year <= self.valid_to)


RANK: dict[Colour, int] = {"white": -1, "red": 0, "yellow": 1, "green": 2}


def reaches(achievement: float, at_least: float) -> bool:
    """Whether an achievement reaches a bound, equal within 1e-9 of it.

    >>> reaches(90 - 1e-12, 90), reaches(89.9999, 90)
    (True, False)
    """
    return achievement >= at_least - TOLERANCE * max(1.0, abs(at_least))


def check_rulebook(book: Rulebook) -> Rulebook:
    """Return the rulebook itself; RulebookError when it cannot judge every achievement."""
    if not book.bands:
        raise RulebookError("bands", "no_bands")
    for better, worse in pairwise(book.bands):
        if better.at_least <= worse.at_least:
            raise RulebookError("bands", "bands_must_fall", worse.at_least)
        if RANK[better.light] < RANK[worse.light]:
            raise RulebookError("bands", "light_must_fall", worse.light)
    if book.bands[-1].at_least > 0:
        raise RulebookError("bands", "last_band_above_zero", book.bands[-1].at_least)
    if book.cap < 100:
        raise RulebookError("cap", "cap_below_100", book.cap)
    if not 0 <= book.least_coverage <= 1:
        raise RulebookError("least_coverage", "not_a_share", book.least_coverage)
    if not 1 <= book.judged_from <= 12:
        raise RulebookError("judged_from", "not_a_month", book.judged_from)
    for unit, decimals in book.decimals:
        if not 0 <= decimals <= MOST_DECIMALS:
            raise RulebookError(f"decimals.{unit}", "not_decimals", decimals)
    if book.binding.actions_per_kpi is not None and book.binding.actions_per_kpi < 1:
        raise RulebookError("binding.actions_per_kpi", "not_a_count", book.binding.actions_per_kpi)
    if book.valid_from and book.valid_to and book.valid_from > book.valid_to:
        raise RulebookError("valid", "ends_before_it_begins", book.valid_to)
    check_total("parts", (weight for _, weight in book.parts))
    return book


def check_total(where: str, weights: Iterable[float]) -> None:
    """Raise RulebookError unless weights are positive and total 100, equal within 1e-9."""
    given = list(weights)
    if any(weight < 0 for weight in given):
        raise RulebookError(where, "negative_weight", min(given))
    if abs(sum(given) - 100) > 100 * TOLERANCE:
        raise RulebookError(where, "weights_not_100", sum(given))


PRODUCT_DEFAULT = Rulebook(
    code="default",
    title="一般燈號",
    title_en="Plain lights",
    bands=(
        Band(at_least=100, light="green"),
        Band(at_least=90, light="yellow"),
        Band(at_least=0, light="red"),
    ),
)
