"""The tree of a formula as pages show it: every part with its value, every item with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hengtu.core.amounts import MissingKind
from hengtu.core.formulas import Formula
from hengtu.core.formulas.evaluation import Known
from hengtu.core.formulas.outline import Branch, outline
from hengtu.core.judging.explanation import Step
from hengtu.core.judging.items import read_formula
from hengtu.core.judging.results import Result
from hengtu.core.plan import Measure
from hengtu.web.languages import page_language
from hengtu.wording.catalogue import say
from hengtu.wording.explanations import NO_VALUES, tell_step
from hengtu.wording.lights import REASONS
from hengtu.wording.numbers import print_number


@dataclass(frozen=True, slots=True)
class ShownBranch:
    """A part of the tree: its words, its value or why there is none, and where an item's value is from."""

    text: str
    sign: str
    kind: str
    value: str
    lacking: str
    source: str
    below: tuple[ShownBranch, ...]


def draw_tree(measure: Measure, result: Result) -> ShownBranch | None:
    """Return the tree of a measure for its result, None without an expression or without operands."""
    formula = read_formula(measure)
    known = read_operands(result.explanation)
    if formula is None or not known:
        return None
    sources = {
        str(one.facts["item"]): tell_step(one, page_language(), result.unit)
        for one in result.explanation
        if one.kind in ("operand", "operand_missing")
    }
    return draw_formula(formula, known, unit=measure.unit, sources=sources)


def read_operands(steps: Sequence[Step]) -> dict[str, Known]:
    """Return the operands of an explanation by their printed names."""
    known: dict[str, Known] = {}
    for step in steps:
        if step.kind == "operand" and isinstance(step.facts["value"], int | float):
            known[str(step.facts["item"])] = float(step.facts["value"])
        elif step.kind == "operand_missing":
            missing: MissingKind = step.facts["missing"] or "not_reported"  # type: ignore[assignment]
            known[str(step.facts["item"])] = missing
    return known


def draw_formula(
    formula: Formula,
    known: Mapping[str, Known],
    *,
    unit: str | None = None,
    sources: Mapping[str, str] | None = None,
) -> ShownBranch | None:
    """Return the tree of a formula for the values of its items."""
    top = outline(formula, known, unit=unit)
    return show_branch(top, sources or {}) if top else None


def show_branch(branch: Branch, sources: Mapping[str, str]) -> ShownBranch:
    """Return a part of the tree in words."""
    value = branch.answer.value
    return ShownBranch(
        text=branch.text,
        sign=branch.sign,
        kind="constant" if branch.constant else "item" if branch.item else "part",
        value="" if value is None or branch.constant else print_number(value, 4),
        lacking=tell_lacking(branch) if value is None else "",
        source=sources.get(branch.item or "", ""),
        below=tuple(show_branch(one, sources) for one in branch.below),
    )


def tell_lacking(branch: Branch) -> str:
    """Return why a part has no value."""
    answer = branch.answer
    if answer.reason in (None, "item_missing"):
        return say(REASONS[answer.missing or "not_reported"], page_language())
    return say(NO_VALUES[answer.reason], page_language())
