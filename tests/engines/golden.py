"""The golden cases, and how an engine's answers are held against them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hengtu.core.formulas import Formula, parse
from hengtu.engines.columns import Column, gather_column
from hengtu.engines.program import Program, make_program

FOLDER = Path(__file__).resolve().parent.parent / "cases" / "golden"


@dataclass(frozen=True)
class Group:
    """Cases of one formula with the same operands, as a program with its columns."""

    cases: list[dict[str, Any]]
    formula: Formula
    program: Program
    columns: dict[str, Column]


@cache
def load_cases() -> tuple[dict[str, Any], ...]:
    """Return every case of the folder."""
    files = sorted(FOLDER.glob("*.yaml"))
    return tuple(
        case
        for file in files
        if file.stem != "lights"
        for case in yaml.safe_load(file.read_text("utf-8"))
    )


def group_cases() -> Iterator[Group]:
    """Yield the cases in groups that an engine runs at once."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for case in load_cases():
        key = (case["formula"], case.get("unit"), frozenset(case["known"]))
        groups.setdefault(key, []).append(case)
    for (text, unit, names), cases in groups.items():
        formula = parse(text)
        columns = {name: gather_column([case["known"][name] for case in cases]) for name in names}
        yield Group(cases, formula, make_program(formula, names, unit=unit), columns)


def differences(group: Group, answers: Column, met: list[bool] | None) -> list[str]:
    """Return what an engine answered otherwise than the cases say."""
    told = []
    for row, case in enumerate(group.cases):
        given = answers.at(row)
        if not agree(given, case) or (met is not None and met[row] != case.get("met", False)):
            told.append(f"{case} gave {given}, met {met and met[row]}")
    return told


def agree(given: float | str, case: dict[str, Any]) -> bool:
    """Return whether an answer is the expected value, to 1e-9, or the expected kind of missing."""
    if isinstance(given, str):
        return given == case.get("missing")
    return "value" in case and math.isclose(given, case["value"], rel_tol=1e-9, abs_tol=1e-300)
