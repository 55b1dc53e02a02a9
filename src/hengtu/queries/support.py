"""How far objectives above are supported: the lights of the objectives that serve them, rolled up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from hengtu.core.judging.rollup import Child, Node, roll_up
from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.periods import Period
from hengtu.engines.lights import COLOURS, name_reason
from hengtu.queries.rules import read_rulebooks
from hengtu.queries.trees import AGENCY, OBJECTIVE
from hengtu.store.models import AlignmentRow, NodeResultRow, ObjectiveRow, PlanRow

UNKNOWN = Child(code="", light="white", reason="not_reported", coverage=0.0)
COLUMNS = ("light", "reason", "score", "coverage")


@dataclass(frozen=True, slots=True)
class Support:
    """The last month of a plan with results, its objectives' lights by key, and the rulebook of that year."""

    period: Period | None
    rulebook: Rulebook | None
    lights: Mapping[UUID, Child]

    def light_of(self, keys: Iterable[UUID]) -> Node | None:
        """Return what the objectives of some keys roll up to; one that cannot be judged is missing.

        None where nothing was judged at all, or nobody serves.
        """
        children = [self.lights.get(key, UNKNOWN) for key in keys]
        if self.rulebook is None or not children:
            return None
        return roll_up(children, self.rulebook, kind="objective", code="")


def read_support(plan: PlanRow) -> Support:
    """Return the lights of a plan's objectives in its last month; at most three SQL statements."""
    if plan.judged_last is None:
        return Support(None, None, {})
    period = Period.from_code(plan.judged_last)
    rows = NodeResultRow.objects.filter(plan=plan, kind=OBJECTIVE, period=plan.judged_last)
    by_row = {part: read_child(*told) for part, *told in rows.values_list("part_id", *COLUMNS)}
    keys = dict(ObjectiveRow.objects.filter(plan=plan, retired_at=None).values_list("pk", "key"))
    return Support(
        period=period,
        rulebook=read_rulebooks().of(plan.owning_agency_id, period.roc_year),
        lights={keys[part]: child for part, child in by_row.items() if part in keys},
    )


def read_child(light: int, reason: int, score: float | None, coverage: float) -> Child:
    """Return a stored light as a child."""
    return Child(
        code="",
        light=COLOURS[light],
        reason=name_reason(reason),
        score=None if COLOURS[light] == "white" else score,
        coverage=coverage,
    )


@dataclass(frozen=True, slots=True)
class Server:
    """An objective of another agency's plan that serves one of this plan, with its last light."""

    agency: str
    agency_slug: str
    plan_slug: str
    code: str
    name: str
    light: Child


@dataclass(frozen=True, slots=True)
class Served:
    """An objective of a plan with those below that serve it and what they roll up to."""

    code: str
    name: str
    servers: tuple[Server, ...]
    light: Node | None


@dataclass(frozen=True, slots=True)
class Below:
    """What comes from below: every objective with its servers, and the agency with all below it."""

    served: tuple[Served, ...]
    agency: Node | None
    period: Period | None

    @property
    def unserved(self) -> int:
        """How many objectives nobody serves."""
        return sum(not one.servers for one in self.served)


def view_below(plan: PlanRow) -> Below | None:
    """Return what other plans do for a plan's objectives, None where none of them serves any.

    At most five SQL statements. Each server stands with the last month that its own plan has.
    """
    servers = _list_servers(plan)
    if not servers:
        return None
    rulebook = read_rulebooks().of(plan.owning_agency_id, _year_of(plan))
    own = ObjectiveRow.objects.filter(plan=plan, retired_at=None).order_by("rank")
    agency = NodeResultRow.objects.filter(plan=plan, kind=AGENCY).order_by("-period").first()
    return Below(
        served=tuple(
            Served(code, name, tuple(found), _roll_up(found, rulebook))
            for key, code, name in own.values_list("key", "code", "name")
            for found in [servers.get(key, [])]
        ),
        agency=_agency_node(agency) if agency else None,
        period=Period.from_code(agency.period) if agency else None,
    )


def _list_servers(plan: PlanRow) -> dict[UUID, list[Server]]:
    rows = (
        AlignmentRow.objects.filter(
            upper__plan=plan, upper__retired_at=None, objective__retired_at=None
        )
        .exclude(objective__plan=plan)
        .order_by("objective__plan__owning_agency__name", "objective__rank")
    )
    columns = (
        "upper__key",
        "objective_id",
        "objective__plan__owning_agency__name",
        "objective__plan__owning_agency__slug",
        "objective__plan__slug",
        "objective__code",
        "objective__name",
    )
    told = list(rows.values_list(*columns))
    lights = _last_lights({row[1] for row in told})
    found: dict[UUID, list[Server]] = {}
    for key, row, agency, slug, plan_slug, code, name in told:
        server = Server(agency, slug, plan_slug, code, name, lights.get(row, UNKNOWN))
        found.setdefault(key, []).append(server)
    return found


def _last_lights(objectives: Iterable[int]) -> dict[int, Child]:
    """Return the light of objectives in the last month of their plans."""
    rows = NodeResultRow.objects.filter(
        kind=OBJECTIVE, part_id__in=list(objectives), period=F("plan__judged_last")
    )
    return {part: read_child(*told) for part, *told in rows.values_list("part_id", *COLUMNS)}


def _year_of(plan: PlanRow) -> int:
    if plan.judged_last is not None:
        return Period.from_code(plan.judged_last).roc_year
    return plan.roc_last or plan.roc_first or 0


def _roll_up(found: Sequence[Server], rulebook: Rulebook) -> Node | None:
    if not found:
        return None
    return roll_up([one.light for one in found], rulebook, kind="objective", code="")


def _agency_node(row: NodeResultRow) -> Node:
    told = read_child(row.light, row.reason, row.score, row.coverage)
    return Node(
        kind="agency",
        code="",
        name="",
        light=told.light,
        reason=told.reason,
        score=told.score,
        coverage=told.coverage,
        counts=(
            ("green", row.green),
            ("yellow", row.yellow),
            ("red", row.red),
            ("white", row.white),
        ),
    )
