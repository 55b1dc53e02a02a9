"""Definitions: the measures of a plan compiled for judging, and the data items that they read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import cast

from django.db.models import Exists, OuterRef, QuerySet

from hengtu.core.judging.definition import Definition, define, read_single, to_json
from hengtu.core.judging.dependencies import CycleError, depends, find_cycle
from hengtu.core.judging.items import (
    DataItem,
    entered_items,
    find_items,
    is_rate,
    operands,
    over_time_of,
    read_formula,
)
from hengtu.core.judging.series import OverTime, SeriesKey
from hengtu.core.plan import Kpi, Measure, Plan
from hengtu.services.item_book import ItemBook
from hengtu.store.measures import StoredMeasure, load_measures
from hengtu.store.models import (
    ActualRow,
    DataItemRow,
    DefinitionRow,
    FigureRow,
    ItemUseRow,
    MeasureRow,
    PlanRow,
    ReferenceRow,
)

BATCH = 500


@dataclass(frozen=True, slots=True)
class Compiled:
    """What compiling a plan changed: measures with another definition, and those that have none any more."""

    changed: frozenset[int]
    gone: frozenset[int]


def compile_plan(plan: PlanRow) -> Compiled:
    """Bring data items, definitions and uses of a plan in line with its measures and rules.

    Raises CycleError, with its path, where KPIs need each other.
    """
    measures = load_measures(plan)
    refuse_cycle(measures)
    book = ItemBook(plan)
    make_items(book, measures)
    definitions = {one.measure_id: define_measure(book, one) for one in measures}
    compiled = _write_definitions(plan, definitions)
    _write_uses(plan, measures, definitions)
    _write_references(plan, measures)
    drop_idle(plan)
    return compiled


def refuse_cycle(measures: Sequence[StoredMeasure]) -> None:
    """Raise CycleError where KPIs need each other."""
    if path := find_cycle(as_plan(measures)):
        raise CycleError(path)


def as_plan(measures: Sequence[StoredMeasure]) -> Plan:
    """Return a plan of nothing but its KPIs."""
    return Plan(kpis=tuple({one.kpi_id: one.kpi for one in measures}.values()))


def make_items(book: ItemBook, measures: Sequence[StoredMeasure]) -> None:
    """Make the data items that formulas ask for, and those of measures that have no formula to run.

    Guesses follow the words of the plan as they are now; what a person said stays.
    """
    guesses = _guess(measures)
    for one in measures:
        names = entered_items(one.measure) or ("",)
        for name in names:
            row = book.demand(one.kpi_id, one.measure.index, name)
            guess = guesses.get((one.measure_id, name)) or guess_own(one.kpi, one.measure)
            if row.guessed:
                book.define(row, guess)
    book.save()


def _guess(measures: Sequence[StoredMeasure]) -> dict[tuple[int, str], DataItem]:
    ids = {(one.kpi.code, one.measure.index): one.measure_id for one in measures}
    return {
        (ids[user], item.name): item
        for item in find_items(as_plan(measures))
        for user in item.users[:1]
    }


def guess_own(kpi: Kpi, measure: Measure) -> DataItem:
    """Return what a measure's own value is likely to be."""
    formula = read_formula(measure)
    rate = is_rate(measure, formula.body if formula else None)
    return DataItem(
        name="",
        unit=measure.unit,
        over_time=over_time_of(kpi, measure)[""],
        over_org="mean" if rate else "sum",
    )


def define_measure(book: ItemBook, one: StoredMeasure) -> Definition:
    """Return the definition of a measure with the items that its names mean."""

    def find(name: str) -> list[int]:
        return [row.pk for row in book.candidates(one.kpi_id, one.measure.index, name)]

    return define(one.kpi, one.measure, rules_of(book, one), find)


def rules_of(book: ItemBook, one: StoredMeasure) -> dict[SeriesKey, OverTime]:
    """Return the rules over time that people set for what a measure uses."""
    rules: dict[SeriesKey, OverTime] = {}
    for name in list_names(one.measure):
        row = next(iter(book.candidates(one.kpi_id, one.measure.index, name)), None)
        if row is not None and not row.guessed:
            rules[one.kpi.code, one.measure.index, name] = cast("OverTime", row.over_time)
    return rules


def list_names(measure: Measure) -> Iterable[str]:
    """Return the names under which a measure's figures may stand, an empty one for its own value."""
    nodes = operands(read_formula(measure))
    return dict.fromkeys(["", *(name for node in nodes for name in (node.name, node.base) if name)])


def _write_definitions(plan: PlanRow, definitions: Mapping[int, Definition]) -> Compiled:
    stored = dict(DefinitionRow.objects.filter(plan=plan).values_list("measure_id", "content"))
    fresh = {pk: as_stored(definition) for pk, definition in definitions.items()}
    changed = {pk for pk, content in fresh.items() if stored.get(pk) != content}
    gone = stored.keys() - fresh.keys()
    DefinitionRow.objects.filter(plan=plan).exclude(measure__in=live_measures(plan)).delete()
    DefinitionRow.objects.bulk_create(
        [DefinitionRow(measure_id=pk, plan=plan, content=fresh[pk]) for pk in sorted(changed)],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("measure_id",),
        update_fields=("plan", "content"),
    )
    return Compiled(frozenset(changed), frozenset(gone))


def live_measures(plan: PlanRow) -> QuerySet[MeasureRow]:
    """Return the measures of a plan that count."""
    return MeasureRow.objects.filter(plan=plan, retired_at=None, kpi__retired_at=None)


def as_stored(definition: Definition) -> list[object]:
    """Return a definition as its JSON column gives it back."""
    content: list[object] = json.loads(to_json(definition))
    return content


def _write_uses(
    plan: PlanRow, measures: Sequence[StoredMeasure], definitions: Mapping[int, Definition]
) -> None:
    wanted = {
        (item, one.measure_id) for one in measures for item in items_of(definitions[one.measure_id])
    }
    own = MeasureRow.objects.filter(plan=plan).values("pk")
    known = set(ItemUseRow.objects.filter(measure__in=own).values_list("item_id", "measure_id"))
    for item, measure in known - wanted:
        ItemUseRow.objects.filter(item_id=item, measure_id=measure).delete()
    ItemUseRow.objects.bulk_create(
        [ItemUseRow(item_id=item, measure_id=pk) for item, pk in sorted(wanted - known)],
        batch_size=BATCH,
    )


def items_of(definition: Definition) -> set[int]:
    """Return the items whose figures can change the results of a measure."""
    single = read_single(definition.single).items.values() if definition.single else ()
    named = {*definition.items, definition.own, *(other.item for other in definition.others)}
    return {item for item in chain(named, *single) if item >= 0}


def _write_references(plan: PlanRow, measures: Sequence[StoredMeasure]) -> None:
    ids = {(one.kpi.code, one.measure.index): one.measure_id for one in measures}
    wanted = {
        (ids[used], ids[key]) for key, needs in depends(as_plan(measures)).items() for used in needs
    }
    own = MeasureRow.objects.filter(plan=plan).values("pk")
    known = set(ReferenceRow.objects.filter(measure__in=own).values_list("used_id", "measure_id"))
    for used, measure in known - wanted:
        ReferenceRow.objects.filter(used_id=used, measure_id=measure).delete()
    ReferenceRow.objects.bulk_create(
        [ReferenceRow(used_id=used, measure_id=pk) for used, pk in sorted(wanted - known)],
        batch_size=BATCH,
    )


def drop_idle(plan: PlanRow) -> None:
    """Remove the guessed items that no measure reads any more and nobody gave a figure."""
    used = ItemUseRow.objects.filter(item=OuterRef("pk"))
    given = ActualRow.objects.filter(item=OuterRef("pk"))
    figures = FigureRow.objects.filter(item=OuterRef("pk"))
    idle = DataItemRow.objects.filter(plan=plan, guessed=True, owner="", source="")
    idle.filter(~Exists(used), ~Exists(given), ~Exists(figures)).delete()
