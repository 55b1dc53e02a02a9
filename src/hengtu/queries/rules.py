"""By which rules a plan is judged: the rulebook of a ROC year and the weights of its parts."""

from __future__ import annotations

from collections.abc import Mapping

from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Rulebook
from hengtu.store.models import PlanRow


def rulebook_of(plan: PlanRow, roc_year: int) -> Rulebook:
    """Return the rulebook that judges a plan in a ROC year: the agency's, else that of the one above."""
    return PRODUCT_DEFAULT


def weights_of(plan: PlanRow, roc_year: int) -> Mapping[str, float]:
    """Return the weights in percent, by code of KPI or objective, that hold in a ROC year; empty: alike."""
    return {}
