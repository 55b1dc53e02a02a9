"""The smallest printed things: a sentence with its place, and the signs of comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hengtu.core.source import NOWHERE, Source

Op = Literal[">=", "<=", ">", "<", "="]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A printed sentence or name with its place."""

    text: str
    source: Source = NOWHERE
