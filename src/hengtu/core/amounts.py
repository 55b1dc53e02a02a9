"""Numbers as agencies print them and the kinds of missing."""

from __future__ import annotations

from typing import Literal

MissingKind = Literal[
    "not_compiled",
    "no_statistics",
    "no_data",
    "not_applicable",
    "formula_changed",
    "blank",
    "not_due",
    "not_reported",
    "not_computable",
]
