"""Rulebooks as their page shows them: what is in force, what was chosen, and what another would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from hengtu.core.judging.rulebook import Colour, Rulebook
from hengtu.core.periods import Period
from hengtu.engines.judging import Months, judge_months, make_grid
from hengtu.engines.lights import COLOURS
from hengtu.queries.agencies import Place, PlanCard
from hengtu.queries.judgements import find_span, items_of, read_definitions
from hengtu.queries.rules import RulebookTable, read_choice, read_rulebooks
from hengtu.queries.specials import judge_specials
from hengtu.readers.rulebooks import load_preset, preset_codes
from hengtu.store.bulk.reading import read_rows
from hengtu.store.bulk.tables import FIGURES
from hengtu.store.models import MeasureRow, PlanRow

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of an agency; without a rulebook that of the agency above holds."""

    rulebook: Rulebook | None
    first_roc_year: int
    last_roc_year: int | None
    chosen_by: str
    chosen_at: datetime


@dataclass(frozen=True, slots=True)
class RulebookPage:
    """The rulebooks of an agency: in force in a ROC year, by whom chosen, chosen before, and what there is."""

    roc_year: int
    in_force: Rulebook
    chosen_in: str
    choices: tuple[Choice, ...]
    offered: tuple[Rulebook, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A measure whose light another rulebook changes."""

    code: str
    name: str
    label: str
    before: Colour
    after: Colour


@dataclass(frozen=True, slots=True)
class Preview:
    """The lights of a plan's last month under the rulebook in force and under another."""

    card: PlanCard
    period: Period
    before: Mapping[Colour, int]
    after: Mapping[Colour, int]
    changes: tuple[Change, ...]
    changed: int


def view_rulebooks(place: Place, roc_year: int) -> RulebookPage:
    """Return the rulebooks of an agency; at most two SQL statements."""
    table = read_rulebooks()
    found = table.in_force(place.row.pk, roc_year)
    own = list_choices(place.row.pk, table)
    kept = {one.rulebook.code: one.rulebook for one in own if one.rulebook}
    offered = {code: load_preset(code) for code in preset_codes()}
    return RulebookPage(
        roc_year=roc_year,
        in_force=found.rulebook,
        chosen_in=found.choice.agency.name if found.choice else "",
        choices=own,
        offered=(*offered.values(), *(kept[code] for code in kept if code not in offered)),
    )


def list_choices(agency: int, table: RulebookTable) -> tuple[Choice, ...]:
    """Return what an agency chose, the latest first."""
    return tuple(
        Choice(
            rulebook=read_choice(row) if row.code else None,
            first_roc_year=row.first_roc_year,
            last_roc_year=row.last_roc_year,
            chosen_by=str(row.chosen_by),
            chosen_at=row.chosen_at,
        )
        for row in table.choices.get(agency, ())
    )


def preview(card: PlanCard, other: Rulebook) -> Preview | None:
    """Return what another rulebook would make of a plan's last month, None without any figure.

    Eleven SQL statements, and some more where KPIs take other KPIs or figures of child agencies.
    """
    plan = PlanRow.objects.get(key=card.key)
    measures, definitions = read_definitions(plan)
    figures = read_rows(connection, FIGURES, sorted(set(items_of(definitions))))
    span = find_span(plan, figures)
    if span is None or not definitions:
        return None
    last = span[1]
    grid = make_grid(*(figures[name] for name in ("item_id", "period", "value", "missing")))
    table = read_rulebooks()
    now = table.of(plan.owning_agency_id, last.roc_year)
    before, after = (
        judge_months(definitions, grid, first=last, last=last, rulebook_of=rulebook_of)
        for rulebook_of in (lambda _: now, lambda _: other)
    )
    judge_specials(plan, measures, before, lambda _: now)
    judge_specials(plan, measures, after, lambda _: other)
    return Preview(
        card=card,
        period=last,
        before=count(before),
        after=count(after),
        changes=list_changes(measures, before, after),
        changed=int((before.lights != after.lights).sum()),
    )


def count(months: Months) -> Mapping[Colour, int]:
    """Return how many measures have each light."""
    return Counter(COLOURS[int(light)] for light in months.lights.reshape(-1))


def list_changes(measures: Sequence[int], before: Months, after: Months) -> tuple[Change, ...]:
    """Return the first measures whose lights differ; one SQL statement."""
    moved = {
        pk: (COLOURS[int(old)], COLOURS[int(new)])
        for pk, old, new in zip(
            measures, before.lights.reshape(-1), after.lights.reshape(-1), strict=True
        )
        if old != new
    }
    rows = MeasureRow.objects.filter(pk__in=list(moved)[:MOST_SHOWN]).select_related("kpi")
    return tuple(
        Change(row.kpi.code, row.kpi.name, row.label or "", *moved[row.pk])
        for row in rows.order_by("kpi__rank", "rank")
    )
