"""The work schedule: items and tasks by twelve months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hengtu.core.hanzi import bare
from hengtu.core.plan import Plan, Task, WorkItem
from hengtu.queries.agencies import PlanCard
from hengtu.store.loading import load_plan
from hengtu.store.models import PlanRow

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task of a work item; a month is planned, proposed (from its words), unknown or none of these."""

    item: WorkItem
    task: Task | None
    months: tuple[tuple[int, str], ...]
    first: bool
    height: int
    proposed: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """The lines by section, and what can be filtered by."""

    groups: tuple[tuple[str, tuple[TaskLine, ...]], ...]
    sections: tuple[str, ...]
    items: int
    shown: int
    unknown: int
    proposed: int
    has_status: bool
    has_note: bool


def load_schedule(card: PlanCard) -> Plan:
    """Return the work items of a plan; three SQL statements."""
    row = PlanRow.objects.get(key=card.key)
    return load_plan(row, only={"work_items"}, with_parent=False)


def view_schedule(
    plan: Plan, *, section: str = "", words: str = "", unknown: bool = False
) -> Schedule:
    """Return the schedule of a section, with the words, or only of tasks whose months are unknown."""
    wanted = [
        item
        for item in plan.work_items
        if (not section or item.section == section) and bare(words) in bare(searched(item))
    ]
    lines = [line for item in wanted for line in item_lines(item, unknown_only=unknown)]
    tasks = [task for item in plan.work_items for task in item.tasks]
    groups: dict[str, list[TaskLine]] = {}
    for line in lines:
        groups.setdefault(line.item.section or "", []).append(line)
    return Schedule(
        groups=tuple((name, tuple(found)) for name, found in groups.items()),
        sections=tuple(dict.fromkeys(i.section for i in plan.work_items if i.section)),
        items=len(plan.work_items),
        shown=sum(line.first for line in lines),
        unknown=sum(task.months is None for task in tasks),
        proposed=sum(bool(proposal(task)) for task in tasks),
        has_status=any(task.status for task in tasks),
        has_note=any(task.note for task in tasks),
    )


def searched(item: WorkItem) -> str:
    """Return the words of an item that a search looks into."""
    return " ".join([item.no, item.name, *(task.content for task in item.tasks)])


def item_lines(item: WorkItem, *, unknown_only: bool) -> Iterator[TaskLine]:
    """Yield one line for each task of an item, one without a task when it has none."""
    tasks: list[Task | None] = [
        task for task in item.tasks if not unknown_only or task.months is None
    ]
    if not item.tasks and not unknown_only:
        tasks = [None]
    for number, task in enumerate(tasks):
        yield TaskLine(
            item=item,
            task=task,
            months=tuple((month, month_state(task, month)) for month in MONTHS),
            first=number == 0,
            height=len(tasks),
            proposed=bool(task and proposal(task)),
        )


def month_state(task: Task | None, month: int) -> str:
    """Return what is known of a task in a month."""
    if task is None:
        return "unknown"
    if task.months is not None:
        return "planned" if month in task.months else "none"
    proposed = proposal(task)
    if proposed:
        return "proposed" if month in proposed else "none"
    return "unknown"


def proposal(task: Task) -> tuple[int, ...]:
    """Return the months that the words of a task fix, where the table does not tell them."""
    if task.months is not None or task.timing is None:
        return ()
    if task.timing.months:
        return task.timing.months
    return tuple(MONTHS) if task.timing.frequency in EVERY_MONTH else ()


EVERY_MONTH = frozenset({"daily", "weekly", "monthly"})
