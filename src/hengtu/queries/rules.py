"""By which rules a plan is judged: the rulebook of a ROC year and the weights of its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Rulebook
from hengtu.readers.rulebooks import build_rulebook
from hengtu.store.models import (
    AgencyRow,
    KpiRow,
    ObjectiveRow,
    PlanRow,
    RulebookChoiceRow,
    WeightRow,
)

NO_WEIGHTS: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class InForce:
    """The rulebook that judges an agency in a ROC year; ``agency_id`` chose it, None where nobody did."""

    rulebook: Rulebook
    agency_id: int | None = None
    choice: RulebookChoiceRow | None = None


@dataclass(frozen=True, slots=True)
class RulebookTable:
    """Every choice of a rulebook, the latest first, and who stands above whom."""

    choices: Mapping[int, tuple[RulebookChoiceRow, ...]] = field(default_factory=dict)
    parents: Mapping[int, int | None] = field(default_factory=dict)

    def in_force(self, agency_id: int, roc_year: int) -> InForce:
        """Return the rulebook that an agency chose for a year, else that of the one above it."""
        above: int | None = agency_id
        while above is not None:
            chosen = self.chosen(above, roc_year)
            if chosen is not None and chosen.code:
                return InForce(read_choice(chosen), above, chosen)
            above = self.parents.get(above)
        return InForce(PRODUCT_DEFAULT)

    def chosen(self, agency_id: int, roc_year: int) -> RulebookChoiceRow | None:
        """Return the last choice of the agency itself that covers a year."""
        own = self.choices.get(agency_id, ())
        return next((row for row in own if covers(row, roc_year)), None)

    def of(self, agency_id: int, roc_year: int) -> Rulebook:
        """Return the rulebook that judges an agency in a year."""
        return self.in_force(agency_id, roc_year).rulebook


def covers(row: RulebookChoiceRow, roc_year: int) -> bool:
    """Tell whether a choice speaks of a ROC year."""
    ended = row.last_roc_year is not None and row.last_roc_year < roc_year
    return row.first_roc_year <= roc_year and not ended


def read_choice(row: RulebookChoiceRow) -> Rulebook:
    """Return the rulebook of a choice, as it was when it was chosen."""
    return build_rulebook(row.content, row.code)


def read_rulebooks() -> RulebookTable:
    """Return every choice of a rulebook; two SQL statements, one while nothing was chosen."""
    choices: dict[int, list[RulebookChoiceRow]] = defaultdict(list)
    for row in RulebookChoiceRow.objects.select_related("agency", "chosen_by").order_by("-pk"):
        choices[row.agency_id].append(row)
    if not choices:
        return RulebookTable()
    parents = dict(AgencyRow.objects.order_by().values_list("pk", "parent_id"))
    return RulebookTable({pk: tuple(rows) for pk, rows in choices.items()}, parents)


def rulebook_of(plan: PlanRow, roc_year: int) -> Rulebook:
    """Return the rulebook that judges a plan in a ROC year: the agency's, else that of the one above."""
    return read_rulebooks().of(plan.owning_agency_id, roc_year)


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a plan in percent, by the ROC year from which they hold and the code of the part."""

    by_year: Mapping[int, Mapping[str, float]] = field(default_factory=dict)

    def year_of(self, roc_year: int) -> int | None:
        """Return the year whose weights hold in a ROC year, None before the first."""
        return max((year for year in self.by_year if year <= roc_year), default=None)

    def in_year(self, roc_year: int) -> Mapping[str, float]:
        """Return the weights that hold in a ROC year; empty: all weigh alike."""
        year = self.year_of(roc_year)
        return NO_WEIGHTS if year is None else self.by_year[year]


def read_weights(plan: PlanRow) -> Weights:
    """Return the weights of a plan's live parts; at most three SQL statements, one while there are none."""
    rows = list(WeightRow.objects.filter(plan=plan).values_list("roc_year", "part_key", "weight"))
    if not rows:
        return Weights()
    codes = {**_codes(ObjectiveRow, plan), **_codes(KpiRow, plan)}
    by_year: dict[int, dict[str, float]] = {}
    for roc_year, key, weight in rows:
        year = by_year.setdefault(roc_year, {})
        if key in codes:
            year[codes[key]] = float(weight)
    return Weights(by_year)


def _codes(model: type[ObjectiveRow | KpiRow], plan: PlanRow) -> dict[UUID, str]:
    live = model._default_manager.filter(plan=plan, retired_at=None).order_by()
    return dict(live.values_list("key", "code"))


def weights_of(plan: PlanRow, roc_year: int) -> Mapping[str, float]:
    """Return the weights in percent, by code of KPI or objective, that hold in a ROC year; empty: alike."""
    return read_weights(plan).in_year(roc_year)
