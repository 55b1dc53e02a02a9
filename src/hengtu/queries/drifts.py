"""Stored results that are not what they should be, named as people know them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from hengtu.core.periods import Period
from hengtu.engines.columns import name_kind
from hengtu.engines.lights import COLOURS, name_reason
from hengtu.store.bulk.comparison import Difference, differing_fields
from hengtu.store.bulk.tables import RESULTS, Rows, Table, count_rows
from hengtu.store.models import (
    KpiRow,
    MeasureRow,
    ObjectiveRow,
    PerspectiveRow,
    PlanRow,
    ThemeRow,
)

NODE_KINDS = ("kpi", "objective", "theme", "perspective", "plan", "agency")
PART_MODELS = (KpiRow, ObjectiveRow, ThemeRow, PerspectiveRow)
Figure = float | str | None


@dataclass(frozen=True, slots=True)
class Apart:
    """A column in which a stored row differs; codes are told as words, None is no value."""

    field: str
    stored: Figure
    computed: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A stored row that is not what it should be.

    ``kind`` is measure or the kind of a node, ``code`` its code (the KPI's for a measure). ``state`` is changed,
    with the ``fields`` that differ, missing or surplus.
    """

    agency: str
    plan: str
    kind: str
    code: str
    measure: int | None
    period: str
    state: str
    fields: tuple[Apart, ...] = ()


def list_drifts(plan: int, found: Sequence[tuple[Table, Difference]], *, most: int) -> list[Drift]:
    """Return the first differences of a plan; two SQL statements and one for each kind of part."""
    if not most or not any(len(difference) for _, difference in found):
        return []
    names = _Names(PlanRow.objects.select_related("owning_agency").get(pk=plan))
    every = chain.from_iterable(_drifts(names, *one) for one in found)
    return list(islice(every, most))


class _Names:
    """What the parts of a plan are called."""

    def __init__(self, plan: PlanRow) -> None:
        self.agency = plan.owning_agency.name
        self.plan = plan.title
        measures = MeasureRow.objects.filter(plan=plan).values_list("pk", "kpi__code", "index")
        self.measures = {pk: (code, index) for pk, code, index in measures}
        self._plan = plan.pk
        self._parts: dict[int, dict[int, str]] = {}

    def part(self, kind: int, part_id: int) -> str:
        """Return the code of a part, empty for the plan."""
        if kind >= len(PART_MODELS):
            return ""
        if kind not in self._parts:
            rows = PART_MODELS[kind]._default_manager.filter(plan=self._plan)
            self._parts[kind] = dict(rows.values_list("pk", "code"))
        return self._parts[kind].get(part_id, str(part_id))


def _drifts(names: _Names, table: Table, found: Difference) -> Iterator[Drift]:
    for place in range(count_rows(found.changed)):
        fields = tuple(
            Apart(
                field.name,
                _figure(found.stored, field.name, place),
                _figure(found.changed, field.name, place),
            )
            for field in differing_fields(table, found.stored, found.changed, place)
        )
        yield _drift(names, table, found.changed, place, "changed", fields)
    for state, rows in (("missing", found.added), ("surplus", found.removed)):
        for place in range(count_rows(rows)):
            yield _drift(names, table, rows, place, state, ())


def _figure(rows: Rows, field: str, place: int) -> Figure:
    """Return a number, or the word of a code; None for none."""
    value: float | int = rows[field][place].item()
    match field:
        case "light":
            return COLOURS[int(value)]
        case "reason":
            return name_reason(int(value))
        case "missing":
            return name_kind(int(value)) if value else None
        case _:
            return None if value != value else value


def _drift(
    names: _Names,
    table: Table,
    rows: Rows,
    place: int,
    state: str,
    fields: tuple[Apart, ...],
) -> Drift:
    def at(name: str) -> int:
        return int(rows[name][place])

    if table is RESULTS:
        code, measure = names.measures.get(at("measure_id"), (str(at("measure_id")), None))
        kind = "measure"
    else:
        kind, measure = NODE_KINDS[at("kind")], None
        code = names.part(at("kind"), at("part_id"))
    return Drift(
        agency=names.agency,
        plan=names.plan,
        kind=kind,
        code=code,
        measure=measure,
        period=str(Period.from_code(at("period"))),
        state=state,
        fields=fields,
    )
