"""From draft to plan: what people decided about the findings is carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal, TypeVar

from hengtu.core.amounts import read_number
from hengtu.core.draft import Draft
from hengtu.core.hanzi import bare
from hengtu.core.issues import Finding
from hengtu.core.plan import Budget, Plan, PlanValue

Verdict = Literal["accept", "edit", "overrule"]
Part = TypeVar("Part")
_REFERENCES = {"code", "objective", "kpi", "theme", "from_", "to", "budget_shared_with"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided about a finding.

    accept keeps the repaired reading; edit puts ``text`` in its place; overrule goes back to the printed
    words: a number that was put together from them is then no number any more. ``reason`` is required to
    overrule.
    """

    identity: tuple[str, str, str]
    verdict: Verdict
    text: str = ""
    reason: str = ""


class DecisionError(ValueError):
    """A decision that cannot be carried out; the argument is a wording key."""


def adopt(draft: Draft, decisions: Sequence[Decision] = ()) -> Plan:
    """Return the plan of a draft after the decisions; findings without a decision keep their repair.

    Raises DecisionError for an overrule without a reason or an edit without text.
    """
    findings = {finding.identity: finding for finding in draft.findings}
    plan = draft.plan
    for decision in decisions:
        finding = findings.get(decision.identity)
        wanted = wanted_text(finding, decision) if finding else None
        if finding and wanted is not None:
            plan = reword(plan, finding, wanted)
    return plan


def wanted_text(finding: Finding, decision: Decision) -> str | None:
    """Return the words a decision wants in the place of the reading, or None when it changes nothing."""
    if decision.verdict == "overrule":
        if not decision.reason.strip():
            raise DecisionError("overrule_needs_reason")
        return finding.raw if finding.raw and finding.reading else None
    if decision.verdict == "edit":
        if not decision.text.strip():
            raise DecisionError("edit_needs_text")
        return decision.text.strip()
    return None


def can_reword(plan: Plan, finding: Finding) -> bool:
    """Whether the reading of a finding stands in one field of the plan and can be edited there."""
    return bool(finding.reading) and reword(plan, finding, "\ufffc") != plan


def reword(plan: Plan, finding: Finding, text: str) -> Plan:
    """Return the plan with the reading of a finding replaced; a code is replaced wherever it is referred to."""
    reading = bare(finding.reading)
    if not reading:
        return plan
    codes = [part.code for parts in (plan.objectives, plan.kpis) for part in parts]
    if any(bare(code) == reading for code in (*codes, *(action.code for action in plan.actions))):
        return _recode(plan, finding.reading, text)
    number = read_number(finding.reading)
    if number is not None:
        return _in_subject(plan, finding, lambda part: _renumber(part, float(number[0]), text))

    def change(value: str) -> str:
        return text if bare(value) == reading else value

    return _in_subject(plan, finding, lambda part: _map_strings(part, change))


def _renumber(value: Any, old: float, text: str) -> Any:
    """Put another number in the place of one; words that are no number leave none, the raw text stays."""
    if isinstance(value, tuple):
        return tuple(_renumber(item, old, text) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    read = read_number(text)
    new = float(read[0]) if read and not read[1] else None
    if isinstance(value, Budget) and value.amount == old:
        return replace(value, amount=None if new is None else round(new))
    if isinstance(value, PlanValue) and value.value == old:
        return replace(value, value=new, missing=None if new is not None else "not_computable")
    return _rebuilt(
        value, {f.name: _renumber(getattr(value, f.name), old, text) for f in fields(value)}
    )


def _recode(plan: Plan, old: str, new: str) -> Plan:
    def change(value: str) -> str:
        return new + value[len(old) :] if value == old or value.startswith(f"{old}.") else value

    changed: Plan = _map_strings(plan, change, only=_REFERENCES)
    return changed


def _in_subject(plan: Plan, finding: Finding, change: Callable[[Any], Any]) -> Plan:
    lines = set(finding.where.all_lines())

    def concerns(part: Any) -> bool:
        names = {str(getattr(part, name, "")) for name in ("code", "no", "name")}
        source = getattr(part, "source", None)
        return finding.subject in names or bool(
            lines & set(source.all_lines() if source and hasattr(source, "all_lines") else ())
        )

    changed: Plan = _map_parts(plan, concerns, change)
    return changed


def _map_parts(value: Any, concerns: Callable[[Any], bool], change: Callable[[Any], Any]) -> Any:
    if isinstance(value, tuple):
        return tuple(_map_parts(item, concerns, change) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    if not isinstance(value, Plan) and concerns(value):
        return change(value)
    return _rebuilt(
        value, {f.name: _map_parts(getattr(value, f.name), concerns, change) for f in fields(value)}
    )


def _map_strings(value: Any, change: Callable[[str], str], only: set[str] | None = None) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_map_strings(item, change, only) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return _rebuilt(
        value,
        {
            f.name: _map_strings(getattr(value, f.name), change, only)
            for f in fields(value)
            if f.name != "source"
            and (not only or f.name in only or _holds_parts(getattr(value, f.name)))
        },
    )


def _holds_parts(value: Any) -> bool:
    if isinstance(value, tuple):
        return any(is_dataclass(item) for item in value)
    return is_dataclass(value)


def _rebuilt(value: Part, changed: Mapping[str, Any]) -> Part:
    different = {name: new for name, new in changed.items() if new != getattr(value, name)}
    return replace(value, **different) if different else value  # type: ignore[type-var]
