"""Numbers as people read them: rounded half up, and never so far that they contradict a light."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal

from hengtu.core.amounts import round_half_up

DECIMALS = 2
_MOST_DECIMALS = 9
_HUGE = 1e15  # beyond it a double has no decimals to show


def print_number(value: float, decimals: int = DECIMALS) -> str:
    """Return a number rounded half up, thousands parted, without empty decimals.

    >>> print_number(2.675), print_number(12450.0), print_number(1.005 * 100, 0), print_number(-0.001)
    ('2.68', '12,450', '101', '0')
    """
    if abs(value) >= _HUGE:
        return format(value, ".6g")
    # Twelve digits take out the noise of binary fractions before the half is looked for.
    exact = Decimal(format(value, ".12g"))
    rounded = round_half_up(exact, decimals)
    if not rounded:
        return "0"
    text = format(rounded, ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def print_day(roc_date: str) -> str:
    """Return a ROC date as people write it.

    >>> print_day("113-01-09")
    '113.1.9'
    """
    return ".".join(part.lstrip("0") for part in roc_date.split("-"))


def print_beside(value: float, bound: float | None, decimals: int = DECIMALS) -> str:
    """Return a number with as many decimals as it takes to tell it from a bound that it is not.

    >>> print_beside(99.996, 100), print_beside(99.5, 100), print_beside(100.0, 100)
    ('99.996', '99.5', '100')
    """
    if bound is None or math.isclose(value, bound, rel_tol=1e-9, abs_tol=1e-9):
        return print_number(value, decimals)
    shown = (print_number(value, places) for places in range(decimals, _MOST_DECIMALS))
    other = print_number(bound, _MOST_DECIMALS)
    return next((text for text in shown if text != other), print_number(value, _MOST_DECIMALS))


def print_score(value: float, decimals: int) -> str:
    """Return an achievement or a score, in percent, that never reads as a band it does not reach.

    The bands of rulebooks stand on multiples of five.

    >>> print_score(89.593, 0), print_score(93.42, 0), print_score(99.98, 0), print_score(90.0, 0)
    ('89.6', '93', '99.98', '90')
    """
    return print_beside(value, 5.0 * round(value / 5.0), decimals)


def print_share(share: float) -> str:
    """Return a part of the whole, 0 to 1, in whole percent; never 0 or 100 where it is neither.

    >>> print_share(11 / 12), print_share(0.9996), print_share(1.0)
    ('92', '99.96', '100')
    """
    return print_among(share * 100, (0.0, 100.0), 0)


def print_among(value: float, bounds: Iterable[float], decimals: int = DECIMALS) -> str:
    """Return a number with as many decimals as it takes to tell it from every bound that it is not.

    >>> print_among(89.999, (100.0, 90.0, 0.0))
    '89.999'
    """
    shown = [print_beside(value, bound, decimals) for bound in bounds]
    return max(shown, key=len, default=print_number(value, decimals))
