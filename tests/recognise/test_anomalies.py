"""The known defects of the five documents are told where they stand; what is harmless bothers nobody."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from hengtu.core.draft import Draft
from hengtu.readers import read_file

CLASS_CODES = {
    "code_misread": {"R101"},
    "wrong_code": {"R102", "R103"},
    "character_misread": {"R111"},
    "agency_name_damaged": {"R112"},
    "added_character": {"R113"},
    "dropped_characters": {"R114"},
    "city_map_row_label_shift": {"R121"},
    "city_map_column_shift": {"R122"},
    "city_map_row_lost": {"R123"},
    "row_shifted_left": {"R124"},
    "cell_split_by_page_break": {"R131"},
    "number_broken_by_blank": {"R141"},
    "packed_values": {"R142"},
    "several_kpis_in_one_row": {"R143"},
    "two_measures_one_code": {"R144"},
    "unit_mismatch_in_series": {"R145"},
    "partial_year": {"R146"},
    "outcome_in_target_cell": {"R147"},
    "leftover_index_in_formula": {"R148"},
    "header_repeated": {"R132"},
    "header_repeated_inside_a_row": {"R133"},
    "months_lost": {"R161"},
    "edges_lost": {"R162"},
    "node_out_of_place": {"R163"},
    "several_statements_in_one_cell": {"R164"},
    "name_fused_with_position": {"R165"},
}


@pytest.fixture(scope="module")
def drafts(shared_dir: Path) -> Mapping[str, Draft]:
    return {path.name[:3]: read_file(path) for path in sorted((shared_dir / "seeds").glob("*.txt"))}


@pytest.fixture(scope="module")
def anomalies(shared_dir: Path) -> list[dict[str, Any]]:
    text = (shared_dir / "truth" / "anomalies.yaml").read_text("utf-8")
    known: list[dict[str, Any]] = yaml.load(text, Loader=yaml.CSafeLoader)["anomalies"]
    return known


@pytest.fixture(scope="module")
def classes(shared_dir: Path) -> dict[str, list[str]]:
    text = (shared_dir / "truth" / "finding_classes.yaml").read_text("utf-8")
    lists: dict[str, list[str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return lists


def told(draft: Draft, anomaly: dict[str, Any]) -> bool:
    codes = CLASS_CODES[anomaly["class"]]
    lines = set(anomaly["lines"])
    return any(f.code in codes and lines & set(f.where.all_lines()) for f in draft.findings)


def test_every_class_of_reading_has_a_code(classes: dict[str, list[str]]) -> None:
    assert set(classes["reading"]) == set(CLASS_CODES)


def test_nine_of_ten_certain_anomalies_are_told(
    drafts: Mapping[str, Draft], anomalies: list[dict[str, Any]], classes: dict[str, list[str]]
) -> None:
    due = [
        a
        for a in anomalies
        if a["class"] in classes["reading"] and a["certainty"] == "certain" and a["seed"] in drafts
    ]
    silent = [a["id"] for a in due if not told(drafts[a["seed"]], a)]
    assert len(silent) <= len(due) // 10, silent


def test_what_is_harmless_is_no_more_than_a_hint(
    drafts: Mapping[str, Draft], anomalies: list[dict[str, Any]], classes: dict[str, list[str]]
) -> None:
    listed = {name for names in classes.values() for name in names}
    spoken = [a for a in anomalies if a["class"] in listed and a["seed"] in drafts]
    loud = []
    for anomaly in anomalies:
        if anomaly["class"] in listed or anomaly["seed"] not in drafts:
            continue
        lines = set(anomaly["lines"])
        explained = {line for a in spoken if a["seed"] == anomaly["seed"] for line in a["lines"]}
        for finding in drafts[anomaly["seed"]].findings:
            at = set(finding.where.all_lines())
            if finding.level != "hint" and at & lines and not at & explained:
                loud.append((anomaly["id"], anomaly["class"], finding.code, finding.raw[:40]))
    assert not loud


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_a_plain_reading_has_few_unexplained_warnings(
    drafts: Mapping[str, Draft], anomalies: list[dict[str, Any]], seed: str
) -> None:
    """A warning or error where no defect is known is a false alarm."""
    known = {line for a in anomalies if a["seed"] == seed for line in a["lines"]}
    false_alarms = [
        (f.code, f.where.all_lines(), f.raw[:40])
        for f in drafts[seed].findings
        if f.level != "hint" and not known & set(f.where.all_lines())
    ]
    assert not false_alarms
