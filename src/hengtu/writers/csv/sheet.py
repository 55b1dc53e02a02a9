"""From a report to CSV (RFC 4180, UTF-8 with BOM) that a spreadsheet cannot take for formulas.

Ref: OWASP, CSV injection.
"""

from __future__ import annotations

import csv
import io
import re

from hengtu.writers.failure import WriteError
from hengtu.writers.report import Report, flatten

_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def write(report: Report) -> bytes:
    """Return the leading table of a report; WriteError where it has none."""
    if not report.tables:
        raise WriteError("nothing_to_report", report=report.title)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in flatten(report.tables[0]):
        writer.writerow([defuse(text) for text in row])
    return stream.getvalue().encode("utf-8-sig", errors="replace")


def defuse(text: str) -> str:
    """Return a text that no spreadsheet runs: an apostrophe leads what looks like a formula.

    >>> defuse("=HYPERLINK(0)"), defuse("-1.5"), defuse("- 一、依據")
    ("'=HYPERLINK(0)", '-1.5', "'- 一、依據")
    """
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text
