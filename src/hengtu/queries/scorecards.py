"""The scorecard: one line for each measure of each KPI, filtered, grouped and sorted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import inf

from hengtu.core.hanzi import bare
from hengtu.core.judging.rulebook import Colour
from hengtu.core.plan import Action, Kpi, Measure, Objective, Plan, PlanValue
from hengtu.queries.agencies import PlanCard
from hengtu.queries.results import Judged
from hengtu.store.loading import load_plan
from hengtu.store.models import PlanRow

SCORECARD_PARTS = frozenset({"themes", "perspectives", "objectives", "kpis", "actions"})
URGENCY: dict[Colour, int] = {"red": 0, "yellow": 1, "green": 2, "white": 3}
GROUPS = ("perspective", "theme", "owner", "none")
SORTS = ("plan", "code", "name", "owner", "achievement")
SEPARATORS = re.compile(r"[、，,；;／/\n]")
Column = tuple[str, str]
# What a KPI came to: its light and the lowest achievement of its measures.
Standing = tuple[Colour, float | None]
NO_STANDING: Standing = ("white", None)


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of a KPI with the objective it serves; ``first`` leads the KPI's other measures.

    ``height`` counts the KPI's lines, ``rows`` those of its objective that follow one another from here.
    """

    kpi: Kpi
    measure: Measure | None
    objective: Objective | None
    theme: str
    perspective: str
    actions: tuple[Action, ...]
    values: tuple[PlanValue | None, ...]
    first: bool
    height: int
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asked for: words to look for, filters by name, grouping and order."""

    words: str = ""
    theme: str = ""
    perspective: str = ""
    owner: str = ""
    light: str = ""
    group: str = "perspective"
    sort: str = "plan"


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The lines in groups, the value columns, and what can be filtered by."""

    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    columns: tuple[Column, ...]
    themes: tuple[str, ...]
    perspectives: tuple[str, ...]
    owners: tuple[str, ...]
    total: int
    shown: int
    has_owners: bool
    has_actions: bool
    budget_years: tuple[int, ...]


def load_scorecard(card: PlanCard) -> Plan:
    """Return what the scorecard shows of a plan; ten SQL statements."""
    row = PlanRow.objects.get(key=card.key)
    return load_plan(row, only=SCORECARD_PARTS, with_parent=False)


def view_scorecard(
    plan: Plan, wish: Wish, standings: Mapping[str, Standing] | None = None
) -> Scorecard:
    """Return the scorecard of a plan as wished; ``standings`` by KPI code, none while nothing is judged."""
    lit = standings or {}
    columns = list_columns(plan.kpis)
    every = [line for kpi in plan.kpis for line in kpi_lines(plan, kpi, columns)]
    shown = [line for line in every if matches(line, wish) and is_lit(line, wish, lit)]
    places = {kpi.code: place for place, kpi in enumerate(plan.kpis)}
    shown.sort(key=lambda line: sort_key(line, wish.sort, places, lit))
    return Scorecard(
        groups=group_lines(shown, wish.group),
        columns=columns,
        themes=tuple(dict.fromkeys(theme.name for theme in plan.themes)),
        perspectives=tuple(dict.fromkeys(row.name for row in plan.perspectives)),
        owners=list_owners(plan),
        total=len(plan.kpis),
        shown=len({line.kpi.code for line in shown}),
        has_owners=any(kpi.owner for kpi in plan.kpis),
        has_actions=bool(plan.actions),
        budget_years=tuple(sorted({b.roc_year for a in plan.actions for b in a.budgets})),
    )


def list_owners(plan: Plan) -> tuple[str, ...]:
    """Return the org units that are responsible for KPIs, in order of appearance."""
    return tuple(dict.fromkeys(name for kpi in plan.kpis for name in list_units(kpi.owner)))


def list_units(owner: str | None) -> tuple[str, ...]:
    """Return the org units that an owner names; 及 may be a part of a name and parts none.

    >>> list_units("會計室、視察及動員組"), list_units(None)
    (('會計室', '視察及動員組'), ())
    """
    names = (name.strip() for name in SEPARATORS.split(owner or ""))
    return tuple(name for name in names if name)


def list_columns(kpis: Iterable[Kpi]) -> tuple[Column, ...]:
    """Return (kind, period) of every value column: actuals before targets, each in order of time."""
    found = {
        (value.kind, value.period or str(value.roc_year))
        for kpi in kpis
        for measure in kpi.measures
        for value in measure.values
    }
    return tuple(sorted(found, key=lambda column: (column[0], column[1])))


def kpi_lines(plan: Plan, kpi: Kpi, columns: Sequence[Column]) -> Iterable[Line]:
    """Yield one line for each measure of a KPI, one without a measure when it has none."""
    objective = next((o for o in plan.objectives if o.code == kpi.objective), None)
    themes = {theme.code: theme.name for theme in plan.themes}
    rows = {row.code: row.name for row in plan.perspectives}
    height = max(1, len(kpi.measures))
    for number, measure in enumerate(kpi.measures or (None,)):
        yield Line(
            kpi=kpi,
            measure=measure,
            objective=objective,
            theme=themes.get(objective.theme or "", "") if objective else "",
            perspective=rows.get(objective.perspective or "", objective.perspective or "")
            if objective
            else "",
            actions=tuple(a for a in plan.actions if a.kpi == kpi.code),
            values=values_in(measure, columns),
            first=number == 0,
            height=height,
        )


def values_in(measure: Measure | None, columns: Sequence[Column]) -> tuple[PlanValue | None, ...]:
    """Return the measure's value for every column."""
    values = measure.values if measure else ()
    by_column: dict[Column, PlanValue] = {
        (value.kind, value.period or str(value.roc_year)): value for value in values
    }
    return tuple(by_column.get(column) for column in columns)


def matches(line: Line, wish: Wish) -> bool:
    """Tell whether a line is among those wished for."""
    if wish.theme and line.theme != wish.theme:
        return False
    if wish.perspective and line.perspective != wish.perspective:
        return False
    if wish.owner and wish.owner not in list_units(line.kpi.owner):
        return False
    return not wish.words or bare(wish.words) in bare(searched(line))


def is_lit(line: Line, wish: Wish, standings: Mapping[str, Standing]) -> bool:
    """Tell whether the KPI of a line has the light that is wished for."""
    return not wish.light or standings.get(line.kpi.code, NO_STANDING)[0] == wish.light


def searched(line: Line) -> str:
    """Return the words of a line that a search looks into."""
    formula = (line.measure.formula or "") if line.measure else ""
    objective = f"{line.objective.code} {line.objective.name}" if line.objective else ""
    return f"{line.kpi.code} {line.kpi.name} {objective} {formula} {line.kpi.owner or ''}"


def sort_key(
    line: Line, order: str, places: Mapping[str, int], standings: Mapping[str, Standing]
) -> tuple[object, ...]:
    """Return what a line is sorted by; lines of one KPI stay together.

    By achievement the worst comes first: red before yellow, what cannot be judged last.
    """
    light, achievement = standings.get(line.kpi.code, NO_STANDING)
    keys: dict[str, tuple[object, ...]] = {
        "code": (line.kpi.code,),
        "name": (line.kpi.name,),
        "owner": (line.kpi.owner or "\uffff",),
        "achievement": (URGENCY[light], inf if achievement is None else achievement),
    }
    return (*keys.get(order, ()), places[line.kpi.code])


def group_lines(lines: Sequence[Line], group: str) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Return the lines under the names of a grouping, in order of first appearance."""
    names: dict[str, Callable[[Line], str]] = {
        "perspective": lambda line: line.perspective,
        "theme": lambda line: line.theme,
        "owner": lambda line: line.kpi.owner or "",
    }
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(names[group](line) if group in names else "", []).append(line)
    return tuple((name, tuple(span_objectives(found))) for name, found in groups.items())


def span_objectives(lines: Sequence[Line]) -> Iterable[Line]:
    """Yield the lines, the first of each run with one objective knowing how long the run is."""
    for _code, run in groupby(lines, key=lambda line: line.kpi.objective or line.kpi.code):
        found = list(run)
        yield replace(found[0], rows=len(found))
        yield from found[1:]


def find_standings(judged: Judged | None) -> dict[str, Standing]:
    """Return what every KPI came to; nothing while nothing is judged."""
    if judged is None:
        return {}
    lowest: dict[str, float] = {}
    for (code, _measure), result in judged.results.items():
        if result.achievement is not None:
            lowest[code] = min(result.achievement, lowest.get(code, inf))
    lights = ((code, node.light) for (kind, code), node in judged.nodes.items() if kind == "kpi")
    return {code: (light, lowest.get(code)) for code, light in lights}
