"""Trying a formula: its items as fields, its value step by step, its light; nothing is stored."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast, get_args
from urllib.parse import urlencode

import yaml
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from hengtu.core.actuals import Actual
from hengtu.core.amounts import MissingKind, fold, read_missing, read_number
from hengtu.core.formulas import Formula, FormulaError, Outcome, evaluate, parse
from hengtu.core.formulas.evaluation import Known
from hengtu.core.formulas.failure import MAX_LENGTH
from hengtu.core.formulas.samples import make_samples
from hengtu.core.judging.figures import sort_figures, tidy
from hengtu.core.judging.items import item_unit
from hengtu.core.judging.results import Result, compute_measure
from hengtu.core.judging.rulebook import Rulebook
from hengtu.core.periods import Period
from hengtu.core.plan import Direction, Kpi, Measure, PlanValue
from hengtu.readers.rulebooks import load_preset, preset_codes
from hengtu.web.formula_trees import ShownBranch, draw_formula, read_operands
from hengtu.web.frame import signed_in
from hengtu.web.languages import page_language
from hengtu.web.lights import mark_result
from hengtu.web.words import DIRECTIONS
from hengtu.wording.catalogue import say
from hengtu.wording.explanations import NO_VALUES, OPS, tell_step
from hengtu.wording.formulas import tell_error, tell_hint
from hengtu.wording.lights import REASONS
from hengtu.wording.numbers import print_number
from hengtu.writers.figure import LightMark
from hengtu.writers.json import list_names, unit_of

EXAMPLE = "[（全年受理件數－全年錯誤件數）÷全年受理件數]×100%≥95%"
MOST_ITEMS = 60
# What is tried belongs to no KPI and no year; the rules of judging want both.
SOME_CODE, SOME_YEAR = "1", 100
TOLD = frozenset(
    {"achievement", "met", "light", "white", "source", "change_value", "change_operand"}
)


@dataclass(frozen=True, slots=True)
class Field:
    """An item of the formula with what was typed for it, and the value that it is."""

    name: str
    unit: str
    text: str
    known: Known | None

    @property
    def problem(self) -> bool:
        """Whether something was typed that is neither a number nor a kind of missing."""
        return bool(self.text) and self.known is None


@dataclass(frozen=True, slots=True)
class Wish:
    """What stands in the form."""

    text: str
    unit: str
    target: str
    direction: Direction
    rulebook: str
    given: Mapping[str, str]
    sample: bool

    @property
    def aim(self) -> float | None:
        """The target, or None where none can be read."""
        return read_figure(self.target)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why a formula cannot be read: the text before the place, what stands there, the rest."""

    before: str
    at: str
    after: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A formula that was worked out."""

    value: str
    unit: str
    lacking: str
    limit: str
    met: bool | None
    tree: ShownBranch | None
    mark: LightMark | None
    why: tuple[str, ...]
    notes: tuple[str, ...]
    case: str


@require_safe
@signed_in
def try_formula(request: HttpRequest) -> HttpResponse:
    """Show the form and, once a formula is typed, what comes of it."""
    wish = read_wish(request.GET)
    context: dict[str, object] = {
        "wish": wish,
        "example": EXAMPLE,
        "directions": [(one, DIRECTIONS[one]) for one in ("higher", "lower", "hold")],
        "rulebooks": [name_rulebook(load_preset(code)) for code in preset_codes()],
        "limit": MAX_LENGTH,
        "sample_query": urlencode({**dict(request.GET.items()), "sample": "1"}),
    }
    if wish.text.strip():
        context |= try_text(wish)
    return render(request, "hengtu/formula_test.html", context)


def try_text(wish: Wish) -> dict[str, object]:
    """Return the fields and the outcome of a formula, or the mistake in it."""
    try:
        formula = parse(wish.text)
    except FormulaError as error:
        return {"mistake": mark_mistake(error)}
    fields = list_fields(formula, wish)
    known = {one.name: one.known for one in fields if one.known is not None}
    return {"fields": fields, "tried": work_out(formula, known, wish)}


def read_wish(query: QueryDict) -> Wish:
    """Return what stands in the form; items and values are two rows of the same length."""
    direction = query.get("direction", "")
    rulebook = query.get("rulebook", "")
    return Wish(
        text=query.get("text", "")[: MAX_LENGTH + 1],
        unit=query.get("unit", "").strip()[:20],
        target=query.get("target", "").strip()[:40],
        direction=cast("Direction", direction) if direction in get_args(Direction) else "higher",
        rulebook=rulebook if rulebook in preset_codes() else "default",
        given={
            tidy(name[:300]): value.strip()[:40]
            for name, value in zip(query.getlist("item"), query.getlist("value"), strict=False)
        },
        sample=query.get("sample") == "1",
    )


def name_rulebook(book: Rulebook) -> tuple[str, str]:
    """Return a preset's code and its title in the language of the page."""
    return book.code, book.title_en if page_language() == "en" and book.title_en else book.title


def list_fields(formula: Formula, wish: Wish) -> tuple[Field, ...]:
    """Return a field for every item; with ``sample`` the empty ones hold made-up numbers."""
    measure = Measure(formula=wish.text, unit=wish.unit or None)
    samples = make_samples(formula) if wish.sample else {}
    fields = []
    for name in list_names(formula)[:MOST_ITEMS]:
        text = wish.given.get(tidy(name), "") or str(samples.get(name, ""))
        fields.append(Field(name, item_unit(name, measure) or "", text, read_known(text)))
    return tuple(fields)


def read_known(text: str) -> Known | None:
    """Return a number or a kind of missing (無資料, no_data), None for what is neither."""
    if not text:
        return None
    if text in get_args(MissingKind):
        return cast("MissingKind", text)
    figure = read_figure(text)
    return figure if figure is not None else read_missing(text)


def read_figure(text: str) -> float | None:
    """Return a finite number as people type it, None for what is none.

    >>> read_figure("1,234.5"), read_figure("９８%"), read_figure("約五成")
    (1234.5, 98.0, None)
    """
    found = read_number(fold(text).removesuffix("%"))
    if not found or not math.isfinite(float(found[0])):
        return None
    return float(found[0])


def work_out(formula: Formula, known: Mapping[str, Known], wish: Wish) -> Tried:
    """Return what comes of a formula: value, tree, threshold, light and why."""
    outcome = evaluate(formula, known, unit=wish.unit or None)
    limit = formula.limit
    mark, why = judge_value(outcome.answer.value, known, wish)
    return Tried(
        value="" if outcome.answer.value is None else print_number(outcome.answer.value, 6),
        unit=wish.unit or unit_of(formula) or "",
        lacking=tell_lacking(outcome),
        limit=f"{OPS[limit.op]} {limit.text}{limit.unit or ''}" if limit else "",
        met=outcome.met,
        tree=draw_formula(formula, known, unit=wish.unit or None),
        mark=mark,
        why=why,
        notes=formula.notes,
        case=write_case(wish, known, outcome),
    )


def tell_lacking(outcome: Outcome) -> str:
    """Return why there is no value, empty where there is one."""
    answer = outcome.answer
    if answer.value is not None:
        return ""
    if answer.reason in (None, "item_missing") and answer.missing != "not_reported":
        return say(REASONS[answer.missing or "not_reported"], page_language())
    return say(NO_VALUES[answer.reason or "item_missing"], page_language())


def judge_value(
    value: float | None, known: Mapping[str, Known], wish: Wish
) -> tuple[LightMark | None, tuple[str, ...]]:
    """Return the light of the value against the target that was typed, and why: judged as any KPI is."""
    target = wish.aim
    if target is None or value is None:
        return None, ()
    aim = PlanValue(roc_year=SOME_YEAR, kind="target", value=target, raw=wish.target)
    measure = Measure(
        formula=wish.text, unit=wish.unit or None, direction=wish.direction, values=(aim,)
    )
    result = compute_measure(
        Kpi(code=SOME_CODE, name="", measures=(measure,)),
        measure,
        sort_figures(list_figures(value, known)),
        period=Period(SOME_YEAR),
        rulebook=load_preset(wish.rulebook),
    )
    marked = mark_result(result)
    steps = [one for one in result.explanation if one.kind in TOLD]
    why = tuple(tell_step(one, page_language(), result.unit) for one in steps)
    return (marked.mark if marked else None), why


def list_figures(value: float, known: Mapping[str, Known]) -> Iterator[Actual]:
    """Yield what was typed as figures of a whole year, and the value that came of it."""
    period = str(Period(SOME_YEAR))
    yield Actual(code=SOME_CODE, period=period, value=value)
    for name, one in known.items():
        if isinstance(one, str):
            yield Actual(code=SOME_CODE, period=period, item=name, missing=one)
        else:
            yield Actual(code=SOME_CODE, period=period, item=name, value=one)


def mark_mistake(error: FormulaError) -> Mistake:
    """Return a mistake with its place in the text."""
    lang, at = page_language(), min(error.position, len(error.text))
    return Mistake(
        before=error.text[:at],
        at=error.text[at : at + 1],
        after=error.text[at + 1 :],
        message=tell_error(error, lang),
        hint=tell_hint(error, lang),
    )


def write_case(wish: Wish, known: Mapping[str, Known], outcome: Outcome) -> str:
    """Return the formula with its values as a case of the test suite, in YAML."""
    case: dict[str, object] = {"formula": wish.text.strip(), "items": list(known)}
    if wish.unit:
        case["unit_given"] = wish.unit
    case["values"] = dict(known)
    answer = outcome.answer
    case |= {"value": answer.value} if answer.value is not None else {"missing": answer.missing}
    if outcome.met is not None:
        case["met"] = outcome.met
    return yaml.safe_dump([case], allow_unicode=True, sort_keys=False, width=120)


def try_address(measure: Measure, result: Result) -> str:
    """Return the address of the form filled with a measure's formula and the figures of a result."""
    pairs: list[tuple[str, str | Promise]] = [
        ("text", measure.formula or measure.formula_raw or ""),
        ("unit", measure.unit or ""),
        ("target", "" if result.planned is None else type_value(result.planned)),
        ("direction", result.direction or ""),
        ("rulebook", result.rulebook),
    ]
    for name, value in read_operands(result.explanation).items():
        pairs += [("item", name), ("value", type_value(value))]
    return f"{reverse('formulas')}?{urlencode([(k, v) for k, v in pairs if v])}"


def type_value(value: Known) -> str:
    """Return a number, or a kind of missing, as somebody would type it.

    >>> type_value(324.0), type_value(743.9), type_value("no_data")
    ('324', '743.9', 'no_data')
    """
    return value if isinstance(value, str) else format(value, ".15g")
