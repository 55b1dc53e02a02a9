"""Results kept in step: what a change touches is worked out again in the transaction of that change.

A measure is worked out for all months of its plan, since a figure also serves later months, the year after
and what is known of how often it comes; only rows that differ are written, and lights above follow them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from hengtu.core.judging.definition import from_content
from hengtu.core.periods import SLOTS, Period
from hengtu.queries.judgements import as_rows, items_of, judge
from hengtu.queries.specials import judge_specials
from hengtu.queries.trees import MEASURE
from hengtu.services.definitions import compile_plan, list_takers
from hengtu.services.lights import (
    Touched,
    climb,
    climb_agencies,
    climb_all,
    lock_plan,
    write_difference,
)
from hengtu.store.bulk.comparison import compare_rows
from hengtu.store.bulk.reading import read_rows
from hengtu.store.bulk.tables import FIGURES, RESULTS, Rows, join_rows
from hengtu.store.bulk.writing import delete_rows
from hengtu.store.models import (
    AgencyRow,
    DefinitionRow,
    FigureRow,
    ItemUseRow,
    MeasureRow,
    PlanRow,
    ReferenceRow,
)

Span = tuple[Period, Period] | None
Figure = tuple[int, bool]
MONTHS = 12
EVERY_MONTH = range(200 * SLOTS)
FEW = 300  # measures that are named one by one in a statement


def refresh(plan: PlanRow, measures: Collection[int] | None = None) -> None:
    """Bring the results of some measures of a plan, or of all, and the lights above in line.

    Call it in the transaction of the change, with the plan's row locked.
    """
    if measures is None:
        live = find_live(plan)
        _refresh_measures(plan, sorted(live), read_span(plan))
        _drop(plan, live)
        climb_all(plan)
        return
    wanted = find_live(plan, with_dependants(measures))
    if touched := _refresh_measures(plan, sorted(wanted), read_span(plan)):
        climb(plan, touched)


def find_live(plan: PlanRow, among: Collection[int] | None = None) -> set[int]:
    """Return the measures of a plan that count, all or those among some."""
    rows = DefinitionRow.objects.filter(plan=plan)
    if among is not None and len(among) < FEW:
        rows = rows.filter(pk__in=among)
    found = set(rows.values_list("pk", flat=True))
    return found if among is None else found.intersection(among)


def _refresh_measures(plan: PlanRow, measures: Sequence[int], span: Span) -> Touched:
    """Write the results of measures that differ from those stored; return the months that did."""
    stored = read_rows(connection, RESULTS, measures)
    difference = compare_rows(RESULTS, stored, _work_out(plan, measures, span))
    write_difference(RESULTS, difference)
    touched: Touched = defaultdict(set)
    for rows in (difference.added, difference.changed, difference.removed):
        for measure, period in zip(rows["measure_id"], rows["period"], strict=True):
            touched[MEASURE, int(measure)].add(int(period))
    return touched


def _work_out(plan: PlanRow, measures: Sequence[int], span: Span) -> Rows:
    if span is None or not measures:
        return join_rows([], RESULTS)
    wanted = DefinitionRow.objects.filter(plan=plan).order_by("pk")
    if len(measures) < FEW:
        wanted = wanted.filter(pk__in=measures)
    ids = set(measures)
    found = {
        pk: from_content(content)
        for pk, content in wanted.values_list("pk", "content")
        if pk in ids
    }
    figures = read_rows(connection, FIGURES, sorted(set(items_of(found.values()))))
    months = judge(plan, list(found.values()), figures, span)
    judge_specials(plan, list(found), months)
    return as_rows(list(found), months)


def _drop(plan: PlanRow, live: Collection[int]) -> None:
    """Remove the results of measures that are gone."""
    every = MeasureRow.objects.filter(plan=plan).values_list("pk", flat=True)
    gone = [pk for pk in every if pk not in live]
    stored = read_rows(connection, RESULTS, gone)
    delete_rows(connection, RESULTS, stored)


def follow_figures(
    plan: PlanRow,
    items: Collection[int],
    figures: Iterable[Figure],
    measures: Collection[int] = (),
    *,
    fresh: bool = False,
) -> None:
    """Bring in line what depends on figures that changed, in their plan and in those above.

    ``figures`` tell of each its ``Period.code`` and whether there is a number; ``measures`` are refreshed too.
    ``fresh`` tells that there are new items, of which the plans above may want to know.
    """
    used = {*measures, *find_users(items)}
    elsewhere = MeasureRow.objects.filter(pk__in=used).exclude(plan=plan).values("plan")
    others = list(PlanRow.objects.filter(pk__in=elsewhere).order_by("pk"))
    lock_plans([*others, *(list_takers(plan) if fresh else ())])
    moved = _reaches(read_span(plan), figures) and renew_span(plan)
    refresh(plan, None if moved else used)
    for other in others:
        refresh(other, None if renew_span(other) else used)
    if fresh:
        follow_items(plan)


def lock_plans(plans: Iterable[PlanRow]) -> None:
    """Wait for several plans, always in one order, and before any light is climbed to an agency above."""
    for _pk, plan in sorted({plan.pk: plan for plan in plans}.items()):
        lock_plan(plan)


def find_users(items: Collection[int]) -> set[int]:
    """Return the measures that read some items."""
    found: set[int] = set()
    wanted = list(items)
    for start in range(0, len(wanted), FEW):
        rows = ItemUseRow.objects.filter(item__in=wanted[start : start + FEW])
        found.update(rows.values_list("measure_id", flat=True))
    return found


def derive_missing() -> int:
    """Compile and judge the plans of a database that knew no stored results; return how many there were.

    What older releases adopted is kept, also where KPIs need each other: those are not computable.
    """
    bare = MeasureRow.objects.filter(
        ~Exists(DefinitionRow.objects.filter(measure=OuterRef("pk"))),
        retired_at=None,
        kpi__retired_at=None,
        plan__printed_in=None,
    )
    rows = PlanRow.objects.filter(pk__in=bare.values("plan")).order_by("-pk")
    for plan in rows:
        _derive(plan)
    return len(rows)


@transaction.atomic
def _derive(plan: PlanRow) -> None:
    lock_plans([plan])
    lock_plans(list_takers(plan))
    compile_plan(plan, circles=True)
    renew_span(plan)
    refresh(plan)
    follow_items(plan)


def follow_items(plan: PlanRow, *, joined: bool = False) -> None:
    """Let the plans above that take figures of child agencies know the items of this one.

    ``joined`` tells that its agency may be new among them: until it has such an item it counts as missing.
    """
    for above in list_takers(plan):
        changed = compile_plan(above, circles=True).changed
        wanted = changed | find_takers(above) if joined else changed
        refresh(above, None if renew_span(above) else wanted)


def find_takers(plan: PlanRow) -> set[int]:
    """Return the measures of a plan that read items of child agencies."""
    rows = ItemUseRow.objects.filter(measure__plan=plan).exclude(item__plan=plan)
    return set(rows.values_list("measure_id", flat=True))


def follow_weights(plan: PlanRow) -> None:
    """Bring the lights of a plan, and those above it, in line with its weights."""
    lock_plan(plan)
    climb_all(plan)


def follow_rulebook(agency: AgencyRow) -> None:
    """Bring the results of an agency and of all below it in line with the rulebook that holds there now.

    Plans are locked from below, as everybody does who climbs to the agencies above.
    """
    below = [agency.pk]
    for level in below:
        below += AgencyRow.objects.filter(parent=level).order_by("pk").values_list("pk", flat=True)
    plans = [
        plan
        for one in reversed(below)
        for plan in PlanRow.objects.filter(owning_agency=one, printed_in=None).order_by("pk")
    ]
    for plan in plans:
        lock_plan(plan)
    for plan in plans:
        refresh(plan)
        climb_agencies(plan, EVERY_MONTH)


def follow_definitions(plan: PlanRow) -> None:
    """Compile a plan anew and bring all of its results in line; raise CycleError."""
    lock_plans(list_takers(plan))
    compile_plan(plan)
    renew_span(plan)
    refresh(plan)
    # The first plan of an agency makes it stand between those below and those above.
    climb_agencies(plan, EVERY_MONTH)
    follow_items(plan, joined=True)


def _reaches(span: Span, figures: Iterable[Figure]) -> bool:
    """Whether figures may move the first or the last month that has results."""
    if span is None:
        return True
    first, last = span
    for code, there in figures:
        period = Period.from_code(code)
        end = (period.roc_year, period.months[-1])
        if there and not first.roc_year <= period.roc_year:
            return True
        if there and end > (last.roc_year, last.month or MONTHS):
            return True
        if not there and (period.roc_year == first.roc_year or end == (last.roc_year, last.month)):
            return True
    return False


def with_dependants(measures: Collection[int]) -> set[int]:
    """Return measures with those whose formulas take their values, however far."""
    found, fresh = set(measures), set(measures)
    while fresh:
        rows = ReferenceRow.objects.filter(used__in=fresh).values_list("measure_id", flat=True)
        fresh = set(rows) - found
        found |= fresh
    return found


def read_span(plan: PlanRow) -> Span:
    """Return the first and the last month for which a plan has results, None without any."""
    row = PlanRow.objects.filter(pk=plan.pk).values_list("judged_first", "judged_last").get()
    first, last = row
    if first is None or last is None:
        return None
    return Period.from_code(first), Period.from_code(last)


def renew_span(plan: PlanRow) -> bool:
    """Find the months for which a plan has results; return whether they changed.

    They begin in January of the first ROC year with figures and end in the last month with any.
    """
    span = find_span(plan)
    if span == read_span(plan):
        return False
    first, last = (one.code for one in span) if span else (None, None)
    PlanRow.objects.filter(pk=plan.pk).update(judged_first=first, judged_last=last)
    return True


def find_span(plan: PlanRow) -> Span:
    """Return January of the first ROC year with figures that a measure reads, and the last month with any."""
    used = ItemUseRow.objects.filter(measure__plan=plan).values("item_id")
    rows = FigureRow.objects.filter(item__in=used, missing=0).order_by()
    ends = [Period.from_code(code) for code in rows.values_list("period", flat=True).distinct()]
    if not ends:
        return None
    last = max((one.roc_year, one.months[-1]) for one in ends)
    return Period(min(one.roc_year for one in ends), month=1), Period(last[0], month=last[1])
