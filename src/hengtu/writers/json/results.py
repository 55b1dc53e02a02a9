"""Results and rolled-up lights as JSON objects."""

from __future__ import annotations

from typing import Any

from hengtu.core.judging.results import Result
from hengtu.core.judging.rollup import Node
from hengtu.wording.catalogue import Language
from hengtu.wording.explanations import tell_step


def describe_result(
    result: Result, lang: Language = "zh-Hant", *, explained: bool = True
) -> dict[str, Any]:
    """Return a result with ``value`` or ``missing``; ``explained`` adds every step with its sentence."""
    known = {"value": result.value} if result.value is not None else {"missing": result.missing}
    described: dict[str, Any] = {
        "code": result.code,
        "measure": result.measure,
        "period": result.period,
        "item": result.item,
        **known,
        "unit": result.unit,
        "direction": result.direction,
        "target": result.target,
        "planned": result.planned,
        "achievement": result.achievement,
        "light": result.light,
        "reason": result.reason,
        "grade": result.grade,
        "score": result.score,
        "coverage": result.coverage,
        "rulebook": result.rulebook,
    }
    if explained:
        described["explanation"] = [
            {"kind": step.kind, "text": tell_step(step, lang, result.unit), **step.facts}
            for step in result.explanation
        ]
    return described


def describe_node(node: Node) -> dict[str, Any]:
    """Return a rolled-up light with its score, coverage and the lights below it."""
    return {
        "kind": node.kind,
        "code": node.code,
        "name": node.name,
        "light": node.light,
        "reason": node.reason,
        "score": node.score,
        "coverage": node.coverage,
        "counts": dict(node.counts),
    }
