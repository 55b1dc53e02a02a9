"""The data items of a plan at hand: which one a name means under a measure, made where there is none."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Value
from django.db.models.functions import Replace

from hengtu.core.amounts import fold
from hengtu.core.judging.items import DataItem, is_shared
from hengtu.store.models import DataItemRow, PlanRow
from hengtu.store.shapes import clean

Place = tuple[int | None, int | None, str]
BATCH = 500
LONGEST = 300  # letters of a name that are kept
GUESSES = ("unit", "frequency", "over_time", "over_org")


class ItemBook:
    """The items of one plan by where they belong: (KPI row, measure, tidy name), None for any.

    With ``names`` only those items are at hand; nothing else may be asked for then.
    """

    def __init__(self, plan: PlanRow, names: Iterable[str] | None = None) -> None:
        self.plan = plan
        self.rows: dict[Place, DataItemRow] = {}
        self._measures: dict[tuple[int, str], set[int]] = {}
        self._fresh: list[DataItemRow] = []
        self._defined: list[DataItemRow] = []
        rows = DataItemRow.objects.filter(plan=plan)
        if names is not None:
            bare = Replace("name", Value(" "), Value(""))
            rows = rows.annotate(bare=bare).filter(bare__in={key_of(name) for name in names})
        for row in rows:
            self._put(row)

    def _put(self, row: DataItemRow) -> None:
        key = key_of(row.name)
        self.rows[row.kpi_id, row.measure_index, key] = row
        if row.kpi_id is not None and row.measure_index is not None:
            self._measures.setdefault((row.kpi_id, key), set()).add(row.measure_index)

    def find(self, kpi_id: int, measure: int, name: str) -> DataItemRow | None:
        """Return the item that a name means under a measure: its own, else the KPI's, else the plan's."""
        key = key_of(name)
        for place in ((kpi_id, measure, key), (kpi_id, None, key), (None, None, key)):
            if row := self.rows.get(place):
                return row
        return None

    def candidates(self, kpi_id: int, measure: int, name: str) -> list[DataItemRow]:
        """Return the items that may hold the figures of a name, the likeliest first.

        The measure's own, the KPI's, those of its other measures, the plan's.
        """
        key = key_of(name)
        places: list[Place] = [(kpi_id, measure, key)]
        if key:
            places += [(kpi_id, None, key), *self._beside(kpi_id, measure, key), (None, None, key)]
        return [self.rows[place] for place in places if place in self.rows]

    def _beside(self, kpi_id: int, measure: int, key: str) -> list[Place]:
        return sorted(
            (kpi_id, index, key)
            for index in self._measures.get((kpi_id, key), ())
            if index != measure
        )

    def demand(self, kpi_id: int, measure: int, name: str) -> DataItemRow:
        """Return the item that a name means under a measure, made when there is none."""
        if row := self.find(kpi_id, measure, name):
            return row
        return self.make(*proper_place(kpi_id, measure, name), name)

    def make(self, kpi_id: int | None, measure: int | None, _key: str, name: str) -> DataItemRow:
        """Return a new item at a place, to be stored by ``save``."""
        row = DataItemRow(plan=self.plan, kpi_id=kpi_id, measure_index=measure, name=name_of(name))
        self._put(row)
        self._fresh.append(row)
        return row

    def define(self, row: DataItemRow, guess: DataItem) -> None:
        """Give an item what its words say, to be stored by ``save``."""
        guessed = {
            "unit": (guess.unit or "")[:60],
            "frequency": guess.frequency,
            "over_time": guess.over_time,
            "over_org": guess.over_org,
        }
        if any(getattr(row, name) != value for name, value in guessed.items()):
            for name, value in guessed.items():
                setattr(row, name, value)
            if row.pk is not None:
                self._defined.append(row)

    def save(self) -> list[DataItemRow]:
        """Store the items that were made and return them."""
        made, self._fresh = self._fresh, []
        DataItemRow.objects.bulk_create(made, batch_size=BATCH)
        DataItemRow.objects.bulk_update(self._defined, GUESSES, batch_size=BATCH)
        self._defined = []
        return made

    def values(self) -> Iterable[DataItemRow]:
        """Return every item."""
        return self.rows.values()


def name_of(name: str) -> str:
    """Return a name as it is kept, in one width."""
    return fold(clean(name))[:LONGEST].strip()


def key_of(name: str) -> str:
    """Return what a name is found by: as it is kept, without blanks."""
    return name_of(name).replace(" ", "")


def proper_place(kpi_id: int, measure: int, name: str) -> Place:
    """Return where a name belongs while nothing speaks against it.

    A measure's own value is its own, a short name its KPI's, any other the whole plan's.
    """
    key = key_of(name)
    if not key:
        return kpi_id, measure, key
    return (None, None, key) if is_shared(key) else (kpi_id, None, key)
