"""The service-quality plan: guideline → strategy → method, and the committee."""

from __future__ import annotations

from collections.abc import Iterator

from hengtu.core.plan import Committee, Guideline, Plan, Strategy
from hengtu.wording import reports as words
from hengtu.wording.catalogue import Language, say
from hengtu.writers.failure import WriteError
from hengtu.writers.report import Block, Cell, Column, Heading, Report, Row, TableBlock
from hengtu.writers.reports.narrative import tell_basis, tell_chapters, tell_history
from hengtu.writers.reports.values import print_numbered, print_years, title_for


def describe_service(plan: Plan, lang: Language) -> Report:
    """Return the service plan; WriteError with neither guidelines nor a committee."""
    seated = plan.committee is not None and bool(plan.committee.members)
    if not plan.guidelines and not seated:
        raise WriteError("nothing_to_report", report=words.SERVICE)
    blocks: list[Block] = [*tell_history(plan, lang)]
    chapters = tuple(tell_chapters(plan.sections))
    blocks += chapters or tell_basis(plan, lang)
    if plan.guidelines:
        blocks += [Heading(say(words.GUIDELINES_TABLE, lang)), _guidelines(plan, lang)]
    if plan.committee is not None and seated:
        name = plan.committee.name or say(words.COMMITTEE, lang)
        blocks += [Heading(name), _committee(plan.committee, name, lang)]
    title = plan.title or title_for(plan, words.SERVICE, lang)
    return Report(title=title, lang=lang, subtitle=print_years(plan, lang), blocks=tuple(blocks))


def _guidelines(plan: Plan, lang: Language) -> TableBlock:
    return TableBlock(
        caption=say(words.GUIDELINES_TABLE, lang),
        columns=(
            Column(title=say(words.GUIDELINE, lang), share=2),
            Column(title=say(words.STRATEGY, lang), share=4),
            Column(title=say(words.METHOD, lang), share=6),
        ),
        rows=tuple(row for guideline in plan.guidelines for row in _guideline_rows(guideline)),
    )


def _guideline_rows(guideline: Guideline) -> Iterator[Row]:
    strategies = guideline.strategies or (Strategy(no="", name=""),)
    for index, strategy in enumerate(strategies):
        title = print_numbered(guideline.no, guideline.name)
        lead = [Cell(text=title, rows=len(strategies), role="head")] if index == 0 else []
        methods = "\n".join(method.text for method in strategy.methods)
        text = print_numbered(strategy.no, strategy.name)
        yield Row((*lead, Cell(text=text), Cell(text=methods)))


def _committee(committee: Committee, name: str, lang: Language) -> TableBlock:
    units = any(member.org_unit for member in committee.members)
    columns = [Column(title=say(words.SEAT_ROLE, lang), share=2)]
    columns += [Column(title=say(words.SEAT_UNIT, lang), share=2)] if units else []
    columns += [
        Column(title=say(words.SEAT_POSITION, lang), share=2),
        Column(title=say(words.SEAT_TASKS, lang), share=8),
    ]
    rows = tuple(
        Row(
            (
                Cell(text=member.role, role="head"),
                *([Cell(text=member.org_unit or "")] if units else ()),
                Cell(text=member.position),
                Cell(text="\n".join(task.text for task in member.tasks)),
            )
        )
        for member in committee.members
    )
    return TableBlock(caption=name, columns=tuple(columns), rows=rows)
