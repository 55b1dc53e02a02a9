"""Rulebooks are files with a source; what is wrong in one is told with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hengtu.core.judging.rulebook import PRODUCT_DEFAULT, Binding
from hengtu.readers.failure import ReadError
from hengtu.readers.items import read_items
from hengtu.readers.rulebooks import (
    build_rulebook,
    load_preset,
    preset_codes,
    preset_document,
    read_document,
    read_rulebook,
)

GOOD = """
code: own
title: 自訂
source: product default
bands:
  - {at_least: 100, light: green}
  - {at_least: 0, light: red}
"""


# Small to read, and eight thousand million words once it is written out.
BOMB = GOOD.replace("product default", "{instrument: x, covers: [bands], more: *z}").replace(
    "code: own",
    "\n".join(
        ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
        + [
            f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]"
            for old, new in zip("abcdefgh", "bcdefghz", strict=True)
        ]
        + ["code: own"]
    ),
)


def test_presets_are_valid_and_cite_or_confess() -> None:
    codes = preset_codes()
    assert codes[0] == "default"
    for code in codes:
        book = load_preset(code)
        assert book.code == code
        assert book.title_en
        assert book.source.product_default or book.source.covers


def test_the_documentation_names_every_preset(repo_root: Path) -> None:
    text = (repo_root / "docs" / "judging.md").read_text("utf-8")
    for code in preset_codes():
        assert f"| `{code}` |" in text
        assert load_preset(code).source.instrument in text


def test_the_default_is_the_one_of_the_core() -> None:
    assert load_preset("default") == PRODUCT_DEFAULT


def test_grades_and_parts_of_the_presets() -> None:
    grades = [(band.at_least, band.grade) for band in load_preset("grades-90-80-70").bands]
    assert grades == [(90, "優等"), (80, "甲等"), (70, "乙等"), (0, "丙等")]
    parts = dict(load_preset("self-assessment-30-30-40").parts)
    assert parts == {"challenge": 30, "progress": 30, "achievement": 40}


def test_duties_decimals_and_months_are_read() -> None:
    more = "decimals: {'%': 1, 件: 0}\nbinding: {actions_per_kpi: 3, lowered_targets: true}\n"
    book = read_rulebook((GOOD + more + "judged_from: 6\nfallen: red\n").encode(), "own.yaml")
    assert [book.decimals_for(unit) for unit in ("%", "件 ", "元", None)] == [1, 0, None, None]
    assert book.binding == Binding(actions_per_kpi=3, lowered_targets=True)
    assert (book.judged_from, book.fallen) == (6, "red")
    assert read_rulebook(GOOD.encode(), "own.yaml").binding == Binding()


def test_what_is_stored_of_a_rulebook_makes_the_same_rulebook() -> None:
    dated = GOOD.replace("product default", "{instrument: 自訂要點, date: 2025-01-01}")
    for data in (GOOD.encode(), dated.encode()):
        stored = json.loads(json.dumps(read_document(data, "own.yaml")))
        assert build_rulebook(stored, "own.yaml") == read_rulebook(data, "own.yaml")
    for code in preset_codes():
        assert build_rulebook(preset_document(code), code) == load_preset(code)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("at_least: 0", "at_least: 5", "bands"),
        ("at_least: 0", "at_least: 100", "bands"),
        ("light: red", "light: blue", "light"),
        ("light: green", "light: white", "light"),
        ("at_least: 100", "at_least: .nan", "bands[0].at_least"),
        ("at_least: 100", "at_least: yes", "bands[0].at_least"),
        ("source: product default", "lower: ratio", "source"),
        ("source: product default", "source: {article: 第3條}", "instrument"),
        ("title: 自訂", "titel: 自訂", "titel"),
        ("code: own", "code:", "code"),
        ("code: own", "code: own\nscore: {achievement: 90}", "parts"),
        ("code: own", "code: own\nscore: {luck: 100}", "score"),
        ("code: own", "code: own\ncap: 90", "cap"),
        ("code: own", "code: own\nroll_up: best", "roll_up"),
        ("code: own", "code: own\njudged_from: 13", "judged_from"),
        ("code: own", "code: own\njudged_from: yes", "judged_from"),
        ("code: own", "code: own\nfallen: white", "fallen"),
        ("code: own", "code: own\ndecimals: {件: -1}", "decimals.件"),
        ("code: own", "code: own\ndecimals: {件: 1.5}", "decimals.件"),
        ("code: own", "code: own\nbinding: {actions_per_kpi: 0}", "binding.actions_per_kpi"),
        ("code: own", "code: own\nbinding: {weights: 100}", "binding.weights"),
        ("code: own", "code: own\nbinding: {goals: true}", "binding.goals"),
        ("code: own", "code: own\nvalid: {first_roc_year: 2025}", "valid"),
        ("bands:", "bands: {}\nrest:", "rest"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, path: str) -> None:
    assert read_rulebook(GOOD.encode(), "own.yaml").code == "own"
    with pytest.raises(ReadError) as refused:
        read_rulebook(GOOD.replace(old, new, 1).encode(), "own.yaml")
    assert refused.value.reason == "bad_rulebook"
    assert refused.value.args_["path"] == path


@pytest.mark.parametrize(
    "data", [b"", b"[1, 2]", b"a: [", b"\xff\xfe", b"{" * 5000, b"x" * 200_000, BOMB.encode()]
)
def test_no_rulebook_is_one_clear_message(data: bytes) -> None:
    with pytest.raises(ReadError):
        read_rulebook(data, "own.yaml")


def test_unknown_presets_name_the_known() -> None:
    with pytest.raises(ReadError) as refused:
        load_preset("../default")
    assert "default" in refused.value.args_["codes"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("AC1.1,1,件數,often", "over_time"),
        ("AC1.1,1,執行率,sum", "over_time"),
        (",1,件數,sum", "code"),
        ("AC1.1,x,件數,sum", "measure"),
    ],
)
def test_items_files(row: str, column: str) -> None:
    head = "code,measure,item,over_time\n"
    assert read_items(f"{head}AC1.1,2,件數,sum".encode(), "i.csv") == {("AC1.1", 2, "件數"): "sum"}
    with pytest.raises(ReadError) as refused:
        read_items((head + row).encode(), "i.csv")
    assert refused.value.args_["column"] == column


def test_an_alias_is_refused_before_it_is_written_out() -> None:
    with pytest.raises(ReadError) as refused:
        read_document(f"{GOOD}note: &n x\nnote_en: *n\n".encode(), "own.yaml")
    assert refused.value.args_["problem"] == "not_yaml"
