"""What the document is: agency, title, kind, years, date, adoption, revisions."""

from __future__ import annotations

from dataclasses import dataclass, field

from hengtu.core.paper import Paper
from hengtu.core.plan import Agency, Document, PlanKind, Revision, RocYears
from hengtu.readers.recognise.notes import Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The title page."""

    agency: Agency = field(default_factory=Agency)
    title: str = ""
    kind: PlanKind = "strategy_map"
    roc_years: RocYears = field(default_factory=RocYears)
    document: Document = field(default_factory=Document)
    revisions: tuple[Revision, ...] = ()


def read_identity(paper: Paper, notes: Notes) -> Identity:
    """Return what the document says about itself."""
    return Identity()
