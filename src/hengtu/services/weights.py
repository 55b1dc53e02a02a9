"""Weights: what objectives weigh in a plan and KPIs in their objective, from a ROC year on."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from hengtu.core.activation import is_whole, list_families, total_of
from hengtu.core.plan import Plan
from hengtu.services.documents import lock_agency
from hengtu.services.lights import lock_plan
from hengtu.services.permission import require
from hengtu.services.results import follow_weights
from hengtu.services.trail import record
from hengtu.store.loading import load_plan
from hengtu.store.models import KpiRow, ObjectiveRow, PlanRow, User, WeightRow

MOST = Decimal(100)
STEP = Decimal("0.0001")
BATCH = 500


class UnknownPartError(LookupError):
    """A weight of something that is neither an objective nor a KPI of the plan."""


class WeightError(ValueError):
    """A weight that is no share: below 0, above 100 or with more than four decimals; ``code`` names the part."""

    def __init__(self, code: str, weight: Decimal) -> None:
        super().__init__(f"{code}: {weight}")
        self.code = code
        self.weight = weight


class NotWholeError(ValueError):
    """Weights of an active plan that do not total 100 under a parent; ``code`` is empty for the plan."""

    def __init__(self, code: str, name: str, total: float) -> None:
        super().__init__(f"{code or name}: {total}")
        self.code = code
        self.name = name
        self.total = total


@transaction.atomic
def set_weights(*, actor: User, key: UUID, roc_year: int, weights: Mapping[UUID, Decimal]) -> int:
    """Store the weights of the plan of a key from a ROC year on; return how many, and replace those of that year.

    Without any the weights of the years before hold. Those of an active plan must total 100 under each parent.
    Raises UnknownPartError, WeightError, NotWholeError.
    """
    plan = PlanRow.objects.select_related("owning_agency").get(key=key)
    require(actor, "plan.weigh", plan.owning_agency)
    lock_agency(plan.owning_agency)
    lock_plan(plan)
    plan.refresh_from_db(fields=["state"])
    codes = _live_codes(plan)
    _check(weights, codes)
    if plan.state == "active":
        _check_totals(plan, {codes[key]: float(weight) for key, weight in weights.items()})
    before = _stored(plan, roc_year)
    if before == dict(weights):
        return len(weights)
    WeightRow.objects.filter(plan=plan, roc_year=roc_year).delete()
    WeightRow.objects.bulk_create(
        [
            WeightRow(plan=plan, part_key=key, roc_year=roc_year, weight=weight, set_by=actor)
            for key, weight in weights.items()
        ],
        batch_size=BATCH,
    )
    follow_weights(plan)
    record(
        actor=actor,
        verb="plan.weigh",
        subject=plan,
        agency=plan.owning_agency,
        roc_year=roc_year,
        before={codes.get(key, str(key)): str(weight) for key, weight in before.items()},
        after={codes[key]: str(weight) for key, weight in weights.items()},
    )
    return len(weights)


def _stored(plan: PlanRow, roc_year: int) -> dict[UUID, Decimal]:
    rows = WeightRow.objects.filter(plan=plan, roc_year=roc_year).order_by()
    return dict(rows.values_list("part_key", "weight"))


def _live_codes(plan: PlanRow) -> dict[UUID, str]:
    codes: dict[UUID, str] = {}
    for model in (ObjectiveRow, KpiRow):
        live = model._default_manager.filter(plan=plan, retired_at=None).order_by()
        codes |= dict(live.values_list("key", "code"))
    return codes


def _check(weights: Mapping[UUID, Decimal], codes: Mapping[UUID, str]) -> None:
    for key, weight in weights.items():
        if key not in codes:
            raise UnknownPartError(str(key))
        if not weight.is_finite() or not 0 <= weight <= MOST or weight % STEP:
            raise WeightError(codes[key], weight)


def _check_totals(row: PlanRow, weights: Mapping[str, float]) -> None:
    plan: Plan = load_plan(row, only={"objectives", "kpis"}, with_parent=False)
    for family in list_families(plan):
        total = total_of(family, weights)
        if total is not None and not is_whole(total):
            raise NotWholeError(family.code, family.name, total)
