"""Actuals files: CSV with the columns code, measure, period, item, value, missing, note."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import cast, get_args

from hengtu.core.actuals import Actual, is_period
from hengtu.core.amounts import MissingKind
from hengtu.readers.failure import ReadError
from hengtu.readers.txt.decode import decode

COLUMNS = ("code", "measure", "period", "item", "value", "missing", "note")
REQUIRED = ("code", "period")
MAX_ROWS = 500_000
_NUMBER = re.compile(r"^[+-]?(\d+(,\d{3})*|\d+)(\.\d+)?$")


def read_actuals(data: bytes, name: str) -> tuple[Actual, ...]:
    """Return the rows of an actuals file; ReadError names the row and column that is wrong."""
    if Path(name).suffix.lower() not in (".csv", ".tsv", ".txt"):
        raise ReadError("unknown_format", format=Path(name).suffix, formats=".csv .tsv", file=name)
    try:
        text = decode(data)
    except ReadError as failure:
        raise ReadError(failure.reason, **{**failure.args_, "file": name}) from failure
    rows = csv.DictReader(io.StringIO(text), dialect=_dialect(text), strict=False)
    header = [(column or "").strip().lower() for column in rows.fieldnames or ()]
    for column in REQUIRED:
        if column not in header:
            raise _wrong(1, column, "field_missing", name)
    rows.fieldnames = header
    return _read_rows(rows, name)


def _dialect(text: str) -> type[csv.Dialect]:
    return csv.excel_tab if "\t" in text.split("\n", 1)[0] else csv.excel


def _read_rows(rows: csv.DictReader[str], name: str) -> tuple[Actual, ...]:
    read: list[Actual] = []
    try:
        for row in rows:
            cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
            if any(cells.values()):
                read.append(_read_row(cells, rows.line_num, name))
            if len(read) > MAX_ROWS:
                raise _wrong(rows.line_num, "code", f"too_many_rows {MAX_ROWS}", name)
    except csv.Error as failure:
        raise _wrong(rows.line_num, "code", str(failure), name) from failure
    return tuple(read)


def _read_row(cells: Mapping[str, str], line: int, name: str) -> Actual:
    if not cells["code"]:
        raise _wrong(line, "code", "blank", name)
    if not is_period(cells["period"]):
        raise _wrong(line, "period", cells["period"] or "blank", name)
    measure = cells["measure"] or "1"
    short = measure.isascii() and measure.isdigit() and len(measure) <= 4
    if not short or not 1 <= int(measure) <= 99:
        raise _wrong(line, "measure", measure, name)
    value, missing = _value(cells, line, name)
    return Actual(
        code=cells["code"],
        period=cells["period"],
        measure=int(measure),
        item=cells["item"],
        value=value,
        missing=missing,
        text=cells["value"],
        note=cells["note"],
    )


def _value(
    cells: Mapping[str, str], line: int, name: str
) -> tuple[float | None, MissingKind | None]:
    text, missing = cells["value"], cells["missing"]
    if text and missing:
        raise _wrong(line, "missing", f"value_and_missing {text} + {missing}", name)
    if text:
        if not _NUMBER.match(text) or not math.isfinite(float(text.replace(",", ""))):
            raise _wrong(line, "value", f"not_a_number {text}", name)
        return float(text.replace(",", "")), None
    kind = missing or "not_reported"
    if kind not in get_args(MissingKind):
        raise _wrong(line, "missing", f"not_one_of {'、'.join(get_args(MissingKind))}", name)
    return None, cast("MissingKind", kind)


def _wrong(line: int, column: str, problem: str, name: str) -> ReadError:
    return ReadError("bad_actuals", line=str(line), column=column, problem=problem[:160], file=name)
