"""Where something was read: the place, the raw words and how sure the reading is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Certainty = Literal["certain", "inferred", "open"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document: a 1-based line or page, or a spreadsheet cell such as ``計分卡!C7``."""

    line: int | None = None
    page: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The place and the raw words something was read from; ``lines`` when there are several."""

    line: int | None = None
    lines: tuple[int, ...] = ()
    page: int | None = None
    cell: str | None = None
    raw: str = ""
    certainty: Certainty = "certain"

    @classmethod
    def at(cls, *places: Place, raw: str = "", certainty: Certainty = "certain") -> Source:
        """Return the source that covers the given places, the first one leading.

        >>> Source.at(Place(line=3), Place(line=4), raw="甲").lines
        (3, 4)
        """
        lines = tuple(dict.fromkeys(p.line for p in places if p.line is not None))
        first = places[0] if places else Place()
        return cls(
            line=first.line,
            lines=lines if len(lines) > 1 else (),
            page=first.page,
            cell=first.cell,
            raw=raw,
            certainty=certainty,
        )

    def all_lines(self) -> tuple[int, ...]:
        """Return every line named, the leading one first."""
        if self.line is None or (self.lines and self.lines[0] == self.line):
            return self.lines
        return tuple(dict.fromkeys((self.line, *self.lines)))

    def join(self, other: Source) -> Source:
        """Return this source widened by the lines of another; words and place stay the first's."""
        known = self.all_lines()
        lines = (*known, *(line for line in other.all_lines() if line not in known))
        return replace(
            self, line=lines[0] if lines else None, lines=lines if len(lines) > 1 else ()
        )


NOWHERE = Source()
