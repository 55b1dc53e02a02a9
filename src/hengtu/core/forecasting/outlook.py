"""What a forecast says: a value, an interval, a warning and how it was found; or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from hengtu.core.judging.lights import Aim
from hengtu.core.judging.rulebook import Colour
from hengtu.core.judging.targets import NO_AIM

Kind = Literal["count", "level", "rate", "progress"]
Method = Literal[
    "known", "run_rate", "seasonal_share", "seasonal_change", "robust_trend", "standing"
]
Outcome = Literal["yes", "no", "open"]
Caution = Literal["possible", "likely"]
RefusalReason = Literal[
    "no_figures", "too_few_months", "too_few_figures", "gaps", "year_over", "unmoved", "beyond"
]
GroundKind = Literal[
    "method",
    "past_years",
    "no_past",
    "tested",
    "basis",
    "filled",
    "interval",
    "target",
    "no_target",
    "ended",
    "prospect",
    "warning",
    "refused",
]
Fact = str | float | int | None
CONFIDENCE = 0.8


class Ahead(NamedTuple):
    """What is expected at the end of a month, for the year so far, with its interval."""

    month: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ground:
    """One step of how a forecast was found: its kind and the facts that its sentence names."""

    kind: GroundKind
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a forecast rests on.

    ``month`` is the last month known and ``months`` how many of it are; ``figures`` how many separate
    figures; ``past_years`` the complete ROC years before that were used; ``tested`` the years on which the
    method was chosen by its errors, with the ``error`` of the method there in percent (None: not tested).
    """

    month: int
    months: int
    figures: int
    past_years: tuple[int, ...] = ()
    tested: int = 0
    error: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A measure at the end of a ROC year: ``value`` within ``low`` and ``high`` at ``confidence``.

    ``months`` leads from the month after the last known to December; none are left once the year is known.
    ``will_meet`` is yes or no where the whole interval is, and open where it holds both; None without a
    target that can be judged. ``light`` is that of the value by the rulebook, ``best`` and ``worst`` those
    of the interval. ``warning`` tells, before the year's end, that the light will not be green: ``likely``
    where not even the better end of the interval earns green, and enough is known to be sure.
    """

    roc_year: int
    kind: Kind
    method: Method
    value: float
    low: float
    high: float
    months: tuple[Ahead, ...]
    basis: Basis
    confidence: float = CONFIDENCE
    aim: Aim = NO_AIM
    will_meet: Outcome | None = None
    light: Colour = "white"
    best: Colour = "white"
    worst: Colour = "white"
    warning: Caution | None = None
    grounds: tuple[Ground, ...] = ()

    @property
    def target(self) -> float | None:
        """The year's target; None for a range or where there is none."""
        return self.aim.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why nothing is forecast: ``months`` known of ``due``, where ``needed`` would do."""

    roc_year: int
    reason: RefusalReason
    months: int = 0
    due: int = 0
    needed: int = 0
    grounds: tuple[Ground, ...] = ()
