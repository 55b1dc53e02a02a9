"""Definitions: the measures of a plan compiled for judging, and the data items that they read."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q

from hengtu.core.formulas.functions import BY_KEY
from hengtu.core.judging.definition import Definition, define, read_single, to_json
from hengtu.core.judging.dependencies import CycleError, depends, find_cycle
from hengtu.core.judging.figures import tidy
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
CHILDREN = BY_KEY["children"]


@dataclass(frozen=True, slots=True)
class Compiled:
    """What compiling a plan changed: measures that are judged otherwise, and those that are gone."""

    changed: frozenset[int]
    gone: frozenset[int]


def compile_plan(plan: PlanRow, *, circles: bool = False) -> Compiled:
    """Bring data items, definitions and uses of a plan in line with its measures and rules.

    Raises CycleError, with its path, where KPIs need each other, unless ``circles`` are let in: what figures
    and rules change is no reason to refuse a plan that an older release took.
    """
    measures = load_measures(plan)
    if not circles:
        refuse_cycle(measures)
    book = ItemBook(plan)
    make_items(book, measures)
    definitions = {one.measure_id: define_measure(book, one) for one in measures}
    compiled = _write_definitions(plan, definitions)
    read = _write_uses(plan, measures, definitions)
    referred = _write_references(plan, measures)
    drop_idle(plan)
    return replace(compiled, changed=compiled.changed | read | referred)


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
            guess = guesses.get((one.measure_id, name)) if name else guess_own(one.kpi, one.measure)
            if row.guessed and guess:
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
    live = MeasureRow.objects.filter(plan=plan, retired_at=None, kpi__retired_at=None)
    DefinitionRow.objects.filter(plan=plan).exclude(measure__in=live).delete()
    DefinitionRow.objects.bulk_create(
        [DefinitionRow(measure_id=pk, plan=plan, content=fresh[pk]) for pk in sorted(changed)],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("measure_id",),
        update_fields=("plan", "content"),
    )
    return Compiled(frozenset(changed), frozenset(gone))


def as_stored(definition: Definition) -> list[object]:
    """Return a definition as its JSON column gives it back."""
    content: list[object] = json.loads(to_json(definition))
    return content


def _write_uses(
    plan: PlanRow, measures: Sequence[StoredMeasure], definitions: Mapping[int, Definition]
) -> frozenset[int]:
    wanted = {
        (item, one.measure_id) for one in measures for item in items_of(definitions[one.measure_id])
    }
    wanted |= set(find_uses_below(plan, measures))
    return _write_pairs(ItemUseRow, "item_id", plan, wanted)


def _write_pairs(
    model: Any, column: str, plan: PlanRow, wanted: set[tuple[int, int]]
) -> frozenset[int]:
    """Bring the pairs of what a plan's measures need in line; return the measures that need other things now."""
    rows = model.objects.filter(measure__plan=plan)
    known = set(rows.values_list(column, "measure_id"))
    for thing, measure in known - wanted:
        model.objects.filter(**{column: thing}, measure_id=measure).delete()
    fresh = [model(**{column: thing}, measure_id=pk) for thing, pk in sorted(wanted - known)]
    model.objects.bulk_create(fresh, batch_size=BATCH)
    return frozenset(measure for _, measure in known ^ wanted)


def find_uses_below(plan: PlanRow, measures: Sequence[StoredMeasure]) -> Iterator[tuple[int, int]]:
    """Yield (item, measure) for formulas that take figures of child agencies: the items of that name below."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for one in measures:
        for node in operands(read_formula(one.measure)):
            if node.at == "children":
                wanted[tidy(node.base)].append(one.measure_id)
    if not wanted:
        return
    below = DataItemRow.objects.filter(
        plan__owning_agency__parent=plan.owning_agency_id, plan__printed_in=None
    )
    for name, items in group_items(below.order_by("pk")).items():
        for item in items if name in wanted else ():
            for measure in wanted[name]:
                yield item, measure


def group_items(rows: Iterable[DataItemRow]) -> dict[str, list[int]]:
    """Return one item for each name and agency: of the plan where there is one, else the only one."""
    found: dict[tuple[str, int], list[DataItemRow]] = defaultdict(list)
    for row in rows:
        found[tidy(row.name), row.plan_id].append(row)
    chosen: dict[str, list[int]] = defaultdict(list)
    for (name, _plan), same in found.items():
        whole = [row for row in same if row.kpi_id is None] or same
        if len(whole) == 1:
            chosen[name].append(whole[0].pk)
    return chosen


def list_takers(plan: PlanRow) -> list[PlanRow]:
    """Return the plans right above that may take figures of this one, by the words of their formulas."""
    takes = Q()
    for word in (CHILDREN.name, *CHILDREN.others):
        takes |= Q(formula__icontains=word)
    measures = MeasureRow.objects.filter(
        takes,
        plan__owning_agency__children=plan.owning_agency_id,
        plan__printed_in=None,
        retired_at=None,
    )
    return list(PlanRow.objects.filter(pk__in=measures.values("plan")).order_by("pk"))


def items_of(definition: Definition) -> set[int]:
    """Return the items whose figures can change the results of a measure."""
    single = read_single(definition.single).items.values() if definition.single else ()
    named = {*definition.items, definition.own, *(other.item for other in definition.others)}
    return {item for item in chain(named, *single) if item >= 0}


def _write_references(plan: PlanRow, measures: Sequence[StoredMeasure]) -> frozenset[int]:
    ids = {(one.kpi.code, one.measure.index): one.measure_id for one in measures}
    wanted = {
        (ids[used], ids[key]) for key, needs in depends(as_plan(measures)).items() for used in needs
    }
    return _write_pairs(ReferenceRow, "used_id", plan, wanted)


def drop_idle(plan: PlanRow) -> None:
    """Remove the guessed items that no measure reads any more and nobody gave a figure."""
    used = ItemUseRow.objects.filter(item=OuterRef("pk"))
    given = ActualRow.objects.filter(item=OuterRef("pk"))
    figures = FigureRow.objects.filter(item=OuterRef("pk"))
    idle = DataItemRow.objects.filter(plan=plan, guessed=True, owner="", source="")
    idle.filter(~Exists(used), ~Exists(given), ~Exists(figures)).delete()
