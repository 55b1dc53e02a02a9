"""Service plans and schedules: guidelines, committee seats, work items, narrative chapters."""

from __future__ import annotations

from django.db import models

from hengtu.store.models.parts import (
    PartRow,
    code_field,
    list_field,
    optional_json,
    optional_text,
    text_field,
)


class GuidelineRow(PartRow):
    """A guideline (實施要領)."""

    no = code_field()
    name = text_field()


class StrategyRow(PartRow):
    """A strategy (執行策略) of a guideline."""

    guideline = models.ForeignKey(GuidelineRow, on_delete=models.CASCADE, related_name="+")
    no = code_field()
    name = text_field()


class MethodRow(PartRow):
    """A method (執行方法) of a strategy."""

    strategy = models.ForeignKey(StrategyRow, on_delete=models.CASCADE, related_name="+")
    text = text_field()
    timing = optional_json()
    target = optional_json()


class MemberRow(PartRow):
    """A seat of the plan's committee: a position, never a person."""

    role = text_field()
    position = text_field()
    org_unit = optional_text()
    tasks = list_field()


class WorkItemRow(PartRow):
    """An item of the schedule-control table."""

    no = code_field()
    name = text_field()
    section = optional_text()


class TaskRow(PartRow):
    """A task of a work item; ``months`` null when the document does not tell."""

    work_item = models.ForeignKey(WorkItemRow, on_delete=models.CASCADE, related_name="+")
    content = text_field()
    months = optional_json()
    status = optional_text()
    note = optional_text()
    timing = optional_json()
    target = optional_json()
    partners = list_field()


class SectionRow(PartRow):
    """A narrative chapter; rank and depth in reading order make the tree."""

    depth = models.PositiveSmallIntegerField(default=0)
    no = code_field()
    title = text_field()
    paragraphs = list_field()
