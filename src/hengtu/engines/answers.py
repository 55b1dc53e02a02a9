"""The answers of a program, as every engine gives them."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.engines.columns import Bools, Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers of a program, row by row of the source, and whether they meet its limit.

    ``met`` is None without a limit, and False where the answer is missing.
    """

    column: Column
    met: Bools | None
