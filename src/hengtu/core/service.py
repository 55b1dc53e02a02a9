"""Service plans: guidelines with strategies and methods, committees, and the schedule of work."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.core.source import NOWHERE, Source
from hengtu.core.text import Op, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When work is due: the printed words, a frequency such as ``quarterly`` and the months they fix."""

    raw: str
    frequency: str | None = None
    months: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTarget:
    """A target hidden in a work text: ``每年至少上3小時`` is >= 3 小時 per year."""

    op: Op
    value: float
    unit: str | None = None
    per: str | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method (執行方法) of a strategy."""

    text: str
    timing: Timing | None = None
    target: WorkTarget | None = None
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """A strategy (執行策略) under a guideline."""

    no: str
    name: str
    methods: tuple[Method, ...] = ()
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Guideline:
    """A guideline (實施要領) of a service plan."""

    no: str
    name: str
    strategies: tuple[Strategy, ...] = ()
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A seat of a committee: role and position with its tasks, never a personal name."""

    role: str
    position: str
    org_unit: str | None = None
    tasks: tuple[Text, ...] = ()
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """A committee or task force."""

    name: str = ""
    members: tuple[Member, ...] = ()
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task of a work item; ``months`` is None when the document does not tell."""

    content: str
    months: tuple[int, ...] | None = None
    status: str | None = None
    note: str | None = None
    timing: Timing | None = None
    target: WorkTarget | None = None
    partners: tuple[str, ...] = ()
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """An item of the schedule-control table; ``section`` is the org unit that does it."""

    no: str
    name: str
    section: str | None = None
    tasks: tuple[Task, ...] = ()
    source: Source = NOWHERE
