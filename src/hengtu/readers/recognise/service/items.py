"""Work items and their tasks put together from schedule rows, top down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from hengtu.core.hanzi import bare, halve, squeeze, unwrap
from hengtu.core.numbering import read_mark
from hengtu.core.paper import Row
from hengtu.core.plan import OrgUnit, Task, Timing, WorkItem
from hengtu.core.source import Source
from hengtu.core.workplan import read_target, read_timing
from hengtu.readers.recognise.notes import Notes
from hengtu.readers.recognise.persons.positions import is_org_unit
from hengtu.readers.recognise.service.cell_statements import split_contents
from hengtu.readers.recognise.service.layout import Layout
from hengtu.readers.recognise.service.rows import ScheduleRow

_LIST = re.compile(r"[、，,；;／/\n]\s*|\s+")
_BARE_MONTH = r"(1[0-2]|0?[1-9])"
_BARE_RANGE = re.compile(rf"^{_BARE_MONTH}(?:至|到|[-－–—~～]){_BARE_MONTH}$")
_BARE_LIST = re.compile(rf"^{_BARE_MONTH}(?:[、,，./]{_BARE_MONTH})*$")
_YEAR_BEFORE = re.compile(r"(?<!\d)(?:民國)?1?\d{2}年(?=\d{1,2}月)")
_WHOLE_YEAR = re.compile(r"^(?:全年度?|整年度?|經常性?|常年)$")


@dataclass(slots=True)
class Items:
    """The items made so far, the units that do them, and the section being read."""

    notes: Notes
    made: list[WorkItem] = field(default_factory=list)
    units: dict[str, OrgUnit] = field(default_factory=dict)
    _section: str = ""
    _start: int = 0
    _numbered: bool = True
    _wraps: bool = False
    _flat: bool = False
    _packed: list[tuple[Row, str]] = field(default_factory=list)

    @property
    def _last(self) -> WorkItem | None:
        """The item of this table that was made last."""
        return self.made[-1] if len(self.made) > self._start else None

    def begin(self, layout: Layout, *, section: OrgUnit | None, wraps: bool) -> None:
        """Begin a table; ``section`` is the unit its heading names."""
        self._section = section.name if section is not None else ""
        if section is not None:
            self.units.setdefault(bare(section.name), section)
        self._flat = "content" not in layout.roles
        self._start = len(self.made)
        self._numbered = "no" in layout.roles
        self._wraps = wraps

    def end(self) -> None:
        """Tell about the cells of the table that held several contents."""
        self._drop_band()
        if self._packed:
            _, raw = self._packed[0]
            places = [packed.place for packed, _ in self._packed]
            parts, _ = split_contents(raw, wraps=False)
            self.notes.tell(
                "R164",
                Source.at(*places, raw=raw, certainty="inferred"),
                subject=unwrap(raw)[:12],
                raw=raw,
                reading=str(len(parts)),
                certainty="inferred",
                level="hint",
            )
            self._packed = []

    def add(self, read: ScheduleRow, *, after_break: bool) -> bool:
        """Add what a row says; False when it says nothing that is understood."""
        if not any(read.row.texts):
            return True
        if read.section:
            self._enter(read)
        if not (read.item or read.content):
            if read.no:
                return False
            return bool(read.section) or self._annotate(read)
        if self._is_cut(read, after_break=after_break):
            self._go_on(read)
            return True
        if self._opens(read):
            self._open(read)
        self._add_tasks(read)
        return True

    def _enter(self, read: ScheduleRow) -> None:
        self._section = read.section
        where = Source.at(read.row.place, raw=read.section)
        if is_org_unit(read.section) and not _LIST.search(read.section):
            known = self.units.get(bare(read.section))
            unit = OrgUnit(name=read.section, kind="section", source=where)
            self.units[bare(read.section)] = (
                replace(known, source=known.source.join(where)) if known else unit
            )

    def _annotate(self, read: ScheduleRow) -> bool:
        """Take a row with nothing but a status or a note as more about the task above."""
        item = self._last
        if item is None or not item.tasks or not (read.note or read.status):
            return False
        last = item.tasks[-1]
        note = "；".join(part for part in (last.note, read.note) if part) or None
        more = replace(last, note=note, status=last.status or read.status or None)
        self._replace(replace(item, tasks=(*item.tasks[:-1], more)), read)
        return True

    def _is_cut(self, read: ScheduleRow, *, after_break: bool) -> bool:
        """Whether a row only carries on the words of the cells above, cut by a page break."""
        item = self._last
        plain = not (
            read.no or read.section or read.marked or read.status or read.note or read.months
        )
        return bool(after_break and plain and item and item.tasks)

    def _go_on(self, read: ScheduleRow) -> None:
        item = self.made[-1]
        last = item.tasks[-1]
        name = unwrap(item.name + read.item) if read.item else item.name
        content = unwrap(last.content + read.content) if read.content else last.content
        where = last.source.join(Source.at(read.row.place))
        self.notes.tell(
            "R131",
            where,
            subject=item.no,
            raw=f"{last.content} ⏎ {read.content}"
            if read.content
            else f"{item.name} ⏎ {read.item}",
            reading=content if read.content else name,
        )
        task = replace(
            last,
            content=content,
            timing=last.timing or read_timing(content),
            target=read_target(content),
            source=where,
        )
        self._replace(replace(item, name=name, tasks=(*item.tasks[:-1], task)), read)

    def _replace(self, item: WorkItem, read: ScheduleRow) -> None:
        self.made[-1] = replace(item, source=item.source.join(Source.at(read.row.place)))

    def _opens(self, read: ScheduleRow) -> bool:
        """Whether a row begins an item: a number or a name that is not the one above."""
        last = self._last
        if last is None:
            return True
        if read.no:
            repeated = read.no == last.no and (not read.item or bare(read.item) == bare(last.name))
            return not repeated
        return bool(read.item) and bare(read.item) != bare(last.name)

    def _drop_band(self) -> None:
        """Drop the item above when it was a heading that stands alone in its row and got no task."""
        last = self._last
        if last is None or last.tasks:
            return
        if sum(1 for cell in last.source.raw.split("\t") if cell.strip()) == 1:
            self.made.pop()

    def _open(self, read: ScheduleRow) -> None:
        self._drop_band()
        no, name = read.no, read.item or read.content
        mark = read_mark(name) if not self._numbered else None
        if mark is not None:
            no, name = mark.no, mark.rest
        if not no:
            last = self._last if self._numbered else None
            no = f"{last.no}-{len(self.made) + 1}" if last else str(len(self.made) + 1)
        source = Source.at(read.row.place, raw=read.row.raw.rstrip("\t"))
        self.made.append(WorkItem(no=no, name=name, section=self._section or None, source=source))

    def _add_tasks(self, read: ScheduleRow) -> None:
        item = self.made[-1]
        raw = read.content_raw or read.content
        if not raw and not (self._flat or read.marked or read.status or read.note or read.timing):
            self._replace(item, read)
            return
        parts, packed = split_contents(raw, wraps=self._wraps) if raw else ([item.name], False)
        if packed:
            self._packed.append((read.row, raw))
        tasks = tuple(_task(_plain(part), read) for part in parts)
        self._replace(replace(item, tasks=(*item.tasks, *tasks)), read)


def _plain(content: str) -> str:
    mark = read_mark(content)
    return mark.rest if mark is not None and mark.depth >= 3 and mark.rest else content


def _task(content: str, read: ScheduleRow) -> Task:
    timing = _printed_timing(read.timing) or read_timing(content)
    return Task(
        content=content,
        months=read.months or _printed_months(read.timing),
        status=read.status or None,
        note=read.note or None,
        timing=timing,
        target=read_target(content),
        partners=tuple(squeeze(part) for part in _LIST.split(read.partners) if part),
        source=Source.at(read.row.place, raw=read.row.raw.rstrip("\t")),
    )


def _printed_timing(text: str) -> Timing | None:
    """Return the timing of a column of its own, its words kept even where they are not understood."""
    if not text:
        return None
    return read_timing(text) or Timing(raw=text)


def _printed_months(text: str) -> tuple[int, ...] | None:
    """Return the months that a column of its own names, 月 being left out or not.

    >>> _printed_months("3、9"), _printed_months("4-6"), _printed_months("3月至5月")
    ((3, 9), (4, 5, 6), (3, 4, 5))
    """
    if _WHOLE_YEAR.match(text):
        return tuple(range(1, 13))
    words = halve(squeeze(text)).replace(" ", "")
    if found := _BARE_RANGE.match(words):
        return tuple(range(int(found[1]), int(found[2]) + 1)) or None
    if _BARE_LIST.match(words):
        return tuple(dict.fromkeys(int(month) for month in re.findall(r"\d+", words)))
    read = [read_timing(printed) for printed in (text, _YEAR_BEFORE.sub("", words)) if printed]
    return max((t.months for t in read if t and t.months), key=len, default=None)
