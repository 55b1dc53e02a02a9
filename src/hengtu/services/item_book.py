"""The data items of a plan at hand: which one a name means under a measure, made where there is none."""

from __future__ import annotations

from collections.abc import Iterable

from hengtu.core.judging.figures import tidy
from hengtu.core.judging.items import is_shared
from hengtu.store.models import DataItemRow, PlanRow
from hengtu.store.shapes import clean

Place = tuple[int | None, int | None, str]
BATCH = 500


class ItemBook:
    """The items of one plan by where they belong: (KPI row, measure, tidy name), None for any."""

    def __init__(self, plan: PlanRow) -> None:
        self.plan = plan
        self.rows: dict[Place, DataItemRow] = {}
        for row in DataItemRow.objects.filter(plan=plan):
            self.rows[row.kpi_id, row.measure_index, tidy(row.name)] = row
        self._fresh: list[DataItemRow] = []

    def find(self, kpi_id: int, measure: int, name: str) -> DataItemRow | None:
        """Return the item that a name means under a measure: its own, else the KPI's, else the plan's."""
        key = tidy(name)
        for place in ((kpi_id, measure, key), (kpi_id, None, key), (None, None, key)):
            if row := self.rows.get(place):
                return row
        return None

    def demand(self, kpi_id: int, measure: int, name: str) -> DataItemRow:
        """Return the item that a name means under a measure, made when there is none."""
        if row := self.find(kpi_id, measure, name):
            return row
        return self.make(*proper_place(kpi_id, measure, name), name)

    def make(self, kpi_id: int | None, measure: int | None, _key: str, name: str) -> DataItemRow:
        """Return a new item at a place, to be stored by ``save``."""
        row = DataItemRow(
            plan=self.plan, kpi_id=kpi_id, measure_index=measure, name=clean(name)[:300]
        )
        self.rows[kpi_id, measure, tidy(row.name)] = row
        self._fresh.append(row)
        return row

    def save(self) -> list[DataItemRow]:
        """Store the items that were made and return them."""
        made, self._fresh = self._fresh, []
        DataItemRow.objects.bulk_create(made, batch_size=BATCH)
        return made

    def values(self) -> Iterable[DataItemRow]:
        """Return every item."""
        return self.rows.values()


def proper_place(kpi_id: int, measure: int, name: str) -> Place:
    """Return where a name belongs while nothing speaks against it.

    A measure's own value is its own, a short name its KPI's, any other the whole plan's.
    """
    key = tidy(name)
    if not key:
        return kpi_id, measure, key
    return (None, None, key) if is_shared(key) else (kpi_id, None, key)
