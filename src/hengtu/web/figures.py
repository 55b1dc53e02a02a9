"""Numbers and months as people read them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hengtu.core.plan import Op, PlanValue, Threshold
from hengtu.web.words import MISSING

SIGNS: dict[Op, str] = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
DECIMALS = Decimal("0.0001")


def show_number(value: float) -> str:
    """Return a number with thousands separators and no more decimals than it has, four at most.

    >>> show_number(1545480.0), show_number(98.5), show_number(-0.00001)
    ('1,545,480', '98.5', '0')
    """
    rounded = Decimal(repr(value)).quantize(DECIMALS, ROUND_HALF_UP).normalize()
    return f"{rounded + 0:,f}"


def show_value(value: PlanValue) -> str:
    """Return a printed value: the number, the kind of missing, and a unit of its own."""
    if value.value is None:
        return value.raw.strip() or str(MISSING[value.missing or "blank"])
    return show_number(value.value) + (value.unit or "")


def show_threshold(threshold: Threshold | None) -> str:
    """Return a limit such as ``≥ 90%``."""
    if threshold is None:
        return ""
    return f"{SIGNS[threshold.op]} {show_number(threshold.value)}{threshold.unit or ''}"
