"""The path of one record: the figures and rules of a KPI, read when its light is to be explained."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from hengtu.core.actuals import Actual
from hengtu.core.amounts import MissingKind
from hengtu.core.judging.figures import Figures, tidy
from hengtu.core.judging.items import operands, read_formula
from hengtu.core.judging.series import OverTime, Series, SeriesKey
from hengtu.core.plan import Kpi, Measure
from hengtu.store.models import ActualRow, DataItemRow, ItemUseRow, MeasureRow

# Where an item belongs: the KPI's code, the measure and the tidy name; None for any.
Place = tuple[str | None, int | None, str]
Said = Mapping[Place, OverTime]


@dataclass(frozen=True, slots=True)
class Record:
    """What judges one KPI: the figures that its formulas read, and the rules that people set."""

    figures: Figures
    rules: Said

    def rules_of(self, kpi: Kpi, measure: Measure) -> dict[SeriesKey, OverTime]:
        """Return the rules that hold for a measure's operands and, with an empty name, its own value."""
        found: dict[SeriesKey, OverTime] = {}
        for name in list_names(measure):
            key = tidy(name)
            places = ((kpi.code, measure.index, key), (kpi.code, None, key), (None, None, key))
            rule = next((self.rules[place] for place in places if place in self.rules), None)
            if rule:
                found[kpi.code, measure.index, name] = rule
        return found


def list_names(measure: Measure) -> Iterable[str]:
    """Return the names under which a measure's figures may stand, an empty one for its own value."""
    nodes = operands(read_formula(measure))
    return dict.fromkeys(["", *(name for node in nodes for name in (node.name, node.base) if name)])


@dataclass(slots=True)
class Records:
    """The records of a plan's KPIs, each read once when it is asked for; three SQL statements at a time."""

    plan: int
    _read: dict[str, Record] = field(default_factory=dict)

    def of(self, code: str) -> Record:
        """Return the record of a KPI."""
        if code not in self._read:
            self.prepare([code])
        return self._read[code]

    def prepare(self, codes: Collection[str]) -> None:
        """Read the records of several KPIs at once."""
        wanted = [code for code in dict.fromkeys(codes) if code not in self._read]
        if not wanted:
            return
        live = MeasureRow.objects.filter(
            plan=self.plan, retired_at=None, kpi__retired_at=None, kpi__code__in=wanted
        )
        uses = ItemUseRow.objects.filter(measure__in=live.values("pk"))
        items: dict[str, set[int]] = {code: set() for code in wanted}
        for code, item in uses.values_list("measure__kpi__code", "item_id"):
            items[code].add(item)
        every = sorted(set().union(*items.values()))
        rows = list(
            DataItemRow.objects.filter(pk__in=every).values_list(
                "pk", "kpi__code", "measure_index", "name", "over_time", "guessed"
            )
        )
        series = _read_series(every)
        for code in wanted:
            own = [row for row in rows if row[0] in items[code]]
            self._read[code] = _make_record(own, series)


Given = tuple[str, Series]
ItemColumns = tuple[int, str | None, int | None, str, str, bool]


def _read_series(items: Collection[int]) -> dict[int, Given]:
    """Return the figures of items, with the KPI under which they were entered."""
    found: dict[int, Given] = {}
    rows = ActualRow.objects.filter(item__in=items).order_by("item", "pk")
    columns = ("item_id", "kpi__code", "period", "value", "missing")
    for item, giver, period, value, missing in rows.values_list(*columns):
        kind = cast("MissingKind | None", missing or None)
        series = found.setdefault(item, (giver or "", Series()))[1]
        series.add(Actual(code=giver or "", period=period, value=value, missing=kind))
    return found


def _make_record(rows: Iterable[ItemColumns], given: Mapping[int, Given]) -> Record:
    own: dict[SeriesKey, Series] = {}
    by_code: dict[tuple[str, str], Series] = {}
    by_name: dict[str, Given] = {}
    rules: dict[Place, OverTime] = {}
    for item, code, measure, name, over_time, guessed in rows:
        key = tidy(name)
        if not guessed:
            rules[code, measure, key] = cast("OverTime", over_time)
        if item not in given:
            continue
        giver, series = given[item]
        if code is None:
            by_name[key] = (giver, series)
        elif measure is None:
            by_code[code, key] = series
        else:
            own[code, measure, key] = series
            by_code.setdefault((code, key), series)
    return Record(Figures(own, by_code, by_name), rules)
