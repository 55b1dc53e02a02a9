"""Values, money, formulas and years as they stand in reports: what was printed, before what was made of it."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from hengtu.core.plan import Action, Budget, Measure, Plan, PlanValue, Threshold
from hengtu.wording import reports as words
from hengtu.wording.catalogue import Language, say

_NUMBERS = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_PERIOD = re.compile(r"(\d{1,3})(?:([QH-])(\d{1,2}))?")
_SIGNS = {">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "=": "＝"}


def print_number(value: float) -> str:
    """Return a number without an exponent or empty decimals.

    >>> print_number(98.0), print_number(0.35), print_number(2400000.0)
    ('98', '0.35', '2400000')
    """
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def print_value(value: PlanValue, measure: Measure, lang: Language) -> str:
    """Return a value as it was typed, with its unit where that was printed, its state and its notes."""
    if value.value is None:
        return _missing(value, lang)
    text = _typed(value.value, value.raw) + _unit(value, measure)
    since = say(words.SINCE, lang, date=value.since) if value.since and not value.note else None
    return text + "".join(
        say(words.IN_BRACKETS, lang, text=more) for more in (value.state, since, value.note) if more
    )


def _missing(value: PlanValue, lang: Language) -> str:
    # A cell that packs several values keeps all of them in ``raw``: then only the kind is this one's.
    if value.raw.strip() and not _NUMBERS.search(value.raw):
        return "".join(value.raw.split())
    return say(words.MISSING[value.missing or "blank"], lang)


def _typed(number: float, raw: str) -> str:
    for token in _NUMBERS.findall(raw):
        try:
            if Decimal(token.replace(",", "")) == Decimal(repr(number)):
                return str(token)
        except InvalidOperation:
            continue
    return print_number(number)


def _unit(value: PlanValue, measure: Measure) -> str:
    if value.unit:
        return value.unit
    unit = measure.unit or ""
    return unit if unit and f"{_typed(value.value or 0, value.raw)}{unit}" in value.raw else ""


def print_money(budget: Budget) -> str:
    """Return money in 元 with thousands separators, or the words in its place.

    >>> print_money(Budget(roc_year=105, amount=2250000))
    '2,250,000'
    """
    return f"{budget.amount:,}" if budget.amount is not None else budget.raw


def print_period(period: str, lang: Language) -> str:
    """Return a period in words: ``109Q1`` is 109年第1季."""
    found = _PERIOD.fullmatch(period)
    if not found:
        return period
    roc_year, kind, part = found[1], found[2], int(found[3] or 0)
    if kind == "Q":
        return say(words.PERIOD_QUARTER, lang, roc_year=roc_year, n=part)
    if kind == "H" and part in (1, 2):
        return say(words.PERIOD_HALVES[part - 1], lang, roc_year=roc_year)
    if kind == "-":
        return say(words.PERIOD_MONTH, lang, roc_year=roc_year, n=part)
    return say(words.PERIOD_YEAR, lang, roc_year=roc_year)


def print_threshold(threshold: Threshold) -> str:
    """Return a limit as printed, else by its sign: ≥90%."""
    sign = _SIGNS[threshold.op] + print_number(threshold.value) + (threshold.unit or "")
    return "".join(threshold.raw.split()) or sign


def print_measure(measure: Measure, lang: Language) -> str:
    """Return the formula cell of a measure: formula with limit, unit, rules and notes, a line each."""
    formula = (measure.formula or measure.formula_raw or "").strip()
    limit = print_threshold(measure.threshold) if measure.threshold else ""
    first = formula if limit and limit in formula else formula + limit
    if measure.label and measure.label not in first:
        first = say(words.PAIR, lang, name=measure.label, text=first) if first else measure.label
    lines = [
        first,
        say(words.CONDITION, lang, condition=measure.condition) if measure.condition else "",
        say(words.TARGET_RULE, lang, rule=measure.target_rule) if measure.target_rule else "",
        *(say(words.IN_BRACKETS, lang, text=note) for note in measure.notes if note not in formula),
        say(words.UNIT, lang, unit=measure.unit) if measure.unit else "",
    ]
    return "\n".join(line for line in lines if line)


def print_action(action: Action, lang: Language) -> str:
    """Return an action with its code and what shares its money."""
    shared = action.budget_shared_with
    note = say(words.BUDGET_SHARED, lang, codes=say(words.LIST_COMMA, lang).join(shared))
    text = f"{action.code} {action.text}".strip()
    return text + (say(words.IN_BRACKETS, lang, text=note) if shared else "")


def print_numbered(number: str, text: str) -> str:
    """Return a numbered sentence with the mark that its kind of number takes.

    >>> print_numbered("一", "依據"), print_numbered("(一)", "依據"), print_numbered("1", "依據")
    ('一、依據', '(一)依據', '1. 依據')
    """
    if not number or text.startswith(number):
        return text
    if number.endswith((".", "．")):
        return f"{number} {text}"
    if number.endswith(("、", ")", "）")):
        return number + text
    return f"{number}. {text}" if number[-1].isascii() else f"{number}、{text}"


def print_years(plan: Plan, lang: Language) -> str:
    """Return the years a plan speaks of, empty when it names none."""
    first, last = plan.roc_years.first, plan.roc_years.last
    if first is None and last is None:
        return ""
    if first is None or last is None or first == last:
        return say(words.YEAR, lang, roc_year=first or last)
    return say(words.YEARS, lang, first=first, last=last)


def title_for(plan: Plan, report: str, lang: Language) -> str:
    """Return the title of a report: the agency and the report's name, or the document's title."""
    name = say(report, lang)
    if not plan.agency.name:
        return plan.title or name
    if lang == "zh-Hant":
        return plan.agency.name + name
    return say(words.PAIR, lang, name=plan.agency.name, text=name)
