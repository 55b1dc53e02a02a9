"""Why a light is what it is: the steps from the figures to the light, told in the wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

StepKind = Literal[
    "operand",
    "operand_missing",
    "operand_children",
    "operand_kpi",
    "cycle",
    "condition",
    "calculated",
    "scaled",
    "limit",
    "own_value",
    "printed_value",
    "mean_of_rates",
    "no_formula",
    "no_value",
    "coverage",
    "pace",
    "target",
    "target_range",
    "target_missing",
    "planned_even",
    "planned_seasons",
    "planned_growing",
    "planned_part",
    "planned_known_months",
    "planned_low",
    "direction",
    "achievement",
    "met",
    "light",
    "white",
    "early",
    "fallen",
    "source",
    "score",
    "score_open",
    "change_value",
    "change_operand",
]
Fact = str | float | int | bool | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an explanation: its kind and the facts that its sentence names."""

    kind: StepKind
    facts: Mapping[str, Fact] = field(default_factory=dict)


def step(kind: StepKind, **facts: Fact) -> Step:
    """Return a step with its facts."""
    return Step(kind, facts)
