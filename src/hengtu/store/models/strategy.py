"""The map and what hangs on it: themes, perspectives, objectives, links, actions, budgets."""

from __future__ import annotations

from django.db import models

from hengtu.store.models.parts import (
    PartRow,
    code_field,
    list_field,
    optional_text,
    text_field,
)


class ThemeRow(PartRow):
    """A strategic theme."""

    code = code_field()
    name = text_field()
    lead = optional_text()
    members = list_field()


class PerspectiveRow(PartRow):
    """A perspective, top row first."""

    code = code_field()
    name = text_field()


class ObjectiveRow(PartRow):
    """A strategic objective; theme and perspective by code, as the plan prints them."""

    code = code_field()
    name = text_field()
    theme = optional_text()
    perspective = optional_text()
    kind = models.CharField(max_length=12, null=True, blank=True)
    success_factors = list_field()
    strategies = list_field()


class LinkRow(PartRow):
    """A cause–effect arrow."""

    from_code = code_field()
    to_code = code_field()
    kind = models.CharField(max_length=24, default="cause")

    @property
    def from_(self) -> str:
        """The code of the objective that the arrow leaves, under its name in the plan."""
        return self.from_code

    @property
    def to(self) -> str:
        """The code of the objective that the arrow reaches, under its name in the plan."""
        return self.to_code


class ActionRow(PartRow):
    """An action under a KPI."""

    code = code_field()
    text = text_field()
    kpi = optional_text()
    owner = optional_text()
    budget_shared_with = list_field()
    references = list_field()


class BudgetRow(PartRow):
    """Money of an action for a ROC year, in 元."""

    action = models.ForeignKey(ActionRow, on_delete=models.CASCADE, related_name="+")
    roc_year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField(null=True, blank=True)
    raw = text_field()
