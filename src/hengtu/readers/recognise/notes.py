"""The margin notes of one reading: findings, and which places were understood."""

from __future__ import annotations

from hengtu.core.issues import Finding, Level, make_finding, tell_once
from hengtu.core.paper import Line, Paper, Row
from hengtu.core.source import Certainty, Place, Source


class Notes:
    """Collects findings and the places that a recogniser has understood."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self._findings: list[Finding] = []
        self._claimed: set[Place] = set()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings so far, by line, like ones told once."""
        return tell_once(self._findings)

    def claim(self, *things: Line | Row | Place) -> None:
        """Mark lines or rows as understood, so that they are not reported as left over."""
        self._claimed.update(thing if isinstance(thing, Place) else thing.place for thing in things)

    def claimed(self, thing: Line | Row | Place) -> bool:
        """Whether a recogniser has understood this line or row."""
        return (thing if isinstance(thing, Place) else thing.place) in self._claimed

    def tell(
        self,
        code: str,
        where: Source,
        *,
        subject: str = "",
        raw: str = "",
        reading: str = "",
        repair: str = "",
        certainty: Certainty = "certain",
        level: Level | None = None,
        **args: str,
    ) -> None:
        """Add a finding of a registered kind."""
        self._findings.append(
            make_finding(
                code,
                where,
                subject=subject,
                raw=raw,
                reading=reading,
                repair=repair,
                certainty=certainty,
                level=level,
                **args,
            )
        )
