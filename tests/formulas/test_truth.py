"""Every formula that the checked plans print: read, and computed as the truth's own fields say, in exact fractions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from hengtu.core.formulas import FormulaError, evaluate, items, parse, spell
from hengtu.readers.recognise.measures.standards import split_standard
from hengtu.wording.formulas import tell_error, tell_hint

TRUTH = Path(__file__).resolve().parents[2].parent / "shared" / "truth"
PRIMES = (101, 53, 47, 43, 41, 37, 31, 29)
COUNTED = "count_of_periods_with_positive_change_rate"


def load() -> list[dict[str, Any]]:
    """Return every formula of the truth, with the unit and the printed cell beside it."""
    found = []
    for path in sorted(TRUTH.glob("0*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        for kpi in data.get("kpis", ()):
            for measure in kpi.get("measures", ()):
                formula = measure.get("formula")
                if isinstance(formula, dict):
                    standard = kpi.get("measurement_standard") or {}
                    unit = (measure.get("unit") or {}).get("text")
                    found.append({**formula, "unit": unit, "standard": standard.get("text")})
    return found


FORMULAS = load()
PRINTED = [one for one in FORMULAS if one.get("expression")]
needs_truth = pytest.mark.skipif(
    not FORMULAS, reason="the folder shared is not beside the checkout"
)


def texts() -> Iterator[str]:
    """Yield every text of a formula cell, each once."""
    kept = (one.get(field) for one in FORMULAS for field in ("expression", "raw", "standard"))
    yield from dict.fromkeys(text for text in kept if text)


@needs_truth
def test_every_printed_text_is_read_or_says_where_and_why() -> None:
    refused = {}
    for text in texts():
        try:
            formula = parse(text)
        except FormulaError as error:
            refused[text] = error
        else:
            assert parse(spell(formula)) == formula
    for text, error in refused.items():
        assert 0 < error.position < len(text)
        assert tell_error(error)
        assert tell_hint(error)
        parts = split_standard(text, kpis=1)[0]
        if error.reason == "several_measures":
            assert len(parts) > 1
            assert all(parse(part).body is not None for part in parts)
        else:  # sentences about work to do
            assert error.reason == "operator_missing"
            assert not any(sign in text for sign in "÷/×*")
    assert len(refused) < len(list(texts())) / 10


def weigh(names: list[str], known: Mapping[str, Fraction]) -> Fraction:
    """Return the sum of signed names; a name that begins with digits is that constant."""
    total = Fraction()
    for name in names:
        sign, bare = (-1, name[1:]) if name[:1] in "-－" else (1, name)
        constant = re.match(r"\d+", bare)
        total += sign * (Fraction(constant[0]) if constant else known[bare])
    return total


def expect(truth: Mapping[str, Any], known: Mapping[str, Fraction]) -> Fraction | None:
    """Return the value by the fields of the truth, None where it gives no arithmetic."""
    if truth.get("numerator"):
        value = weigh(truth["numerator"], known) / weigh(truth["denominator"], known)
        percent = truth.get("multiplier") or truth.get("multiplier_missing")
        return value * 100 if percent and truth["kind"] != "average_of_percentages" else value
    if truth["kind"] == "weighted_progress":
        return sum(
            (known[term["name"]] * Fraction(term["weight"], 100) for term in truth["terms"]),
            Fraction(),
        )
    if truth["kind"] == "count_sum":
        return weigh(truth["terms"], known)
    if truth["kind"] == COUNTED:
        first, second = (known[name] for name in list(known)[:2])
        return Fraction(first - second / first > 0)
    return next(iter(known.values())) if len(known) == 1 else None


@needs_truth
@pytest.mark.parametrize("truth", PRINTED, ids=lambda truth: str(truth["kind"]))
def test_it_computes_as_the_truth_says(truth: dict[str, Any]) -> None:
    formula = parse(truth["expression"])
    known = {name: Fraction(prime) for name, prime in zip(items(formula), PRIMES, strict=False)}
    expected = expect(truth, known)
    assert expected is not None
    numbers = {name: float(value) for name, value in known.items()}
    answer = evaluate(formula, numbers, unit=truth["unit"]).answer
    assert answer.value == pytest.approx(float(expected), rel=1e-9)
