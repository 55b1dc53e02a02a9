"""The cell that says how a KPI is measured: formula, unit, threshold, rules, for one or several measures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hengtu.core.formulas import Formula, FormulaError, items, parse, spell
from hengtu.core.formulas.signs import fold_signs
from hengtu.core.formulas.tree import Item, Limit, Percentage, is_share
from hengtu.core.hanzi import unwrap
from hengtu.core.plan import Direction, Measure, Threshold
from hengtu.core.source import Source
from hengtu.readers.recognise.measures.standards import split_standard
from hengtu.readers.recognise.measures.units import share_units, unit_in_name
from hengtu.readers.recognise.notes import Notes

_COUNTABLE = re.compile(
    r"(?:數|數量|次|人次|場次|件次|率|度|量|額|值|比|比例|比重|占比|佔比|百分比|時間|天數|日數|經費|成本|分|得分|評分|成績|"
    r"名次|等級|面積|里程|長度|收入|支出|收益|盈餘|指數|總和|合計|總計|平均|點|距離)$"
)
_PROSE = re.compile(r"[。；;，,：:]|\d+\s*[^\d\s]{1,3}$")
_YES_NO = re.compile(r"^\s*(?:是\s*/\s*否|有\s*/\s*無|[Yy](?:es)?\s*/\s*[Nn]o?)\s*$")
_LOWER = re.compile(r"縮短|降低|減少|下降|遞減|調降|縮減")
_HIGHER = re.compile(r"提高|增加|成長|提升|遞增|增進|擴大")
_BY_OP: dict[str, Direction] = {">=": "higher", ">": "higher", "<=": "lower", "<": "lower"}
_SHARE_UNIT = re.compile(
    r"(?<=[^\s=＝])\s*[(（]\s*([^()（）\s]{1,6}[/／][^()（）\s]{1,6})\s*[)）]\s*$"
)
_LONGEST_NAME = 60
_PERCENT = ("%", "％")


def read_standard(
    text: str,
    *,
    kpi_names: tuple[str, ...],
    where: Source,
    subject: str,
    notes: Notes,
    unit_hint: str | None = None,
) -> tuple[tuple[Measure, ...], ...]:
    """Return for every KPI of the row its measures, from the one printed cell that serves them all.

    ``kpi_names`` has one name per KPI of the row; ``unit_hint`` is a unit printed elsewhere (a unit column,
    the value cells). Values are not filled. A KPI without a printed formula gets one measure without formula.
    """
    raw = text.strip()
    if not raw:
        return tuple(
            (Measure(unit=unit_hint or unit_in_name(name), source=where),) for name in kpi_names
        )
    reading = _Reading(raw, where, subject, notes, unit_hint)
    parts, printed_unit = split_standard(raw, kpis=len(kpi_names))
    units = share_units(printed_unit or unit_hint, len(parts)) if len(parts) > 1 else (None,)
    measures = [reading.read_part(part, unit) for part, unit in zip(parts, units, strict=True)]
    return tuple(
        reading.number(given, name)
        for given, name in zip(_deal(measures, len(kpi_names)), kpi_names, strict=True)
    )


def _deal(measures: list[Measure], kpis: int) -> list[list[Measure]]:
    """Give the measures to the KPIs in order: one each, all to one, one for all, the rest to the last."""
    if kpis == 1:
        return [measures]
    if len(measures) == 1:
        return [measures] * kpis
    dealt = [[measure] for measure in measures[:kpis]]
    if len(measures) > kpis:
        dealt[-1].extend(measures[kpis:])
    return dealt + [[] for _ in range(kpis - len(dealt))]


@dataclass
class _Reading:
    """One printed standard: its raw text, and where findings about it go."""

    raw: str
    where: Source
    subject: str
    notes: Notes
    unit_hint: str | None

    def read_part(self, part: str, unit: str | None) -> Measure:
        """Return the measure that a part of the cell prints."""
        part, own = _unit_behind(part)
        unit = unit or own
        try:
            formula = parse(unwrap(part))
        except FormulaError as error:
            return self._unread(part, unit, error)
        if formula.leftover_index is not None:
            self._tell("R148", reading=formula.expression)
        if formula.repairs:
            self._tell("M103", reading=spell(formula))
        return self._measure(formula, unit)

    def _unread(self, part: str, unit: str | None, error: FormulaError) -> Measure:
        signs = fold_signs(part)
        if "%" in signs and "/" in signs and len(part) < 200:
            self._tell("M102", reading=error.text[max(0, error.position - 5) : error.position + 5])
        printed = split_standard(part, kpis=1)[1]
        return Measure(
            formula_raw=self.raw, unit=unit or printed or self.unit_hint, source=self.where
        )

    def _measure(self, formula: Formula, unit: str | None) -> Measure:
        readable = is_measurable(formula)
        limit = formula.limit
        unit = unit or formula.unit or self.unit_hint or _implied_unit(formula)
        if readable and unit in _PERCENT and formula.body and is_share(formula.body):
            self._tell("M101", reading=f"({formula.expression})×100%")
        definitions = tuple(f"{d.name}＝{spell(d.body)}" for d in formula.definitions)
        return Measure(
            formula=formula.expression if readable else None,
            formula_raw=self.raw,
            unit=unit,
            direction=direction_of(formula),
            threshold=_threshold(limit) if limit else None,
            items=items(formula) if readable else (),
            target_rule=formula.target_rule,
            condition=formula.condition,
            notes=(*formula.notes, *definitions),
            source=self.where,
        )

    def number(self, measures: list[Measure], kpi_name: str) -> tuple[Measure, ...]:
        """Return the measures of one KPI with index, label and a unit that the name tells."""
        if not measures:
            return (Measure(unit=self.unit_hint or unit_in_name(kpi_name), source=self.where),)
        if len(measures) > 1:
            self._tell("R144", reading="；".join(m.formula or "" for m in measures))
        labels = _labels([m.formula or "" for m in measures])
        return tuple(
            _numbered(measure, index, label, unit_in_name(kpi_name))
            for index, (measure, label) in enumerate(zip(measures, labels, strict=True), 1)
        )

    def _tell(self, code: str, *, reading: str) -> None:
        self.notes.tell(code, self.where, subject=self.subject, raw=self.raw, reading=reading)


def _numbered(measure: Measure, index: int, label: str | None, unit: str | None) -> Measure:
    return replace(measure, index=index, label=label, unit=measure.unit or unit)


def is_measurable(formula: Formula) -> bool:
    """Whether the printed words can be counted or computed, and are not a sentence about work to do."""
    body = formula.body
    if body is None or not items(body) or _YES_NO.match(formula.expression):
        return False
    if not isinstance(body, Item):
        return True
    if len(body.name) > _LONGEST_NAME:
        return False
    if body.per or formula.limit:
        return True
    return bool(_COUNTABLE.search(body.name)) and not _PROSE.search(body.name)


def direction_of(formula: Formula) -> Direction | None:
    """Return the direction that a printed comparison or a rule for the targets tells, or None."""
    if formula.limit and formula.limit.op != "=":
        return _BY_OP[formula.limit.op]
    rule = formula.target_rule or ""
    if _LOWER.search(rule):
        return "lower"
    return "higher" if _HIGHER.search(rule) else None


def _threshold(limit: Limit) -> Threshold:
    return Threshold(op=limit.op, value=limit.value, unit=limit.unit, raw=limit.raw)


def _unit_behind(part: str) -> tuple[str, str | None]:
    """Return a standard without the unit of two words in its last bracket, which is no formula, and that unit.

    >>> _unit_behind("年平均濃度(微克/立方公尺)"), _unit_behind("件數(甲/乙)")
    (('年平均濃度', '微克/立方公尺'), ('件數(甲/乙)', None))
    """
    found = _SHARE_UNIT.search(part)
    unit = unit_in_name(f"({found[1]})") if found else None
    return (part[: found.start()], unit) if found and unit else (part, None)


def _implied_unit(formula: Formula) -> str | None:
    if isinstance(formula.body, Percentage):
        return "%"
    if formula.limit and formula.limit.unit:
        return formula.limit.unit
    if not isinstance(formula.body, Item):
        return None
    words = (formula.body.name, *(f"({note})" for note in formula.notes))
    return next((unit for text in words if (unit := unit_in_name(text))), None)


def _labels(formulas: list[str]) -> list[str | None]:
    if len(formulas) < 2:
        return [None] * len(formulas)
    shared = next(
        (i for i, heads in enumerate(zip(*formulas, strict=False)) if len(set(heads)) > 1), 0
    )
    return [formula[shared:] or formula or None for formula in formulas]
