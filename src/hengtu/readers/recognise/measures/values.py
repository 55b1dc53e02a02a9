"""Value and money cells: numbers, the words for missing, packed cells, notes, states, other units."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hengtu.core.amounts import (
    Amount,
    MissingKind,
    fold,
    read_amount,
    read_missing,
    read_number,
    round_half_up,
    take_note,
)
from hengtu.core.issues import Level
from hengtu.core.periods import covers_part, read_since
from hengtu.core.plan import Budget, Measure, PlanValue, ValueKind
from hengtu.core.ranges import read_range
from hengtu.core.source import Certainty, Source
from hengtu.readers.recognise.measures.packing import split_by_index, split_in_order
from hengtu.readers.recognise.measures.units import same_unit
from hengtu.readers.recognise.notes import Notes

_LONGEST_CELL = 400  # a value cell; longer text is prose, and hostile text must cost nothing
_STATE = re.compile(
    r"(?:業|皆|均|全數|全部)?(?:已|業已)?(?:如期|提前)?(?:完成|完工|結案|達成|達標|竣工|啟用|上線|停辦|終止|取消|廢止)"
    r"|(?:尚|仍)?(?:執行|辦理|進行|規劃|施工|建置|推動)中|(?:尚)?未(?:完成|達成|達標)|落後|超前"
)
_OUTCOME = re.compile(
    r"已|業|如期|提前|達成|達標|執行中|辦理中|進行中|施工中|未完成|未達|落後|超前|實際"
)
_MONEY_UNITS = {
    "元": 1,
    "千元": 1000,
    "仟元": 1000,
    "萬元": 10_000,
    "百萬元": 1_000_000,
    "億元": 100_000_000,
}


def read_values(
    text: str,
    *,
    measures: Sequence[Measure],
    roc_year: int,
    kind: ValueKind,
    where: Source,
    subject: str,
    notes: Notes,
    period: str | None = None,
) -> tuple[PlanValue, ...]:
    """Return one value per measure of the row from one cell; a missing word may hold for all of them.

    ``measures`` are all measures of all KPIs of the row, in printed order. An empty cell says nothing and
    gives no value; of an indexed cell that leaves a measure out, that measure gets none that is invented.
    """
    raw = text.strip()
    if not raw or not measures:
        return ()
    blank = PlanValue(
        roc_year=roc_year, kind=kind, raw=raw, period=period, source=replace(where, raw=raw)
    )
    cell = _Cell(raw, blank, where, subject, notes)
    if len(raw) > _LONGEST_CELL:
        return cell.read_nothing(measures)
    if len(measures) == 1:
        return (cell.read_one(_without_leftover_index(raw), measures[0]),)
    return cell.read_several(measures)


class _Cell:
    """One value cell: what is printed, and where findings about it go."""

    def __init__(
        self, raw: str, blank: PlanValue, where: Source, subject: str, notes: Notes
    ) -> None:
        self.raw = raw
        self.blank = blank
        self.where = where
        self.subject = subject
        self.notes = notes

    def tell(
        self,
        code: str,
        *,
        reading: str = "",
        repair: str = "",
        certainty: Certainty = "certain",
        level: Level | None = None,
    ) -> None:
        """Add a finding about the cell, once for like cells of a row."""
        if _told(self.notes, code, self.where, self.subject, self.raw):
            return
        self.notes.tell(
            code,
            self.where,
            subject=self.subject,
            raw=self.raw,
            reading=reading,
            repair=repair,
            certainty=certainty,
            level=level,
        )

    def read_several(self, measures: Sequence[Measure]) -> tuple[PlanValue, ...]:
        """Return the values of a cell that serves several measures."""
        if missing := read_missing(self.raw):
            self.tell("R150", reading=missing)
            return tuple(self._absent(self.raw, missing) for _ in measures)
        if parts := split_by_index(self.raw, len(measures)):
            return self._packed(measures, parts, certain=_numbered(measures))
        pieces = split_in_order(self.raw, len(measures))
        if pieces:
            return self._packed(measures, dict(enumerate(pieces)), certain=True)
        if read_amount(self.raw):
            each = "；".join(f"{i} → {self.raw}" for i in range(1, len(measures) + 1))
            self.tell("R142", reading=each, repair="shared", certainty="open")
            shared = replace(self.blank, source=replace(self.blank.source, certainty="open"))
            cell = _Cell(self.raw, shared, self.where, self.subject, self.notes)
            return tuple(cell.read_one(self.raw, measure) for measure in measures)
        return self.read_nothing(measures)

    def read_nothing(self, measures: Sequence[Measure]) -> tuple[PlanValue, ...]:
        """Return no value for every measure, the raw words kept, and tell so."""
        return tuple(self._unreadable() for _ in measures)

    def _packed(
        self, measures: Sequence[Measure], parts: dict[int, str], *, certain: bool
    ) -> tuple[PlanValue, ...]:
        certainty: Certainty = "certain" if certain else "inferred"
        reading = "；".join(f"{i + 1} → {part}" for i, part in sorted(parts.items()))
        self.tell("R142", reading=reading, certainty=certainty)
        values = []
        for i, measure in enumerate(measures):
            if i in parts:
                value = self.read_one(parts[i], measure)
                values.append(replace(value, source=replace(value.source, certainty=certainty)))
            else:
                values.append(self._absent(self.raw, "not_reported"))
        return tuple(values)

    def read_one(self, part: str, measure: Measure) -> PlanValue:
        """Return the value that a cell or a part of it prints for one measure."""
        if missing := read_missing(part):
            return self._absent(part, missing)
        amount = _in_unit(read_amount(part), measure.unit)
        if amount is None:
            return self._range(part) or self._wordy(part)
        if amount.broken:
            self.tell("R141", reading=amount.text)
        unit = amount.unit if amount.unit and not same_unit(amount.unit, measure.unit) else None
        if unit and measure.unit:
            self.tell("R145", reading=f"{amount.text} {unit}", repair=measure.unit)
        value = replace(self.blank, value=amount.value, raw=part.strip(), unit=unit)
        return self._noted(value, amount)

    def _range(self, part: str) -> PlanValue | None:
        """Return a target with two ends: its value is the lower, its words keep both."""
        found = read_range(part) if self.blank.kind == "target" else None
        return replace(self.blank, value=found.low, raw=part.strip()) if found else None

    def _noted(self, value: PlanValue, amount: Amount) -> PlanValue:
        if not amount.note:
            return value
        since = read_since(amount.note)
        if covers_part(amount.note):
            self.tell("R146", reading=since or amount.note)
        state = amount.note if _STATE.fullmatch(amount.note) else None
        if state and value.kind == "target" and _OUTCOME.search(state):
            self.tell("R147", reading=state)
        return replace(value, note=amount.note, since=since, state=state)

    def _wordy(self, part: str) -> PlanValue:
        body, note = take_note(fold(part))
        if note and (missing := read_missing(body)):
            return replace(self._absent(part, missing), note=note, since=read_since(note))
        return self._unreadable()

    def _absent(self, part: str, missing: MissingKind) -> PlanValue:
        return replace(self.blank, missing=missing, raw=part.strip())

    def _unreadable(self) -> PlanValue:
        lost = any(ch.isdigit() for ch in self.raw)
        self.tell("R149", certainty="open", level="error" if lost else "warning")
        source = replace(self.blank.source, certainty="open")
        return replace(self.blank, missing="not_computable", source=source)


def _told(notes: Notes, code: str, where: Source, subject: str, raw: str) -> bool:
    """Whether the same was told of the same place: like cells of a row are told once."""
    same, lines = (code, subject, raw), where.all_lines()
    return any(f.identity == same and f.where.all_lines() == lines for f in notes.findings)


def _numbered(measures: Sequence[Measure]) -> bool:
    return any(re.match(r"\s*[(（]?\s*1\s*[.、．)）]", m.formula_raw or "") for m in measures)


def _without_leftover_index(raw: str) -> str:
    found = re.match(r"^\s*1\s*[.、．]\s+(?=\D*\d)", raw)
    return raw[found.end() :] if found else raw


def read_money(
    text: str, *, roc_year: int, factor: int, where: Source, subject: str, notes: Notes
) -> Budget:
    """Return the budget of a cell in 元; ``factor`` is 1000 when the header says 千元."""
    raw = text.strip()
    budget = Budget(roc_year=roc_year, raw=raw, source=replace(where, raw=raw))
    amount, broken = _read_money(raw, factor)
    if amount is None:
        return budget
    if broken and not _told(notes, "R141", where, subject, raw):
        notes.tell("R141", where, subject=subject, raw=raw, reading=str(amount))
    return replace(budget, amount=amount)


def _read_money(raw: str, factor: int) -> tuple[int | None, bool]:
    folded = re.sub(r"^(?:新臺幣|新台幣|NT\$?|\$|約)\s*", "", fold(raw))
    body, _ = take_note(folded)
    printed = re.fullmatch(
        r"([-+]?[\d,. ]+?)\s*((?:億|百萬|萬|千|仟)?元|億|萬|千|仟)?(?:整)?", body
    )
    number = read_number(printed[1]) if printed else None
    if not printed or not number:
        return None, False
    unit = printed[2]
    scale = factor if not unit else _MONEY_UNITS[unit if unit.endswith("元") else f"{unit}元"]
    return int(round_half_up(Decimal(number[0]) * scale)), number[1]


def _in_unit(amount: Amount | None, unit: str | None) -> Amount | None:
    """Return the amount in the measure's unit: 萬 and 億 stay with a unit of their own, as printed."""
    if amount is None or not amount.unit or (unit and same_unit(amount.unit, unit)):
        return amount
    return amount.as_printed


def unit_of(cells: Sequence[str]) -> str | None:
    """Return the unit that most of the value cells carry (``15件`` → 件, ``97%`` → %), or None."""
    amounts = [amount for cell in cells if (amount := _in_unit(read_amount(cell), None))]
    counted = Counter(amount.unit for amount in amounts).most_common(1)
    return counted[0][0] if counted else None
