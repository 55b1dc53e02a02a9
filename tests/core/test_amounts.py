"""Numbers as printed, and the words for missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.amounts import read_amount, read_missing, read_number, round_half_up


@pytest.mark.parametrize(
    ("printed", "text", "unit", "note"),
    [
        ("97%", "97", "%", None),
        ("９７．５％", "97.5", "%", None),
        ("20 小時", "20", "小時", None),
        ("1,234,567", "1234567", None, None),
        ("１，２３４件", "1234", "件", None),
        ("275件 (108/8 /31起 計算)", "275", "件", "108/8/31起計算"),
        ("100 (已完成)", "100", None, "已完成"),
        ("-3.5%", "-3.5", "%", None),
        ("－2", "-2", None, None),
        ("3.5萬人次", "35000", "人次", None),
        ("225萬元", "2250000", "元", None),
        ("三場", "3", "場", None),
        ("十二次", "12", "次", None),
        ("九成", "90", "%", None),
        ("100%完成", "100", "%", "完成"),
        ("0", "0", None, None),
        ("0%", "0", "%", None),
    ],
)
def test_reads_one_amount(printed: str, text: str, unit: str | None, note: str | None) -> None:
    amount = read_amount(printed)
    assert amount is not None
    assert (amount.text, amount.unit, amount.note) == (text, unit, note)


@pytest.mark.parametrize(
    ("printed", "op", "value"),
    [
        ("≥90%", ">=", 90),
        ("90%以上", ">=", 90),
        ("至少3件", ">=", 3),
        ("3日內", "<=", 3),
        ("<5", "<", 5),
    ],
)
def test_reads_a_comparison(printed: str, op: str, value: float) -> None:
    amount = read_amount(printed)
    assert amount is not None
    assert (amount.op, amount.value) == (op, value)


@pytest.mark.parametrize(
    "printed", ["", " ", "完成", "1.4 2.7", "20 5", "80-90", "1,23", "每季1次", "12月底前完成"]
)
def test_invents_no_amount(printed: str) -> None:
    assert read_amount(printed) is None


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("1,545,4 80", "1545480"),
        ("2,400,0 00", "2400000"),
        ("44,025, 960", "44025960"),
        ("93. 48", "93.48"),
    ],
)
def test_joins_a_number_that_a_wrap_broke(printed: str, text: str) -> None:
    assert read_number(printed) == (text, True)


@pytest.mark.parametrize("printed", ["20 5", "1 234", "93.4 8", "1,200 1,300"])
def test_two_numbers_stay_two(printed: str) -> None:
    assert read_number(printed) is None


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("未統計", "not_compiled"),
        ("尚未統計", "not_compiled"),
        ("無統 計", "no_statistics"),
        ("無統計資料", "no_statistics"),
        ("無資料", "no_data"),
        ("無", "no_data"),
        ("不適 用", "not_applicable"),
        ("N/A", "not_applicable"),
        ("調整公 式不適 用", "formula_changed"),
        ("修正公式,無資料", "formula_changed"),
        ("—", "blank"),
        ("-", "blank"),
        ("－", "blank"),
        ("––", "blank"),
        ("／", "blank"),
        ("尚未辦理", "not_due"),
        ("待訂", "not_due"),
        ("未填報", "not_reported"),
    ],
)
def test_reads_the_words_for_missing(printed: str, kind: str) -> None:
    assert read_missing(printed) == kind


@pytest.mark.parametrize("printed", ["", "0", "0%", "完成", "無障礙", "已完成"])
def test_a_value_or_a_sentence_is_not_missing(printed: str) -> None:
    assert read_missing(printed) is None


@given(
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
    st.sampled_from(["", "%", "件", " 小時"]),
)
def test_any_number_survives_its_print(number: Decimal, unit: str) -> None:
    amount = read_amount(f"{number:,}{unit}")
    assert amount is not None
    assert amount.decimal == number
    assert amount.unit == (unit.strip() or None)


@given(st.integers(1000, 10**10), st.data())
def test_a_grouped_number_survives_a_blank_inside_a_group(number: int, data: st.DataObject) -> None:
    printed = f"{number:,}"
    cut = data.draw(st.integers(printed.rindex(",") + 2, len(printed) - 1))
    assert read_number(f"{printed[:cut]} {printed[cut:]}") == (str(number), True)


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    amount = read_amount(text)
    assert amount is None or amount.decimal.is_finite()
    read_missing(text)


@given(st.text(alphabet="0123456789,. %萬億元件(（)）起年/-—≥至少以上　", max_size=40))
def test_no_digit_is_invented(text: str) -> None:
    amount = read_amount(text)
    if amount is not None and "萬" not in text and "億" not in text:
        assert amount.text.lstrip("-") in text.replace(",", "").replace(" ", "").replace("　", "")


def test_rounds_half_up() -> None:
    assert [round_half_up(Decimal(n)) for n in ("2.5", "-2.5", "2.4")] == [3, -3, 2]
    assert round_half_up(Decimal("1.005"), 2) == Decimal("1.01")
