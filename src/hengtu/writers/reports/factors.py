"""Key success factors: objective → factors → KPIs → actions, theme by theme."""

from __future__ import annotations

from collections.abc import Iterator

from hengtu.core.plan import Objective, Plan
from hengtu.wording import reports as words
from hengtu.wording.catalogue import Language, say
from hengtu.writers.failure import WriteError
from hengtu.writers.report import Cell, Column, Report, Row, TableBlock
from hengtu.writers.reports.order import Group, group_by_theme, label_of
from hengtu.writers.reports.scorecard import actions_of
from hengtu.writers.reports.values import print_action, print_years, title_for


def describe_factors(plan: Plan, lang: Language) -> Report:
    """Return the success factors of a plan; WriteError when no objective has any."""
    if not any(objective.success_factors for objective in plan.objectives):
        raise WriteError("nothing_to_report", report=words.FACTORS)
    groups = group_by_theme(plan, lang)
    table = TableBlock(
        caption=say(words.FACTORS, lang),
        columns=_columns(plan, lang),
        rows=tuple(row for group in groups for row in _group_rows(plan, group, lang)),
        bands=say(words.THEME, lang) if plan.themes else "",
    )
    title = title_for(plan, words.FACTORS, lang)
    return Report(title=title, lang=lang, subtitle=print_years(plan, lang), blocks=(table,))


def _columns(plan: Plan, lang: Language) -> tuple[Column, ...]:
    columns = [Column(title=say(words.PERSPECTIVE, lang), share=1.4)] if plan.perspectives else []
    return (
        *columns,
        Column(title=say(words.OBJECTIVE, lang), share=3),
        Column(title=say(words.SUCCESS_FACTORS, lang), share=5),
        Column(title=say(words.KPI, lang), share=3.5),
        Column(title=say(words.ACTION, lang), share=4.5),
    )


def _group_rows(plan: Plan, group: Group, lang: Language) -> Iterator[Row]:
    if group.title and group.objectives:
        yield Row((Cell(text=group.title, role="band"),))
    for objective in group.objectives:
        yield from _objective_rows(plan, objective, lang)


def _objective_rows(plan: Plan, objective: Objective, lang: Language) -> Iterator[Row]:
    kpis = [kpi for kpi in plan.kpis if kpi.objective == objective.code]
    height = max(1, len(kpis))
    lead = _lead(plan, objective, height)
    for kpi in kpis:
        actions = "\n".join(print_action(action, lang) for action in actions_of(plan, kpi))
        yield Row((*lead, Cell(text=label_of(kpi)), Cell(text=actions)))
        lead = []
    if not kpis:
        yield Row((*lead, Cell(text=""), Cell(text="")))


def _lead(plan: Plan, objective: Objective, height: int) -> list[Cell]:
    names = {perspective.code: perspective.name for perspective in plan.perspectives}
    cells = [Cell(text=names.get(objective.perspective or "", ""), rows=height)] if names else []
    return [
        *cells,
        Cell(text=label_of(objective), rows=height, role="head"),
        Cell(text="\n".join(factor.text for factor in objective.success_factors), rows=height),
    ]
