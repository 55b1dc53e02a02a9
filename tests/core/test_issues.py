"""Findings are told once, by line, and keep their identity."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hengtu.core.issues import KINDS, make_finding, tell_once
from hengtu.core.source import Source


def test_codes_are_a_letter_and_three_digits_in_order() -> None:
    assert all(len(code) == 4 and code[0].isupper() and code[1:].isdigit() for code in KINDS)
    reading = [code for code in KINDS if code.startswith("R")]
    assert reading == sorted(reading)


def test_an_unregistered_code_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        make_finding("Z999", Source(line=1))


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_is_told_by_somebody_and_claimed_by_a_test(code: str, repo_root: Path) -> None:
    room = repo_root / "src" / "hengtu"
    tellers = [*(room / "readers").rglob("*.py"), room / "core" / "duties.py"]
    assert any(f'"{code}"' in module.read_text("utf-8") for module in tellers)
    tests = repo_root / "tests"
    duties = tests / "core" / "test_duties.py"
    claims = [*(tests / "recognise").rglob("*.py"), *tests.rglob("*.yaml"), duties]
    word = re.compile(rf"\b{code}\b")
    assert any(word.search(claim.read_text("utf-8")) for claim in claims)


def test_the_same_finding_on_other_lines_counts() -> None:
    header = [make_finding("R132", Source(line=n, raw="策略目標")) for n in (9, 21)]
    (told,) = tell_once(header)
    assert (told.count, told.where.all_lines()) == (2, (9, 21))


def test_packed_cells_of_one_kpi_are_one_finding() -> None:
    cells = [
        make_finding("R142", Source(line=4, raw=raw), subject="BC1.1", reading=reading)
        for raw, reading in (("1.4 2.6", "4; 6"), ("1.6 2.8", "6; 8"), ("1.4 2.6", "4; 6"))
    ]
    (told,) = tell_once(cells)
    assert (told.count, told.raw, told.reading) == (3, "1.4 2.6 / 1.6 2.8", "4; 6 / 6; 8")


def test_findings_stand_in_the_order_of_lines() -> None:
    later = make_finding("R101", Source(line=9, raw="API"))
    earlier = make_finding("R141", Source(line=2, raw="1,5 00"))
    assert [f.where.line for f in tell_once([later, earlier])] == [2, 9]
