"""Forecasts of the year's end as JSON objects."""

from __future__ import annotations

from typing import Any

from hengtu.core.forecasting.outlook import Forecast, Refusal
from hengtu.wording.catalogue import Language
from hengtu.wording.forecasts import tell_caution, tell_ground, tell_headline


def describe_forecast(
    found: Forecast | Refusal, lang: Language = "zh-Hant", unit: str | None = None
) -> dict[str, Any]:
    """Return a forecast with every step and its sentence; of a refusal only ``refused`` and why."""
    steps = [
        {**ground.facts, "kind": ground.kind, "text": tell_ground(ground, lang, unit)}
        for ground in found.grounds
    ]
    head = {"roc_year": found.roc_year, "text": tell_headline(found, lang, unit)}
    if isinstance(found, Refusal):
        return {**head, "refused": found.reason, "explanation": steps}
    basis = found.basis
    return {
        **head,
        "kind": found.kind,
        "method": found.method,
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "confidence": found.confidence,
        "months": [one._asdict() for one in found.months],
        "target": found.target,
        "will_meet": found.will_meet,
        "light": found.light,
        "warning": found.warning,
        "warning_text": tell_caution(found.warning, lang),
        "basis": {
            "month": basis.month,
            "months": basis.months,
            "figures": basis.figures,
            "past_years": list(basis.past_years),
            "tested": basis.tested,
            "error": basis.error,
        },
        "explanation": steps,
    }
