"""The figures that came in, found by KPI, measure and item; an item entered once serves every KPI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from hengtu.core.actuals import Actual
from hengtu.core.amounts import fold
from hengtu.core.formulas.tree import Item
from hengtu.core.judging.items import is_shared
from hengtu.core.judging.series import OverTime, Series, Wanted, collect

NOTHING = Series()


@dataclass(frozen=True, slots=True)
class Found:
    """The series of an operand, the KPI it was entered under and how many years back to look."""

    series: Series
    code: str
    years_back: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Every series by (code, measure, item), and the telling item names that one KPI entered for all."""

    own: Mapping[tuple[str, int, str], Series]
    by_code: Mapping[tuple[str, str], Series] = field(default_factory=dict)
    by_name: Mapping[str, tuple[str, Series]] = field(default_factory=dict)

    def of_kpi(self, code: str, measure: int) -> Series | None:
        """Return the KPI's own values."""
        return self.own.get((code, measure, ""))

    def of_item(self, code: str, measure: int, item: Item) -> Found | None:
        """Return the figures of an operand.

        Under its printed name, else, for 上年度X, those of X a year before; the KPI's own before those
        entered under another KPI.
        """
        if found := self._named(code, measure, item.name):
            return found
        for name in (item.base, f"本年度{item.base}"):
            if name != item.name and (found := self._named(code, measure, name)):
                return Found(found.series, found.code, item.years_back)
        return None

    def _named(self, code: str, measure: int, name: str) -> Found | None:
        key = tidy(name)
        series = self.own.get((code, measure, key)) or self.by_code.get((code, key))
        if series:
            return Found(series, code)
        shared = self.by_name.get(key) if is_shared(key) else None
        return Found(shared[1], shared[0]) if shared else None


@lru_cache(maxsize=8192)
def tidy(name: str) -> str:
    """Return an item's name in one width without blanks, as figures are matched by it."""
    return fold(name).replace(" ", "")


def sort_figures(actuals: Iterable[Actual]) -> Figures:
    """Return the figures by where they belong.

    A name entered under two KPIs with different figures means two things and serves nobody else.
    """
    own = {(c, m, tidy(item)): series for (c, m, item), series in collect(actuals).items()}
    by_code: dict[tuple[str, str], Series] = {}
    givers: dict[str, list[tuple[str, Series]]] = {}
    for (code, _, item), series in own.items():
        if item:
            by_code.setdefault((code, item), series)
            givers.setdefault(item, []).append((code, series))
    by_name = {
        item: given[0]
        for item, given in givers.items()
        if all(series == given[0][1] for _, series in given[1:])
    }
    return Figures(own, by_code, by_name)


def want(found: Found | None, item: Item, over_time: OverTime, *, base: bool) -> Wanted:
    """Return an operand to be gathered; without figures it is wanted all the same."""
    return Wanted(
        name=item.name,
        series=found.series if found else NOTHING,
        over_time=over_time,
        years_back=found.years_back if found else item.years_back,
        base=base,
    )
