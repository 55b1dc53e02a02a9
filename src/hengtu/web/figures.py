"""Numbers and months as people read them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hengtu.core.plan import Measure, Op, PlanValue, Threshold
from hengtu.web.languages import page_language
from hengtu.writers.reports.values import print_value

SIGNS: dict[Op, str] = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
DECIMALS = Decimal("0.0001")


def show_number(value: float) -> str:
    """Return a number with thousands separators and no more decimals than it has, four at most.

    >>> show_number(1545480.0), show_number(98.5), show_number(-0.00001)
    ('1,545,480', '98.5', '0')
    """
    rounded = Decimal(repr(value)).quantize(DECIMALS, ROUND_HALF_UP).normalize()
    return f"{rounded + 0:,f}"


def show_value(value: PlanValue, measure: Measure) -> str:
    """Return a printed value as it was typed, or the kind of missing in words."""
    return print_value(value, measure, page_language())


def show_threshold(threshold: Threshold | None) -> str:
    """Return a limit such as ``≥ 90%``."""
    if threshold is None:
        return ""
    return f"{SIGNS[threshold.op]} {show_number(threshold.value)}{threshold.unit or ''}"


def show_weight(weight: Decimal) -> str:
    """Return a weight without empty decimals.

    >>> show_weight(Decimal("30.0000")), show_weight(Decimal("33.34"))
    ('30', '33.34')
    """
    return f"{weight.normalize():f}"
