"""What the rows above say and a blank cell below means again."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Standing:
    """The theme, perspective, objective, KPIs and owners that merged cells carry on."""

    theme: str | None = None
    theme_name: str = ""
    perspective: str | None = None
    objective: str | None = None
    objective_name: str = ""
    owner: str | None = None
    action_owner: str | None = None
    kpis: list[str] = field(default_factory=list)
    last_action: str | None = None

    def turn_to(self, objective: str | None, name: str = "") -> None:
        """Begin another objective: what was said of the one before ends."""
        self.objective, self.objective_name, self.kpis = objective, name, []
        self.owner = self.action_owner = self.last_action = None
