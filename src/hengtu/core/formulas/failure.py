"""Why a formula cannot be read: a reason, the place and what would be right."""

from __future__ import annotations

from typing import Literal

FormulaReason = Literal[
    "empty",
    "too_long",
    "too_deep",
    "bracket_unclosed",
    "bracket_unopened",
    "operand_missing",
    "operator_missing",
    "unknown_character",
    "two_expressions",
    "several_measures",
    "unknown_function",
    "argument_count",
    "condition_needed",
    "condition_misplaced",
    "conditions_chained",
    "item_needed",
    "decimals_needed",
    "comma_in_number",
    "definitions_grow",
]
MAX_LENGTH = 2000
MAX_DEPTH = 50  # of brackets and Σ; trees are walked by recursion, some ten calls a level


class FormulaError(ValueError):
    """A formula that cannot be read.

    ``position`` is the 0-based character of the printed text, ``found`` what stands there and ``expected``
    names of what could stand there (functions of a like name, the number of arguments); the sentence is made
    in the wording.
    """

    def __init__(
        self,
        reason: FormulaReason,
        *,
        text: str,
        position: int = 0,
        found: str = "",
        expected: tuple[str, ...] = (),
    ) -> None:
        super().__init__(f"{reason} at {position}")
        self.reason: FormulaReason = reason
        self.text = text
        self.position = position
        self.found = found
        self.expected = expected
