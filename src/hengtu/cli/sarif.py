"""Findings as SARIF 2.1.0, which code hosts and editors show beside the text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hengtu import __version__
from hengtu.core.issues import Finding, Level
from hengtu.wording.findings import finding_message, finding_title

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Level, str] = {"error": "error", "warning": "warning", "hint": "note"}


def print_sarif(findings: Sequence[Finding], file: Path) -> dict[str, Any]:
    """Return the findings of one file as a SARIF log."""
    codes = sorted({finding.code for finding in findings})
    driver = {
        "name": "hengtu",
        "version": __version__,
        "rules": [
            {"id": code, "shortDescription": {"text": finding_title(code)}} for code in codes
        ],
    }
    results = [_result(finding, file) for finding in findings]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


def _result(finding: Finding, file: Path) -> dict[str, Any]:
    lines = finding.where.all_lines() or (1,)
    return {
        "ruleId": finding.code,
        "level": _LEVELS[finding.level],
        "message": {"text": finding_message(finding)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": file.as_posix()},
                    "region": {"startLine": line},
                }
            }
            for line in lines
        ],
    }
