"""The data items of a plan: what has to be entered once, for every KPI that uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from hengtu.core.formulas import Formula, FormulaError, parse
from hengtu.core.formulas.tree import (
    PERCENT_NAME,
    Call,
    Item,
    Node,
    Number,
    Percentage,
    Product,
    Sum,
    is_share,
    items,
    walk,
)
from hengtu.core.judging.series import OverTime, SeriesKey
from hengtu.core.plan import Kpi, Measure, Plan

Frequency = Literal["day", "week", "month", "quarter", "half_year", "year", "irregular"]
Rules = Mapping[SeriesKey, OverTime]
RuleProblem = Literal["sum_of_percentages", "not_over_agencies"]
_SHORTEST_SHARED = 4  # 場次 or 件數 means something else in every KPI
_CUMULATIVE = re.compile(r"累計|累積|截至|期末|期初|月底|年底|年末|現有|在籍|既有")
_LEVEL = re.compile(
    r"編制|員額|人口|預算|決算|應付|實付|實支|實際支出|保留數|執行數|支用|節餘|核定|補助|"
    r"總人數|人員(?:總)?數$|人員總數|同仁(?:人)?數|員工(?:人)?數|職員(?:人)?數|職員總數|本所|"
    r"全[區市縣鄉鎮]|全年度?(?:預定|預計|計畫|目標|應)|列管|應[訓受參][^件次]{0,6}數|長度$|面積$|進度|"
    r"(?:家|處|戶|里|據點|社區|機關|場域|規)數$|(?<![件次場份筆張篇則])總數$"
)
_FLOW = re.compile(
    r"報名|受理|申請(?!補助)|申辦|收件|收入|辦結|通報|陳情|總和$|次數?$|場次$|人次$|件數?$|則數?$|篇數?$|支數?$|張數$|"
    r"份數$|輛數$|筆數$|日數?$|里程$|次數|件數"
)
_WEAK_FLOW = re.compile(r"時數$|分鐘數$|金額$|費用$|人數$|量$")
_RATE = re.compile(r"平均|每[人件案戶月]|率$|比率|比例|百分比|滿意度|指數|濃度|溫度|覆蓋")
_MONTHLY = re.compile(r"每月|按月|月平均")
_FREQUENCIES: tuple[tuple[Frequency, re.Pattern[str]], ...] = (
    ("day", re.compile(r"每日|逐日")),
    ("week", re.compile(r"每[週周]")),
    ("quarter", re.compile(r"每季|按季|單季")),
    ("half_year", re.compile(r"每半年|半年")),
)
_UNIT = re.compile(
    r"(人次|場次|家次|件|次|場|戶|篇|則|張|支|案|份|家|處|輛|筆|里|人|日|元|小時|分鐘)數?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataItem:
    """A variable of formulas; ``users`` are the (KPI code, measure index) that it serves.

    ``guessed`` tells that the rule over time was read from words and wants a person's confirmation.
    """

    name: str
    unit: str | None = None
    frequency: Frequency = "month"
    over_time: OverTime = "sum"
    over_org: OverTime = "sum"
    guessed: bool = True
    users: tuple[tuple[str, int], ...] = ()


def find_items(plan: Plan, rules: Rules | None = None) -> tuple[DataItem, ...]:
    """Return the data items of a plan, one for each name; a name of up to three letters is its KPI's own."""
    found: dict[tuple[str, str], list[tuple[Kpi, Measure]]] = {}
    for kpi in plan.kpis:
        for measure in kpi.measures:
            for name in entered_items(measure):
                owner = "" if is_shared(name) else f"{kpi.code}/{measure.index}"
                found.setdefault((name, owner), []).append((kpi, measure))
    return tuple(_item(name, users, rules or {}) for (name, _), users in found.items())


def is_shared(name: str) -> bool:
    """Whether a name is telling enough to mean one thing in the whole plan."""
    return len(name) >= _SHORTEST_SHARED


def _item(name: str, users: list[tuple[Kpi, Measure]], rules: Rules) -> DataItem:
    kpi, measure = users[0]
    said = next(
        (r for k, m in users if (r := rules.get((k.code, m.index, name))) is not None), None
    )
    over_time = said or _rule_of(kpi, measure, name)
    return DataItem(
        name=name,
        unit=item_unit(name, measure),
        frequency=_frequency(f"{kpi.name} {measure.formula or ''}"),
        over_time=over_time,
        over_org=over_org_of(name),
        guessed=said is None,
        users=tuple((k.code, m.index) for k, m in users),
    )


def over_org_of(name: str) -> OverTime:
    """Return how an item goes over agencies, guessed from its name: percentages do not add up."""
    return "mean" if PERCENT_NAME.search(name) else "sum"


def _rule_of(kpi: Kpi, measure: Measure, name: str) -> OverTime:
    """Return the guess for an item by its bare name: 本年度X and 上年度X are X at two times."""
    guessed = over_time_of(kpi, measure)
    nodes = operands(read_formula(measure))
    return next(guessed[node.name] for node in nodes if (node.base or node.name) == name)


def _frequency(words: str) -> Frequency:
    return next((kind for kind, pattern in _FREQUENCIES if pattern.search(words)), "month")


def item_unit(name: str, measure: Measure) -> str | None:
    """Return the unit of an item: its measure's where it is the whole formula, else by its last word."""
    formula = read_formula(measure)
    if formula and isinstance(formula.body, Item):
        return measure.unit
    if PERCENT_NAME.search(name):
        return "%"
    found = _UNIT.search(name)
    return found[1] if found else None


def entered_items(measure: Measure) -> tuple[str, ...]:
    """Return the items of a measure to be entered, each by its bare name, whatever time it is taken at.

    What stands in child agencies is entered there.
    """
    own = (item for item in operands(read_formula(measure)) if item.at != "children")
    return tuple(dict.fromkeys(item.base or item.name for item in own))


def operands(formula: Formula | None) -> tuple[Item, ...]:
    """Return the item nodes of a formula, each name once, items that a note defines resolved."""
    return _operands(formula) if formula else ()


@lru_cache(maxsize=4096)
def _operands(formula: Formula) -> tuple[Item, ...]:
    nodes: dict[str, Item] = {}
    for item in printed_operands(formula):
        for part in resolve(formula, item) or (item,):
            nodes.setdefault(part.name, part)
    return tuple(nodes.values())


def printed_operands(formula: Formula) -> tuple[Item, ...]:
    """Return the item nodes as the formula prints them, each name once."""
    return tuple({item.name: item for item in _walk_items(formula.body)}.values())


def resolve(formula: Formula, item: Item) -> tuple[Item, ...]:
    """Return the items of the note that defines an item, none where no note does."""
    body = next((d.body for d in formula.definitions if item.name.endswith(d.name)), None)
    return tuple(_walk_items(body))


@lru_cache(maxsize=4096)
def bases(formula: Formula) -> frozenset[str]:
    """Return the names of the items that only divide."""
    if formula.body is None:
        return frozenset()
    quotients = [part for part in walk(formula.body) if isinstance(part, Product)]
    below = {n for q in quotients for stroke, f in q.factors if stroke == "/" for n in items(f)}
    above = {n for q in quotients for stroke, f in q.factors if stroke == "*" for n in items(f)}
    return frozenset(below - above)


def _walk_items(node: Node | None) -> Iterator[Item]:
    if node is not None:
        yield from (part for part in walk(node) if isinstance(part, Item))


def read_formula(measure: Measure) -> Formula | None:
    """Return the parsed formula of a measure, or None where there is none or it cannot be read.

    What a note defines stands only in the printed text.
    """
    formula, printed = _parsed(measure.formula), _parsed(measure.formula_raw)
    if formula and printed and printed.definitions and not formula.definitions:
        return replace(formula, definitions=printed.definitions)
    return formula or printed


def _parsed(text: str | None) -> Formula | None:
    try:
        return parse(text) if text else None
    except FormulaError:
        return None


def over_time_of(kpi: Kpi, measure: Measure, rules: Rules | None = None) -> dict[str, OverTime]:
    """Return how every operand of a measure, and with an empty name its own value, goes over time.

    A guess by words and by the shape of the formula: the parts of a weighted progress are levels; the
    operands of one formula agree unless their words say otherwise. ``rules`` override it; one by an item's bare
    name holds whatever time the item is taken at.
    """
    formula = read_formula(measure)
    guessed = _guess(kpi, formula)
    guessed[""] = _own(kpi, measure, guessed)
    said = {
        item: rule
        for (code, index, item), rule in (rules or {}).items()
        if (code, index) == (kpi.code, measure.index)
    }
    moments = {node.name: said[node.base] for node in operands(formula) if node.base in said}
    return guessed | moments | said


def _guess(kpi: Kpi, formula: Formula | None) -> dict[str, OverTime]:
    nodes = operands(formula)
    if not formula or formula.body is None:
        return {}
    if is_progress(formula.body):
        return dict.fromkeys((item.name for item in nodes), "last")
    own: dict[str, OverTime | None] = {item.name: _by_words(item, kpi) for item in nodes}
    agreed = _agree(own, kpi)
    return {name: rule or agreed for name, rule in own.items()}


def _by_words(item: Item, kpi: Kpi) -> OverTime | None:
    """Return the rule that the words of an item leave no doubt about."""
    name = item.base or item.name
    if _CUMULATIVE.search(name):
        return "last"
    if item.per:
        return "mean" if _RATE.search(name) else "sum"
    if _RATE.search(name):
        return "mean"
    if _LEVEL.search(name):
        return "sum" if _MONTHLY.search(kpi.name) else "last"
    if _WEAK_FLOW.search(name):
        return None
    return "sum" if _FLOW.search(name) else None


def _agree(own: Mapping[str, OverTime | None], kpi: Kpi) -> OverTime:
    said = {rule for rule in own.values() if rule in ("sum", "last")}
    if said == {"last"}:
        return "last"
    return "last" if not said and _CUMULATIVE.search(kpi.name) else "sum"


def _own(kpi: Kpi, measure: Measure, guessed: Mapping[str, OverTime]) -> OverTime:
    formula = read_formula(measure)
    body = formula.body if formula else None
    if _CUMULATIVE.search(kpi.name):
        return "last"
    if isinstance(body, Item) and not is_rate(measure, body):
        return guessed[body.name]
    if body is None and not is_rate(measure, None) and not _RATE.search(kpi.name):
        return "last" if _LEVEL.search(kpi.name) else "sum"
    return "last" if body is not None and is_progress(body) else "mean"


def is_rate(measure: Measure, body: Node | None) -> bool:
    """Whether a measure yields a rate or an average, which never adds up."""
    if (measure.unit or "").strip() in ("%", "％", "‰", "百分比"):
        return True
    if body is None:
        return False
    if isinstance(body, Item):
        return bool(_RATE.search(body.base or body.name))
    return isinstance(body, Percentage) or is_share(body) or _divides(body) or _selects(body)


def _selects(body: Node) -> bool:
    """Whether a formula chooses or averages: 若（件數≥3，1，0） in every month is not twelve at the end."""
    calls = (part.function for part in walk(body) if isinstance(part, Call))
    return any(function in ("if", "mean", "max", "min", "count") for function in calls)


def _divides(body: Node) -> bool:
    quotients = (part for part in walk(body) if isinstance(part, Product))
    return any(stroke == "/" and items(f) for part in quotients for stroke, f in part.factors)


def is_progress(node: Node) -> bool:
    """Whether a formula is a weighted progress: 基本設計×20%＋竣工×80%."""
    if not isinstance(node, Sum) or len(node.terms) < 2:
        return False
    return all(sign == "+" and _weighted(term) for sign, term in node.terms)


def _weighted(term: Node) -> bool:
    if not isinstance(term, Product) or len(term.factors) != 2:
        return False
    parts = [part for stroke, part in term.factors if stroke == "*"]
    percents = [part for part in parts if isinstance(part, Number) and part.percent]
    return len(percents) == 1 and any(isinstance(part, Item) for part in parts)


def check_over_time(name: str, unit: str | None, over_time: OverTime) -> RuleProblem | None:
    """Return what is wrong with a rule over time, or None: percentages do not add up.

    >>> check_over_time("滿意度", "%", "sum"), check_over_time("件數", "件", "sum")
    ('sum_of_percentages', None)
    """
    percent = (unit or "").strip() in ("%", "％", "‰") or bool(name and PERCENT_NAME.search(name))
    return "sum_of_percentages" if percent and over_time == "sum" else None


def check_over_org(name: str, unit: str | None, over_org: OverTime) -> RuleProblem | None:
    """Return what is wrong with a rule over agencies, or None: percentages do not add up there either.

    >>> check_over_org("辦結率", None, "sum"), check_over_org("件數", "件", "last")
    ('sum_of_percentages', 'not_over_agencies')
    """
    return "not_over_agencies" if over_org == "last" else check_over_time(name, unit, over_org)
