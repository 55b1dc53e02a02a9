"""Value and money cells: what is read, what is told, and that nothing is invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengtu.core.paper import Paper
from hengtu.core.plan import Measure, PlanValue, ValueKind
from hengtu.core.source import Source
from hengtu.readers.recognise.measures.values import read_money, read_values, unit_of
from hengtu.readers.recognise.notes import Notes

WHERE = Source(line=7)


def read(
    text: str, units: list[str | None], kind: ValueKind = "actual", formula_raw: str | None = None
) -> tuple[tuple[PlanValue, ...], list[str]]:
    notes = Notes(Paper(()))
    values = read_values(
        text,
        measures=[Measure(unit=unit, formula_raw=formula_raw) for unit in units],
        roc_year=110,
        kind=kind,
        where=WHERE,
        subject="AC1.1",
        notes=notes,
    )
    assert all(found.where.line == 7 and found.subject == "AC1.1" for found in notes.findings)
    return values, [found.code for found in notes.findings]


def told(values: tuple[PlanValue, ...]) -> list[object]:
    return [value.missing or value.value for value in values]


@pytest.mark.parametrize(
    ("text", "unit", "value", "codes"),
    [
        ("97.5%", "%", 97.5, []),
        ("97.5", "%", 97.5, []),
        ("15 件", "件數", 15, []),
        ("20 小時", "小時", 20, []),
        ("0%", "%", 0, []),
        ("1,23", None, "not_computable", ["R149"]),
        ("1,234,5 67", None, 1234567, ["R141"]),
        ("調整公 式不適 用", "%", "formula_changed", []),
        ("—", "%", "blank", []),
        ("完成", "%", "not_computable", ["R149"]),
        ("20 5", "張", "not_computable", ["R149"]),
        ("80-90", "%", "not_computable", ["R149"]),
    ],
)
def test_reads_one_cell(text: str, unit: str | None, value: object, codes: list[str]) -> None:
    values, findings = read(text, [unit])
    assert (told(values), findings) == ([value], codes)


def test_an_empty_cell_says_nothing() -> None:
    assert read("  ", ["%"]) == ((), [])


def test_a_count_in_a_series_of_percents_keeps_unit_note_and_since() -> None:
    (value,), findings = read("180件 (108/9 /1起 計算)", ["%"])
    assert (value.value, value.unit, value.note, value.since) == (
        180,
        "件",
        "108/9/1起計算",
        "108.9.1",
    )
    assert findings == ["R145", "R146"]


def test_an_outcome_in_a_target_cell_is_a_state() -> None:
    (value,), findings = read("100 (已完成)", ["%"], kind="target")
    assert (value.value, value.state, value.note, findings) == (100, "已完成", "已完成", ["R147"])
    assert read("100 (已完成)", ["%"])[1] == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1.4 2.7 3.5", [4, 7, 5]),
        ("1. 4 2. 7 3. 5", [4, 7, 5]),
        ("(1)4 (2)7 (3)5", [4, 7, 5]),
        ("1.4篇2.7則3.5次", [4, 7, 5]),
        ("①4 ②7 ③5", [4, 7, 5]),
        ("1.無統 計 2.7 3.5", ["no_statistics", 7, 5]),
        ("4 7 5", [4, 7, 5]),
        ("4篇、7則、5次", [4, 7, 5]),
        ("4、—、5", [4, "blank", 5]),
    ],
)
def test_reads_packed_cells(text: str, values: list[object]) -> None:
    read_back, findings = read(text, ["篇", "則", "次"], formula_raw="1. 篇數 2. 則數 3. 次數")
    assert told(read_back) == values
    assert "R142" in findings


def test_a_packed_note_belongs_to_its_part() -> None:
    (first, second), findings = read(
        "1.3 2.2(108. 10.開 始)", ["次數", "次數"], formula_raw="1.甲 2.乙"
    )
    assert (first.value, first.note) == (3, None)
    assert (second.value, second.note, second.since) == (2, "108.10.開始", "108.10")
    assert findings == ["R142", "R146"]


def test_indexes_without_a_numbered_formula_are_only_inferred() -> None:
    values, _ = read("1.4 2.7", ["篇", "則"])
    assert {value.source.certainty for value in values} == {"inferred"}


def test_one_missing_word_holds_for_all() -> None:
    values, findings = read("無資料", ["張", "支"])
    assert (told(values), findings) == (["no_data", "no_data"], ["R150"])


def test_like_cells_of_a_row_are_told_once() -> None:
    notes = Notes(Paper(()))
    for roc_year in (110, 111, 112):
        read_values(
            "25 6",
            measures=[Measure(unit="張"), Measure(unit="支")],
            roc_year=roc_year,
            kind="target",
            where=WHERE,
            subject="GF1.1",
            notes=notes,
        )
    assert [found.code for found in notes.findings] == ["R142"]


@pytest.mark.parametrize(
    ("text", "factor", "amount", "codes"),
    [
        ("0", 1, 0, []),
        ("1,200", 1000, 1_200_000, []),
        ("1,545,4 80", 1, 1_545_480, ["R141"]),
        ("225萬元", 1, 2_250_000, []),
        ("350千元", 1, 350_000, []),
        ("3.5", 1000, 3500, []),
        ("NT$3,000元", 1000, 3000, []),
        ("—", 1, None, []),
        ("由年度預算支應", 1, None, []),
        ("", 1, None, []),
    ],
)
def test_reads_money_in_yuan(text: str, factor: int, amount: int | None, codes: list[str]) -> None:
    notes = Notes(Paper(()))
    budget = read_money(text, roc_year=110, factor=factor, where=WHERE, subject="A", notes=notes)
    assert (budget.amount, budget.raw, [f.code for f in notes.findings]) == (amount, text, codes)


def test_the_unit_is_that_of_most_cells() -> None:
    assert unit_of(["180件 (108/9 /1起 計算)", "100%", "100%"]) == "%"
    assert unit_of(["15件", "15件"]) == "件"
    assert unit_of(["30", "40", "無資料"]) is None
    assert unit_of([]) is None


CELLS = st.text(alphabet="0123456789.,% 無統計資料已完成—-件次(（)）①②、;；起月", max_size=30)


@given(CELLS, st.lists(st.sampled_from(["%", "件數", None]), min_size=1, max_size=3))
def test_no_cell_raises_or_invents(text: str, units: list[str | None]) -> None:
    values, _ = read(text, units)
    printed = re.sub(r"\D", "", text.replace("①", "1").replace("②", "2").replace("成", "0"))
    for value in values:
        assert (value.value is None) != (value.missing is None)
        if value.value is not None and len(printed) < 16:  # a double holds no more digits
            digits = re.sub(r"\D", "", f"{value.value:.10f}".rstrip("0")).lstrip("0")
            assert digits in printed or float(value.value) == 0


@given(st.text(max_size=60), st.sampled_from([1, 1000]))
def test_no_money_cell_raises(text: str, factor: int) -> None:
    notes = Notes(Paper(()))
    budget = read_money(text, roc_year=110, factor=factor, where=WHERE, subject="A", notes=notes)
    assert budget.amount is None or any(ch.isdigit() for ch in text)


@pytest.mark.parametrize(("text", "low"), [("24～28", 24), ("26±2 度", 24), ("1以上3以下", 1)])
def test_a_target_with_two_ends_keeps_its_words(text: str, low: float) -> None:
    values, codes = read(text, ["度"], kind="target")
    assert (values[0].value, values[0].raw, values[0].missing, codes) == (low, text, None, [])


def test_a_range_is_no_actual() -> None:
    values, codes = read("24～28", ["度"])
    assert (told(values), codes) == (["not_computable"], ["R149"])
