"""What was achieved: one value of a data item, or of a KPI itself, for a period."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hengtu.core.amounts import MissingKind

PERIOD = re.compile(
    r"^(?P<roc_year>\d{2,3})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?$",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    """One actual; an empty ``item`` gives the KPI's value itself.

    ``period`` is ``109``, ``109H1``, ``109Q1`` or ``109-03``. Exactly one of ``value`` and ``missing`` is set;
    ``text`` keeps the decimal text that a person typed.
    """

    code: str
    period: str
    measure: int = 1
    item: str = ""
    value: float | None = None
    missing: MissingKind | None = None
    text: str = ""
    note: str = ""


def is_period(text: str) -> bool:
    """Whether a text names a ROC year or a part of it.

    >>> is_period("109-03"), is_period("109Q5")
    (True, False)
    """
    return PERIOD.match(text) is not None
