"""A measure compiled for judging: everything that does not depend on figures, parsed once at the door.

Measures of equal *methods* differ only in items, aims and printed actuals, and are judged together in bulk.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from hengtu.core.amounts import MissingKind
from hengtu.core.exchange import part_from_json, part_to_json
from hengtu.core.formulas import Formula
from hengtu.core.formulas.tree import Definition as Note
from hengtu.core.formulas.tree import Item, is_share
from hengtu.core.judging.directions import DirectionSource, find_direction
from hengtu.core.judging.figures import tidy
from hengtu.core.judging.items import (
    Rules,
    bases,
    over_org_of,
    over_time_of,
    printed_operands,
    read_formula,
    resolve,
)
from hengtu.core.judging.methods import (
    LEVELS,
    Method,
    OperandRule,
    dump,
    make_canonical,
    place_name,
    write_method,
)
from hengtu.core.judging.planned import curve_of
from hengtu.core.judging.series import OverTime
from hengtu.core.judging.targets import pick_target, printed_actual
from hengtu.core.periods import Period, read_period
from hengtu.core.plan import Direction, Kpi, Measure
from hengtu.core.source import NOWHERE

FindItem = Callable[[str], Sequence[int]]
NO_ITEM = -1


class AimAt(NamedTuple):
    """What is asked for: of a ROC year (``period`` is the year's code) or at the end of one of its months."""

    period: int
    target: float | None
    low: float | None = None
    high: float | None = None


class PrintedAt(NamedTuple):
    """An actual that the plan prints for the end of a month: its value, or the kind of missing."""

    period: int
    value: float | None
    missing: MissingKind | None = None


class Other(NamedTuple):
    """Another item that serves the operand at a place where those before it have no figures."""

    place: int
    item: int
    years_back: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A measure compiled. ``method`` is the text of its method, ``read_method`` reads it.

    ``items`` are the items of the operands by place, ``own`` that of the measure's own values, −1 where there is
    none. ``single`` is not empty where only the path of one record can judge it; then it holds what that needs.
    """

    code: str
    measure: int
    method: str
    items: tuple[int, ...] = ()
    own: int = NO_ITEM
    aims: tuple[AimAt, ...] = ()
    printed: tuple[PrintedAt, ...] = ()
    others: tuple[Other, ...] = ()
    known_by: DirectionSource = "unknown"
    single: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """What the path of one record needs of a measure: the measure, the rules, and the items of each name."""

    kpi: Kpi
    rules: Rules
    items: Mapping[str, tuple[int, ...]]


def define(kpi: Kpi, measure: Measure, rules: Rules | None, find_item: FindItem) -> Definition:
    """Return a measure compiled.

    ``find_item`` returns the items that may hold the figures of a name, the first that has any counts: the
    measure's own, those of its KPI's other measures, the plan's. Names come as ``figures.tidy`` leaves them;
    the empty name asks for the item of the measure's own values, one at most.
    """
    formula = read_formula(measure)
    over_time = over_time_of(kpi, measure, rules)
    direction, known_by = find_direction(kpi, measure)
    nodes = _operands(formula, find_item)
    own = tuple(find_item(""))
    found = [_candidates(node, find_item) for node in nodes]
    method = Method(
        own=over_time.get("", "last") if own else "last",
        curve=curve_of(kpi, measure, formula, over_time),
        direction=direction,
    )
    if formula and nodes:
        method = replace(method, percent=_percent(measure.unit, formula))
        method = _with_formula(method, formula, nodes, over_time, find_item)
    return Definition(
        code=kpi.code,
        measure=measure.index,
        method=write_method(method),
        items=tuple(one[0].item if one else NO_ITEM for one in found),
        own=own[0] if own else NO_ITEM,
        aims=tuple(_aims(measure)),
        printed=tuple(_printed(measure)),
        others=tuple(_others(found)),
        known_by=known_by,
        single=_single(kpi, measure, rules, find_item)
        if _needs_single(measure, formula, direction, find_item)
        else "",
    )


def _needs_single(
    measure: Measure, formula: Formula | None, direction: Direction | None, find_item: FindItem
) -> bool:
    """Whether columns cannot say what a measure needs."""
    for item in printed_operands(formula) if formula else ():
        noted = resolve(formula, item) if formula else ()
        if noted and _candidates(item, find_item):
            return True
        if any(_needs_record(part, find_item) for part in (item, *noted)):
            return True
    return direction == "hold" and not _plain_history(measure)


def _needs_record(item: Item, find_item: FindItem) -> bool:
    """Whether an operand looks at other agencies, or goes over time as its figures say."""
    if item.at in ("prev", "ytd"):
        return bool(find_item(tidy(item.name)) and find_item(tidy(item.base)))
    return item.at == "children"


def _plain_history(measure: Measure) -> bool:
    """Whether the plan prints one actual at most for every whole year."""
    actuals = [one for one in measure.values if one.kind == "actual" and not one.unit]
    years = [read_period(one.period or str(one.roc_year)) for one in actuals]
    whole = [one for one in years if one and one.whole_year]
    named = any(one.period and (at := read_period(one.period)) and at.whole_year for one in actuals)
    return not named and len(set(whole)) == len(whole)


def _percent(unit: str | None, formula: Formula) -> bool:
    """Whether a plain quotient is taken times 100, its unit being %."""
    printed = unit or formula.unit or (formula.limit.unit if formula.limit else None)
    return printed in ("%", "％") and formula.body is not None and is_share(formula.body)


def _operands(formula: Formula | None, find_item: FindItem) -> list[Item]:
    """Return the operands to look for: what a note defines is worked out unless it is an item itself."""
    nodes: dict[str, Item] = {}
    if formula is None or formula.body is None:
        return []
    for item in printed_operands(formula):
        entered = _candidates(item, find_item)
        for part in (item,) if entered else resolve(formula, item) or (item,):
            nodes.setdefault(part.name, part)
    return list(nodes.values())


def _candidates(item: Item, find_item: FindItem) -> list[Other]:
    """Return the items of an operand: of its printed name, else, for 上年度X, of X a year before."""
    found = [Other(0, one) for one in find_item(tidy(item.name))]
    if item.at == "children":
        return found
    for name in dict.fromkeys((item.base, f"本年度{item.base}")):
        if name != item.name:
            found += [Other(0, one, item.years_back) for one in find_item(tidy(name))]
    return found


def _others(found: Sequence[Sequence[Other]]) -> Iterator[Other]:
    for place, candidates in enumerate(found):
        for one in candidates[1:]:
            yield one._replace(place=place)


def _with_formula(
    method: Method,
    formula: Formula,
    nodes: Sequence[Item],
    over_time: Mapping[str, OverTime],
    find_item: FindItem,
) -> Method:
    """Return a method with its expression; without notes the names become places."""
    below = bases(formula)
    names = {
        node.name: node.name if formula.definitions else place_name(place, node.inner)
        for place, node in enumerate(nodes)
    }
    operands = tuple(
        _operand(node, names[node.name], over_time, find_item, base=node.name in below)
        for node in nodes
    )
    notes = tuple(Note(note.name, make_canonical(note.body, names)) for note in formula.definitions)
    body = make_canonical(formula.body, names) if formula.body else None
    return replace(method, body=body, notes=notes, operands=operands)


def _operand(
    node: Item, name: str, over_time: Mapping[str, OverTime], find_item: FindItem, *, base: bool
) -> OperandRule:
    entered = bool(find_item(tidy(node.name)))
    rule = _so_far(node, entered=entered) or over_time.get(node.name, "sum")
    candidates = _candidates(node, find_item)
    return OperandRule(
        name,
        rule,
        candidates[0].years_back if candidates else node.years_back,
        base and rule in LEVELS,  # a flow goes the same way above and below
        node.at == "prev" and not entered,
    )


def _so_far(item: Item, *, entered: bool) -> OverTime | None:
    """Return how 累計(X) goes over time: X summed, whatever its rule; entered itself it is a level."""
    if item.at != "ytd":
        return None
    if entered:
        return "last"
    return "mean" if over_org_of(item.base) == "mean" else "sum"


def _aims(measure: Measure) -> Iterator[AimAt]:
    """Yield the aims of the years, and those of parts of them by the month they end with."""
    targets = [value for value in measure.values if value.kind == "target"]
    for roc_year in sorted({value.roc_year for value in targets}):
        named = (read_period(one.period or "") for one in targets if one.roc_year == roc_year)
        ends = {one.months[-1] for one in named if one}
        for month in (*sorted(ends), *sorted(set(range(1, 13)) - ends)[:1]):
            target = pick_target(measure, Period(roc_year, month=month))
            if target.part or month not in ends:
                at = Period(roc_year, month=month if target.part else None)
                yield AimAt(at.code, target.aim.target, target.aim.low, target.aim.high)


def _printed(measure: Measure) -> Iterator[PrintedAt]:
    """Yield the actuals that the plan prints, by the month they end with."""
    actuals = [value for value in measure.values if value.kind == "actual"]
    named = (read_period(value.period or str(value.roc_year)) for value in actuals)
    ends = sorted({(one.roc_year, one.months[-1]) for one in named if one})
    for roc_year, month in ends:
        at = Period(roc_year, month=month)
        if value := printed_actual(measure, at):
            yield PrintedAt(at.code, value.value, value.missing)


def _single(kpi: Kpi, measure: Measure, rules: Rules | None, find_item: FindItem) -> str:
    """Return what the path of one record needs, as JSON."""
    values = tuple(replace(value, source=NOWHERE, raw=value.raw) for value in measure.values)
    own = replace(measure, values=values, source=NOWHERE)
    names = ["", *(n for p in _named(measure) for n in (p.name, p.base, f"本年度{p.base}"))]
    said = [
        [item, rule]
        for (code, index, item), rule in (rules or {}).items()
        if (code, index) == (kpi.code, measure.index)
    ]
    items = {name: list(find_item(name)) for name in dict.fromkeys(map(tidy, names))}
    bare = Kpi(code=kpi.code, name=kpi.name, measures=(own,))
    return dump([part_to_json(bare), said, items])


def _named(measure: Measure) -> Iterator[Item]:
    """Yield the items of a formula and of the notes that define them."""
    if formula := read_formula(measure):
        for item in printed_operands(formula):
            yield from (item, *resolve(formula, item))


def read_single(text: str) -> Single:
    """Return what ``Definition.single`` holds."""
    kpi, said, items = json.loads(text)
    read: Kpi = part_from_json(Kpi, kpi)
    index = read.measures[0].index
    return Single(
        kpi=read,
        rules={(read.code, index, item): rule for item, rule in said},
        items={name: tuple(ids) for name, ids in items.items()},
    )


def to_content(definition: Definition) -> list[Any]:
    """Return a definition as JSON values, for a JSON column."""
    return [getattr(definition, one.name) for one in fields(definition)]


def from_content(content: Sequence[Any]) -> Definition:
    """Return the definition of its JSON values."""
    code, measure, method, items, own, aims, printed, others, known_by, single = content
    return Definition(
        code=code,
        measure=measure,
        method=method,
        items=tuple(items),
        own=own,
        aims=tuple(map(AimAt._make, aims)),
        printed=tuple(map(PrintedAt._make, printed)),
        others=tuple(map(Other._make, others)),
        known_by=known_by,
        single=single,
    )


def to_json(definition: Definition) -> str:
    """Return a definition as compact JSON."""
    return dump(to_content(definition))


def from_json(text: str) -> Definition:
    """Return the definition of a JSON text."""
    return from_content(json.loads(text))
