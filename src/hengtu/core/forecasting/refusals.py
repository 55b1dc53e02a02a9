"""When the figures do not do for a forecast, and why."""

from __future__ import annotations

from collections.abc import Mapping

from hengtu.core.forecasting.outlook import Kind, Refusal, RefusalReason
from hengtu.core.forecasting.record import MONTHS, Year
from hengtu.core.forecasting.standing import Standing

LEAST_MONTHS = 3
LEAST_FIGURES: Mapping[Kind, int] = {"count": 2, "rate": 2, "progress": 2, "level": 3}
LEAST_SHARE = 2 / 3  # of the months due; with fewer the gaps decide, not the figures
GREATEST = 1e150  # squares of more leave the range of a double


def find_refusal(year: Year, stand: Standing, month: int) -> Refusal | None:
    """Return why the figures known at the end of a month do not do for a forecast, or None."""
    reason = _time(year, month) or _gaps(year, stand) or _sizes(stand)
    if reason is None:
        return None
    few = reason == "too_few_figures"
    return Refusal(
        roc_year=year.roc_year,
        reason=reason,
        months=count_figures(stand) if few else year.last.counted,
        due=MONTHS if reason == "year_over" else month,
        needed=LEAST_FIGURES[stand.kind] if few else LEAST_MONTHS,
    )


def count_figures(stand: Standing) -> int:
    """Return how many separate figures a forecast can rest on."""
    return len(stand.points) if stand.kind == "level" else len(stand.own)


def _time(year: Year, month: int) -> RefusalReason | None:
    if MONTHS in (year.last.month, month):
        return "year_over"
    return "too_few_months" if year.last.counted < LEAST_MONTHS else None


def _gaps(year: Year, stand: Standing) -> RefusalReason | None:
    if count_figures(stand) < LEAST_FIGURES[stand.kind]:
        return "too_few_figures"
    return "gaps" if year.share < LEAST_SHARE else None


def _sizes(stand: Standing) -> RefusalReason | None:
    values = [abs(point.value or 0.0) for point in stand.points]
    if not max(values) < GREATEST:
        return "beyond"
    moved = [abs(own.total) for own in stand.own] if stand.kind == "progress" else values
    return None if stand.kind == "count" or any(moved) else "unmoved"
