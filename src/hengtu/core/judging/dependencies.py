"""KPIs that stand in the formulas of other KPIs: who needs whom, in which order, and cycles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hengtu.core.formulas.tree import Item
from hengtu.core.judging.figures import tidy
from hengtu.core.judging.items import is_shared, operands, read_formula
from hengtu.core.plan import Kpi, Measure, Plan

MeasureKey = tuple[str, int]
Needs = Mapping[MeasureKey, tuple[MeasureKey, ...]]
_QUOTES = "「」『』"


class CycleError(ValueError):
    """KPIs whose formulas need each other; ``path`` names their codes, the first again at the end."""

    def __init__(self, path: tuple[str, ...]) -> None:
        super().__init__(" → ".join(path))
        self.path = path


def name_measures(plan: Plan) -> dict[str, MeasureKey]:
    """Return the measures that an operand can name: by code or name of a KPI, or the result of a formula.

    A name that two KPIs bear, or one of up to three letters, names none; nor does a KPI of several measures.
    """
    found: dict[str, set[MeasureKey]] = {}
    for kpi in plan.kpis:
        for name, key in _names(kpi):
            found.setdefault(tidy(name), set()).add(key)
    return {name: next(iter(keys)) for name, keys in found.items() if len(keys) == 1}


def _names(kpi: Kpi) -> Iterator[tuple[str, MeasureKey]]:
    if len(kpi.measures) == 1:
        key = (kpi.code, kpi.measures[0].index)
        yield kpi.code, key
        if is_shared(tidy(kpi.name)):
            yield kpi.name, key
    for measure in kpi.measures:
        formula = read_formula(measure)
        if formula and formula.result_name and is_shared(tidy(formula.result_name)):
            yield formula.result_name, (kpi.code, measure.index)


def referenced(item: Item, code: str, named: Mapping[str, MeasureKey]) -> MeasureKey | None:
    """Return the measure of another KPI that an operand of a KPI names, or None."""
    for name in dict.fromkeys((item.name, item.base)):
        key = named.get(tidy(name).strip(_QUOTES))
        if key is not None and key[0] != code:
            return key
    return None


def depends(plan: Plan) -> dict[MeasureKey, tuple[MeasureKey, ...]]:
    """Return for every measure the measures of other KPIs that its formula names.

    An operand with figures of its own is not looked up; that depends on the figures and is not known here.
    """
    named = name_measures(plan)
    return {
        (kpi.code, measure.index): _needed(kpi, measure, named)
        for kpi in plan.kpis
        for measure in kpi.measures
    }


def _needed(kpi: Kpi, measure: Measure, named: Mapping[str, MeasureKey]) -> tuple[MeasureKey, ...]:
    items = operands(read_formula(measure))
    keys = (referenced(item, kpi.code, named) for item in items)
    return tuple(dict.fromkeys(key for key in keys if key is not None))


def order_measures(plan: Plan) -> tuple[MeasureKey, ...]:
    """Return the measures so that each stands after those it needs; CycleError where that cannot be."""
    return _walk(depends(plan))


def find_cycle(plan: Plan) -> tuple[str, ...]:
    """Return the codes of KPIs that need each other, the first again at the end; empty without a cycle."""
    try:
        order_measures(plan)
    except CycleError as error:
        return error.path
    return ()


def order_known(
    needs: Needs,
) -> tuple[tuple[MeasureKey, ...], dict[MeasureKey, tuple[str, ...]]]:
    """Return the order of what can be worked out, and for what cannot the path of the cycle that it waits for."""
    stuck: dict[MeasureKey, tuple[str, ...]] = {}
    rest = dict(needs)
    while True:
        try:
            return _walk(rest), stuck
        except CycleError as error:
            around = [key for key in rest if key[0] in error.path]
            stuck.update(dict.fromkeys(_waiting(around, rest), error.path))
            rest = {key: wanted for key, wanted in rest.items() if key not in stuck}


def _waiting(around: list[MeasureKey], needs: Needs) -> set[MeasureKey]:
    """Return the measures of a cycle and all that wait for them."""
    found = {key for key in around if _reaches(key, key, needs)}
    grown = True
    while grown:
        more = {key for key, wanted in needs.items() if not found.isdisjoint(wanted)} - found
        found |= more
        grown = bool(more)
    return found


def _reaches(start: MeasureKey, aim: MeasureKey, needs: Needs) -> bool:
    seen: set[MeasureKey] = set()
    ahead = [*needs.get(start, ())]
    while ahead:
        key = ahead.pop()
        if key == aim:
            return True
        if key not in seen:
            seen.add(key)
            ahead.extend(needs.get(key, ()))
    return False


def _walk(needs: Needs) -> tuple[MeasureKey, ...]:
    """Return the keys depth first; an explicit path, so that a long chain is no deep recursion."""
    done: dict[MeasureKey, None] = {}
    for start in needs:
        path: dict[MeasureKey, Iterator[MeasureKey]] = {}
        if start not in done:
            path[start] = iter(needs[start])
        while path:
            key, ahead = next(reversed(path.items()))
            step = next((one for one in ahead if one in needs and one not in done), None)
            if step is None:
                done[key] = None
                del path[key]
            elif step in path:
                codes = [code for code, _ in path]
                raise CycleError((*codes[list(path).index(step) :], step[0]))
            else:
                path[step] = iter(needs[step])
    return tuple(done)
