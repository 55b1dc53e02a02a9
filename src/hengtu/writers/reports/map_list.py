"""The strategy map as a report: the figure and a list that says the same."""

from __future__ import annotations

from hengtu.core.plan import Objective, Plan
from hengtu.wording import reports as words
from hengtu.wording.catalogue import Language, say
from hengtu.writers.failure import WriteError
from hengtu.writers.figure import LightMarks
from hengtu.writers.report import (
    Block,
    Cell,
    Column,
    Heading,
    Picture,
    Report,
    Row,
    TableBlock,
    light_cell,
)
from hengtu.writers.reports.map import describe, draw_map, title_of
from hengtu.writers.reports.narrative import tell_statements
from hengtu.writers.reports.order import label_of


def describe_map(plan: Plan, lang: Language, lights: LightMarks | None = None) -> Report:
    """Return the map of a plan; WriteError without objectives."""
    if not plan.objectives:
        raise WriteError("nothing_to_report", report=words.MAP)
    figure = draw_map(plan, lang=lang, lights=lights)
    blocks = (
        *tell_statements(plan, lang),
        Picture(figure),
        *_tables(plan, lang, lights or {}),
        *_parent(plan, lang),
    )
    return Report(
        title=title_of(plan, lang),
        lang=lang,
        subtitle=describe(plan, lang),
        blocks=blocks,
        wide=len(plan.themes) > 6,
    )


def _parent(plan: Plan, lang: Language) -> tuple[Block, ...]:
    above = plan.parent_plan
    if above is None or not above.objectives:
        return ()
    figure = draw_map(above, lang=lang)
    return Heading(figure.title), Picture(figure), *_tables(above, lang, {})


def _tables(plan: Plan, lang: Language, lights: LightMarks) -> tuple[TableBlock, ...]:
    objectives = TableBlock(
        caption=say(words.OBJECTIVE, lang),
        columns=_columns(plan, lang, lights),
        rows=tuple(_row(plan, objective, lang, lights) for objective in plan.objectives),
    )
    return (objectives, *_themes(plan, lang))


def _columns(plan: Plan, lang: Language, lights: LightMarks) -> tuple[Column, ...]:
    wanted = (
        (words.CODE, 1.0, True),
        (words.OBJECTIVE, 4.0, True),
        (words.KIND, 1.2, _kinds(plan)),
        (words.THEME, 3.0, bool(plan.themes)),
        (words.PERSPECTIVE, 2.0, bool(plan.perspectives)),
        (words.LIGHT, 1.8, bool(lights)),
        (words.SUCCESS_FACTORS, 5.0, _factors(plan)),
        (words.EFFECTS, 3.0, bool(plan.links)),
    )
    return tuple(Column(title=say(title, lang), share=share) for title, share, on in wanted if on)


def _kinds(plan: Plan) -> bool:
    return any(objective.kind for objective in plan.objectives)


def _factors(plan: Plan) -> bool:
    return any(objective.success_factors for objective in plan.objectives)


def _row(plan: Plan, objective: Objective, lang: Language, lights: LightMarks) -> Row:
    themes = {theme.code: label_of(theme) for theme in plan.themes}
    perspectives = {perspective.code: perspective.name for perspective in plan.perspectives}
    kind = say(words.GOAL_KINDS[objective.kind], lang) if objective.kind else ""
    effects = [link.to for link in plan.links if link.from_ == objective.code]
    factors = "\n".join(factor.text for factor in objective.success_factors)
    wanted = (
        (Cell(text=kind), _kinds(plan)),
        (Cell(text=themes.get(objective.theme or "", "")), bool(themes)),
        (Cell(text=perspectives.get(objective.perspective or "", "")), bool(perspectives)),
        (light_cell(lights.get(objective.code)), bool(lights)),
        (Cell(text=factors), _factors(plan)),
        (Cell(text=say(words.LIST_COMMA, lang).join(effects)), bool(plan.links)),
    )
    lead = (Cell(text=objective.code), Cell(text=objective.name, role="head"))
    return Row((*lead, *(cell for cell, on in wanted if on)))


def _themes(plan: Plan, lang: Language) -> tuple[TableBlock, ...]:
    if not any(theme.lead or theme.members for theme in plan.themes):
        return ()
    comma = say(words.LIST_COMMA, lang)
    joined = any(theme.members for theme in plan.themes)
    columns = [
        Column(title=say(words.THEME, lang), share=3),
        Column(title=say(words.LEADING_UNIT, lang), share=2),
        *([Column(title=say(words.MEMBERS, lang), share=6)] if joined else []),
    ]
    rows = []
    for theme in plan.themes:
        members = Cell(text=comma.join(member.name for member in theme.members))
        lead = (Cell(text=label_of(theme), role="head"), Cell(text=theme.lead or ""))
        rows.append(Row((*lead, members) if joined else lead))
    caption = say(words.THEME, lang)
    return (TableBlock(caption=caption, columns=tuple(columns), rows=tuple(rows)),)
