"""Actuals: figures that come in after a plan was adopted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import cast

from django.db import transaction
from django.utils import timezone

from hengtu.core.actuals import Actual
from hengtu.core.amounts import MissingKind
from hengtu.core.judging.figures import tidy
from hengtu.core.judging.sharing import agree
from hengtu.core.periods import Period, read_period
from hengtu.engines.columns import CODES, NOT_REPORTED
from hengtu.services.definitions import compile_plan
from hengtu.services.item_book import ItemBook, Place, key_of
from hengtu.services.lights import lock_plan
from hengtu.services.permission import require
from hengtu.services.results import follow_figures
from hengtu.services.trail import record
from hengtu.store.models import ActualRow, DataItemRow, FigureRow, KpiRow, PlanRow, User
from hengtu.store.shapes import clean

BATCH = 500
COLUMNS = ("value", "decimal", "missing", "note", "entered_by", "entered_at")
Giver = tuple[int, int]
Entry = tuple[Giver, Actual]


class UnknownCodeError(ValueError):
    """A row about a KPI that the plan does not have; ``line`` counts the rows from 1."""

    def __init__(self, code: str, line: int) -> None:
        super().__init__(f"{code} (row {line})")
        self.code = code
        self.line = line


@transaction.atomic
def import_rows(*, actor: User, plan: PlanRow, rows: Sequence[Actual], file: str = "") -> int:
    """Store actuals and return how many; what was stored for the same figure and period is replaced.

    A name that means one item of the plan is stored once. When two KPIs come to give different figures for
    it, it means two things, and each KPI has an item of its own from then on. All or nothing: raises
    UnknownCodeError for a code that is not among the plan's KPIs.
    """
    require(actor, "actuals.enter", plan.owning_agency)
    lock_plan(plan)
    entries = find_givers(plan, rows)
    book = ItemBook(plan, {actual.item for _, actual in entries})
    parted = split_names(book, entries)
    items = {id(entry): book.demand(*entry[0], entry[1].item) for entry in entries}
    made = book.save() or parted
    typed = merge_rows([_make_row(entry, items[id(entry)], actor) for entry in entries])
    changed, told = find_changed(typed)
    told += [(code, False) for codes in parted.values() for code in codes]
    write_actuals(typed)
    compiled = compile_plan(plan, circles=True).changed if made else frozenset[int]()
    follow_figures(plan, changed | parted.keys(), told, compiled, fresh=bool(made))
    record(
        actor=actor,
        verb="actuals.import",
        subject=plan,
        agency=plan.owning_agency,
        file=clean(file),
        rows=len(entries),
    )
    return len({(giver, tidy(actual.item), actual.period) for giver, actual in entries})


def find_givers(plan: PlanRow, rows: Sequence[Actual]) -> list[Entry]:
    """Return each actual with the measure it is about; raise UnknownCodeError."""
    known = find_kpi_keys(plan, {actual.code for actual in rows})
    entries = []
    for line, actual in enumerate(rows, 1):
        if actual.code not in known:
            raise UnknownCodeError(actual.code, line)
        entries.append(((known[actual.code], actual.measure), actual))
    return entries


def find_kpi_keys(plan: PlanRow, codes: Collection[str]) -> dict[str, int]:
    """Return the row of each KPI of a plan that is named; of two with one code, the first."""
    kpis = KpiRow.objects.filter(plan=plan, retired_at=None)
    if len(codes) < BATCH:
        kpis = kpis.filter(code__in=codes)
    return dict(kpis.reverse().values_list("code", "pk"))


def merge_rows(rows: Iterable[ActualRow]) -> list[ActualRow]:
    """Return one row for each item and period, the last; it was typed under the measure of the first."""
    typed: dict[tuple[int, str], ActualRow] = {}
    for row in rows:
        if (known := typed.get((row.item_id, row.period))) is not None:
            row.kpi_id, row.measure_index = known.kpi_id, known.measure_index
        typed[row.item_id, row.period] = row
    return list(typed.values())


def find_changed(rows: Sequence[ActualRow]) -> tuple[set[int], list[tuple[int, bool]]]:
    """Return the items whose figures will be other than those stored, and which periods get or lose a number."""
    known = {
        (item, period): (value, missing)
        for item, period, value, missing in list_figures({row.item_id for row in rows})
    }
    items: set[int] = set()
    told: list[tuple[int, bool]] = []
    for figure in map(as_figure, rows):
        if figure and known.get((figure.item_id, figure.period)) != (figure.value, figure.missing):
            items.add(figure.item_id)
            told.append((figure.period, not figure.missing))
    return items, told


def list_figures(items: Iterable[int]) -> Iterator[tuple[int, int, float | None, int]]:
    """Yield the stored figures of items."""
    wanted = sorted(items)
    for start in range(0, len(wanted), BATCH):
        rows = FigureRow.objects.filter(item__in=wanted[start : start + BATCH])
        yield from rows.values_list("item_id", "period", "value", "missing")


def split_names(book: ItemBook, entries: Sequence[Entry]) -> dict[int, list[int]]:
    """Give names for which figures differ, between themselves or from those stored, an item for each giver.

    Return the items that were split, each with the periods of the figures that it lost: a measure whose KPI gave
    none may go on reading it.
    """
    given: dict[Place, dict[Giver, dict[str, object]]] = defaultdict(lambda: defaultdict(dict))
    for giver, actual in entries:
        item = book.demand(*giver, actual.item)
        place = (item.kpi_id, item.measure_index, key_of(item.name))
        given[place][giver][actual.period] = tell(actual.value, actual.missing or "")
    _add_stored(book, given)
    apart = [
        (place, givers)
        for place, givers in given.items()
        if place[1] is None and not agree(givers.values())
    ]
    return dict(_split(book, place, givers) for place, givers in apart)


def tell(value: float | None, missing: str) -> object:
    """Return what a figure tells, to be compared."""
    return missing or value


def _add_stored(book: ItemBook, given: Mapping[Place, dict[Giver, dict[str, object]]]) -> None:
    """Add what other measures gave before for the same names."""
    known = {
        row.pk: givers
        for place, givers in given.items()
        if place[1] is None and (row := book.rows[place]).pk is not None
    }
    rows = ActualRow.objects.filter(item__in=known, kpi__isnull=False)
    columns = ("item", "kpi", "measure_index", "period", "value", "missing")
    for item, kpi, measure, period, value, missing in rows.values_list(*columns):
        told = known[item].setdefault((kpi, measure or 1), {})
        told.setdefault(period, tell(value, missing))


def _split(
    book: ItemBook, place: Place, givers: Mapping[Giver, Mapping[str, object]]
) -> tuple[int, list[int]]:
    """Make an item for each KPI that gave figures, or each measure where those of one KPI differ.

    Return the item that they shared, and the periods of the figures that went.
    """
    shared = book.rows[place]
    for kpi_id in {kpi_id for kpi_id, _ in givers}:
        own = {giver: told for giver, told in givers.items() if giver[0] == kpi_id}
        apart = place[0] is not None or not agree(own.values())
        for measure in {giver[1] for giver in own} if apart else {None}:
            row = book.make(kpi_id, measure, place[2], shared.name)
            take_over(row, shared)
    book.save()
    return shared.pk, _move_figures(book, shared)


def take_over(row: DataItemRow, shared: DataItemRow) -> None:
    """Give an item the definition of the one it comes from."""
    for name in ("unit", "frequency", "over_time", "over_org", "owner", "source", "guessed"):
        setattr(row, name, getattr(shared, name))
    row.set_by_id, row.set_at = shared.set_by_id, shared.set_at


def _move_figures(book: ItemBook, shared: DataItemRow) -> list[int]:
    """Give what was typed under a measure to the item that its measure has now; return the periods."""
    rows = list(ActualRow.objects.filter(item=shared, kpi__isnull=False))
    codes = [code for row in rows if (code := code_of(row.period)) is not None]
    FigureRow.objects.filter(item=shared, period__in=codes).delete()
    for row in rows:
        row.item = book.demand(row.kpi_id or 0, row.measure_index or 1, shared.name)
    ActualRow.objects.bulk_update(rows, ["item"], batch_size=BATCH)
    write_figures(rows)
    return codes


def _make_row(entry: Entry, item: DataItemRow, actor: User) -> ActualRow:
    (kpi_id, measure), actual = entry
    return ActualRow(
        item=item,
        period=actual.period,
        value=actual.value,
        decimal=clean(actual.text)[:60],
        missing=actual.missing or "",
        note=clean(actual.note),
        kpi_id=kpi_id,
        measure_index=measure,
        entered_by=actor,
        entered_at=timezone.now(),
    )


def write_actuals(rows: Iterable[ActualRow]) -> None:
    """Store what was typed, and the figures that judging reads."""
    written = list(rows)
    ActualRow.objects.bulk_create(
        written,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("item", "period"),
        update_fields=COLUMNS,
    )
    write_figures(written)


def write_figures(rows: Iterable[ActualRow]) -> None:
    """Store the figures of what was typed."""
    FigureRow.objects.bulk_create(
        [figure for row in rows if (figure := as_figure(row)) is not None],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("item_id", "period"),
        update_fields=("value", "missing"),
    )


def as_figure(row: ActualRow) -> FigureRow | None:
    """Return the figure that judging reads, None for a period that is none."""
    code = code_of(row.period)
    if code is None:
        return None
    missing = missing_code(row.missing) if row.missing or row.value is None else 0
    return FigureRow(
        item_id=row.item_id, period=code, value=None if missing else row.value, missing=missing
    )


def missing_code(kind: str) -> int:
    """Return the code of a kind of missing; what has none was not reported."""
    return CODES.get(cast("MissingKind", kind), NOT_REPORTED)


def code_of(period: str) -> int | None:
    """Return the code of a period such as 114-03, None for what is none."""
    read: Period | None = read_period(period)
    return read.code if read else None
