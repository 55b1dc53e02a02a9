"""The scorecard in the layout of the official form, with the columns that the plan has data for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengtu.core.plan import Action, Kpi, Measure, Objective, Plan
from hengtu.wording import reports as words
from hengtu.wording.catalogue import Language, say
from hengtu.writers.failure import WriteError
from hengtu.writers.figure import LightMarks
from hengtu.writers.report import (
    Block,
    Cell,
    Column,
    Heading,
    Listing,
    Report,
    Row,
    TableBlock,
    light_cell,
)
from hengtu.writers.reports.order import Group, group_by_perspective, label_of
from hengtu.writers.reports.values import (
    print_action,
    print_measure,
    print_money,
    print_numbered,
    print_period,
    print_value,
    print_years,
    title_for,
)

Key = tuple[str, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Which columns a scorecard has."""

    lang: Language
    formulas: bool
    values: tuple[Key, ...]
    owners: bool
    actions: bool
    budgets: tuple[int, ...]
    action_owners: bool
    lights: LightMarks


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A KPI (or none) of an objective (or none) and the actions under it."""

    objective: Objective | None
    kpi: Kpi | None
    actions: tuple[Action, ...]

    @property
    def height(self) -> int:
        """The rows that the line takes."""
        return max(1, len(self.kpi.measures) if self.kpi else 0, len(self.actions))


def describe_scorecard(plan: Plan, lang: Language, lights: LightMarks | None = None) -> Report:
    """Return the scorecard of a plan; WriteError without KPIs."""
    if not plan.kpis:
        raise WriteError("nothing_to_report", report=words.SCORECARD)
    form = _form(plan, lang, lights or {})
    groups = group_by_perspective(plan, lang)
    rows = [row for group in groups for row in _group_rows(plan, form, group)]
    table = TableBlock(
        caption=say(words.SCORECARD, lang),
        columns=_columns(form),
        rows=tuple(rows),
        bands=say(words.PERSPECTIVE, lang) if any(group.title for group in groups) else "",
    )
    title = title_for(plan, words.SCORECARD, lang)
    return Report(
        title=title,
        lang=lang,
        subtitle=print_years(plan, lang),
        blocks=(table, *_rules(plan, lang)),
        wide=True,
    )


def _rules(plan: Plan, lang: Language) -> tuple[Block, ...]:
    if not plan.rules:
        return ()
    lines = tuple(print_numbered(rule.no, rule.text) for rule in plan.rules)
    return Heading(say(words.RULES, lang)), Listing(lines)


def _form(plan: Plan, lang: Language, lights: LightMarks) -> Form:
    measures = [measure for kpi in plan.kpis for measure in kpi.measures]
    budgets = {budget.roc_year for action in plan.actions for budget in action.budgets}
    return Form(
        lang=lang,
        formulas=any(print_measure(measure, lang) for measure in measures),
        values=value_keys(measures),
        owners=any(kpi.owner for kpi in plan.kpis),
        actions=bool(plan.actions),
        budgets=tuple(sorted(budgets)),
        action_owners=any(action.owner for action in plan.actions),
        lights=lights,
    )


def value_keys(measures: Sequence[Measure]) -> tuple[Key, ...]:
    """Return the (kind, ROC year, period) for which there are values: actuals first, then by time."""
    keys = {
        (value.kind, value.roc_year, value.period or str(value.roc_year))
        for measure in measures
        for value in measure.values
    }
    return tuple(sorted(keys))


def _columns(form: Form) -> tuple[Column, ...]:
    lang = form.lang
    kinds = {"actual": words.ACTUAL_OF, "target": words.TARGET_OF}
    columns = [Column(title=say(words.OBJECTIVE, lang), share=2.2)]
    if form.lights:
        columns.append(Column(title=say(words.LIGHT, lang), share=1.4))
    columns.append(Column(title=say(words.KPI, lang), share=2.6))
    if form.formulas:
        columns.append(Column(title=say(words.FORMULA_AND_UNIT, lang), share=3.6))
    for kind, _, period in form.values:
        title = say(kinds[kind], lang, period=print_period(period, lang))
        columns.append(Column(title=title, share=1.35, align="end"))
    if form.owners:
        columns.append(Column(title=say(words.KPI_OWNER, lang), share=1.3))
    if form.actions:
        columns.append(Column(title=say(words.ACTION, lang), share=3.4))
    for roc_year in form.budgets:
        title = say(words.BUDGET_OF, lang, roc_year=roc_year)
        columns.append(Column(title=title, share=1.6, align="end"))
    if form.action_owners:
        columns.append(Column(title=say(words.ACTION_OWNER, lang), share=1.5))
    return tuple(columns)


def _group_rows(plan: Plan, form: Form, group: Group) -> Iterator[Row]:
    lines = [line for objective in group.objectives for line in _lines(plan, objective)]
    if group.is_rest:
        lines += _stray_lines(plan)
    if group.title and lines:
        yield Row((Cell(text=group.title, role="band"),))
    by_objective: dict[str, list[Line]] = {}
    for line in lines:
        code = line.objective.code if line.objective else ""
        by_objective.setdefault(code, []).append(line)
    for own in by_objective.values():
        yield from _objective_rows(form, own)


def _lines(plan: Plan, objective: Objective) -> list[Line]:
    kpis = [kpi for kpi in plan.kpis if kpi.objective == objective.code]
    return [Line(objective=objective, kpi=kpi, actions=actions_of(plan, kpi)) for kpi in kpis] or [
        Line(objective=objective, kpi=None, actions=())
    ]


def actions_of(plan: Plan, kpi: Kpi) -> tuple[Action, ...]:
    """Return the actions under a KPI."""
    return tuple(action for action in plan.actions if action.kpi == kpi.code)


def _stray_lines(plan: Plan) -> list[Line]:
    known = {objective.code for objective in plan.objectives}
    codes = {kpi.code for kpi in plan.kpis}
    strays = [
        Line(objective=None, kpi=kpi, actions=actions_of(plan, kpi))
        for kpi in plan.kpis
        if kpi.objective not in known
    ]
    loose = tuple(action for action in plan.actions if action.kpi not in codes)
    return [*strays, Line(objective=None, kpi=None, actions=loose)] if loose else strays


def _objective_rows(form: Form, lines: Sequence[Line]) -> Iterator[Row]:
    height = sum(line.height for line in lines)
    first = True
    for line in lines:
        for index in range(line.height):
            lead = _objective_cells(form, line.objective, height) if first else []
            yield Row((*lead, *_line_cells(form, line, index)))
            first = False


def _objective_cells(form: Form, objective: Objective | None, height: int) -> list[Cell]:
    text = label_of(objective) if objective else say(words.NO_OBJECTIVE, form.lang)
    cells = [Cell(text=text, rows=height, role="head")]
    if form.lights:
        cells.append(light_cell(form.lights.get(objective.code) if objective else None, height))
    return cells


def _line_cells(form: Form, line: Line, index: int) -> list[Cell]:
    height = line.height
    cells: list[Cell] = []
    kpi = line.kpi
    if index == 0:
        cells.append(Cell(text=label_of(kpi) if kpi else "", rows=height, role="head"))
    cells += _measure_cells(form, kpi.measures if kpi else (), index, height)
    if form.owners and index == 0:
        cells.append(Cell(text=(kpi.owner or "") if kpi else "", rows=height))
    if form.actions:
        cells += _action_cells(form, line.actions, index, height)
    return cells


def _covered(count: int, index: int, height: int) -> int:
    """Return the rows that part ``index`` covers: the last of ``count`` reaches down to the end."""
    if index >= max(count, 1):
        return 0
    return height - index if index == max(count, 1) - 1 else 1


def _measure_cells(form: Form, measures: Sequence[Measure], index: int, height: int) -> list[Cell]:
    rows = _covered(len(measures), index, height)
    if not rows:
        return []
    measure = measures[index] if measures else Measure()
    cells = [Cell(text=print_measure(measure, form.lang), rows=rows)] if form.formulas else []
    return cells + [
        Cell(text=values_at(measure, key, form.lang), rows=rows, align="end") for key in form.values
    ]


def values_at(measure: Measure, key: Key, lang: Language) -> str:
    """Return the values of a measure for a kind, ROC year and period, a line each."""
    return "\n".join(
        print_value(value, measure, lang)
        for value in measure.values
        if (value.kind, value.roc_year, value.period or str(value.roc_year)) == key
    )


def _action_cells(form: Form, actions: Sequence[Action], index: int, height: int) -> list[Cell]:
    rows = _covered(len(actions), index, height)
    if not rows:
        return []
    action = actions[index] if actions else None
    cells = [Cell(text=print_action(action, form.lang) if action else "", rows=rows)]
    for roc_year in form.budgets:
        found = [b for b in (action.budgets if action else ()) if b.roc_year == roc_year]
        money = "\n".join(print_money(budget) for budget in found)
        cells.append(Cell(text=money, rows=rows, align="end"))
    if form.action_owners:
        cells.append(Cell(text=(action.owner or "") if action else "", rows=rows))
    return cells
