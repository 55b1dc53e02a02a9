"""The schedule-control table: sections, items and tasks by twelve months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from hengtu.core.plan import Plan, Task, Timing, WorkItem
from hengtu.wording import reports as words
from hengtu.wording.catalogue import Language, say
from hengtu.writers.failure import WriteError
from hengtu.writers.report import Cell, Column, Report, Row, TableBlock
from hengtu.writers.reports.values import print_years, title_for

MONTHS = range(1, 13)
DONE_MARK = "●"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Which columns a schedule has."""

    lang: Language
    sections: bool
    timings: bool
    statuses: bool
    notes: bool


def describe_schedule(plan: Plan, lang: Language) -> Report:
    """Return the work schedule of a plan; WriteError without work items."""
    if not plan.work_items:
        raise WriteError("nothing_to_report", report=words.SCHEDULE)
    form = _form(plan.work_items, lang)
    runs = [list(run) for _, run in groupby(plan.work_items, key=lambda item: item.section)]
    table = TableBlock(
        caption=say(words.SCHEDULE, lang),
        columns=_columns(form),
        rows=tuple(row for run in runs for row in _section_rows(form, run)),
    )
    title = title_for(plan, words.SCHEDULE, lang)
    return Report(
        title=title, lang=lang, subtitle=print_years(plan, lang), blocks=(table,), wide=True
    )


def _form(items: Sequence[WorkItem], lang: Language) -> Form:
    tasks = [task for item in items for task in item.tasks]
    return Form(
        lang=lang,
        sections=any(item.section for item in items),
        timings=any(task.months is None for task in tasks),
        statuses=any(task.status for task in tasks),
        notes=any(task.note for task in tasks),
    )


def _columns(form: Form) -> tuple[Column, ...]:
    lang = form.lang
    columns = [Column(title=say(words.SECTION, lang), share=2)] if form.sections else []
    columns += [
        Column(title=say(words.NUMBER, lang), share=1, align="center"),
        Column(title=say(words.WORK_ITEM, lang), share=4),
        Column(title=say(words.WORK_TASK, lang), share=6),
    ]
    group = say(words.PLANNED_MONTHS, lang)
    for month in MONTHS:
        columns.append(Column(title=str(month), share=0.62, align="center", group=group))
    if form.timings:
        columns.append(Column(title=say(words.TIMING, lang), share=3))
    if form.statuses:
        columns.append(Column(title=say(words.STATUS, lang), share=2.2))
    if form.notes:
        columns.append(Column(title=say(words.NOTE, lang), share=2.4))
    return tuple(columns)


def _section_rows(form: Form, items: Sequence[WorkItem]) -> Iterator[Row]:
    height = sum(max(1, len(item.tasks)) for item in items)
    for number, item in enumerate(items):
        lead = [Cell(text=item.section or "", rows=height, role="head")] if number == 0 else []
        yield from _item_rows(form, item, lead if form.sections else [])


def _item_rows(form: Form, item: WorkItem, lead: list[Cell]) -> Iterator[Row]:
    height = max(1, len(item.tasks))
    opening = [
        *lead,
        Cell(text=item.no, rows=height, align="center"),
        Cell(text=item.name, rows=height, role="head"),
    ]
    for index, task in enumerate(item.tasks or (Task(content=""),)):
        yield Row((*(opening if index == 0 else ()), *_task_cells(form, task)))


def _task_cells(form: Form, task: Task) -> list[Cell]:
    cells = [Cell(text=task.content), *_month_cells(task, form.lang)]
    if form.timings:
        cells.append(Cell(text=tell_timing(task, form.lang)))
    if form.statuses:
        cells.append(Cell(text=task.status or ""))
    if form.notes:
        cells.append(Cell(text=task.note or ""))
    return cells


def _month_cells(task: Task, lang: Language) -> list[Cell]:
    if task.months is None:
        text = say(words.MONTHS_UNKNOWN, lang) if task.content else ""
        return [Cell(text=text, columns=12, role="unknown", align="center")]
    spoken = say(words.PLANNED, lang)
    return [
        Cell(text=DONE_MARK, role="done", align="center", spoken=spoken)
        if month in task.months
        else Cell(text="", role="empty")
        for month in MONTHS
    ]


def tell_timing(task: Task, lang: Language) -> str:
    """Return what the text says about a task whose months are not printed, and the months it proposes."""
    timing = task.timing
    if task.months is not None or timing is None:
        return ""
    raw = "".join(timing.raw.split()) or _frequency(timing, lang)
    if not timing.months:
        return say(words.TIMING_SAYS, lang, raw=raw)
    return say(words.TIMING_PROPOSES, lang, raw=raw, months=_months(timing.months, lang))


def _frequency(timing: Timing, lang: Language) -> str:
    known = words.FREQUENCIES.get(timing.frequency or "")
    return say(known, lang) if known else timing.frequency or ""


def _months(months: Sequence[int], lang: Language) -> str:
    if len(set(months)) == 12:
        return say(words.EVERY_MONTH, lang)
    listed = (say(words.MONTH, lang, n=month) for month in sorted(set(months)))
    return say(words.LIST_COMMA, lang).join(listed)
