"""Weights as their page shows them: what shares out 100 under each parent, for a ROC year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from hengtu.core.activation import Family, list_families
from hengtu.queries.activation import current_year
from hengtu.queries.agencies import NotFoundError, PlanCard
from hengtu.store.loading import load_plan
from hengtu.store.models import KpiRow, ObjectiveRow, PlanRow, WeightRow

MOST_YEARS = 30


@dataclass(frozen=True, slots=True)
class Weighed:
    """An objective or a KPI with its weight in percent, None where it has none."""

    key: UUID
    code: str
    name: str
    weight: Decimal | None


@dataclass(frozen=True, slots=True)
class Shares:
    """What shares out 100 under one parent; an empty code is the plan."""

    code: str
    name: str
    parts: tuple[Weighed, ...]

    @property
    def total(self) -> Decimal | None:
        """The sum of the weights, None where there are none."""
        given = [part.weight for part in self.parts if part.weight is not None]
        return sum(given, Decimal(0)) if given else None


@dataclass(frozen=True, slots=True)
class WeightSheet:
    """The weights of a plan for a ROC year; ``held_from`` is the year whose weights hold then."""

    roc_year: int
    years: tuple[int, ...]
    held_from: int | None
    active: bool
    families: tuple[Shares, ...]


def view_weights(card: PlanCard, roc_year: int | None = None) -> WeightSheet:
    """Return the weights of a plan; the same number of SQL statements for every plan.

    Raises NotFoundError for a year that the plan does not speak of.
    """
    row = PlanRow.objects.get(key=card.key)
    plan = load_plan(row, only={"objectives", "kpis"}, with_parent=False)
    chosen = roc_year or current_year(row.roc_first, row.roc_last)
    years = _years(row, chosen)
    if chosen not in years:
        raise NotFoundError(str(chosen))
    by_year = _read(row)
    held_from = max((year for year in by_year if year <= chosen), default=None)
    held = by_year[held_from] if held_from is not None else {}
    keys = _keys(row)
    return WeightSheet(
        roc_year=chosen,
        years=years,
        held_from=held_from,
        active=row.state == "active",
        families=tuple(_shares(family, keys, held) for family in list_families(plan)),
    )


def _years(row: PlanRow, chosen: int) -> tuple[int, ...]:
    """Return the years of a plan, or the one asked for where it names none."""
    first = row.roc_first or row.roc_last or chosen
    last = row.roc_last or first
    return tuple(range(first, min(last, first + MOST_YEARS) + 1))


def _read(row: PlanRow) -> dict[int, dict[UUID, Decimal]]:
    by_year: dict[int, dict[UUID, Decimal]] = {}
    columns = ("roc_year", "part_key", "weight")
    for roc_year, key, weight in WeightRow.objects.filter(plan=row).values_list(*columns):
        by_year.setdefault(roc_year, {})[key] = weight.normalize()
    return by_year


def _keys(row: PlanRow) -> dict[tuple[str, str], UUID]:
    """Return the key of every live objective and KPI by what it is and its code; of two, the first."""
    found: dict[tuple[str, str], UUID] = {}
    for parent, model in (("plan", ObjectiveRow), ("objective", KpiRow)):
        live = model._default_manager.filter(plan=row, retired_at=None).order_by("-rank")
        found |= {(parent, code): key for code, key in live.values_list("code", "key")}
    return found


def _shares(
    family: Family, keys: Mapping[tuple[str, str], UUID], held: Mapping[UUID, Decimal]
) -> Shares:
    parts = tuple(
        Weighed(key, code, name, held.get(key))
        for code, name in family.children
        if (key := keys.get((family.parent, code)))
    )
    return Shares(family.code, family.name, parts)
