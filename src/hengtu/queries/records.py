"""The path of one record: the figures and rules of KPIs, read when their lights are to be explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from hengtu.core.actuals import Actual
from hengtu.core.amounts import MissingKind
from hengtu.core.judging.figures import Figures, tidy
from hengtu.core.judging.items import operands, read_formula
from hengtu.core.judging.references import refer_kpis
from hengtu.core.judging.series import OverTime, Series, SeriesKey
from hengtu.core.plan import Kpi, Measure, Plan
from hengtu.store.measures import load_measures
from hengtu.store.models import (
    ActualRow,
    AgencyRow,
    DataItemRow,
    ItemUseRow,
    MeasureRow,
    PlanRow,
    ReferenceRow,
)

# Where an item belongs: the KPI's code, the measure and the tidy name; None for any.
Place = tuple[str | None, int | None, str]
Said = Mapping[Place, OverTime]


@dataclass(frozen=True, slots=True)
class Record:
    """What judges some KPIs: the figures that their formulas read, and the rules that people set."""

    figures: Figures
    said: Said

    def rules_of(self, kpi: Kpi, measure: Measure) -> dict[SeriesKey, OverTime]:
        """Return the rules that hold for a measure's operands and, with an empty name, its own value."""
        return rules_of(kpi, measure, self.said)


def rules_of(kpi: Kpi, measure: Measure, said: Said) -> dict[SeriesKey, OverTime]:
    """Return the rules that hold for a measure's operands and, with an empty name, its own value."""
    found: dict[SeriesKey, OverTime] = {}
    for name in list_names(measure):
        key = tidy(name)
        places = ((kpi.code, measure.index, key), (kpi.code, None, key), (None, None, key))
        rule = next((said[place] for place in places if place in said), None)
        if rule:
            found[kpi.code, measure.index, name] = rule
    return found


def list_names(measure: Measure) -> Iterable[str]:
    """Return the names under which a measure's figures may stand, an empty one for its own value."""
    nodes = operands(read_formula(measure))
    return dict.fromkeys(["", *(name for node in nodes for name in (node.name, node.base) if name)])


class Item(NamedTuple):
    """A data item as judging needs it."""

    id: int
    plan: int
    agency: int
    code: str | None
    measure: int | None
    name: str
    over_time: OverTime
    over_org: OverTime
    guessed: bool


ITEM_COLUMNS = (
    "pk",
    "plan",
    "plan__owning_agency",
    "kpi__code",
    "measure_index",
    "name",
    "over_time",
    "over_org",
    "guessed",
)
Given = tuple[str, Series]


@dataclass(slots=True)
class Records:
    """The records of a plan's KPIs, read when they are asked for; five SQL statements at a time.

    Those of KPIs that name other KPIs or child agencies take a few more.
    """

    plan: PlanRow
    _read: dict[str, Record] = field(default_factory=dict)

    def of(self, code: str) -> Record:
        """Return the record of a KPI."""
        if code not in self._read:
            self.prepare([code])
        return self._read[code]

    def prepare(self, codes: Collection[str]) -> None:
        """Read the records of several KPIs at once."""
        wanted = [code for code in dict.fromkeys(codes) if code not in self._read]
        if wanted:
            self._read |= dict.fromkeys(wanted, self._make(wanted))

    def _make(self, codes: Collection[str]) -> Record:
        live = MeasureRow.objects.filter(plan=self.plan, retired_at=None, kpi__code__in=codes)
        own = set(live.values_list("pk", flat=True))
        every = own | find_needed(own)
        uses = ItemUseRow.objects.filter(measure__in=every).values_list("item_id", flat=True)
        rows = DataItemRow.objects.filter(pk__in=set(uses)).order_by("pk")
        items = [Item._make(row) for row in rows.values_list(*ITEM_COLUMNS)]
        given = read_series(item.id for item in items)
        said = {
            (item.code, item.measure, tidy(item.name)): item.over_time
            for item in items
            if not item.guessed and item.plan == self.plan.pk
        }
        figures = self._sort(items, given)
        return Record(figures if every == own else self._refer(figures, said), said)

    def _sort(self, items: Iterable[Item], given: Mapping[int, Given]) -> Figures:
        """Return the figures of items by where they belong."""
        own: dict[SeriesKey, Series] = {}
        by_code: dict[tuple[str, str], Series] = {}
        by_name: dict[str, Given] = {}
        below: list[Item] = []
        over_org: dict[str, OverTime] = {}
        for item in items:
            key = tidy(item.name)
            if not item.guessed and (item.plan == self.plan.pk or key not in over_org):
                over_org[key] = item.over_org
            if item.plan != self.plan.pk:
                below.append(item)
            elif item.id in given:
                giver, series = given[item.id]
                if item.code is None:
                    by_name[key] = (giver, series)
                elif item.measure is None:
                    by_code[item.code, key] = series
                else:
                    own[item.code, item.measure, key] = series
                    by_code.setdefault((item.code, key), series)
        children = self._children(below, given) if below else {}
        return Figures(own, by_code, by_name, children, over_org)

    def _children(
        self, items: Iterable[Item], given: Mapping[int, Given]
    ) -> dict[str, tuple[Series, ...]]:
        """Return the figures of every child agency by name; one SQL statement."""
        found: dict[str, dict[int, Series]] = defaultdict(dict)
        for item in items:
            if item.id in given:
                found[tidy(item.name)][item.agency] = given[item.id][1]
        agencies = list_children(self.plan.owning_agency_id)
        return {
            name: tuple(series.get(agency, Series()) for agency in agencies)
            for name, series in found.items()
        }

    def _refer(self, figures: Figures, said: Said) -> Figures:
        """Return the figures with the plan's KPIs for the formulas that name them."""
        kpis = {one.kpi_id: one.kpi for one in load_measures(self.plan)}
        plan = Plan(kpis=tuple(kpis.values()))
        rules: dict[SeriesKey, OverTime] = {}
        for kpi in plan.kpis:
            for measure in kpi.measures:
                rules |= rules_of(kpi, measure, said)
        return refer_kpis(figures, plan, rules)


def find_needed(measures: Collection[int]) -> set[int]:
    """Return the measures whose values some measures take, however far."""
    found: set[int] = set()
    fresh = set(measures)
    while fresh:
        rows = ReferenceRow.objects.filter(measure__in=fresh).values_list("used_id", flat=True)
        fresh = set(rows) - found
        found |= fresh
    return found


def list_children(agency: int) -> list[int]:
    """Return the agencies right below that have plans."""
    rows = AgencyRow.objects.filter(parent=agency, plans__isnull=False).order_by("pk")
    return list(rows.values_list("pk", flat=True).distinct())


def read_series(items: Iterable[int]) -> dict[int, Given]:
    """Return the figures of items, with the KPI under which they were entered; one SQL statement."""
    found: dict[int, Given] = {}
    rows = ActualRow.objects.filter(item__in=list(items)).order_by("item", "pk")
    columns = ("item_id", "kpi__code", "period", "value", "missing")
    for item, giver, period, value, missing in rows.values_list(*columns):
        kind = cast("MissingKind | None", missing or None)
        series = found.setdefault(item, (giver or "", Series()))[1]
        series.add(Actual(code=giver or "", period=period, value=value, missing=kind))
    return found
