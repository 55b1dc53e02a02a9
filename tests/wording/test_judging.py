"""Numbers, lights and steps in words: rounded half up, and never against the light."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.formulas import FormulaError, parse
from hengtu.core.formulas.failure import FormulaReason
from hengtu.core.judging.explanation import StepKind, step
from hengtu.core.judging.lights import LightReason
from hengtu.core.judging.rulebook import Colour
from hengtu.wording.catalogue import LANGUAGES
from hengtu.wording.explanations import SENTENCES, TELLERS, tell_step
from hengtu.wording.formulas import ERRORS, HINTS, tell_error, tell_hint
from hengtu.wording.lights import REASONS, name_light, tell_reason
from hengtu.wording.numbers import print_beside, print_number, print_score, print_share


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (2.675, 2, "2.68"),
        (1.005 * 100, 0, "101"),
        (56 / 500 * 100, 2, "11.2"),
        (0.1 + 0.2, 2, "0.3"),
        (1234567.891, 1, "1,234,567.9"),
        (-0.0001, 2, "0"),
        (100.0, 2, "100"),
        (1e308, 2, "1e+308"),
    ],
)
def test_half_up(value: float, decimals: int, text: str) -> None:
    assert print_number(value, decimals) == text


@given(st.floats(min_value=-1e6, max_value=1e6), st.sampled_from([0.0, 90.0, 100.0]))
def test_a_number_never_prints_as_the_bound_it_missed(value: float, bound: float) -> None:
    if abs(value - bound) > 1e-6 * max(1.0, abs(bound)):
        assert print_beside(value, bound) != print_number(bound)


@pytest.mark.parametrize("band", [100.0, 95.0, 90.0, 85.0, 80.0, 70.0])
@pytest.mark.parametrize("short", [0.4, 0.04, 0.0004])
def test_a_score_below_a_band_never_reads_as_the_band(band: float, short: float) -> None:
    assert print_score(band, 0) == f"{band:.0f}"
    assert float(print_score(band - short, 0)) < band


def test_a_share_with_a_gap_never_reads_as_whole() -> None:
    assert [print_share(known / 12) for known in (0, 11, 12)] == ["0", "92", "100"]
    assert print_share(2999 / 3000) == "99.97"


def test_every_light_and_reason_has_words() -> None:
    for colour in get_args(Colour):
        assert name_light(colour)[1] == " "
        assert name_light(colour, "en") != name_light(colour)
    kinds = {name for part in get_args(LightReason) for name in (get_args(part) or (part,))}
    assert kinds == set(REASONS)
    assert tell_reason("partial", "en") == "Data is incomplete"


def test_every_step_has_one_sentence() -> None:
    assert set(get_args(StepKind)) == {*SENTENCES, *TELLERS}
    assert not set(SENTENCES) & set(TELLERS)


def test_a_step_prints_what_the_next_one_needs() -> None:
    assert tell_step(step("calculated", expression="甲÷乙", value=0.88521)) == "甲÷乙 ＝ 0.8852"


@pytest.mark.parametrize(
    ("last", "told"), [(1, "甲：114年1月 148"), (3, "甲：114年1月至3月合計 148")]
)
def test_one_month_is_no_sum_of_months(last: int, told: str) -> None:
    facts = {"item": "甲", "roc_year": 114, "over_time": "sum", "value": 148.0, "giver": None}
    assert tell_step(step("operand", first=1, last=last, **facts)) == told


def test_a_light_is_told_with_the_bound_that_was_missed() -> None:
    missed = step("light", light="yellow", percent=99.997, at_least=90.0, grade="", next=100.0)
    assert tell_step(missed) == "達成度 99.997% 未達 100%：▲ 注意"
    assert tell_step(missed, "en") == "An achievement of 99.997% is below 100%: ▲ At risk"


def test_every_error_of_a_formula_says_what_would_be_right() -> None:
    assert set(ERRORS) == set(HINTS) == set(get_args(FormulaReason))


@pytest.mark.parametrize("text", ["甲÷", "＋÷", "甲＋乙＝丙＋丁", "", "甲÷÷乙", "（" * 300 + "甲"])
def test_errors_in_both_languages(text: str) -> None:
    with pytest.raises(FormulaError) as refused:
        parse(text)
    for lang in LANGUAGES:
        told = tell_error(refused.value, lang), tell_hint(refused.value, lang)
        assert all(told)
        assert "{" not in "".join(told)
