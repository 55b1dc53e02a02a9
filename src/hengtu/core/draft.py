"""What a document says: the plan as read, the findings and the file; nothing is adopted yet."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.core.issues import Finding
from hengtu.core.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A reading of a document."""

    plan: Plan
    findings: tuple[Finding, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether something printed was lost."""
        return any(finding.level == "error" for finding in self.findings)
