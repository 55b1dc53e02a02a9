"""The light of an agency with all below it, from what is stored or, while an audit runs, from what should be."""

from __future__ import annotations

from collections.abc import Iterator

from hengtu.core.judging.rollup import Node, roll_up_agency
from hengtu.core.periods import SLOTS
from hengtu.queries.rollups import (
    COLUMNS,
    Lit,
    Record,
    Rules,
    as_node,
    as_rows,
    read_lit,
    record_of,
)
from hengtu.queries.trees import AGENCY, OBJECTIVE, PLAN
from hengtu.services.lights import find_below
from hengtu.store.bulk.comparison import Difference, compare_rows
from hengtu.store.bulk.tables import NODES, Rows
from hengtu.store.models import AgencyRow, NodeResultRow, PlanRow

Months = dict[int, Lit]


class Overviews:
    """The lights of plans and agencies by month, read where they are asked for and corrected as told."""

    def __init__(self) -> None:
        self._lights: dict[tuple[int, int], Months] = {}

    def correct(self, found: Difference) -> None:
        """Take the lights of a plan or an agency to be as they should be."""
        for plan, kind, period, *_ in _lit(found.removed):
            self._months(plan, kind).pop(period, None)
        for rows in (found.added, found.changed):
            for plan, kind, period, light, reason, score, coverage in _lit(rows):
                self._months(plan, kind)[period] = read_lit(light, reason, score, coverage)

    def compare(self, agency: AgencyRow) -> tuple[int, Difference] | None:
        """Return how the light of an agency differs from what stands below it, after its plan's row.

        None where the agency has no plan of its own.
        """
        anchor = find_anchor(agency.pk)
        if anchor is None:
            return None
        rows = NodeResultRow.objects.filter(plan=anchor, kind=AGENCY).values_list(*COLUMNS)
        computed = list(self._roll_up(anchor, agency))
        return anchor.pk, compare_rows(NODES, as_rows(list(rows)), as_rows(computed))

    def _roll_up(self, anchor: PlanRow, agency: AgencyRow) -> Iterator[Record]:
        own = PlanRow.objects.filter(owning_agency=agency, printed_in=None).order_by("pk")
        plans = [self._months(plan, PLAN) for plan in own.values_list("pk", flat=True)]
        below = [
            self._months(plan.pk, AGENCY)
            for under in find_below(agency.pk)
            if (plan := find_anchor(under))
        ]
        rules = Rules(anchor)
        for period in sorted(set[int]().union(*plans, *below)):
            node = roll_up_agency(
                _nodes(plans, period), _nodes(below, period), rules.rulebook(period // SLOTS)
            )
            yield record_of(anchor.pk, AGENCY, 0, period, node)

    def _months(self, plan: int, kind: int) -> Months:
        if (plan, kind) not in self._lights:
            rows = NodeResultRow.objects.filter(plan=plan, kind=kind)
            columns = ("period", "light", "reason", "score", "coverage")
            told = rows.values_list(*columns)
            self._lights[plan, kind] = {period: read_lit(*one) for period, *one in told}
        return self._lights[plan, kind]


def find_anchor(agency: int) -> PlanRow | None:
    """Return the plan with which the light of an agency stands."""
    return PlanRow.objects.filter(owning_agency=agency, printed_in=None).order_by("pk").first()


def _nodes(lights: list[Months], period: int) -> list[Node]:
    return [as_node(OBJECTIVE, "", months[period]) for months in lights if period in months]


def _lit(rows: Rows) -> Iterator[tuple[int, int, int, int, int, float, float]]:
    """Yield plan, kind, month and light of plans and agencies."""
    names = ("plan_id", "kind", "period", "light", "reason", "score", "coverage")
    own = rows["kind"] >= PLAN
    yield from zip(*(rows[name][own].tolist() for name in names), strict=True)
