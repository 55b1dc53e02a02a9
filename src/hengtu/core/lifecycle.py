"""The life of a plan: adopted from a document, then active."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

State = Literal["adopted", "active"]
STATES: tuple[State, ...] = ("adopted", "active")
# What a plan in a state may become, and by which verb.
STEPS: Mapping[tuple[State, str], State] = {
    ("adopted", "plan.activate"): "active",
    # A revision that leaves weights short or formulas in a circle.
    ("active", "plan.settle"): "adopted",
}


class NoSuchStepError(ValueError):
    """A step that a plan in this state cannot take."""

    def __init__(self, state: State, verb: str) -> None:
        super().__init__(f"{verb} from {state}")
        self.state = state
        self.verb = verb


def take_step(state: State, verb: str) -> State:
    """Return the state that a verb leads to; raise NoSuchStepError.

    >>> take_step("adopted", "plan.activate")
    'active'
    """
    if (state, verb) not in STEPS:
        raise NoSuchStepError(state, verb)
    return STEPS[state, verb]
