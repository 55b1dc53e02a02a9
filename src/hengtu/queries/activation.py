"""Whether a plan can be activated, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from hengtu.core.activation import Obstacle, list_obstacles
from hengtu.core.judging.dependencies import find_cycle
from hengtu.core.lifecycle import State
from hengtu.core.periods import ROC_OFFSET
from hengtu.queries.agencies import PlanCard
from hengtu.queries.rules import read_rulebooks, read_weights
from hengtu.store.loading import load_plan
from hengtu.store.models import PlanRow

PARTS = frozenset({"objectives", "kpis", "work_items", "guidelines"})


@dataclass(frozen=True, slots=True)
class Readiness:
    """What was found before activating a plan for a ROC year."""

    state: State
    roc_year: int
    obstacles: tuple[Obstacle, ...]

    @property
    def blocked(self) -> bool:
        """Whether anything found forbids it."""
        return any(one.level == "error" for one in self.obstacles)

    @property
    def errors(self) -> tuple[Obstacle, ...]:
        """What must be mended first."""
        return tuple(one for one in self.obstacles if one.level == "error")

    @property
    def hints(self) -> tuple[Obstacle, ...]:
        """What should be looked at."""
        return tuple(one for one in self.obstacles if one.level != "error")


def view_readiness(card: PlanCard) -> Readiness:
    """Return what stands in the way of activating a plan; the same number of SQL statements for every plan."""
    return check_plan(PlanRow.objects.get(key=card.key))


def check_plan(row: PlanRow) -> Readiness:
    """Return what stands in the way of activating the plan of a row."""
    plan = load_plan(row, only=PARTS, with_parent=False)
    roc_year = current_year(row.roc_first, row.roc_last)
    rulebook = read_rulebooks().of(row.owning_agency_id, roc_year)
    obstacles = list_obstacles(
        plan,
        read_weights(row).in_year(roc_year),
        roc_year=roc_year,
        cycle=find_cycle(plan),
        weights_needed=rulebook.binding.weights,
    )
    return Readiness("active" if row.state == "active" else "adopted", roc_year, obstacles)


def current_year(first: int | None, last: int | None) -> int:
    """Return this ROC year, or the plan's nearest to it."""
    return nearest_year(timezone.localdate().year - ROC_OFFSET, (first, last))


def nearest_year(roc_year: int, ends: Iterable[int | None]) -> int:
    """Return the year of a span that comes nearest to a year.

    >>> nearest_year(110, (111, 114)), nearest_year(115, (111, 114)), nearest_year(113, (None, None))
    (111, 114, 113)
    """
    known = [end for end in ends if end is not None]
    return min(max(roc_year, *known[:1]), *known[-1:]) if known else roc_year
