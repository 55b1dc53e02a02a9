"""The four-year plan: chapters, and the table of indicators with their yearly targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengtu.core.plan import GoalKind, Kpi, Measure, Objective, Plan
from hengtu.wording import reports as words
from hengtu.wording.catalogue import Language, say
from hengtu.writers.failure import WriteError
from hengtu.writers.report import (
    Block,
    Cell,
    Column,
    Heading,
    Listing,
    Report,
    Row,
    TableBlock,
)
from hengtu.writers.reports.narrative import tell_chapters, tell_footnotes, tell_statements
from hengtu.writers.reports.scorecard import Key, value_keys, values_at
from hengtu.writers.reports.values import (
    print_measure,
    print_numbered,
    print_period,
    print_years,
    title_for,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Which columns the table of indicators has."""

    lang: Language
    owners: bool
    regimes: bool
    methods: bool
    values: tuple[Key, ...]


def describe_fouryear(plan: Plan, lang: Language) -> Report:
    """Return the four-year plan; WriteError without indicators."""
    if not plan.kpis:
        raise WriteError("nothing_to_report", report=words.FOURYEAR)
    chapters: tuple[Block, ...] = tuple(tell_chapters(plan.sections))
    name = say(words.FOURYEAR, lang)
    blocks = (
        *(chapters or tell_statements(plan, lang)),
        *_strategies(plan, lang),
        Heading(name),
        _table(plan, name, lang),
        *tell_footnotes(plan, lang),
    )
    title = plan.title or title_for(plan, words.FOURYEAR, lang)
    return Report(title=title, lang=lang, subtitle=print_years(plan, lang), blocks=blocks)


def _strategies(plan: Plan, lang: Language) -> Iterator[Block]:
    goals = [objective for objective in plan.objectives if objective.strategies]
    if goals:
        yield Heading(say(words.STRATEGIES_OF_GOALS, lang))
    for goal in goals:
        yield Heading(goal.name, 3)
        yield Listing(tuple(print_numbered(own.no, own.text) for own in goal.strategies))


def _table(plan: Plan, name: str, lang: Language) -> TableBlock:
    measures = [measure for kpi in plan.kpis for measure in kpi.measures]
    form = Form(
        lang=lang,
        owners=any(kpi.owner for kpi in plan.kpis),
        regimes=any(kpi.assessment_regime for kpi in plan.kpis),
        methods=any(kpi.assessment_method for kpi in plan.kpis),
        values=value_keys(measures),
    )
    kinds = list(dict.fromkeys(_kind(plan, kpi) for kpi in plan.kpis))
    parts = [_kind_rows(plan, form, kind, headed=len(kinds) > 1) for kind in kinds]
    return TableBlock(
        caption=name,
        columns=_columns(form),
        rows=tuple(row for part in parts for row in part),
        bands=say(words.KIND, lang) if len(kinds) > 1 else "",
    )


def _columns(form: Form) -> tuple[Column, ...]:
    lang = form.lang
    columns = [
        Column(title=say(words.GOAL_SERIAL, lang), share=1, align="center"),
        Column(title=say(words.GOAL, lang), share=4),
        Column(title=say(words.NUMBER, lang), share=1, align="center"),
        Column(title=say(words.INDICATOR, lang), share=4),
    ]
    if form.owners:
        columns.append(Column(title=say(words.KPI_OWNER, lang), share=2))
    if form.regimes:
        columns.append(Column(title=say(words.REGIME, lang), share=1.4, align="center"))
    if form.methods:
        columns.append(Column(title=say(words.ASSESSMENT, lang), share=2))
    columns.append(Column(title=say(words.STANDARD, lang), share=6.5))
    groups = {
        "actual": say(words.YEARLY_ACTUALS, lang),
        "target": say(words.YEARLY_TARGETS, lang),
    }
    for kind, roc_year, period in form.values:
        title = period if period == str(roc_year) else print_period(period, lang)
        columns.append(Column(title=title, share=1.3, align="end", group=groups[kind]))
    return tuple(columns)


def _kind(plan: Plan, kpi: Kpi) -> GoalKind | None:
    goal = _goal(plan, kpi)
    return kpi.kind or (goal.kind if goal else None)


def _goal(plan: Plan, kpi: Kpi) -> Objective | None:
    return next((o for o in plan.objectives if o.code == kpi.objective), None)


def _kind_rows(plan: Plan, form: Form, kind: GoalKind | None, *, headed: bool) -> Iterator[Row]:
    kpis = [kpi for kpi in plan.kpis if _kind(plan, kpi) == kind]
    if headed:
        title = words.COMMON_INDICATORS if kind == "common" else words.KEY_INDICATORS
        yield Row((Cell(text=say(title, form.lang), role="band"),))
    by_goal: dict[str | None, list[Kpi]] = {}
    for kpi in kpis:
        by_goal.setdefault(kpi.objective, []).append(kpi)
    for serial, own in enumerate(by_goal.values(), start=1):
        yield from _goal_rows(form, serial, _goal(plan, own[0]), own)


def _goal_rows(
    form: Form, serial: int, goal: Objective | None, kpis: Sequence[Kpi]
) -> Iterator[Row]:
    height = sum(max(1, len(kpi.measures)) for kpi in kpis)
    name = goal.name if goal else say(words.NO_OBJECTIVE, form.lang)
    lead = [
        Cell(text=str(serial), rows=height, align="center"),
        Cell(text=name, rows=height, role="head"),
    ]
    for number, kpi in enumerate(kpis, start=1):
        for index, measure in enumerate(kpi.measures or (Measure(),)):
            opening = _kpi_cells(form, number, kpi) if index == 0 else []
            yield Row((*lead, *opening, *_measure_cells(form, measure)))
            lead = []


def _kpi_cells(form: Form, number: int, kpi: Kpi) -> list[Cell]:
    rows = max(1, len(kpi.measures))
    cells = [
        Cell(text=str(number), rows=rows, align="center"),
        Cell(text=kpi.name, rows=rows, role="head"),
    ]
    if form.owners:
        cells.append(Cell(text=kpi.owner or "", rows=rows))
    if form.regimes:
        cells.append(Cell(text=kpi.assessment_regime or "", rows=rows, align="center"))
    if form.methods:
        cells.append(Cell(text=kpi.assessment_method or "", rows=rows))
    return cells


def _measure_cells(form: Form, measure: Measure) -> list[Cell]:
    return [
        Cell(text=print_measure(measure, form.lang)),
        *(Cell(text=values_at(measure, key, form.lang), align="end") for key in form.values),
    ]
