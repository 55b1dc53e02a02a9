"""The figures that came in, found by KPI, measure and item; an item entered once serves every KPI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from hengtu.core.actuals import Actual
from hengtu.core.amounts import MissingKind, fold
from hengtu.core.formulas.functions import At
from hengtu.core.formulas.tree import Item
from hengtu.core.judging.items import is_shared, over_org_of
from hengtu.core.judging.series import OverTime, Series, Wanted, collect
from hengtu.core.periods import Period

NOTHING = Series()


@dataclass(frozen=True, slots=True)
class Found:
    """The series of an operand, the KPI it was entered under and how many years back to look.

    ``at`` tells that the series is that of the bare item, to be taken at another time.
    """

    series: Series
    code: str
    years_back: int = 0
    at: At | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Referred:
    """The value of another KPI that stands in a formula; ``cycle`` is the path where they need each other."""

    code: str
    value: float | None = None
    missing: MissingKind | None = None
    known: int = 0
    due: int = 0
    cycle: tuple[str, ...] = ()


class Kpis(Protocol):
    """The KPIs of a plan, for formulas that name them."""

    def refer(self, item: Item, code: str, period: Period) -> Referred | None:
        """Return the value of the other KPI that an operand of a KPI names, or None."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Every series by (code, measure, item), and the telling item names that one KPI entered for all.

    ``children`` has by item name the series of every child agency, in one order for all names, an empty one
    where an agency has none; ``over_org`` how they are joined where the guess by name is not to hold. ``kpis``
    work out KPIs that other formulas name.
    """

    own: Mapping[tuple[str, int, str], Series]
    by_code: Mapping[tuple[str, str], Series] = field(default_factory=dict)
    by_name: Mapping[str, tuple[str, Series]] = field(default_factory=dict)
    children: Mapping[str, Sequence[Series]] = field(default_factory=dict)
    over_org: Mapping[str, OverTime] = field(default_factory=dict)
    kpis: Kpis | None = None

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
        if item.at == "children":
            return None
        for name in (item.base, f"本年度{item.base}"):
            if name != item.name and (found := self._named(code, measure, name)):
                return Found(found.series, found.code, item.years_back, item.at)
        return None

    def of_children(self, item: Item) -> tuple[Series, ...]:
        """Return the figures of an operand in the child agencies."""
        return tuple(self.children.get(tidy(item.base), ())) if item.at == "children" else ()

    def org_rule(self, item: Item) -> OverTime:
        """Return how an operand goes over child agencies."""
        return self.over_org.get(tidy(item.base)) or over_org_of(item.base)

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


def sort_figures(
    actuals: Iterable[Actual],
    *,
    children: Mapping[str, Sequence[Series]] | None = None,
    over_org: Mapping[str, OverTime] | None = None,
) -> Figures:
    """Return the figures by where they belong.

    A name entered under two KPIs with different figures means two things and serves nobody else. ``children``
    and ``over_org`` are those of ``Figures``.
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
    below = {tidy(name): series for name, series in (children or {}).items()}
    rules = {tidy(name): rule for name, rule in (over_org or {}).items()}
    return Figures(own, by_code, by_name, below, rules)


def want(
    found: Found | None,
    item: Item,
    over_time: OverTime,
    *,
    base: bool,
    children: tuple[Series, ...] = (),
    over_org: OverTime = "sum",
) -> Wanted:
    """Return an operand to be gathered; without figures it is wanted all the same."""
    return Wanted(
        name=item.name,
        series=found.series if found else NOTHING,
        over_time=_so_far(found, item, over_time) if item.at == "ytd" else over_time,
        years_back=found.years_back if found else item.years_back,
        base=base,
        at=found.at if found else item.at,
        children=() if found else children,
        over_org=over_org,
    )


def _so_far(found: Found | None, item: Item, over_time: OverTime) -> OverTime:
    """Return how 累計(X) goes over time: X summed, whatever its rule; entered itself, its last figure."""
    if found and found.at is None:
        return "last"
    return "mean" if over_org_of(item.base) == "mean" else "sum"
