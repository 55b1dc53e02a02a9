"""What stands in the way of activating a plan: weights, cycles, and what is still lacking."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from hengtu.core.issues import Level
from hengtu.core.judging.directions import find_direction
from hengtu.core.judging.items import read_formula
from hengtu.core.judging.rulebook import TOLERANCE
from hengtu.core.judging.targets import pick_target
from hengtu.core.periods import Period
from hengtu.core.plan import Kpi, Measure, Plan

ObstacleKind = Literal[
    "nothing_to_judge",
    "weights_not_100",
    "weights_needed",
    "no_weight",
    "cycle",
    "no_measure",
    "no_formula",
    "no_target",
    "no_direction",
]
Parent = Literal["plan", "objective"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What stands in the way of activating a plan (``error``), or should be looked at (``hint``).

    ``subject`` is the code of the objective or KPI, empty for the plan itself; ``total`` the sum of weights that
    should be 100; ``path`` the KPIs that refer to one another.
    """

    kind: ObstacleKind
    level: Level
    subject: str = ""
    name: str = ""
    total: float | None = None
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The parts that share out 100 under one parent: a plan's objectives, or an objective's KPIs."""

    parent: Parent
    code: str
    name: str
    children: tuple[tuple[str, str], ...]


def list_families(plan: Plan) -> tuple[Family, ...]:
    """Return what shares out 100: the plan's objectives that have KPIs, and the KPIs of each objective.

    An only child weighs all there is and needs no weight.
    """
    below: dict[str, list[tuple[str, str]]] = {}
    for kpi in plan.kpis:
        below.setdefault(kpi.objective or "", []).append((kpi.code, kpi.name))
    served = [one for one in plan.objectives if one.code in below]
    objectives = tuple((one.code, one.name) for one in served)
    families = (
        Family(parent="plan", code="", name=plan.title, children=objectives),
        *(
            Family(parent="objective", code=o.code, name=o.name, children=tuple(below[o.code]))
            for o in served
        ),
    )
    return tuple(family for family in families if len(family.children) > 1)


def total_of(family: Family, weights: Mapping[str, float]) -> float | None:
    """Return what the weights under a parent total, None where none was given."""
    given = [weights[code] for code, _name in family.children if code in weights]
    return float(sum(map(Fraction, map(str, given)))) if given else None


def is_whole(total: float | None) -> bool:
    """Whether weights total 100 or none are given, so that all weigh alike."""
    return total is None or abs(total - 100) <= 100 * TOLERANCE


def list_obstacles(
    plan: Plan,
    weights: Mapping[str, float],
    *,
    roc_year: int,
    cycle: Sequence[str] = (),
    weights_needed: bool = False,
) -> tuple[Obstacle, ...]:
    """Return what stands in the way of activating a plan for a ROC year, errors first.

    ``weights`` are by code of objective or KPI; ``cycle`` is the path of KPIs that refer to one another;
    ``weights_needed`` tells that the rulebook binds to weights.
    """
    found = [
        *_weight_obstacles(plan, weights, needed=weights_needed),
        *([Obstacle(kind="cycle", level="error", path=tuple(cycle))] if cycle else ()),
        *_measure_obstacles(plan, roc_year),
    ]
    if not plan.kpis and not plan.work_items and not plan.guidelines:
        found.insert(0, Obstacle(kind="nothing_to_judge", level="hint"))
    return tuple(sorted(found, key=lambda one: one.level != "error"))


def _weight_obstacles(
    plan: Plan, weights: Mapping[str, float], *, needed: bool
) -> Iterator[Obstacle]:
    for family in list_families(plan):
        total = total_of(family, weights)
        if total is None and needed:
            yield Obstacle(
                kind="weights_needed", level="error", subject=family.code, name=family.name
            )
        elif not is_whole(total):
            yield Obstacle(
                kind="weights_not_100",
                level="error",
                subject=family.code,
                name=family.name,
                total=total,
            )
        elif total is not None:
            yield from (
                Obstacle(kind="no_weight", level="hint", subject=code, name=name)
                for code, name in family.children
                if code not in weights
            )


def _measure_obstacles(plan: Plan, roc_year: int) -> Iterator[Obstacle]:
    for kpi in plan.kpis:
        for kind in _lacking(kpi, roc_year):
            yield Obstacle(kind=kind, level="hint", subject=kpi.code, name=kpi.name)


def _lacking(kpi: Kpi, roc_year: int) -> Collection[ObstacleKind]:
    """Return what the measures of a KPI lack, each once."""
    found: list[ObstacleKind] = [] if kpi.measures else ["no_measure"]
    found += [kind for one in kpi.measures for kind in _lacks(kpi, one, roc_year)]
    return dict.fromkeys(found)


def _lacks(kpi: Kpi, measure: Measure, roc_year: int) -> Iterator[ObstacleKind]:
    if read_formula(measure) is None:
        yield "no_formula"
    aim = pick_target(measure, Period(roc_year)).aim
    if aim.target is None and aim.low is None:
        yield "no_target"
    elif aim.low is None and find_direction(kpi, measure)[0] is None:
        yield "no_direction"
