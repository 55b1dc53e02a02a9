"""From the rows of an indicator table to KPIs with their measures and values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hengtu.core.hanzi import bare, halve, squeeze, unwrap
from hengtu.core.numbering import numeral
from hengtu.core.periods import read_roc_year
from hengtu.core.plan import GoalKind, Kpi, Measure, PlanValue
from hengtu.core.source import Source
from hengtu.readers.recognise.goal_register import Goals, without_mark, without_weight
from hengtu.readers.recognise.goals import goal_kind, perspective_word
from hengtu.readers.recognise.indicator_columns import Columns, YearColumn
from hengtu.readers.recognise.indicator_rows import Entry, Segment, is_group
from hengtu.readers.recognise.measures import read_standard
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.values import read_values, unit_of

_KPI_CODE = re.compile(r"^([A-Z]{0,3}\d{1,2}[-.]\d{1,2})(?![\d.])[\s、.．:：]*")


_STAGE = re.compile(
    r"(?:^|[\s；;，,。、])[(（]?\d[.、)）．]\s*[^\d%÷/×*=＝\s][^%÷/×*=＝]{0,30}?(\d{1,3})%"
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
        self._plan_year = plan_year
        self._goal = _Goal()
        self._kind: GoalKind | None = None

    def read(self, segment: Segment) -> None:
        """Read the entries of one table."""
        self._goal = _Goal()
        self._kind = _kind(segment)
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
        indicator = segment.role(entry, "indicator")
        if not indicator:
            self._extend(segment, entry)
            return
        if not re.search(r"[^\W\d_]", indicator):
            self._notes.tell("R004", Source.at(*entry.places, raw=entry.rows[0].raw.strip()))
            return
        kpi = self._kpi(segment, entry, indicator)
        self.kpis.append(kpi)
        self._tell_joins(segment, entry, kpi.code)

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

    def _kpi(self, segment: Segment, entry: Entry, indicator: str) -> Kpi:
        columns = segment.columns
        given, name = _split_code(unwrap(indicator))
        printed = given or halve(squeeze(entry.text(columns.kpi_number)))
        code = self._code(printed)
        owner = segment.role(entry, "owner") or self._merged_owner(segment, entry)
        self._goal.owner = owner
        measures = self._measures(segment, entry, code, name)
        return Kpi(
            code=code,
            name=name,
            objective=self._goal.code,
            owner=unwrap(owner) or None,
            kind=self._kind,
            assessment_regime=halve(unwrap(segment.role(entry, "regime"))) or None,
            assessment_method=unwrap(segment.role(entry, "method")) or None,
            measures=measures,
            source=Source.at(*entry.places, raw=indicator),
        )

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

    def _measures(
        self, segment: Segment, entry: Entry, code: str, name: str
    ) -> tuple[Measure, ...]:
        where = Source.at(*entry.places, raw=segment.role(entry, "standard"))
        cells = [unwrap(entry.text(year.column)) for year in segment.columns.years]
        unit = unwrap(segment.role(entry, "unit")) or unit_of(cells)
        standard = segment.role(entry, "standard")
        if _is_milestones(standard):
            stages = Measure(formula_raw=unwrap(standard), unit=unit, source=where)
            return self._valued((stages,), segment, entry, code)
        measures = read_standard(
            standard,
            kpi_names=(name,),
            where=where,
            subject=code,
            notes=self._notes,
            unit_hint=unit,
        )[0]
        return self._valued(measures, segment, entry, code)

    def _valued(
        self, measures: tuple[Measure, ...], segment: Segment, entry: Entry, code: str
    ) -> tuple[Measure, ...]:
        row_year = read_roc_year(segment.role(entry, "roc_year")) or self._plan_year
        for year in segment.columns.years:
            roc_year = year.roc_year or row_year
            if roc_year is not None and year.column < len(entry.cells):
                values = self._values(measures, entry, year, roc_year, code)
                measures = _with_values(measures, values)
        return measures

    def _values(
        self, measures: Sequence[Measure], entry: Entry, year: YearColumn, roc_year: int, code: str
    ) -> tuple[PlanValue, ...]:
        text = unwrap(entry.text(year.column))
        return read_values(
            text,
            measures=measures,
            roc_year=roc_year,
            kind=year.kind,
            where=Source.at(*entry.places, raw=text),
            subject=code,
            notes=self._notes,
        )

    def _extend(self, segment: Segment, entry: Entry) -> None:
        """Add a row without a name to the KPI above it: another year, or another measure."""
        if not self.kpis or self.kpis[-1].objective != self._goal.code:
            self._notes.tell("R004", Source.at(*entry.places, raw=entry.rows[0].raw.strip()))
            return
        kpi = self.kpis[-1]
        if segment.role(entry, "standard"):
            more = self._measures(segment, entry, kpi.code, kpi.name)
            first = len(kpi.measures)
            measures = (
                *kpi.measures,
                *(replace(m, index=first + n) for n, m in enumerate(more, 1)),
            )
        else:
            measures = self._valued(kpi.measures, segment, entry, kpi.code)
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


def _with_values(
    measures: tuple[Measure, ...], values: tuple[PlanValue, ...]
) -> tuple[Measure, ...]:
    if len(values) != len(measures):
        return measures
    return tuple(
        replace(measure, values=(*measure.values, value))
        for measure, value in zip(measures, values, strict=True)
    )


def _is_milestones(standard: str) -> bool:
    """Whether a standard lists the stages of one piece of work: 1.甲30% 2.乙60% 3.丙100%."""
    stages = [int(percent) for percent in _STAGE.findall(halve(standard))]
    return len(stages) > 1 and stages == sorted(set(stages)) and stages[-1] <= 100


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


def _split_code(name: str) -> tuple[str, str]:
    found = _KPI_CODE.match(halve(name))
    if found and len(halve(name)) > found.end():
        return found[1], without_weight(halve(name)[found.end() :].strip())
    return "", without_weight(without_mark(name))
