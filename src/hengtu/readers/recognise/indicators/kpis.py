"""From the rows of an indicator table to KPIs with their measures and values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hengtu.core.hanzi import bare, halve, squeeze, unwrap
from hengtu.core.numbering import numeral
from hengtu.core.plan import GoalKind, Kpi
from hengtu.core.source import Source
from hengtu.readers.recognise.indicators.columns import Columns
from hengtu.readers.recognise.indicators.goal_register import Goals, without_mark
from hengtu.readers.recognise.indicators.measure_cells import MeasureReader
from hengtu.readers.recognise.indicators.rows import Entry, Segment, is_group
from hengtu.readers.recognise.narrative.goals import goal_kind, perspective_word, without_weight
from hengtu.readers.recognise.notes import Notes

_KPI_CODE = re.compile(r"^([A-Z]{0,3}\d{1,2}[-.]\d{1,2})(?![\d.])[\s、.．:：]*")


_NUMBERED = re.compile(r"(?:^|[\s；;、])[(（]?(\d)[.．、)）]\s*(?=[^\d\s])")
_GOAL_HEADING = re.compile(
    r"^(?:策略|關鍵|績效|施政|共同性?)*目標\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})?\s*[:：]\s*(?=\S)"
)


@dataclass(slots=True)
class _Goal:
    """The goal that the rows below it belong to; merged cells are printed once."""

    code: str | None = None
    name: str = ""
    serial: int | None = None
    perspective: str = ""
    owner: str = ""
    restarts: bool = False


class KpiReader:
    """Reads table after table; goals and codes run through all of them."""

    def __init__(self, goals: Goals, notes: Notes, plan_year: int | None) -> None:
        self.kpis: list[Kpi] = []
        self._goals = goals
        self._notes = notes
        self._measures = MeasureReader(notes, plan_year)
        self._goal = _Goal()
        self._kind: GoalKind | None = None

    def read(self, segment: Segment) -> None:
        """Read the entries of one table."""
        self._goal = _Goal()
        self._kind = _kind(segment)
        if "goal" not in segment.columns.roles and _GOAL_HEADING.match(segment.heading):
            source = Source.at(*segment.heading_places, raw=unwrap(segment.heading))
            self._enter_goal(unwrap(segment.heading), None, source)
        for at, entry in enumerate(segment.entries):
            if is_group(segment.columns, entry):
                self._read_group(entry, goals_below=_names_goals_below(segment, at))
            else:
                self._read_entry(segment, entry)
        self._tell_unknown(segment)

    def _read_group(self, entry: Entry, *, goals_below: bool) -> None:
        """Read a row that heads the rows below it: a perspective, a goal, or neither of them."""
        text = unwrap(entry.cells[entry.filled[0]])
        if perspective := perspective_word(without_mark(text)):
            self._goal = _Goal(perspective=perspective)
        elif goals_below:
            self._notes.tell("R004", Source.at(*entry.places, raw=text))
        else:
            self._enter_goal(text, None, Source.at(*entry.places, raw=text))

    def _read_entry(self, segment: Segment, entry: Entry) -> None:
        columns = segment.columns
        self._goal.perspective = segment.role(entry, "perspective") or self._goal.perspective
        name = segment.role(entry, "goal")
        if name and bare(name) != bare(self._goal.name):
            self._enter_goal(
                name, _number(entry.text(columns.goal_number)), Source.at(*entry.places, raw=name)
            )
        elif name:
            self._goal.code = self._meet(
                name, self._goal.serial, Source.at(*entry.places, raw=name)
            )
        strategy = unwrap(segment.role(entry, "strategy"))
        if self._goal.code and strategy:
            source = Source.at(*entry.places, raw=strategy)
            self._goals.add_strategy(self._goal.code, without_mark(strategy), source)
        indicator = segment.role(entry, "indicator")
        if not indicator:
            self._extend(segment, entry)
            return
        if not re.search(r"[^\W\d_]", indicator):
            self._notes.tell("R004", Source.at(*entry.places, raw=unwrap(entry.rows[0].raw)))
            return
        first = len(self.kpis)
        self._read_kpis(segment, entry, indicator)
        self._tell_joins(segment, entry, self.kpis[first].code)

    def _enter_goal(self, name: str, serial: int | None, source: Source) -> None:
        self._goal = _Goal(name=name, serial=serial, perspective=self._goal.perspective)
        self._goal.code = self._meet(name, serial, source)

    def _meet(self, name: str, serial: int | None, source: Source) -> str:
        return self._goals.meet(
            name,
            kind=self._kind,
            serial=serial,
            perspective=self._goal.perspective or None,
            source=source,
        )

    def _read_kpis(self, segment: Segment, entry: Entry, indicator: str) -> None:
        """Read the KPI of a row, or the numbered KPIs that one cell names."""
        names = _split_names(unwrap(indicator))
        number = halve(squeeze(entry.text(segment.columns.kpi_number))) if len(names) == 1 else ""
        owner = segment.role(entry, "owner") or self._merged_owner(segment, entry)
        self._goal.owner = owner
        first = len(self.kpis)
        for given, name in names:
            kpi = Kpi(
                code=self._code(given or number),
                name=name,
                objective=self._goal.code,
                owner=unwrap(owner) or None,
                kind=self._kind,
                assessment_regime=halve(unwrap(segment.role(entry, "regime"))) or None,
                assessment_method=unwrap(segment.role(entry, "method")) or None,
                source=Source.at(*entry.places, raw=indicator),
            )
            self.kpis.append(kpi)
        read = self._measures.read(
            segment, entry, names=tuple(name for _, name in names), subject=self.kpis[first].code
        )
        for at, measures in enumerate(read, first):
            self.kpis[at] = replace(self.kpis[at], measures=measures)
        if len(names) > 1:
            codes = "、".join(kpi.code for kpi in self.kpis[first:])
            where = Source.at(*entry.places, raw=unwrap(indicator))
            self._notes.tell("R143", where, subject=self.kpis[first].code, reading=codes)

    def _merged_owner(self, segment: Segment, entry: Entry) -> str:
        """Return the owner printed above: one cell for all rows of a goal, whose own cell is merged too."""
        merged = "goal" in segment.columns.roles and not segment.role(entry, "goal")
        return self._goal.owner if merged else ""

    def _code(self, printed: str) -> str:
        """Return the code of the next KPI: as printed, else made from its goal and its number."""
        taken = {kpi.code for kpi in self.kpis}
        if re.match(r"[A-Z]", printed) and printed not in taken:
            return printed
        goal = self._goal.code or ("S" if self._kind == "common" else "K")
        siblings = [kpi for kpi in self.kpis if kpi.objective == self._goal.code]
        number = _number(re.split(r"[-.]", printed)[-1])
        if not siblings:
            self._goal.restarts = number == 1
        wanted = number if number and self._goal.restarts else len(siblings) + 1
        while f"{goal}-{wanted}" in taken:
            wanted += 1
        return f"{goal}-{wanted}"

    def _extend(self, segment: Segment, entry: Entry) -> None:
        """Add a row without a name to the KPI above it: another year, or another measure."""
        if not self.kpis or self.kpis[-1].objective != self._goal.code:
            self._notes.tell("R004", Source.at(*entry.places, raw=unwrap(entry.rows[0].raw)))
            return
        kpi = self.kpis[-1]
        if segment.role(entry, "standard"):
            (more,) = self._measures.read(segment, entry, names=(kpi.name,), subject=kpi.code)
            first = len(kpi.measures)
            measures = (
                *kpi.measures,
                *(replace(m, index=first + n) for n, m in enumerate(more, 1)),
            )
        else:
            measures = self._measures.add_values(kpi.measures, segment, entry, subject=kpi.code)
        source = kpi.source.join(Source.at(*entry.places))
        self.kpis[-1] = replace(kpi, measures=measures, source=source)

    def _tell_joins(self, segment: Segment, entry: Entry, code: str) -> None:
        for join in entry.joins:
            goal = join.column == segment.columns.roles.get("goal")
            where = Source.at(*join.places, raw=f"{join.first}｜{join.second}")
            subject = self._goal.code or code if goal else code
            self._notes.tell("R131", where, subject=subject, reading=entry.cells[join.column])

    def _tell_unknown(self, segment: Segment) -> None:
        """Tell once for every column that no role covers, so that its words are not lost unseen."""
        columns = segment.columns
        kept_nowhere = {
            column: columns.headings[column]
            for role in ("weight", "note")
            if (column := columns.roles.get(role)) is not None and column < len(columns.headings)
        }
        for column, heading in {**columns.unknown, **kept_nowhere}.items():
            rows = [entry for entry in segment.entries if entry.text(column)]
            if rows:
                places = [place for entry in rows for place in entry.places[:1]]
                where = Source.at(*places, raw=rows[0].text(column))
                self._notes.tell("R004", where, subject=unwrap(heading))


def _names_goals_below(segment: Segment, at: int) -> bool:
    """Whether the row below a heading row prints a goal of its own."""
    below = segment.entries[at + 1] if at + 1 < len(segment.entries) else None
    return bool(below and not is_group(segment.columns, below) and segment.role(below, "goal"))


def _kind(segment: Segment) -> GoalKind | None:
    columns: Columns = segment.columns
    named = [columns.roles.get(role) for role in ("goal", "indicator")]
    words = " ".join(
        columns.headings[c] for c in named if c is not None and c < len(columns.headings)
    )
    return goal_kind(words) or goal_kind(segment.heading)


def _number(text: str) -> int | None:
    digits = re.sub(r"\D", "", halve(text))
    if digits:
        return int(digits) if len(digits) <= 3 else None
    numeral_found = re.fullmatch(r"[(（]?([一二三四五六七八九十]{1,3})[)）.．、]?", text.strip())
    return numeral(numeral_found[1]) if numeral_found else None


def _split_names(indicator: str) -> list[tuple[str, str]]:
    """Return (printed code, name) of every KPI that a cell names: 1.甲 2.乙 are two."""
    marks = list(_NUMBERED.finditer(halve(indicator)))
    numbers = [int(mark[1]) for mark in marks]
    if len(marks) < 2 or numbers != list(range(1, len(marks) + 1)) or marks[0].start() > 0:
        return [_split_code(indicator)]
    ends = [mark.start() for mark in marks[1:]] + [len(indicator)]
    parts = [halve(indicator)[m.end() : end] for m, end in zip(marks, ends, strict=True)]
    return [("", without_weight(part.strip(" ；;、"))) for part in parts]


def _split_code(name: str) -> tuple[str, str]:
    found = _KPI_CODE.match(halve(name))
    if found and len(halve(name)) > found.end():
        return found[1], without_weight(halve(name)[found.end() :].strip())
    return "", without_weight(without_mark(name))
